"""At the door and at the counter: who may, what is told to the appointment, what is written down; pressed twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.appointments.states import State as Appointment
from adminduk.modules.audit.models import Entry
from adminduk.modules.counters import queries
from adminduk.modules.counters.states import State
from adminduk.modules.counters.types import Service
from adminduk.modules.notifications import queries as messages
from adminduk.usecases import check_in, counter_setup, own_data, upkeep_counters
from adminduk.usecases import queue_at_counter as calling
from adminduk.usecases import take_number as at_the_door
from adminduk.usecases.notify import status_link
from tests.at_once import at_once
from tests.making import anonymous, make_owner
from tests.usecases.halls import DAY, SYSTEM, Hall, at, booking_now, ticket_now
from tests.usecases.reviewing import STRICT, make_waiting, staff

LEAN = 5171
pytestmark = pytest.mark.usefixtures("database")


def key() -> str:
    return str(uuid4())


def entries(about: UUID) -> list[tuple[str, bool]]:
    """Acts on something, and whether the person can see them in his own log."""
    with acting_as(SYSTEM):
        rows = Entry.objects.filter(region_id=STRICT, object_id=about).order_by("id")
        return [(row.act, row.subject_index is not None) for row in rows]


def call(actor: Actor, minutes: float, done: UUID | None = None) -> UUID | None:
    return calling.call_next(actor, done=done, key=key(), at=at(minutes))


def test_a_number_is_given_once_for_one_press() -> None:
    hall, desk, press = Hall(), staff(STRICT, "operator"), key()
    hall.counter()

    def take(_: int) -> UUID:
        return at_the_door.take_number(desk, site_id=hall.site, service=Service.RECORDING, key=press, at=at(1))

    assert len(set(at_once(6, take))) == 1
    with acting_as(SYSTEM):
        assert len(queries.list_waiting(STRICT, site_id=hall.site, day=DAY)) == 1


def test_no_number_for_what_nobody_serves() -> None:
    hall = Hall()
    hall.counter()
    with pytest.raises(DomainError, match="transfer_nowhere"):
        at_the_door.take_number(
            staff(STRICT, "operator"), site_id=hall.site, service=Service.OTHER, key=key(), at=at(1)
        )


def test_done_and_next_pressed_twice_calls_one_person() -> None:
    hall = Hall()
    desk = hall.operator()
    first, second, third = (hall.walk_in(minute) for minute in range(3))
    assert call(desk, 5) == first
    assert call(desk, 6, done=first) == second
    assert call(desk, 7, done=first) == second  # from another window
    assert [ticket_now(one).state for one in (first, second, third)] == [State.DONE, State.CALLED, State.WAITING]
    assert entries(first) == [("ticket.take", False), ("ticket.call", False), ("ticket.done", False)]


def test_many_counters_at_once_call_different_people() -> None:
    hall = Hall()
    desks = [hall.operator(number) for number in range(1, 9)]
    people = {hall.walk_in(minute) for minute in range(8)}
    assert set(at_once(8, lambda number: call(desks[number], 20))) == people


def test_two_who_change_seats_in_the_morning_at_once_both_sit() -> None:
    """Each still has the other's seat of yesterday."""
    hall = Hall()
    desks = [hall.operator(1), hall.operator(2)]
    for day in range(1, 11):

        def sit(number: int, day: int = day) -> None:
            seat = hall.counter_of((number + day) % 2 + 1)
            calling.sit_down(desks[number], seat, key=key(), at=at(day * 24 * 60))

        assert at_once(2, sit) == [None, None]
        with acting_as(SYSTEM):
            seats = [queries.find_seat(STRICT, operator_id=desk.id) for desk in desks]
        assert [seat.number for seat in seats if seat] == [day % 2 + 1, (1 + day) % 2 + 1]


def test_an_appointment_goes_its_way_with_the_ticket() -> None:
    hall = Hall()
    booking, case = hall.booked(30)
    desk = hall.operator()
    ticket = check_in.check_in_at_desk(desk, site_id=hall.site, typed=case.number, key=key(), at=at(20))
    assert booking_now(booking).state is Appointment.ARRIVED
    assert call(desk, 30) == ticket
    called = ticket_now(ticket)
    assert (called.application_id, called.label) == (case.id, "A001")
    seen = calling.look_at(desk, called, at=at(31))
    assert seen is not None and seen.case.number == case.number
    assert call(desk, 40, done=ticket) is None
    assert booking_now(booking).state is Appointment.DONE
    assert entries(case.id)[-2:] == [("case.check_in", True), ("case.read", True)]


def test_nobody_looks_at_who_stands_at_another_counter() -> None:
    hall = Hall()
    booking, _ = hall.booked(15)
    desk, other = hall.operator(1), hall.operator(2)
    check_in.check_in_oneself(STRICT, booking.id, at=at(10))
    called = call(desk, 15)
    assert called
    with pytest.raises(NotFound):
        calling.look_at(other, ticket_now(called), at=at(16))


def test_who_misses_his_appointment_may_still_come() -> None:
    hall = Hall()
    booking, _ = hall.booked(15)
    desk = hall.operator()
    ticket = check_in.check_in_oneself(STRICT, booking.id, at=at(10))
    assert call(desk, 15) == ticket
    calling.recall(desk, ticket, key=key(), at=at(16))
    calling.miss(desk, ticket, key=key(), at=at(17))
    assert booking_now(booking).state is Appointment.MISSED
    with acting_as(SYSTEM):
        told = messages.list_of_application(booking.application_id, region_id=STRICT)
    assert [message.event for message in told] == ["appointment_missed"]
    assert check_in.check_in_oneself(STRICT, booking.id, at=at(25)) == ticket
    assert (booking_now(booking).state, ticket_now(ticket).state) == (Appointment.ARRIVED, State.WAITING)


def test_who_missed_his_appointment_and_has_another_keeps_that_one() -> None:
    hall = Hall()
    booking, case = hall.booked(15)
    desk = hall.operator()
    ticket = check_in.check_in_oneself(STRICT, booking.id, at=at(10))
    assert call(desk, 15) == ticket
    calling.recall(desk, ticket, key=key(), at=at(16))
    calling.miss(desk, ticket, key=key(), at=at(17))
    later, _ = hall.booked(15 + 24 * 60, case)
    with pytest.raises(DomainError, match="check_in_later"):
        check_in.check_in_oneself(STRICT, booking.id, at=at(25))
    for typed in (case.number, check_in.check_in_link(booking)):
        with pytest.raises(DomainError, match="check_in_later"):
            check_in.check_in_at_desk(desk, site_id=hall.site, typed=typed, key=key(), at=at(25))
    assert (booking_now(later).state, ticket_now(ticket).state) == (Appointment.BOOKED, State.MISSED)


def test_the_code_of_the_appointment_gives_the_same_ticket_again() -> None:
    hall = Hall()
    booking, case = hall.booked(15)
    desk = staff(STRICT, "operator")
    link = check_in.check_in_link(booking)
    first = check_in.check_in_oneself(STRICT, booking.id, at=at(0))
    for typed in (f" {link} ", status_link(case.number), case.number.lower()):
        assert check_in.check_in_at_desk(desk, site_id=hall.site, typed=typed, key=key(), at=at(1)) == first
    seen = check_in.expected(STRICT, booking.id, at=at(2))
    assert seen.is_today and seen.ticket and seen.ticket.id == first


@pytest.mark.parametrize(("minutes", "code"), [(-46, "check_in_early"), (-1440, "check_in_unknown")])
def test_not_before_its_hour_nor_on_another_day(minutes: int, code: str) -> None:
    booking, _ = Hall().booked(15)
    with pytest.raises(DomainError, match=code):
        check_in.check_in_oneself(STRICT, booking.id, at=at(minutes))
    assert booking_now(booking).state is Appointment.BOOKED


def test_an_appointment_at_another_place_is_told() -> None:
    hall, other = Hall(), Hall()
    _, case = hall.booked(15)
    with pytest.raises(DomainError, match="check_in_elsewhere"):
        check_in.check_in_at_desk(
            staff(STRICT, "operator"), site_id=other.site, typed=case.number, key=key(), at=at(10)
        )


def test_nobody_at_the_desk_checks_his_own_family_in() -> None:
    hall = Hall()
    booking, case = hall.booked(15)
    relative = staff(STRICT, "operator", kk_index=case.kk_index)
    for typed in (case.number, check_in.check_in_link(booking)):
        with pytest.raises(DomainError, match="own_family"):
            check_in.check_in_at_desk(relative, site_id=hall.site, typed=typed, key=key(), at=at(10))
    assert booking_now(booking).state is Appointment.BOOKED


@pytest.mark.parametrize("typed", ["KTP-2611-7F3KQ9-92", "0190b5a0-0000-7000-8000-000000000000"])
def test_an_unknown_number_has_no_appointment(typed: str) -> None:
    with pytest.raises(DomainError, match=r"check_in_unknown|number_check"):
        check_in.check_in_at_desk(staff(STRICT, "operator"), site_id=uuid7(), typed=typed, key=key(), at=at(10))


def test_of_a_family_each_has_a_number() -> None:
    hall = Hall()
    (one, _), (other, _) = hall.booked(15), hall.booked(15)
    tickets = {check_in.check_in_oneself(STRICT, booking.id, at=at(5)) for booking in (one, other)}
    assert len(tickets) == 2


def _strangers() -> dict[str, Callable[[], Actor]]:
    return {
        "citizen": lambda: make_owner(STRICT).actor,
        "anonymous": lambda: anonymous(STRICT),
        "officer": lambda: staff(STRICT),
        "admin": lambda: staff(STRICT, "admin"),
        "inspector": lambda: staff(STRICT, "inspector"),
        "foreign": lambda: staff(LEAN, "operator"),
    }


@pytest.mark.parametrize("who", _strangers())
def test_nobody_else_calls_gives_numbers_or_sits_down(who: str) -> None:
    hall = Hall()
    counter, ticket = hall.counter(), hall.walk_in(0)
    actor = _strangers()[who]()
    for act in (
        lambda: calling.sit_down(actor, counter, key=key(), at=at(1)),
        lambda: at_the_door.take_number(actor, site_id=hall.site, service=Service.RECORDING, key=key(), at=at(1)),
        lambda: at_the_door.leave_queue(actor, ticket, key=key(), at=at(1)),
    ):
        with pytest.raises(NotFound):
            act()
    assert ticket_now(ticket).state is State.WAITING


def test_head_and_admin_keep_the_counters() -> None:
    hall, admin = Hall(), staff(STRICT, "admin")
    counter_setup.add_counter(admin, site_id=hall.site, number=3, services=(Service.OTHER,), key=key(), at=at(0))
    with pytest.raises(DomainError, match="counter_exists"):
        counter_setup.add_counter(admin, site_id=hall.site, number=3, services=(Service.OTHER,), key=key(), at=at(0))
    with acting_as(SYSTEM):
        (counter,) = queries.list_counters(STRICT, site_id=hall.site)
    everything = (Service.RECORDING, Service.OTHER)
    counter_setup.change_counter(admin, counter.id, services=everything, key=key(), at=at(1))
    desk = staff(STRICT, "operator")
    calling.sit_down(desk, counter.id, key=key(), at=at(2))
    ticket = hall.walk_in(3)
    assert call(desk, 4) == ticket
    counter_setup.free_counter(admin, counter.id, key=key(), at=at(5))
    assert ticket_now(ticket).state is State.WAITING
    counter_setup.set_active(admin, counter.id, is_active=False, key=key(), at=at(6))
    with pytest.raises(NotFound):
        calling.sit_down(desk, counter.id, key=key(), at=at(7))
    with pytest.raises(NotFound):
        counter_setup.set_active(desk, counter.id, is_active=True, key=key(), at=at(8))
    acts = [act for act, _ in entries(counter.id)]
    assert acts == ["counter.add", "counter.change", "counter.sit", "counter.free", "counter.close"]


def test_a_number_stands_among_ones_own_data_while_it_is_known_whose_it_is() -> None:
    hall, owner = Hall(), make_owner(STRICT)
    booking, case = hall.booked(15, make_waiting(owner=owner))
    mine = calling_number(check_in.check_in_oneself(STRICT, booking.id, at=at(10)))
    other, _ = hall.booked(15)
    check_in.check_in_oneself(STRICT, other.id, at=at(10))
    (told,) = json.loads("".join(own_data.export(owner.actor)))["applications"]
    assert told["number"] == case.number
    assert [(ticket["label"], ticket["state"]) for ticket in told["tickets"]] == [(mine, "waiting")]


def calling_number(ticket_id: UUID) -> str:
    return ticket_now(ticket_id).label


def test_the_job_ends_the_days_that_are_over() -> None:
    hall = Hall()
    booking, _ = hall.booked(15)
    ticket = check_in.check_in_oneself(STRICT, booking.id, at=at(10))
    clock.move_forward(max(at(24 * 60) - clock.now(), timedelta(0)))
    upkeep_counters.end_days(SYSTEM)
    ended = ticket_now(ticket)
    assert (ended.state, ended.application_id, ended.appointment_id) == (State.LEFT, None, None)
