"""Slots are computed from capacity, breaks, closures and days off; pure calculation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.modules.appointments.slots import Plan, days_from, free_slots, slots_of, spread
from adminduk.modules.appointments.tests.book import MONDAY, NOW, ZONE
from adminduk.modules.appointments.types import Break, Capacity, ClosedSpan, FreeSlot, Kind

SITE = UUID(int=7)
PLAN = Plan(SITE, Kind.RECORDING, (Capacity(0, time(9), time(10), 20, 2), Capacity(0, time(13), time(13, 30), 30, 1)))
NONE: frozenset[date] = frozenset()


def starts(plan: Plan, day: date = MONDAY, days_off: frozenset[date] = NONE) -> list[str]:
    return [f"{slot.starts:%H:%M}" for slot in slots_of(plan, day, days_off=days_off)]


def closed(begins: time | None, ends: time | None, day: date = MONDAY) -> Plan:
    return replace(PLAN, closures=(ClosedSpan(uuid4(), SITE, day, begins, ends, "listrik padam"),))


def test_slots_of_a_weekday() -> None:
    assert starts(PLAN) == ["09:00", "09:20", "09:40", "13:00"]
    assert starts(PLAN, MONDAY + timedelta(1)) == []


def test_a_rest_shorter_than_a_slot_is_none() -> None:
    assert starts(replace(PLAN, capacity=(Capacity(0, time(9), time(9, 50), 20, 1),))) == ["09:00", "09:20"]


def test_nobody_comes_on_a_day_off() -> None:
    assert starts(PLAN, days_off=frozenset({MONDAY})) == []


@pytest.mark.parametrize(
    ("plan", "left"),
    [
        (replace(PLAN, breaks=(Break(0, time(9, 10), time(9, 30)),)), ["09:40", "13:00"]),
        (replace(PLAN, breaks=(Break(1, time(9), time(14)),)), ["09:00", "09:20", "09:40", "13:00"]),
        (closed(None, None), []),
        (closed(time(9, 40), time(14)), ["09:00", "09:20"]),
        (closed(None, None, day=MONDAY + timedelta(7)), ["09:00", "09:20", "09:40", "13:00"]),
    ],
)
def test_breaks_and_closures_take_slots_away(plan: Plan, left: list[str]) -> None:
    assert starts(plan) == left


def free(taken: dict[tuple[UUID, date, time], int], after: datetime = NOW) -> tuple[FreeSlot, ...]:
    days = days_from(MONDAY, MONDAY + timedelta(6))
    return tuple(free_slots(PLAN, days, days_off=NONE, taken=taken, after=after, zone=ZONE))


def test_full_and_past_slots_are_not_free() -> None:
    found = free(
        {(SITE, MONDAY, time(9)): 1, (SITE, MONDAY, time(9, 20)): 2}, datetime(2026, 11, 30, 8, 30, tzinfo=ZONE)
    )
    assert [(f"{one.slot.starts:%H:%M}", one.free) for one in found] == [("09:00", 1), ("09:40", 2), ("13:00", 1)]
    assert [one.slot.starts for one in free({}, datetime(2026, 11, 30, 9, 40, tzinfo=ZONE))] == [time(13)]


def test_a_family_is_spread_over_neighbouring_times_or_not_at_all() -> None:
    offered = free({(SITE, MONDAY, time(9)): 1})
    assert [one.slot.starts for one in spread(offered, offered[0], 4)] == [
        time(9),
        time(9, 20),
        time(9, 20),
        time(9, 40),
    ]
    assert spread(offered, offered[0], 6) == ()
    assert spread(offered, offered[-1], 2) == ()
