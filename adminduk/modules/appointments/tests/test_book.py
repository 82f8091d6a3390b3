"""One place, one person, one time: holds, confirmation, change, and what the database itself refuses."""

from __future__ import annotations

from datetime import time, timedelta

import psycopg
import pytest
from django.db import DatabaseError, transaction

from adminduk.foundation.database.statements import run
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError
from adminduk.modules.appointments import actions, queries
from adminduk.modules.appointments.slots import is_hit
from adminduk.modules.appointments.states import State
from adminduk.modules.appointments.tests.book import MONDAY, NOW, Book
from adminduk.modules.appointments.types import ClosedSpan, Need
from tests import database as test_database
from tests.at_once import at_once

pytestmark = pytest.mark.usefixtures("database")
LATER = NOW + actions.HOLD


def test_a_held_place_is_gone_for_others_and_comes_back_after_ten_minutes() -> None:
    book = Book(places=1)
    book.hold(book.somebody())
    with pytest.raises(DomainError, match="slot_taken"):
        book.hold(book.somebody(), at=LATER - timedelta(seconds=1))
    assert book.free()[0].slot.starts == time(9, 15)
    assert book.free(LATER)[0].slot.starts == time(9)
    booking = book.get(book.hold(book.somebody(), at=LATER))
    assert (booking.state, booking.place) == (State.HELD, 1)


def test_a_hold_that_ended_cannot_be_confirmed() -> None:
    book = Book()
    booking_id = book.hold(book.somebody())
    with pytest.raises(DomainError, match="hold_ended"):
        book.confirm(booking_id, at=LATER)


def test_what_is_booked_stays_until_the_new_time_is_confirmed() -> None:
    book = Book()
    person = book.somebody()
    first = book.book(person)
    second = book.hold(person, 1)
    assert book.get(first).state is State.BOOKED
    book.confirm(second)
    assert (book.get(first).state, book.get(second).state) == (State.CHANGED, State.BOOKED)


def test_a_person_holds_one_time_only() -> None:
    book = Book()
    person = book.somebody()
    first = book.hold(person)
    book.hold(person, 2)
    assert book.get(first).state is State.LAPSED


def test_whoever_has_arrived_gets_no_second_appointment() -> None:
    book = Book()
    person = book.somebody()
    first = book.book(person)
    with acting_as(book.system):
        actions.move_to(book.get(first), State.ARRIVED, at=NOW)
    second = book.hold(person, 1)
    with pytest.raises(DomainError, match="hold_ended"):
        book.confirm(second)


def test_what_has_ended_does_not_begin_again() -> None:
    book = Book()
    booking_id = book.book(book.somebody())
    with acting_as(book.system):
        actions.move_to(book.get(booking_id), State.CANCELLED, at=NOW)
        with pytest.raises(DomainError, match="appointment_over"):
            actions.move_to(book.get(booking_id), State.ARRIVED, at=NOW)


def test_needs_are_sealed_and_come_back() -> None:
    book = Book()
    booking_id = book.hold(book.somebody())
    book.confirm(booking_id, needs=frozenset({Need.WHEELCHAIR, Need.COMPANION}))
    assert book.get(booking_id).needs == {Need.WHEELCHAIR, Need.COMPANION}
    with test_database.superuser_connection() as above:
        (stored,) = above.execute("SELECT needs FROM appointments_appointment").fetchone() or (b"",)
    assert b"wheelchair" not in stored


@pytest.mark.parametrize(
    "change", ["application_id = gen_random_uuid()", "subject_index = 'x'", "starts = '09:45'", "place = 2"]
)
def test_an_appointment_changes_neither_hands_nor_time(change: str) -> None:
    book = Book()
    book.book(book.somebody())
    with acting_as(book.system), pytest.raises(DatabaseError) as caught, transaction.atomic():
        run(f"UPDATE appointments_appointment SET {change}")
    assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize(("places", "starts"), [(3, time(9)), (1, time(10)), (1, time(8, 59))])
def test_the_database_refuses_a_place_beyond_the_capacity(places: int, starts: time) -> None:
    """Whatever a program believes: it says that there are more places, or another hour."""
    book = Book(places=2)
    copy = (
        "INSERT INTO appointments_appointment (id, region_id, owner_id, application_id, subject_index, site_id, kind,"
        " day, starts, minutes, place, starts_at, state, group_id, reason, made_at, changed_at)"
        " VALUES (%s, %s, %s, %s, 'x', %s, 'recording', %s, %s, 15, %s, %s, 'booked', %s, '', %s, %s)"
    )
    ids = [uuid7() for _ in range(4)]
    values = [ids[0], book.region, ids[1], ids[2], book.site_id, MONDAY, starts, places, NOW, ids[3], NOW, NOW]
    with acting_as(book.system), pytest.raises(DatabaseError) as caught, transaction.atomic():
        run(copy, values)
    assert isinstance(caught.value.__cause__, psycopg.errors.CheckViolation)


def test_two_hundred_people_for_the_last_ten_places() -> None:
    book = Book(places=10)
    people = [book.somebody() for _ in range(200)]
    answers = at_once(200, lambda number: book.book(people[number]))
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert {str(refusal) for refusal in refused} == {"slot_taken"}
    booked = [book.get(answer) for answer in answers if not isinstance(answer, Exception)]
    assert sorted(one.place for one in booked) == list(range(1, 11))


def test_one_person_at_many_times_at_once_gets_one() -> None:
    book = Book(places=20, until=time(14))
    person = book.somebody()

    def book_one(number: int) -> None:
        book.book(person, number)

    answers = at_once(20, book_one)
    assert all(answer is None or isinstance(answer, DomainError) for answer in answers)
    with acting_as(book.system):
        day = queries.list_of_day(book.region, site_id=book.site_id, day=MONDAY)
    assert len(day) <= 1


def test_who_comes_on_a_day_is_told_in_order_of_time() -> None:
    book = Book()
    late, early = book.book(book.somebody(), 2), book.book(book.somebody())
    with acting_as(book.system):
        coming = queries.list_coming(book.region, day=MONDAY, after=NOW)
        later = queries.list_coming(book.region, day=MONDAY, after=book.get(early).starts_at)
    assert [one.id for one in coming] == [early, late]
    assert [one.id for one in later] == [late]


@pytest.mark.parametrize(
    ("begins", "ends", "is_hit_by_it"),
    [
        (None, None, True),
        (time(9, 10), time(9, 30), True),
        (time(9, 15), time(10), False),
        (time(8), time(9), False),
    ],
)
def test_what_a_closure_hits(begins: time | None, ends: time | None, *, is_hit_by_it: bool) -> None:
    book = Book()
    booking = book.get(book.book(book.somebody()))
    span = ClosedSpan(uuid7(), book.site_id, MONDAY, begins, ends, "listrik padam")
    assert is_hit(booking, span) is is_hit_by_it


def test_old_days_are_forgotten() -> None:
    book = Book()
    book.book(book.somebody())
    with acting_as(book.system):
        assert actions.forget_old(book.region, before=MONDAY) == 0
        assert actions.forget_old(book.region, before=MONDAY + timedelta(1)) == 1
