"""Read capacity, free slots and appointments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.appointments.slots import Plan, SlotKey, days_from, first_room, free_slots
from adminduk.modules.appointments.states import State
from adminduk.modules.appointments.types import Booking, Break, Capacity, ClosedSpan, FreeSlot, Kind, Need

_COLUMNS = tuple(field.name for field in fields(Booking))  # a Booking has the names of the table's columns
_BOOKING = f"SELECT {', '.join(_COLUMNS)} FROM appointments_appointment WHERE region_id = %s AND "  # noqa: S608 - names stand in types.py
_FIRM = "state IN ('booked', 'arrived')"


def needs_context(booking_id: UUID, region_id: int) -> str:
    """The place that sealed needs are bound to."""
    return f"appointments_appointment|needs|{booking_id}|{region_id}"


def _opened(row: tuple[Any, ...]) -> Booking:
    values = dict(zip(_COLUMNS, row, strict=True))
    sealed = values["needs"]
    context = needs_context(values["id"], values["region_id"])
    words = crypto.decrypt_json(sealed, context=context) if sealed else ()
    values |= {
        "kind": Kind(values["kind"]),
        "state": State(values["state"]),
        "subject_index": bytes(values["subject_index"]),
        "needs": frozenset(Need(word) for word in words),
    }
    return Booking(**values)


def _bookings(condition: str, *values: object) -> tuple[Booking, ...]:
    return tuple(_opened(row) for row in fetch_all(_BOOKING + condition, values))  # conditions stand in this file


def get_booking(booking_id: UUID, *, region_id: int, lock: bool = False) -> Booking:
    """One appointment that the actor may see. Raises NotFound."""
    found = _bookings("id = %s FOR UPDATE" if lock else "id = %s", region_id, booking_id)
    if not found:
        raise NotFound("appointment")
    return found[0]


def find_active(application_id: UUID, *, region_id: int) -> Booking | None:
    """The appointment that stands for an application, booked or arrived; or None."""
    found = _bookings(f"application_id = %s AND {_FIRM}", region_id, application_id)
    return found[0] if found else None


def has_appointment(subject_index: bytes, *, region_id: int) -> bool:
    """Whether a person has an appointment that stands, for whichever application."""
    return bool(_bookings(f"subject_index = %s AND {_FIRM} LIMIT 1", region_id, subject_index))


def find_moved(application_id: UUID, *, region_id: int) -> Booking | None:
    """The last appointment that the office had to move, or None."""
    found = _bookings(
        "application_id = %s AND state = 'moved' ORDER BY changed_at DESC LIMIT 1", region_id, application_id
    )
    return found[0] if found else None


def find_held(application_id: UUID, *, region_id: int, at: datetime) -> Booking | None:
    """What is held for an application and not yet confirmed, or None."""
    found = _bookings("application_id = %s AND state = 'held' AND held_until > %s", region_id, application_id, at)
    return found[0] if found else None


def list_group(group_id: UUID, *, owner_id: UUID, region_id: int, at: datetime) -> tuple[Booking, ...]:
    """What one person holds together with it at this time, in order of time."""
    return _bookings(
        "group_id = %s AND owner_id = %s AND state = 'held' AND held_until > %s ORDER BY starts_at, id",
        region_id, group_id, owner_id, at,
    )  # fmt: skip


def list_of_application(application_id: UUID, *, region_id: int) -> tuple[Booking, ...]:
    """All appointments of an application, holds left out, oldest first."""
    return _bookings(
        "application_id = %s AND state NOT IN ('held', 'lapsed') ORDER BY made_at, id", region_id, application_id
    )


def last_change(application_id: UUID, *, region_id: int) -> datetime | None:
    """When an appointment of an application was last made, kept, missed or given up; None if it never had one."""
    row = fetch_one(
        "SELECT max(changed_at) FROM appointments_appointment"
        " WHERE region_id = %s AND application_id = %s AND state NOT IN ('held', 'lapsed')",
        [region_id, application_id],
    )
    return row[0] if row else None


def states_of(application_ids: Collection[UUID], *, region_id: int) -> dict[UUID, frozenset[State]]:
    """What became of the appointments of each of these; whoever never had one, or only held one, is left out."""
    found: dict[UUID, set[State]] = defaultdict(set)
    for application_id, state in fetch_all(
        "SELECT DISTINCT application_id, state FROM appointments_appointment"
        " WHERE region_id = %s AND application_id = ANY (%s) AND state NOT IN ('held', 'lapsed')",
        [region_id, list(application_ids)],
    ):
        found[application_id].add(State(state))
    return {application_id: frozenset(states) for application_id, states in found.items()}


def list_of_day(region_id: int, *, site_id: UUID, day: date) -> tuple[Booking, ...]:
    """Who comes to a place on a day, and who came or did not, in order of time and place."""
    return _bookings(
        "site_id = %s AND day = %s AND state IN ('booked', 'arrived', 'done', 'missed') ORDER BY starts, place",
        region_id, site_id, day,
    )  # fmt: skip


def list_coming(region_id: int, *, day: date, after: datetime) -> tuple[Booking, ...]:
    """Booked appointments of a day that begin after `after`, in the order in which people would have come."""
    return _bookings(
        "day = %s AND state = 'booked' AND starts_at > %s ORDER BY starts_at, place, id", region_id, day, after
    )


def list_stranded(region_id: int, *, site_ids: Sequence[UUID], after: datetime) -> tuple[Booking, ...]:
    """Booked appointments at these places that begin after `after`, in the order in which people would have come."""
    return _bookings(
        "site_id = ANY (%s) AND state = 'booked' AND starts_at > %s ORDER BY starts_at, place, id",
        region_id, list(site_ids), after,
    )  # fmt: skip


def list_to_remind(region_id: int, *, day: date, limit: int = 500) -> tuple[Booking, ...]:
    """Booked appointments of a day whose owners have not been reminded."""
    return _bookings("day = %s AND state = 'booked' AND reminded_at IS NULL LIMIT %s", region_id, day, limit)


def list_unattended(region_id: int, *, before: date, limit: int = 500) -> tuple[Booking, ...]:
    """Appointments of days that are over and that nobody has ended."""
    return _bookings(f"day < %s AND {_FIRM} LIMIT %s", region_id, before, limit)


def list_capacity(region_id: int, *, site_id: UUID, kind: Kind) -> tuple[Capacity, ...]:
    """The week's capacity of a place."""
    rows = fetch_all(
        "SELECT weekday, opens, closes, minutes, places FROM appointments_capacityinterval"
        " WHERE region_id = %s AND site_id = %s AND kind = %s ORDER BY weekday, opens",
        [region_id, site_id, kind],
    )
    return tuple(Capacity(*row) for row in rows)


def list_breaks(region_id: int, *, site_id: UUID) -> tuple[Break, ...]:
    """The week's breaks of a place."""
    rows = fetch_all(
        "SELECT weekday, begins, ends FROM appointments_breakinterval"
        " WHERE region_id = %s AND site_id = %s ORDER BY weekday, begins",
        [region_id, site_id],
    )
    return tuple(Break(*row) for row in rows)


def list_closures(region_id: int, *, since: date) -> tuple[ClosedSpan, ...]:
    """Closures of all places from a day on that have not been lifted."""
    rows = fetch_all(
        "SELECT id, site_id, day, begins, ends, reason FROM appointments_siteclosure"
        " WHERE region_id = %s AND day >= %s AND lifted_at IS NULL ORDER BY day, begins NULLS FIRST, id",
        [region_id, since],
    )
    return tuple(ClosedSpan(*row) for row in rows)


def count_taken(
    region_id: int, *, site_ids: Sequence[UUID], kind: Kind, days: tuple[date, date], at: datetime
) -> dict[SlotKey, int]:
    """Places taken in each slot: a narrow function of the database counts, whoever asks."""
    rows = fetch_all(
        "SELECT site_id, day, starts, taken FROM sec.taken_places(%s, %s, %s, %s, %s, %s)",
        [region_id, list(site_ids), str(kind), *days, at],
    )
    return {(site_id, day, starts): taken for site_id, day, starts, taken in rows}


def list_plans(region_id: int, *, site_ids: Sequence[UUID], kind: Kind, since: date) -> tuple[Plan, ...]:
    """What says when each of these places receives people; places without capacity are left out."""
    hours: dict[UUID, list[Capacity]] = defaultdict(list)
    for site_id, *row in fetch_all(
        "SELECT site_id, weekday, opens, closes, minutes, places FROM appointments_capacityinterval"
        " WHERE region_id = %s AND site_id = ANY (%s) AND kind = %s ORDER BY weekday, opens",
        [region_id, list(site_ids), kind],
    ):
        hours[site_id].append(Capacity(*row))
    pauses: dict[UUID, list[Break]] = defaultdict(list)
    for site_id, *row in fetch_all(
        "SELECT site_id, weekday, begins, ends FROM appointments_breakinterval"
        " WHERE region_id = %s AND site_id = ANY (%s)",
        [region_id, list(site_ids)],
    ):
        pauses[site_id].append(Break(*row))
    closures = list_closures(region_id, since=since)
    return tuple(
        Plan(
            site_id=site_id,
            kind=kind,
            capacity=tuple(hours[site_id]),
            breaks=tuple(pauses[site_id]),
            closures=tuple(span for span in closures if span.site_id == site_id),
        )
        for site_id in site_ids
        if hours[site_id]
    )


def list_free(
    region_id: int,
    *,
    site_ids: Sequence[UUID],
    kind: Kind,
    days: tuple[date, date],
    days_off: frozenset[date],
    after: datetime,
    at: datetime,
    zone: ZoneInfo,
) -> dict[UUID, tuple[FreeSlot, ...]]:
    """Free slots of each place between two days, both included, that begin after `after`, in order of time."""
    plans = list_plans(region_id, site_ids=site_ids, kind=kind, since=days[0])
    taken = count_taken(region_id, site_ids=site_ids, kind=kind, days=days, at=at) if plans else {}
    return {
        plan.site_id: tuple(free_slots(plan, days_from(*days), days_off=days_off, taken=taken, after=after, zone=zone))
        for plan in plans
    }


def find_soonest(
    region_id: int,
    *,
    site_ids: Sequence[UUID],
    kind: Kind,
    days: tuple[date, date],
    days_off: frozenset[date],
    after: datetime,
    at: datetime,
    zone: ZoneInfo,
    people: int = 1,
) -> dict[UUID, FreeSlot]:
    """The earliest time of each place at which so many people find room; a place that is full is left out.

    Looks at a week first and only then further: near days are asked for most, and cost least.
    """
    found: dict[UUID, FreeSlot] = {}
    first, (_, last) = days[0], days
    length = timedelta(days=6)
    while first <= last and len(found) < len(site_ids):
        until = min(first + length, last)
        lacking = [site_id for site_id in site_ids if site_id not in found]
        free = list_free(
            region_id, site_ids=lacking, kind=kind, days=(first, until), days_off=days_off, after=after, at=at,
            zone=zone,
        )  # fmt: skip
        found |= {site_id: one for site_id, slots in free.items() if (one := first_room(slots, people))}
        first, length = until + timedelta(days=1), 2 * length
    return found


def count_outcomes(region_id: int, *, site_id: UUID, since: date, until: date) -> dict[State, int]:
    """How many came, did not come, cancelled … of the appointments of these days."""
    rows = fetch_all(
        "SELECT state, count(*) FROM appointments_appointment"
        " WHERE region_id = %s AND site_id = %s AND day BETWEEN %s AND %s AND state NOT IN ('held', 'lapsed')"
        " GROUP BY state",
        [region_id, site_id, since, until],
    )
    return {State(state): int(count) for state, count in rows}


def count_moved(region_id: int, *, site_id: UUID, days: Sequence[date]) -> dict[date, int]:
    """How many appointments of these days the office had to move."""
    rows = fetch_all(
        "SELECT day, count(*) FROM appointments_appointment"
        " WHERE region_id = %s AND site_id = %s AND day = ANY (%s) AND state = 'moved' GROUP BY day",
        [region_id, site_id, list(days)],
    )
    return {day: int(count) for day, count in rows}


def lock_slot(slot_key: tuple[UUID, Kind, date, time]) -> None:
    """Whoever books this slot at the same moment waits until the transaction ends."""
    name = "|".join(str(part) for part in slot_key)
    fetch_one("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [name])


def lock_week(site_id: UUID) -> None:
    """Whoever sets hours or breaks of this place at the same moment waits until the transaction ends."""
    fetch_one("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"week|{site_id}"])
