"""Places that close at short notice, the day before, and days that are over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.states import State
from adminduk.modules.appointments.types import Kind
from adminduk.modules.offices import queries as offices
from adminduk.usecases import appoint_moves, appoint_setup, office_hours, outside
from adminduk.usecases.appoint_setup import Shut
from tests.making import fresh_identity, make_owner, system
from tests.usecases import letters as letter_box
from tests.usecases.appointing import (
    ZONE,
    active,
    booked,
    choice_of,
    confirm,
    history,
    hold,
    make_invited,
    move_clock_to,
    semarang,
    soonest,
    told,
)
from tests.usecases.letters import Letters, run_waiting_jobs
from tests.usecases.reviewing import STRICT, staff

pytestmark = pytest.mark.usefixtures("database")
REASON = "Perangkat perekaman rusak"


@pytest.fixture(autouse=True)
def letters(settings: Settings) -> Iterator[Letters]:
    """Messages leave into the test's own hands."""
    settings.MAIL_SENDER = settings.SMS_SENDER = "tests.usecases.letters.sender"
    outside.forget()
    vars(letter_box.the_letters).update(vars(Letters()))
    yield letter_box.the_letters
    outside.forget()


def close(site_id: UUID, day: date, *, part: str = "", admin: Actor | None = None) -> None:
    shut = Shut(day, part, REASON)
    actor = admin or staff(role="admin")
    appoint_setup.close_site(actor, site_id, shut=shut, key=str(uuid4()), at=clock.now())
    run_waiting_jobs()


def test_everybody_of_a_closed_day_is_moved_to_the_next_free_time_and_told_why(letters: Letters) -> None:
    main, _ = semarang()
    people = [booked(site_id=main.id) for _ in range(6)]
    day = people[0][1].day
    close(main.id, day)
    for case, before in people:
        after = active(case)
        assert after and after.starts_at > before.starts_at and after.day != day
        assert after.site_id == main.id
        assert history(case) == ["moved", "booked"]
        assert told(case) == ["appointment_booked", "appointment_moved"]
    run_waiting_jobs()
    assert sum(REASON in mail.body for mail in letters.mails) == len(people)
    times = [after.starts_at for case, _ in people if (after := active(case))]
    assert times == sorted(times), "who came first comes first"


def _family_of_three(site_id: UUID) -> list[Case]:
    """Three of one family, booked together at one time, which somebody else's appointment comes before."""
    booked(site_id=site_id)
    parent = make_owner(STRICT)
    family = [make_invited(type(parent)(parent.actor, fresh_identity(), parent.address)) for _ in range(3)]
    hold(family[0], soonest(family[0], people=3, site_id=site_id), *(case.id for case in family[1:]))
    confirm(family[0])
    return family


def _times(family: list[Case]) -> list[datetime]:
    return [after.starts_at for case in family if (after := active(case))]


def _set_week(site_id: UUID, written: str) -> None:
    week = dict.fromkeys(office_hours.WEEKDAYS, written)
    appoint_setup.set_capacity(
        staff(role="admin"), site_id, kind=Kind.RECORDING, minutes="60", written=week, key=str(uuid4()), at=clock.now()
    )


def test_a_family_that_comes_together_is_moved_together_and_again_when_that_day_closes_too() -> None:
    main, corner = semarang()
    for site in (main, corner):
        _set_week(site.id, "08:00-09:00 x3, 10:00-11:00 x3")
    family = _family_of_three(main.id)
    (before,) = set(_times(family))
    day = before.astimezone(ZONE).date()
    for _ in range(2):  # what comes first on the next day has two places left for them: too few
        close(main.id, day)
        (after,) = set(_times(family))
        assert after > before and len(_times(family)) == 3
        before, day = after, after.astimezone(ZONE).date()
    assert [told(case)[-2:] for case in family] == [["appointment_moved"] * 2] * 3
    assert [history(case) for case in family] == [["moved", "moved", "booked"]] * 3


def test_a_family_for_which_no_time_has_room_is_moved_one_by_one() -> None:
    main, corner = semarang()
    for site in (main, corner):
        _set_week(site.id, "08:00-09:00 x3")
    family = _family_of_three(main.id)
    (before,) = set(_times(family))
    for site in (main, corner):
        _set_week(site.id, "08:00-09:00 x1")
    close(main.id, before.astimezone(ZONE).date())
    assert len(set(_times(family))) == 3
    assert {told(case)[-1] for case in family} == {"appointment_moved"}


def test_who_of_a_family_changed_his_own_time_is_not_moved_with_the_others() -> None:
    main, _ = semarang()
    _set_week(main.id, "08:00-09:00 x4, 10:00-11:00 x3")
    first, *others = _family_of_three(main.id)
    (before,) = set(_times(others))
    days = choice_of(first, site_id=main.id, month=(before + timedelta(days=28)).date()).days
    own = next(one for day in reversed(days) for one in day.times)
    hold(first, own)
    confirm(first)
    close(main.id, before.astimezone(ZONE).date())
    assert _times([first]) == [own.starts_at]
    (after,) = set(_times(others))
    assert before < after < own.starts_at


def test_a_part_of_a_day_moves_only_whom_it_hits() -> None:
    main, _ = semarang()
    case, before = booked(site_id=main.id)
    end = (datetime.combine(before.day, before.starts) - timedelta(minutes=30)).time()
    close(main.id, before.day, part=f"00:00-{end:%H:%M}" if end > time(0) else "23:00-23:30")
    assert active(case) == before
    close(main.id, before.day)
    assert active(case) != before


def test_the_whole_region_closes() -> None:
    main, _ = semarang()
    case, before = booked(site_id=main.id)
    head = staff(role="head")
    office_hours.close_on(head, day=before.day, reason="Banjir", key=str(uuid4()), at=clock.now())
    run_waiting_jobs()
    after = active(case)
    assert after and after.day > before.day
    assert told(case)[-1] == "appointment_moved"


def test_when_nothing_is_free_people_hear_that_they_have_to_choose_anew() -> None:
    main, corner = semarang()
    case, before = booked(site_id=main.id)
    admin = staff(role="admin")
    for site in (main, corner):
        appoint_setup.set_capacity(
            admin, site.id, kind=Kind.RECORDING, minutes="15", written={}, key=str(uuid4()), at=clock.now()
        )
    close(main.id, before.day, admin=admin)
    assert (active(case), history(case)) == (None, ["moved"])
    assert told(case)[-1] == "appointment_lost"


def test_a_closure_that_is_lifted_before_the_job_runs_moves_nobody() -> None:
    main, _ = semarang()
    case, before = booked(site_id=main.id)
    appoint_moves.move_affected(system(STRICT))
    assert active(case) == before


def test_a_closed_time_is_not_offered() -> None:
    main, _ = semarang()
    case = make_invited()
    day = choice_of(case, site_id=main.id).days[0].day
    close(main.id, day)
    shown = {one.day: one for one in choice_of(case, site_id=main.id, month=day).days}
    assert (shown[day].free, shown[day].closed) == (0, REASON)


def test_the_day_before_everybody_is_reminded_once() -> None:
    semarang()
    case = make_invited()
    free = choice_of(case, month=(clock.now() + timedelta(days=28)).date()).days[-1].times[0]
    hold(case, free)
    confirm(case)
    day_before = datetime.combine(free.slot.day - timedelta(days=1), time(9, 5), ZONE)
    move_clock_to(day_before - timedelta(hours=1))
    appoint_moves.remind(system(STRICT))
    assert told(case) == ["appointment_booked"]
    move_clock_to(day_before)
    for _ in range(2):
        appoint_moves.remind(system(STRICT))
    assert told(case) == ["appointment_booked", "appointment_reminder"]


def test_who_did_not_come_can_choose_anew() -> None:
    semarang()
    case, booking = booked()
    move_clock_to(datetime.combine(booking.day + timedelta(days=1), time(1), ZONE))
    for _ in range(2):
        appoint_moves.end_day(system(STRICT))
    assert (history(case), told(case)[-1]) == (["missed"], "appointment_missed")
    assert active(case) is None


def test_who_stood_before_a_closed_door_has_not_missed_his_time_but_is_given_another() -> None:
    main, _ = semarang()
    case, before = booked(site_id=main.id)
    move_clock_to(before.starts_at + timedelta(minutes=1))
    close(main.id, before.day)  # nobody who comes later would be told in time: his time has begun
    assert active(case) == before
    night = datetime.combine(before.day + timedelta(days=1), time(1), ZONE)
    move_clock_to(night)
    for _ in range(2):
        appoint_moves.end_day(system(STRICT))
    assert (history(case), told(case)) == (["moved", "booked"], ["appointment_booked", "appointment_moved"])
    after = active(case)
    assert after and after.starts_at >= night + timedelta(days=1), "not told at night to come in the morning"


def test_only_who_keeps_the_office_sets_it_and_only_his_own() -> None:
    main, _ = semarang()
    shut = Shut(clock.now().astimezone(ZONE).date() + timedelta(days=1), "", REASON)
    for actor in (staff(role="officer"), make_owner(STRICT).actor, staff(5171, "admin")):
        with pytest.raises(NotFound):
            appoint_setup.close_site(actor, main.id, shut=shut, key=str(uuid4()), at=clock.now())


def test_a_day_that_is_over_cannot_be_closed_any_more() -> None:
    main, _ = semarang()
    admin = staff(role="admin")
    midnight = datetime.combine(clock.now().astimezone(ZONE).date(), time(0, 1), ZONE)  # still yesterday in UTC
    today, yesterday = midnight.date(), midnight.date() - timedelta(days=1)
    for day, is_refused in ((yesterday, True), (today, False)):
        with pytest.raises(DomainError, match="day_over") if is_refused else nullcontext() as refused:
            appoint_setup.close_site(admin, main.id, shut=Shut(day, "", REASON), key=str(uuid4()), at=midnight)
        assert not refused or [one.field for one in refused.value.problems] == ["day"]
        with pytest.raises(DomainError, match="day_over") if is_refused else nullcontext():
            office_hours.close_on(admin, day=day, reason=REASON, key=str(uuid4()), at=midnight)
    with acting_as(system(STRICT)):
        assert [span.day for span in book.list_closures(STRICT, since=yesterday)] == [today]
        assert yesterday not in [closure.day for closure in offices.list_closures(STRICT)]


@pytest.mark.parametrize(
    "text", ["08:00-12:00", "08:00-12:00 x0", "x2", "12:00-08:00 x1", "08:00-12:00 x1, 11:00-13:00 x1"]
)
def test_capacity_that_cannot_be_is_refused_with_its_day(text: str) -> None:
    main, _ = semarang()
    with pytest.raises(DomainError, match="capacity_wrong") as refused:
        appoint_setup.set_capacity(
            staff(role="admin"), main.id, kind=Kind.RECORDING, minutes="15", written={"senin": text}, key=str(uuid4()),
            at=clock.now(),
        )  # fmt: skip
    assert [problem.field for problem in refused.value.problems] == ["recording-senin"]


def test_capacity_is_read_as_it_is_written() -> None:
    main, _ = semarang()
    written = dict.fromkeys(office_hours.WEEKDAYS, "08.00 - 09.00 x 3")
    appoint_setup.set_capacity(
        staff(role="admin"),
        main.id,
        kind=Kind.RECORDING,
        minutes="30",
        written=written,
        key=str(uuid4()),
        at=clock.now(),
    )
    later = clock.now().date().replace(day=1) + timedelta(days=32)  # of today some times are over
    day = choice_of(make_invited(), site_id=main.id, month=later.replace(day=1)).days[-1]
    assert [(f"{one.slot.starts:%H:%M}", one.free) for one in day.times] == [("08:00", 3), ("08:30", 3)]


def test_who_came_and_was_not_called_before_the_evening_is_given_another_time() -> None:
    semarang()
    case, booking = booked()
    with acting_as(system(STRICT)):
        appointments.move_to(booking, State.ARRIVED, at=clock.now())
    move_clock_to(datetime.combine(booking.day + timedelta(days=1), time(1), ZONE))
    for _ in range(2):
        appoint_moves.end_day(system(STRICT))
    assert history(case) == ["done", "booked"]
    assert told(case) == ["appointment_booked", "recording_unfinished", "appointment_booked"]


def test_what_is_held_while_a_place_closes_is_not_made_firm() -> None:
    main, _ = semarang()
    case = make_invited()
    free = soonest(case, site_id=main.id)
    hold(case, free)
    close(main.id, free.slot.day)
    with pytest.raises(DomainError, match="slot_taken"):
        confirm(case)
    assert active(case) is None


def test_who_booked_in_the_moment_of_the_closing_is_moved_by_the_next_look() -> None:
    main, _ = semarang()
    case, before = booked(site_id=main.id)
    with acting_as(system(STRICT)):
        appointments.close(STRICT, site_id=main.id, day=before.day, span=None, reason=REASON, at=clock.now())
    assert jobs.registry["appoint.move_affected"].every_minutes
    appoint_moves.move_affected(system(STRICT))
    after = active(case)
    assert after and after.day > before.day
