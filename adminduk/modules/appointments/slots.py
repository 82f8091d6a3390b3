"""Slots are computed when they are read: capacity of the weekday without breaks, closures and days off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.modules.appointments.types import Booking, Break, Capacity, ClosedSpan, FreeSlot, Kind, Slot

SlotKey = tuple[UUID, date, time]
ADJACENT = timedelta(minutes=60)  # members of a family who do not fit into one slot come at most so much later


@dataclass(frozen=True, slots=True)
class Plan:
    """All that says when one place receives people for one kind of business."""

    site_id: UUID
    kind: Kind
    capacity: tuple[Capacity, ...]
    breaks: tuple[Break, ...] = ()
    closures: tuple[ClosedSpan, ...] = ()


def slots_of(plan: Plan, day: date, *, days_off: frozenset[date]) -> Iterator[Slot]:
    """The slots of a day in order of time."""
    for starts, capacity in _starts_of(plan, day, days_off):
        yield Slot(plan.site_id, plan.kind, day, starts, capacity.minutes, capacity.places)


def free_slots(
    plan: Plan,
    days: Iterable[date],
    *,
    days_off: frozenset[date],
    taken: Mapping[SlotKey, int],
    after: datetime,
    zone: ZoneInfo,
) -> Iterator[FreeSlot]:
    """Slots of `days` that begin after the moment `after` and have places left."""
    for day in days:
        for starts, capacity in _starts_of(plan, day, days_off):
            free = capacity.places - taken.get((plan.site_id, day, starts), 0)
            if free > 0 and (starts_at := datetime.combine(day, starts, zone)) > after:
                slot = Slot(plan.site_id, plan.kind, day, starts, capacity.minutes, capacity.places)
                yield FreeSlot(slot, starts_at, free)


def _starts_of(plan: Plan, day: date, days_off: frozenset[date]) -> Iterator[tuple[time, Capacity]]:
    if day in days_off:
        return
    weekday = day.weekday()
    shut = [(pause.begins, pause.ends) for pause in plan.breaks if pause.weekday == weekday]
    shut += [(span.begins or time.min, span.ends or time.max) for span in plan.closures if span.day == day]
    for capacity in sorted((one for one in plan.capacity if one.weekday == weekday), key=lambda one: one.opens):
        for starts in _open_times(capacity, tuple(shut)):
            yield starts, capacity


@lru_cache(maxsize=1024)  # most days of a place are alike, and a page looks at sixty
def _open_times(capacity: Capacity, shut: tuple[tuple[time, time], ...]) -> tuple[time, ...]:
    length = timedelta(minutes=capacity.minutes)
    begin, closes = (datetime.combine(date.min, moment) for moment in (capacity.opens, capacity.closes))
    times = ((begin + number * length) for number in range((closes - begin) // length))
    spans = [(one.time(), (one + length).time()) for one in times]
    return tuple(start for start, end in spans if not any(start < until and since < end for since, until in shut))


def is_hit(booking: Booking, span: ClosedSpan) -> bool:
    """Whether a closure falls on an appointment."""
    begin = datetime.combine(booking.day, booking.starts)
    end = begin + timedelta(minutes=booking.minutes)
    return (
        (span.site_id, span.day) == (booking.site_id, booking.day)
        and begin < datetime.combine(booking.day, span.ends or time.max)
        and datetime.combine(booking.day, span.begins or time.min) < end
    )


def days_from(first: date, last: date) -> Iterator[date]:
    """Both included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def spread(free: Iterable[FreeSlot], first: FreeSlot, people: int) -> tuple[FreeSlot, ...]:
    """Where `people` find room from `first` on, each once, at most an hour apart; empty when they do not.

    `free` are slots of the same place, in order of time.
    """
    found: list[FreeSlot] = []
    for one in free:
        if one.slot.site_id != first.slot.site_id or one.starts_at < first.starts_at:
            continue
        if one.starts_at > first.starts_at + ADJACENT:
            break
        found += [one] * min(one.free, people - len(found))
    return tuple(found) if len(found) == people else ()


def first_room(free: Sequence[FreeSlot], people: int) -> FreeSlot | None:
    """The earliest of one place's slots at which so many people find room."""
    return next((one for one in free if spread(free, one, people)), None)
