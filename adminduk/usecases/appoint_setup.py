"""When a place receives how many people: capacity of the week, breaks, closures at short notice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Final
from uuid import UUID

from adminduk.catalogue.region_schema import Region, parse_hours
from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.types import Break, Capacity, Kind
from adminduk.modules.audit import actions as audit
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite
from adminduk.usecases.appoint_moves import move_later
from adminduk.usecases.office_hours import LONGEST_REASON, WEEKDAYS, refuse_past, region_of_keeper

SHORTEST, LONGEST, MOST_PLACES = 5, 240, 200
USUAL_MINUTES: Final = 15
USUAL_PLACES, USUAL_PLACES_OF_MAIN = 2, 4
_PLACES: Final = re.compile(r"(.+?)\s*[x×]\s*([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Shut:
    """A closure as it is asked for: a day, or "10:00-12:00" of it."""

    day: date
    part: str
    reason: str


def set_capacity(
    actor: Actor, site_id: UUID, *, kind: Kind, minutes: str, written: Mapping[str, str], key: str, at: datetime
) -> None:
    """Set a place's week: day → "08:00-12:00 x2, 13:00-15:00 x1", empty for none. What is booked stays booked.

    Raises NotFound; DomainError: capacity_wrong with problems whose fields are the days, capacity_minutes.
    """
    if not minutes.isascii() or not minutes.isdigit() or not SHORTEST <= int(minutes) <= LONGEST:
        raise DomainError("capacity_minutes", problems=(Problem("capacity_minutes", f"{kind}-minutes"),))
    rows, problems = [], []
    for weekday, day in enumerate(WEEKDAYS):
        try:
            rows += _capacity_of(written.get(day, ""), weekday, int(minutes))
        except ValueError:
            problems.append(Problem("capacity_wrong", f"{kind}-{day}"))
    if problems:
        raise DomainError("capacity_wrong", problems=tuple(problems))

    def act(region_id: int) -> None:
        appointments.replace_capacity(region_id, site_id=site_id, kind=kind, rows=rows)

    _keep(actor, site_id, "site.capacity", act, reason=kind, key=key, at=at)


def set_breaks(actor: Actor, site_id: UUID, *, written: Mapping[str, str], key: str, at: datetime) -> None:
    """Set a place's breaks: day → "12:00-13:00". What is booked stays booked. Raises NotFound, DomainError."""
    rows, problems = [], []
    for weekday, day in enumerate(WEEKDAYS):
        try:
            rows += [Break(weekday, begins, ends) for begins, ends in _spans(written.get(day, ""))]
        except ValueError:
            problems.append(Problem("hours_wrong", f"break-{day}"))
    if problems:
        raise DomainError("hours_wrong", problems=tuple(problems))

    def act(region_id: int) -> None:
        appointments.replace_breaks(region_id, site_id=site_id, rows=rows)

    _keep(actor, site_id, "site.breaks", act, reason="", key=key, at=at)


def close_site(actor: Actor, site_id: UUID, *, shut: Shut, key: str, at: datetime) -> None:
    """Close a place for a day or a part of it; everybody whom it hits is moved to the next free time and told why.

    Raises NotFound; DomainError: words_missing, words_long, hours_wrong, day_over.
    """
    reason = " ".join(shut.reason.split())
    if not reason:
        raise DomainError("words_missing", problems=(Problem("words_missing", "reason"),))
    if len(reason) > LONGEST_REASON:
        problem = Problem("words_long", "reason", {"limit": LONGEST_REASON})
        raise DomainError("words_long", limit=LONGEST_REASON, problems=(problem,))
    span = _span(shut.part)
    refuse_past(shut.day, region_id=region_of_keeper(actor), field="day", at=at)

    def act(region_id: int) -> None:
        appointments.close(region_id, site_id=site_id, day=shut.day, span=span, reason=reason, at=at)
        move_later(region_id)

    _keep(actor, site_id, "site.close", act, reason=f"{shut.day} {reason}", key=key, at=at)


def open_site(actor: Actor, site_id: UUID, *, closure_id: UUID, key: str, at: datetime) -> None:
    """Take a closure back; whoever was moved keeps his new time. Twice is harmless. Raises NotFound."""

    def act(region_id: int) -> None:
        appointments.lift_closure(closure_id, region_id=region_id, at=at)

    _keep(actor, site_id, "site.open", act, reason="", key=key, at=at)


def seed_capacity(region: Region, sites: tuple[ServiceSite, ...]) -> None:
    """What a place begins with: the region's opening hours, every quarter of an hour a few people. As the system."""
    number, kind = region.code.number, Kind.RECORDING
    for site in sites:
        if site.records and not book.list_capacity(number, site_id=site.id, kind=kind):
            places = USUAL_PLACES_OF_MAIN if site.is_main else USUAL_PLACES
            rows = [
                Capacity(weekday, opens, closes, USUAL_MINUTES, places)
                for weekday, spans in region.hours.items()
                for opens, closes in spans
            ]
            appointments.replace_capacity(number, site_id=site.id, kind=kind, rows=rows)


def _capacity_of(text: str, weekday: int, minutes: int) -> list[Capacity]:
    rows = []
    for part in (part.strip() for part in text.split(",") if part.strip()):
        match = _PLACES.fullmatch(part)
        if match is None or not 1 <= int(match[2]) <= MOST_PLACES:
            raise ValueError(part)
        rows += [Capacity(weekday, opens, closes, minutes, int(match[2])) for opens, closes in _spans(match[1])]
    rows.sort(key=lambda row: row.opens)
    if any(one.closes > other.opens for one, other in pairwise(rows)):
        raise ValueError("two parts of the day overlap")
    return rows


def _spans(text: str) -> tuple[tuple[time, time], ...]:
    """Spans as they are typed: 12:00-13:00, 15.00-15.30. Raises ValueError."""
    parts = [part.strip().replace(".", ":") for part in text.split(",") if part.strip()]
    written = tuple("-".join(moment.strip() for moment in part.split("-")) for part in parts)
    return parse_hours({WEEKDAYS[0]: written})[0]


def _span(text: str) -> tuple[time, time] | None:
    try:
        found = _spans(text)
    except ValueError:
        raise DomainError("hours_wrong", problems=(Problem("hours_wrong", "part"),)) from None
    if len(found) > 1:
        raise DomainError("hours_wrong", problems=(Problem("hours_wrong", "part"),))
    return found[0] if found else None


def _keep(
    actor: Actor, site_id: UUID, name: str, act: Callable[[int], None], *, reason: str, key: str, at: datetime
) -> None:
    """Do it to a place of the keeper's own region, once, and write it down."""
    region_id = region_of_keeper(actor)

    def keep() -> str:
        offices.get_site(site_id, region_id=region_id)
        act(region_id)
        audit.record(name, actor=actor, at=at, region_id=region_id, about=("site", site_id), reason=reason)
        return ""

    once(actor, key, keep)
