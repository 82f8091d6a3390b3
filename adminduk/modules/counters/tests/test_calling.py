"""Calling: the order, one person at one counter, no-shows, transfers; pressed twice and by many hands."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.counters import actions, models, queries
from adminduk.modules.counters.states import State
from adminduk.modules.counters.tests.hall import DAY, Hall, at
from adminduk.modules.counters.types import Lane, Service
from tests import making
from tests.at_once import at_once
from tests.database import superuser_connection

pytestmark = pytest.mark.usefixtures("database")


def test_walk_ins_go_in_the_order_of_their_coming() -> None:
    hall = Hall()
    desk = hall.desk()
    numbers = [hall.walk_in(minute).label for minute in range(3)]
    assert numbers == ["A001", "A002", "A003"]
    assert [desk.serve(10 + n) for n in range(4)] == ["A001", "A002", "A003", None]


def test_an_appointment_goes_first_when_its_time_has_come_and_not_before() -> None:
    hall = Hall()
    desk = hall.desk()
    booked = hall.check_in(0, slot=30)
    early, late = hall.walk_in(1), hall.walk_in(2)
    assert desk.serve(29) == early.label
    assert desk.serve(30) == booked.label
    assert desk.serve(31) == late.label


def test_who_is_early_is_called_when_nobody_else_waits() -> None:
    hall = Hall()
    booked = hall.check_in(0, slot=30)
    assert hall.desk().serve(5) == booked.label


def test_after_two_appointments_a_walk_in_is_called() -> None:
    hall = Hall()
    desk = hall.desk()
    walked = hall.walk_in(0)
    booked = [hall.check_in(1, slot=slot) for slot in (2, 3, 4, 5)]
    order = [desk.serve(10 + n) for n in range(5)]
    assert order == [booked[0].label, booked[1].label, walked.label, booked[2].label, booked[3].label]


def test_who_comes_late_for_his_appointment_stands_among_the_walk_ins() -> None:
    hall = Hall()
    desk = hall.desk()
    walked = hall.walk_in(14)
    late = hall.check_in(16, slot=0)
    assert late.lane is Lane.WALK_IN
    assert [desk.serve(20), desk.serve(21)] == [walked.label, late.label]


def test_checking_in_twice_gives_one_ticket_and_only_from_an_hour_before() -> None:
    hall = Hall()
    first = hall.check_in(0, slot=30)
    assert first.appointment_id is not None
    assert hall.check_in(9, slot=30, appointment=first.appointment_id) == first
    with pytest.raises(DomainError, match="check_in_early"):
        hall.check_in(0, slot=61)


def test_a_counter_that_asks_twice_gets_the_same_person() -> None:
    hall = Hall()
    desk = hall.desk()
    hall.walk_in(0), hall.walk_in(1)
    first, again = desk.call(5), desk.call(6)
    assert first and again and first.id == again.id


def test_a_counter_calls_only_for_what_it_serves() -> None:
    hall = Hall()
    hall.walk_in(0, Service.COLLECTION)
    assert hall.desk(Service.RECORDING, Service.OTHER).serve(5) is None
    assert hall.desk(Service.COLLECTION).serve(5) == "B001"


def test_a_hundred_calls_at_once_reach_a_hundred_people() -> None:
    hall = Hall()
    desks = [hall.desk() for _ in range(100)]
    people = {hall.walk_in(n).label for n in range(100)}
    called = at_once(100, lambda n: desks[n].call(200))
    assert {getattr(ticket, "label", ticket) for ticket in called} == people


def test_one_counter_pressed_by_many_hands_calls_one_person() -> None:
    hall = Hall()
    desk = hall.desk()
    for minute in range(10):
        hall.walk_in(minute)
    called = at_once(10, lambda _: desk.call(20))
    assert len({getattr(ticket, "id", ticket) for ticket in called}) == 1
    assert len(hall.waiting()) == 9


def test_numbers_given_out_at_once_have_no_gap_and_no_double() -> None:
    hall = Hall()
    given = at_once(40, lambda _: hall.walk_in(1))
    assert {getattr(ticket, "label", ticket) for ticket in given} == {f"A{n:03d}" for n in range(1, 41)}


def test_one_appointment_checked_in_at_two_places_at_once_is_one_ticket() -> None:
    hall = Hall()
    appointment = making.officer(1).id
    given = at_once(8, lambda _: hall.check_in(0, slot=10, appointment=appointment))
    assert {getattr(ticket, "label", ticket) for ticket in given} == {"A001"}


def test_the_database_itself_lets_nobody_call_two_to_one_counter() -> None:
    hall = Hall()
    desk = hall.desk()
    hall.walk_in(0)
    other = hall.walk_in(1)
    desk.call(5)
    with acting_as(hall.system), pytest.raises(IntegrityError, match="ticket_one_at_a_counter"), transaction.atomic():
        models.Ticket.objects.filter(id=other.id).update(state="called", counter_id=desk.id, called_at=at(5), calls=1)


def test_a_no_show_must_have_been_called_twice() -> None:
    hall = Hall()
    desk = hall.desk()
    hall.walk_in(0)
    ticket = desk.call(1)
    assert ticket
    with acting_as(desk.operator), pytest.raises(DomainError, match="recall_first"):
        actions.miss(ticket.id, at=at(2), **desk.place)  # type: ignore[arg-type]


def test_a_walk_in_who_misses_goes_to_the_end_once() -> None:
    hall = Hall()
    desk = hall.desk()
    hall.walk_in(0), hall.walk_in(1)
    first = desk.call(5)
    assert first and desk.miss(first, 6).state is State.WAITING
    assert desk.serve(7) == "A002"
    again = desk.call(8)
    assert again and again.id == first.id
    assert desk.miss(again, 9).state is State.MISSED
    assert desk.call(10) is None


def test_who_misses_his_appointment_has_missed_it() -> None:
    hall = Hall()
    desk = hall.desk()
    hall.check_in(0, slot=5)
    ticket = desk.call(5)
    assert ticket and desk.miss(ticket, 6).state is State.MISSED


def test_who_comes_after_all_stands_at_the_end() -> None:
    hall = Hall()
    desk = hall.desk()
    hall.check_in(0, slot=5)
    ticket = desk.call(5)
    assert ticket and desk.miss(ticket, 6).state is State.MISSED
    other = hall.walk_in(7)
    back = hall.check_in(8, slot=5, appointment=ticket.appointment_id)
    assert (back.id, back.state, back.lane) == (ticket.id, State.WAITING, Lane.WALK_IN)
    assert [desk.serve(9), desk.serve(10)] == [other.label, ticket.label]


def test_sent_to_another_service_he_stands_where_his_coming_puts_him() -> None:
    hall = Hall()
    recording, collection = hall.desk(), hall.desk(Service.COLLECTION)
    before = hall.walk_in(0, Service.COLLECTION)
    sent = hall.walk_in(1)
    after = hall.walk_in(2, Service.COLLECTION)
    ticket = recording.call(5)
    assert ticket and ticket.id == sent.id
    recording.transfer(ticket, Service.COLLECTION, 6)
    assert [collection.serve(7 + n) for n in range(3)] == [before.label, sent.label, after.label]


def test_an_appointment_gives_no_right_at_another_service() -> None:
    hall = Hall()
    recording, collection = hall.desk(), hall.desk(Service.COLLECTION)
    before = hall.walk_in(0, Service.COLLECTION)
    hall.check_in(1, slot=2)
    ticket = recording.call(3)
    assert ticket
    recording.transfer(ticket, Service.COLLECTION, 4)
    assert [collection.serve(5), collection.serve(6)] == [before.label, ticket.label]


def test_sent_to_a_certain_counter_he_is_left_to_it() -> None:
    hall = Hall()
    one, two = hall.desk(), hall.desk()
    hall.walk_in(0)
    ticket = one.call(1)
    assert ticket
    one.transfer(ticket, Service.RECORDING, 2, two.id)
    assert one.call(3) is None
    called = two.call(3)
    assert called and called.id == ticket.id


def test_when_that_counter_closes_any_other_calls_him() -> None:
    hall = Hall()
    one, two = hall.desk(), hall.desk()
    hall.walk_in(0)
    ticket = one.call(1)
    assert ticket
    one.transfer(ticket, Service.RECORDING, 2, two.id)
    with acting_as(two.operator):
        actions.leave_counter(two.id, **two.place)  # type: ignore[arg-type]
    assert one.serve(3) == ticket.label


def test_nobody_is_sent_where_nobody_serves() -> None:
    hall = Hall()
    desk = hall.desk()
    hall.walk_in(0)
    ticket = desk.call(1)
    assert ticket
    with pytest.raises(DomainError, match="transfer_nowhere"):
        desk.transfer(ticket, Service.COLLECTION, 2)


def test_what_was_done_is_not_done_again() -> None:
    hall = Hall()
    desk, other = hall.desk(), hall.desk()
    hall.walk_in(0)
    ticket = desk.call(1)
    assert ticket
    with pytest.raises(DomainError, match="ticket_moved"):
        other.finish(ticket, 2)
    desk.finish(ticket, 2)
    with pytest.raises(DomainError, match="ticket_moved"):
        desk.finish(ticket, 3)


def test_who_goes_away_is_not_called() -> None:
    hall = Hall()
    ticket = hall.walk_in(0)
    with acting_as(hall.system):
        actions.leave_queue(ticket.id, region_id=hall.region, at=at(1))
        actions.leave_queue(ticket.id, region_id=hall.region, at=at(2))
    assert hall.desk().call(3) is None


def test_another_region_sees_nobody() -> None:
    hall = Hall()
    hall.walk_in(0)
    desk = hall.desk()
    with acting_as(making.officer(making.fresh_region())):
        assert queries.list_counters(hall.region) == ()
        with pytest.raises(NotFound):
            actions.call_next(desk.id, at=at(1), **desk.place)  # type: ignore[arg-type]
    assert desk.call(1)


def test_a_seat_is_one_persons_and_free_on_the_next_day() -> None:
    hall = Hall()
    desk, other = hall.desk(), hall.desk()
    with acting_as(other.operator):
        with pytest.raises(DomainError, match="counter_occupied"):
            actions.sit_down(desk.id, **other.place)  # type: ignore[arg-type]
        tomorrow = DAY.replace(day=2)
        actions.sit_down(desk.id, region_id=hall.region, operator_id=other.operator.id, day=tomorrow)
        seat = queries.find_seat(hall.region, operator_id=other.operator.id)
    assert seat and seat.id == desk.id
    with acting_as(desk.operator), pytest.raises(DomainError, match="not_at_counter"):
        actions.call_next(desk.id, at=at(1), **desk.place)  # type: ignore[arg-type]


def test_a_counter_is_not_left_while_somebody_stands_there_but_can_be_freed() -> None:
    hall = Hall()
    desk = hall.desk()
    first, second = hall.walk_in(0), hall.walk_in(1)
    desk.call(2)
    with acting_as(desk.operator):
        with pytest.raises(DomainError, match="counter_busy"):
            actions.leave_counter(desk.id, **desk.place)  # type: ignore[arg-type]
        actions.free_counter(desk.id, region_id=hall.region, day=DAY, at=at(3))
    assert hall.waiting() == [first.label, second.label]


def test_after_the_day_nothing_leads_to_a_person() -> None:
    hall = Hall()
    desk = hall.desk()
    hall.check_in(0, slot=1)
    hall.walk_in(2)
    called = desk.call(3)
    with acting_as(hall.system):
        assert actions.end_days(hall.region, before=DAY, at=at(2000)) == 0
        assert actions.end_days(hall.region, before=DAY.replace(day=2), at=at(2000)) == 2
        rows = models.Ticket.objects.filter(region_id=hall.region).values_list("state", "application_id")
        assert sorted(rows) == [("done", None), ("left", None)]
        assert queries.find_seat(hall.region, operator_id=desk.operator.id) is None
        actions.end_days(hall.region, before=DAY + actions.KEPT + actions.KEPT, at=at(2000))
        assert not models.Ticket.objects.filter(region_id=hall.region).exists()
    assert called and called.application_id


def test_who_is_killed_in_the_middle_has_called_nobody_and_spent_no_number() -> None:
    hall = Hall()
    desk, other = hall.desk(), hall.desk()
    waiting = hall.walk_in(0)

    def killed() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone() or (0,)
        with superuser_connection() as above:
            above.execute("SELECT pg_terminate_backend(%s)", [pid])

    with pytest.raises((OperationalError, InterfaceError)), acting_as(desk.operator):
        called = actions.call_next(desk.id, at=at(1), **desk.place)  # type: ignore[arg-type]
        assert called and called.id == waiting.id
        actions.take_number(hall.region, site_id=hall.site, day=DAY, service=Service.RECORDING, at=at(1))
        killed()
        actions.recall(called.id, at=at(1), **desk.place)  # type: ignore[arg-type]
    connection.close()
    assert other.serve(2) == waiting.label
    assert hall.walk_in(3).label == "A002"
