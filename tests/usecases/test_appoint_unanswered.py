"""Who was invited and chooses no time: reminded in time, once in each pause, then shown to an officer."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from adminduk.foundation import clock
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.recordings.types import SILENT
from adminduk.readmodels import recording_lists
from adminduk.usecases import appoint, outside, recording_statuses
from adminduk.usecases.appoint_unanswered import remind_invited
from tests.at_once import at_once
from tests.making import make_owner, system
from tests.usecases import recording_stage as stage
from tests.usecases.appointing import ZONE, active, booked, move_clock_to, one_place_a_week, owner_of, semarang, told
from tests.usecases.halls import Hall
from tests.usecases.reviewing import STRICT, staff
from tests.usecases.test_draws import drawn_round, people

pytestmark = pytest.mark.usefixtures("database", "register")


def look() -> None:
    """The worker looks at ten in the morning of the office."""
    local = clock.now().astimezone(ZONE)
    ten = datetime.combine(local.date(), time(10), tzinfo=ZONE)
    move_clock_to(ten if local <= ten else ten + timedelta(days=1))
    remind_invited(system(STRICT))


def wait(product: ProductView) -> timedelta:
    """The pause is over; returns how long it was."""
    due, before = stage.recording_now(product).remind_at, clock.now()
    assert due is not None
    move_clock_to(due)
    look()
    return due - before


def reminders(case: Case) -> list[str]:
    return [event for event in told(case) if event.startswith("invitation_")]


def is_listed(case: Case) -> bool:
    rows = recording_lists.attended(staff(STRICT), outside.catalogue())
    return case.number in [row.number for row in rows]


def test_who_chooses_no_time_is_reminded_three_times_and_then_shown_to_an_officer() -> None:
    case, product = stage.make_approved()
    look()
    assert reminders(case) == []
    pauses = []
    for count in range(1, 4):
        pauses.append(wait(product))
        look()  # the next days bring nothing more
        assert len(reminders(case)) == count and not is_listed(case)
    assert timedelta(days=3) < pauses[0] < pauses[1] < pauses[2]  # the first ends on a Friday for whom a Sunday invited
    wait(product)
    assert reminders(case) == ["invitation_reminder", "invitation_reminder", "invitation_reminder_last"]
    assert is_listed(case) and stage.recording_now(product).attention == SILENT

    officer = staff(STRICT)
    recording_statuses.settle(
        officer, product.id, how="note", words="Sudah ditelepon.", key=str(uuid4()), at=clock.now()
    )
    look()
    assert not is_listed(case)
    wait(product)
    assert is_listed(case) and len(reminders(case)) == 3


def test_who_chooses_a_time_is_left_alone_and_leaves_the_officers_list() -> None:
    case, product = stage.make_approved()
    look()
    for _ in range(4):
        wait(product)
    assert is_listed(case)
    booked(case)
    wait(product)
    assert not is_listed(case) and len(reminders(case)) == 3

    case, product = stage.make_approved()
    booked(case)
    look()
    wait(product)
    appoint.cancel(owner_of(case), case.id, key=str(uuid4()), at=clock.now())
    look()
    assert reminders(case) == []
    wait(product)
    assert reminders(case) == ["invitation_reminder"]


def test_who_gives_a_far_appointment_back_is_reminded_long_before_its_day() -> None:
    case, product = stage.make_approved()
    Hall().book_at(clock.now().replace(hour=3, minute=0, second=0, microsecond=0) + timedelta(days=50), case)
    look()
    appoint.cancel(owner_of(case), case.id, key=str(uuid4()), at=clock.now())
    wait(product)
    assert reminders(case) == ["invitation_reminder"]


def test_a_note_takes_him_off_the_list_for_the_whole_pause_however_late_it_is_written() -> None:
    case, product = stage.make_approved()
    look()
    for _ in range(4):
        wait(product)
    due = stage.recording_now(product).remind_at
    assert is_listed(case) and due is not None
    move_clock_to(due - timedelta(hours=12))
    recording_statuses.settle(
        staff(STRICT), product.id, how="note", words="Sudah ditelepon.", key=str(uuid4()), at=clock.now()
    )
    move_clock_to(due)
    look()
    assert not is_listed(case)
    assert wait(product) > timedelta(days=20) and is_listed(case)


def test_who_waits_for_a_visit_or_was_recorded_is_not_reminded() -> None:
    visited, waiting = stage.make_approved(answers={"bantuan": "tidak_bisa_datang"})
    done, product = stage.make_approved()
    look()
    stage.recorded(product)
    wait(waiting)
    wait(waiting)
    assert reminders(visited) == reminders(done) == []


def test_workers_at_once_remind_once() -> None:
    case, product = stage.make_approved()
    look()
    due = stage.recording_now(product).remind_at
    assert due is not None
    move_clock_to(due + timedelta(hours=1))
    assert at_once(4, lambda _: remind_invited(system(STRICT))) == [None] * 4
    assert reminders(case) == ["invitation_reminder"]


def test_nobody_is_reminded_at_night() -> None:
    case, product = stage.make_approved()
    look()
    due = stage.recording_now(product).remind_at
    assert due is not None
    night = datetime.combine(due.astimezone(ZONE).date() + timedelta(days=1), time(3), tzinfo=ZONE)
    move_clock_to(night)
    remind_invited(system(STRICT))
    assert reminders(case) == []
    look()
    assert reminders(case) == ["invitation_reminder"]


def test_who_waits_for_a_draw_is_left_alone_who_gave_its_time_back_is_not() -> None:
    semarang()
    one_place_a_week()
    *entered, silent = people()
    drawn_round(entered)
    waiting = next(case for case in entered if active(case) is None)
    lucky = next(case for case in entered if active(case) is not None)
    appoint.cancel(owner_of(lucky), lucky.id, key=str(uuid4()), at=clock.now())
    for _ in range(12):  # the first pause, and not yet the second
        look()
    assert reminders(waiting) == []
    assert reminders(lucky) == reminders(silent) == ["invitation_reminder"]


@pytest.mark.parametrize("by", ["time", "visit", "draw"])
def test_who_comes_for_another_application_of_his_own_is_not_told_that_he_has_no_time(by: str) -> None:
    semarang()
    owner = make_owner(STRICT)
    answers = {"bantuan": "tidak_bisa_datang"} if by == "visit" else {}
    other, _ = stage.make_approved(owner, answers=answers)
    if by == "time":
        booked(other)
    elif by == "draw":
        one_place_a_week()
        drawn_round([*people(), other])
    case, product = stage.make_approved(owner)
    look()
    wait(product)
    assert reminders(case) == []
