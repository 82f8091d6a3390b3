"""Who came and went home without a recording, or failed at one: what becomes of his time, and what he is told."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments.types import Kind
from adminduk.modules.counters.types import Service
from adminduk.modules.offices import queries as offices
from adminduk.modules.recordings.states import Result, State
from adminduk.usecases import appoint_moves, check_in, queue_at_counter, recording_again
from tests.database import superuser_connection
from tests.making import system
from tests.usecases import recording_stage as stage
from tests.usecases.appointing import active, await_morning, history, told
from tests.usecases.halls import Hall
from tests.usecases.reviewing import STRICT, staff

pytestmark = pytest.mark.usefixtures("database", "register")


@pytest.fixture
def operator() -> Actor:
    await_morning()
    return staff(STRICT, "operator")


def look(case: Case) -> None:
    """The hour is over."""
    clock.move_forward(recording_again.PATIENCE)
    recording_again.come_again(system(STRICT), application_id=str(case.id))


def called(operator: Actor, case: Case) -> UUID:
    """With an appointment of now the person has checked in and stands at the operator's counter."""
    hall = Hall()
    booking, _ = hall.book_at(clock.now().replace(second=0, microsecond=0), case)
    queue_at_counter.sit_down(operator, hall.counter(), key=str(uuid4()), at=clock.now())
    check_in.check_in_oneself(STRICT, booking.id, at=clock.now())
    ticket = queue_at_counter.call_next(operator, done=None, key=str(uuid4()), at=clock.now())
    assert ticket is not None
    return ticket


def done(operator: Actor, ticket: UUID) -> None:
    queue_at_counter.finish(operator, ticket, key=str(uuid4()), at=clock.now())


@pytest.mark.parametrize("is_ticket_first", [True, False])
@pytest.mark.parametrize("result", [Result.NOT_APPROVED, Result.GONE])
def test_whose_recording_is_broken_off_has_another_time_and_is_told(
    operator: Actor, *, result: Result, is_ticket_first: bool
) -> None:
    case, product = stage.make_approved()
    ticket = called(operator, case)
    attempt = stage.begin(operator, product)
    if is_ticket_first:
        done(operator, ticket)
        look(case)  # he still sits there
        assert active(case) is None and "recording_unfinished" not in told(case)
    stage.finish(operator, attempt, result)
    if not is_ticket_first:
        look(case)  # he still stands at the counter
        assert "recording_unfinished" not in told(case)
        done(operator, ticket)
    look(case)
    look(case)
    assert told(case)[-2:] == ["recording_unfinished", "appointment_booked"]
    assert history(case) == ["done", "booked"]
    booking = active(case)
    assert booking is not None and booking.starts_at - clock.now() < timedelta(days=7)


def test_whose_number_nobody_ended_has_another_time_after_the_day(operator: Actor) -> None:
    case, product = stage.make_approved()
    called(operator, case)
    stage.finish(operator, stage.begin(operator, product), Result.GONE)
    look(case)
    assert history(case) == ["arrived"]
    clock.move_forward(timedelta(days=1))
    for _ in range(2):
        appoint_moves.end_day(system(STRICT))
    assert history(case) == ["done", "booked"]
    assert told(case)[-2:] == ["recording_unfinished", "appointment_booked"]


def test_a_walk_in_whose_recording_is_broken_off_has_a_time_too(operator: Actor) -> None:
    case, product = stage.make_approved()
    stage.finish(operator, stage.begin(operator, product), Result.GONE)
    look(case)
    assert told(case)[-2:] == ["recording_unfinished", "appointment_booked"] and active(case)


def test_whose_second_try_fails_is_told_that_and_not_the_first_one_too(operator: Actor) -> None:
    case, product = stage.make_approved()
    with acting_as(system(STRICT)):
        for site in offices.list_sites(STRICT):  # no time is free: a failed recording brings an invitation alone
            appointments.replace_capacity(STRICT, site_id=site.id, kind=Kind.RECORDING, rows=[])
    stage.finish(operator, stage.begin(operator, product), Result.GONE)
    clock.move_forward(timedelta(minutes=30))
    stage.finish(operator, stage.begin(operator, product), Result.FAILED)
    look(case)
    assert told(case)[-2:] == ["recording_failed", "appointment_invitation"]


def test_an_hour_is_left_after_the_last_try_not_the_first_and_what_is_given_is_audited(operator: Actor) -> None:
    case, product = stage.make_approved()
    stage.finish(operator, stage.begin(operator, product), Result.GONE)
    clock.move_forward(timedelta(minutes=50))
    stage.finish(operator, stage.begin(operator, product), Result.NOT_APPROVED)
    clock.move_forward(timedelta(minutes=10))
    recording_again.come_again(system(STRICT), application_id=str(case.id))
    assert "recording_unfinished" not in told(case)
    look(case)
    assert told(case)[-2:] == ["recording_unfinished", "appointment_booked"]
    with superuser_connection() as above:
        rows = above.execute("SELECT act FROM audit_entry WHERE object_id = %s", [case.id]).fetchall()
    assert [act for (act,) in rows].count("appointment.again") == 1


@pytest.mark.parametrize("is_booked", [False, True])
@pytest.mark.parametrize("is_day_ended_first", [False, True])
def test_who_sits_there_for_ever_because_nobody_reported_is_free_after_a_week(
    operator: Actor, *, is_booked: bool, is_day_ended_first: bool
) -> None:
    case, product = stage.make_approved()
    if is_booked:
        called(operator, case)
    attempt = stage.begin(operator, product)
    clock.move_forward(timedelta(days=1))
    recording_again.end_forgotten(system(STRICT))
    assert stage.recording_now(product).state is State.UNDER_WAY  # the operator may still enter what came of it
    clock.move_forward(recording_again.FORGOTTEN_AFTER)
    for _ in range(2):
        acts = [recording_again.end_forgotten, appoint_moves.end_day]
        for act in reversed(acts) if is_day_ended_first else acts:
            act(system(STRICT))
    assert stage.recording_now(product).state is State.WANTED
    assert history(case) == (["done", "booked"] if is_booked else ["booked"])
    assert told(case)[-2:] == ["recording_unfinished", "appointment_booked"]
    assert told(case).count("recording_unfinished") == 1
    with pytest.raises(DomainError, match="recording_elsewhere"):
        stage.finish(operator, attempt, Result.RECORDED)


def test_who_is_recorded_at_the_second_try_hears_nothing_of_the_first(operator: Actor) -> None:
    case, product = stage.make_approved()
    ticket = called(operator, case)
    stage.finish(operator, stage.begin(operator, product), Result.NOT_APPROVED)
    stage.recorded(product)
    done(operator, ticket)
    look(case)
    assert "recording_unfinished" not in told(case) and history(case) == ["done"]


def test_whose_ticket_ends_before_any_recording_is_not_forgotten(operator: Actor) -> None:
    case, _ = stage.make_approved()
    done(operator, called(operator, case))
    look(case)
    assert history(case) == ["done", "booked"] and told(case)[-1] == "appointment_booked"


def test_who_is_recorded_before_his_day_gives_that_day_back_and_is_told() -> None:
    case, product = stage.make_approved()
    Hall().book_at(clock.now() + timedelta(days=4), case)
    stage.recorded(product)
    assert history(case) == ["cancelled"]
    assert told(case).count("appointment_not_needed") == 1


def test_whose_recording_fails_keeps_a_time_of_later_or_gets_a_sooner_one(operator: Actor) -> None:
    """He did not come to that time: it is never noted as if he had."""
    hall = Hall()
    far = clock.now().replace(hour=3, minute=0, second=0, microsecond=0) + timedelta(days=20)
    case, product = stage.make_approved()
    hall.book_at(far, case)
    stage.finish(operator, stage.begin(operator, product), Result.FAILED)
    sooner = active(case)
    assert sorted(history(case)) == ["booked", "changed"]
    assert sooner is not None and sooner.starts_at < far and sooner.site_id == hall.site
    assert told(case)[-2:] == ["recording_failed", "appointment_booked"]

    case, product = stage.make_approved()
    hall.book_at(clock.now().replace(second=0, microsecond=0) + timedelta(hours=20), case)
    stage.finish(operator, stage.begin(operator, product), Result.FAILED)
    assert stage.recording_now(product).state is State.AGAIN
    assert history(case) == ["booked"]  # no time is sooner


def test_whose_recording_fails_at_his_turn_has_another_time(operator: Actor) -> None:
    case, product = stage.make_approved()
    called(operator, case)
    stage.finish(operator, stage.begin(operator, product), Result.FAILED)
    assert history(case) == ["done", "booked"]


def walked_in(operator: Actor, hall: Hall) -> UUID:
    """Without an appointment somebody has taken a number and stands at the operator's counter."""
    queue_at_counter.sit_down(operator, hall.counter(), key=str(uuid4()), at=clock.now())
    hall.walk_in_now()
    ticket = queue_at_counter.call_next(operator, done=None, key=str(uuid4()), at=clock.now())
    assert ticket is not None
    return ticket


def test_who_came_without_an_appointment_is_told_nothing_as_long_as_he_is_in_the_hall(operator: Actor) -> None:
    case, product = stage.make_approved()
    hall = Hall()
    ticket = walked_in(operator, hall)
    stage.finish(operator, stage.begin(operator, product), Result.GONE)
    to = (Service.RECORDING, None)
    queue_at_counter.transfer(operator, ticket, to=to, key=str(uuid4()), at=clock.now())
    look(case)
    assert "recording_unfinished" not in told(case), "he waits for another station"
    assert queue_at_counter.call_next(operator, done=None, key=str(uuid4()), at=clock.now()) == ticket
    look(case)
    assert "recording_unfinished" not in told(case), "he stands at the counter"
    done(operator, ticket)
    look(case)
    assert told(case)[-2:] == ["recording_unfinished", "appointment_booked"]
