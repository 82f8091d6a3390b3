"""What everybody may know: numbers, how many wait, how long it takes; never who."""

from __future__ import annotations

import pytest

from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.counters import queries
from adminduk.modules.counters.order import about_ahead
from adminduk.modules.counters.states import State
from adminduk.modules.counters.tests.hall import DAY, Hall
from adminduk.modules.counters.types import Lane, Place, Service, Ticket, Waiting
from tests import making

pytestmark = pytest.mark.usefixtures("database")


def full(hall: Hall) -> tuple[Waiting, ...]:
    with acting_as(making.anonymous(hall.region)):
        return queries.list_waiting_times(hall.region, site_id=hall.site, day=DAY)


def place(ticket: Ticket) -> Place:
    with acting_as(making.anonymous(ticket.region_id)):
        found = queries.find_place(ticket.id)
    assert found is not None
    return found


def test_the_hall_sees_numbers_and_counters_newest_first() -> None:
    hall = Hall()
    one, two = hall.desk(), hall.desk()
    hall.walk_in(0), hall.walk_in(1)
    first = one.call(2)
    two.call(3)
    assert first
    one.recall(first, 4)
    with acting_as(making.anonymous(hall.region)):
        called = queries.list_called(hall.region, site_id=hall.site, day=DAY)
    assert [(c.label, c.counter_number, c.calls, c.is_there) for c in called] == [
        ("A001", 1, 2, True),
        ("A002", 2, 1, True),
    ]


def test_waiting_times_are_measured_from_the_turn_on() -> None:
    hall = Hall()
    desk = hall.desk()
    hall.desk(Service.COLLECTION)
    for minute in (0, 0, 0):
        hall.walk_in(minute)
    hall.check_in(0, slot=30)
    for minute in (10, 20, 32):
        desk.serve(minute)
    recording, collection = full(hall)
    assert (recording.service, recording.waiting, recording.called, recording.open_counters) == ("recording", 1, 3, 1)
    assert (recording.median_seconds, recording.p90_seconds) == (600, 1080)  # of 2, 10 and 20 minutes
    assert (collection.waiting, collection.called, collection.median_seconds) == (0, 0, None)


def test_a_site_without_counters_says_nothing() -> None:
    assert full(Hall()) == ()


def test_the_holder_of_a_ticket_sees_about_how_many_go_first() -> None:
    hall = Hall()
    desk = hall.desk()
    hall.walk_in(0), hall.walk_in(1)
    mine = hall.walk_in(2)
    booked = hall.check_in(3, slot=20)
    assert (place(mine).ahead, place(booked).ahead) == (3, 1)
    desk.serve(4)
    assert place(mine).ahead == 2
    desk.serve(5), desk.call(6)
    assert (place(mine).state, place(mine).counter_number, place(mine).ahead) == (State.CALLED, 1, None)


def test_an_unknown_ticket_has_no_place() -> None:
    with acting_as(making.anonymous(making.fresh_region())):
        assert queries.find_place(uuid7()) is None


@pytest.mark.parametrize(
    ("lane", "earlier", "appointments", "ahead"),
    [
        (Lane.WALK_IN, (0, 0), 0, 0),
        (Lane.WALK_IN, (5, 3), 9, 11),
        (Lane.APPOINTMENT, (0, 4), 1, 1),
        (Lane.APPOINTMENT, (4, 9), 5, 7),
    ],
)
def test_between_two_walk_ins_come_two_appointments_at_most(
    lane: Lane, earlier: tuple[int, int], appointments: int, ahead: int
) -> None:
    assert about_ahead(lane, earlier=earlier, all_appointments=appointments) == ahead
