"""What an office tells everybody: hours, closed days, whether it is open now, and a disturbance if there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from adminduk.catalogue.region_schema import Region
from adminduk.catalogue.working_time import Span, WorkingCalendar
from adminduk.foundation.tenancy import look_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import OpenIncident

_AHEAD = timedelta(days=45)
_MOST_CLOSED_DAYS = 6


@dataclass(frozen=True, slots=True)
class DayHours:
    """Weekdays `first` to `last` (0 = Monday) have the same hours, local time. No spans: closed."""

    first: int
    last: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ClosedSoon:
    """A day without service that is near."""

    day: date
    name: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class OfficeNow:
    """The office at one moment. `opens_at`: when it opens next (local), None while it is open."""

    hours: tuple[DayHours, ...]
    closed_soon: tuple[ClosedSoon, ...]
    opens_at: datetime | None
    incident: OpenIncident | None
    calendar: WorkingCalendar

    def expected_by(self, at: datetime, minutes: int) -> datetime:
        """When `minutes` working minutes from `at` have passed, on the office's clock."""
        return self.calendar.add_minutes(at, minutes)


def office_now(region: Region, *, at: datetime) -> OfficeNow:
    """Hours and closed days by the office's rows where it has set any, else by its region's file."""
    number = region.code.number
    openings, closures, incident = look_as(
        _anonymous_in(number), offices.openings_of(number), offices.closures_of(number), offices.incident_of(number)
    )
    hours: Mapping[int, tuple[Span, ...]] = region.hours
    if openings:
        hours = {d: tuple((o.opens, o.closes) for o in openings if o.weekday == d) for d in range(7)}
    closures = closures if openings else ()
    closed = {h.day: ClosedSoon(h.day, h.name, h.is_provisional) for h in region.holidays}
    closed |= {closure.day: ClosedSoon(closure.day, closure.reason, False) for closure in closures}
    for closure in closures:
        if closure.is_lifted:
            del closed[closure.day]
    calendar = WorkingCalendar(hours=hours, time_zone=region.time_zone, holidays=frozenset(closed))
    today = at.astimezone(ZoneInfo(region.time_zone)).date()
    soon = (closed[day] for day in sorted(closed) if today <= day <= today + _AHEAD and hours.get(day.weekday()))
    return OfficeNow(
        hours=_in_rows(hours),
        closed_soon=tuple(soon)[:_MOST_CLOSED_DAYS],
        opens_at=None if calendar.is_open(at) else _next_opening(calendar, at),
        incident=incident,
        calendar=calendar,
    )


def find_incident(region_number: int) -> OpenIncident | None:
    """The banner that a region's pages show now, or None."""
    (incident,) = look_as(_anonymous_in(region_number), offices.incident_of(region_number))
    return incident


def _anonymous_in(region_number: int) -> Actor:
    return Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=(region_number,))


def _next_opening(calendar: WorkingCalendar, at: datetime) -> datetime | None:
    try:
        return calendar.add_minutes(at, 1) - timedelta(minutes=1)
    except ValueError:
        return None


def _in_rows(hours: Mapping[int, tuple[Span, ...]]) -> tuple[DayHours, ...]:
    rows: list[DayHours] = []
    for day in range(7):
        spans = tuple(hours.get(day, ()))
        if rows and rows[-1].spans == spans:
            rows[-1] = DayHours(rows[-1].first, day, spans)
        else:
            rows.append(DayHours(day, day, spans))
    return tuple(rows)
