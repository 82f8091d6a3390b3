"""When an office is open, on which days it is closed, and what it tells everybody while something is broken."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.catalogue.region_schema import parse_hours
from adminduk.catalogue.working_time import WorkingCalendar
from adminduk.foundation import jobs
from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.audit import actions as audit
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices.types import Opening
from adminduk.usecases.outside import catalogue

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
LONGEST_REASON = 120
LONGEST_BANNER = 200
_NO_ID = UUID(int=0)


def set_hours(actor: Actor, *, written: dict[str, str], key: str, at: datetime) -> None:
    """Set the week: day → "07:30-12:00, 13:00-16:00", empty for a closed day. Running deadlines stay as promised.

    Raises NotFound; DomainError: hours_wrong with problems whose fields are the days, hours_none.
    """
    region_id = region_of_keeper(actor)
    openings, problems = [], []
    for number, day in enumerate(WEEKDAYS):
        spans = tuple(part.strip() for part in written.get(day, "").replace(".", ":").split(",") if part.strip())
        try:
            parsed = parse_hours({day: tuple("-".join(p.strip() for p in span.split("-")) for span in spans)})
            WorkingCalendar(hours=parsed, time_zone="UTC")
        except ValueError:
            problems.append(Problem("hours_wrong", day))
            continue
        openings += [Opening(weekday=number, opens=opens, closes=closes) for opens, closes in parsed[number]]
    if problems:
        raise DomainError("hours_wrong", problems=tuple(problems))
    if not openings:
        raise DomainError("hours_none")

    def act() -> str:
        offices.replace_hours(region_id, openings=tuple(openings))
        _record("office.hours", actor, at)
        return ""

    once(actor, key, act)


def close_on(actor: Actor, *, day: date, reason: str, key: str, at: datetime) -> None:
    """Close the office on a day; everybody with an appointment on it is moved and told.

    Raises NotFound, DomainError: words_missing, words_long, day_over.
    """
    region_id, said = region_of_keeper(actor), _checked(reason, LONGEST_REASON)
    refuse_past(day, region_id=region_id, field="hari_tutup", at=at)

    def act() -> str:
        offices.add_closure(region_id, day=day, reason=said)
        jobs.enqueue("appoint.move_affected", region=region_id)
        _record("office.close", actor, at, reason=day.isoformat())
        return ""

    once(actor, key, act)


def open_on(actor: Actor, *, day: date, key: str, at: datetime) -> None:
    """Take a closure back. Raises NotFound."""
    region_id = region_of_keeper(actor)

    def act() -> str:
        offices.lift_closure(region_id, day=day)
        _record("office.open", actor, at, reason=day.isoformat())
        return ""

    once(actor, key, act)


def begin_incident(actor: Actor, *, text: str, key: str, at: datetime) -> None:
    """Show a banner to everybody in the region. Raises NotFound, DomainError: words_missing, words_long."""
    region_id, said = region_of_keeper(actor), _checked(text, LONGEST_BANNER)

    def act() -> str:
        offices.begin_incident(region_id, text=said, at=at)
        _record("office.incident", actor, at, reason=said)
        return ""

    once(actor, key, act)


def end_incident(actor: Actor, *, key: str, at: datetime) -> None:
    """Take the banner down. Raises NotFound."""
    region_id = region_of_keeper(actor)

    def act() -> str:
        offices.end_incidents(region_id, at=at)
        _record("office.incident_over", actor, at)
        return ""

    once(actor, key, act)


def region_of_keeper(actor: Actor) -> int:
    """The one region of a head or admin. Raises NotFound for everybody else."""
    if actor.kind not in (ActorKind.HEAD, ActorKind.ADMIN):
        raise NotFound("office")
    (region_id,) = actor.regions
    return region_id


def refuse_past(day: date, *, region_id: int, field: str, at: datetime) -> None:
    """A closure of a day that is over moves nobody, and tells afterwards of a day what it was not."""
    zone = catalogue().region(RegionCode.from_number(region_id)).time_zone
    if day < at.astimezone(ZoneInfo(zone)).date():
        raise DomainError("day_over", problems=(Problem("day_over", field),))


def _checked(words: str, limit: int) -> str:
    said = " ".join(words.split())
    if not said:
        raise DomainError("words_missing")
    if len(said) > limit:
        raise DomainError("words_long", limit=limit)
    return said


def _record(act: str, actor: Actor, at: datetime, *, reason: str = "") -> None:
    (region_id,) = actor.regions
    audit.record(act, actor=actor, at=at, region_id=region_id, about=("office", _NO_ID), reason=reason)
