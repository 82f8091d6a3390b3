"""A citizen chooses a time: places from near to far, the soonest time of each, a month in days, a day in times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.region_schema import Region
from adminduk.foundation.database.statements import fetch_all
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.slots import spread
from adminduk.modules.appointments.types import KIND_OF_STEP, Booking, ClosedSpan, FreeSlot, Kind
from adminduk.modules.issuance import queries as products
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite
from adminduk.modules.recordings import queries as recordings
from adminduk.modules.recordings.states import State as Recorded

# Who of them has an appointment is asked one by one: joined, the whole book would be read under row-level security.
_FAMILY = """
SELECT application_id FROM issuance_product
WHERE region_id = %s AND owner_id = %s AND state = 'open' AND step_kind = ANY (%s) AND application_id <> %s
ORDER BY entered_at LIMIT 20"""
_MOST_OF_FAMILY = 5


@dataclass(frozen=True, slots=True)
class Window:
    """What is asked for: times after `after` until `last`, for so many people, seen at `at`."""

    after: datetime
    last: date
    people: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Another application of the same owner whose person has to come too."""

    application_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place and its soonest time; None while it is full. `is_near`: in the applicant's own kecamatan."""

    site: ServiceSite
    is_near: bool
    soonest: FreeSlot | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which the place receives people: times with room, or none; `closed` says why nobody is received."""

    day: date
    times: tuple[FreeSlot, ...]
    free: int
    closed: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What an application has: an appointment, a hold, and what the office had to move."""

    number: str
    service_id: str
    region: Region
    kind: Kind | None
    booking: Booking | None
    held: tuple[Booking, ...]
    moved: Booking | None
    sites: Mapping[UUID, ServiceSite]
    names: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The page on which a time is chosen. `months`: the month shown, the one before and after, where there is one."""

    places: tuple[Place, ...]
    chosen: Place
    days: tuple[Day, ...]
    month: date
    before: date | None
    after: date | None
    family: tuple[Member, ...]


def get_standing(actor: Actor, application_id: UUID, *, catalogue: Catalogue, at: datetime) -> Standing:
    """What the owner's application has. Raises NotFound."""
    with acting_as(actor):
        case = _own(actor, application_id)
        number = case.region_id
        product = products.find_of_application(case.id, region_id=number)
        held = book.find_held(case.id, region_id=number, at=at)
        group = book.list_group(held.group_id, owner_id=case.owner_id, region_id=number, at=at) if held else ()
        names = {case.id: case.name_for_owner}
        names |= {
            one.application_id: cases.get_case(one.application_id).name_for_owner
            for one in group
            if one.application_id != case.id
        }
        return Standing(
            number=case.number,
            service_id=case.service_id,
            region=catalogue.region(RegionCode.from_number(number)),
            kind=_kind_needed(product),
            booking=book.find_active(case.id, region_id=number),
            held=group,
            moved=book.find_moved(case.id, region_id=number),
            sites={site.id: site for site in offices.list_sites(number, is_active=False)},
            names=names,
        )


def _kind_needed(product: ProductView | None) -> Kind | None:
    """What somebody has to come for now, if for anything."""
    if product is None or not product.is_open:
        return None
    recording = recordings.find(product.id, region_id=product.region_id)
    is_over = recording is not None and recording.state not in (Recorded.WANTED, Recorded.AGAIN)
    return None if is_over else KIND_OF_STEP.get(product.step_kind)


def get_choice(
    actor: Actor, application_id: UUID, *, kind: Kind, catalogue: Catalogue, site_id: UUID | None, month: date | None,
    window: Window,
) -> Choice | None:  # fmt: skip
    """What can be chosen; None where no place of the region does this. Raises NotFound."""
    with acting_as(actor):
        case = _own(actor, application_id)
        region = catalogue.region(RegionCode.from_number(case.region_id))
        zone, off = ZoneInfo(region.time_zone), _days_off(region)
        today = window.at.astimezone(zone).date()
        sites = _near_first(case, catalogue)
        soonest = book.find_soonest(
            case.region_id, site_ids=[site.id for site, _ in sites], kind=kind, days=(today, window.last), days_off=off,
            after=window.after, at=window.at, zone=zone, people=window.people,
        )  # fmt: skip
        places = tuple(Place(site, is_near, soonest.get(site.id)) for site, is_near in sites)
        if not places:
            return None
        chosen = next((place for place in places if place.site.id == site_id), _best(places))
        shown = _month_shown(month, chosen, today, window.last)
        days = _days(region, chosen.site.id, kind, span=_within(shown, today, window.last), off=off, window=window)
        family = _family(case)
    before, after = _first_of(shown - timedelta(days=1)), _first_of(shown + timedelta(days=31))
    return Choice(
        places=places,
        chosen=chosen,
        days=days,
        month=shown,
        before=before if shown > today else None,
        after=after if after <= window.last else None,
        family=family,
    )


def get_day(
    actor: Actor, application_id: UUID, *, kind: Kind, catalogue: Catalogue, site_id: UUID, day: date, window: Window
) -> tuple[ServiceSite, Day | None]:
    """The times of a day at a place; no Day when nobody is received on it. Raises NotFound."""
    with acting_as(actor):
        case = _own(actor, application_id)
        region = catalogue.region(RegionCode.from_number(case.region_id))
        site = offices.get_site(site_id, region_id=case.region_id)
        today = window.at.astimezone(ZoneInfo(region.time_zone)).date()
        span = (max(day, today), min(day, window.last))
        days = _days(region, site.id, kind, span=span, off=_days_off(region), window=window)
    return site, days[0] if days else None


def _own(actor: Actor, application_id: UUID) -> Case:
    case = cases.get_case(application_id)
    if case.owner_id != actor.id:
        raise NotFound("application")
    return case


def _days_off(region: Region) -> frozenset[date]:
    return region.days_off((closure.day, closure.is_lifted) for closure in offices.list_closures(region.code.number))


def _near_first(case: Case, catalogue: Catalogue) -> list[tuple[ServiceSite, bool]]:
    """The places that record people: first those of the person's own kecamatan, then the main office."""
    code = RegionCode.from_number(case.region_id)
    home = str(case.facts.get("district_name") or "").casefold()
    names = {district.code: district.name.casefold() for district in catalogue.districts(code)}
    found = [
        (site, bool(home) and names.get(site.district_code) == home)
        for site in offices.list_sites(case.region_id)
        if site.records
    ]
    return sorted(found, key=lambda one: (not one[1], not one[0].is_main, one[0].name))


def _best(places: tuple[Place, ...]) -> Place:
    """A near place if it has room, else where it is soonest, else the first."""
    open_places = [place for place in places if place.soonest]
    near = [place for place in open_places if place.is_near]
    return min(near or open_places or places[:1], key=_soonest_at)


def _soonest_at(place: Place) -> float:
    return place.soonest.starts_at.timestamp() if place.soonest else 0.0


def _month_shown(month: date | None, chosen: Place, today: date, last: date) -> date:
    wanted = month or (chosen.soonest.slot.day if chosen.soonest else today)
    return _first_of(min(max(wanted, today), last))


def _first_of(day: date) -> date:
    return day.replace(day=1)


def _within(month: date, today: date, last: date) -> tuple[date, date]:
    return max(month, today), min(_first_of(month + timedelta(days=31)) - timedelta(days=1), last)


def _days(
    region: Region, site_id: UUID, kind: Kind, *, span: tuple[date, date], off: frozenset[date], window: Window
) -> tuple[Day, ...]:
    """Days on which the place would receive people, each with its times that have room."""
    if span[0] > span[1]:
        return ()
    number = region.code.number
    free = book.list_free(
        number, site_ids=(site_id,), kind=kind, days=span, days_off=off, after=window.after, at=window.at,
        zone=ZoneInfo(region.time_zone),
    ).get(site_id, ())  # fmt: skip
    by_day: dict[date, list[FreeSlot]] = defaultdict(list)
    for one in free:
        by_day[one.slot.day].append(one)
    weekdays = {capacity.weekday for capacity in book.list_capacity(number, site_id=site_id, kind=kind)}
    shut = _why_shut(book.list_closures(number, since=span[0]), site_id)
    every = (span[0] + timedelta(days=number) for number in range((span[1] - span[0]).days + 1))
    return tuple(
        _day(day, by_day[day], window.people, "" if by_day[day] else shut.get(day, ""))
        for day in every
        if day.weekday() in weekdays and (day not in off)
    )


def _day(day: date, free: list[FreeSlot], people: int, closed: str) -> Day:
    times = tuple(one for one in free if spread(free, one, people))
    return Day(day, times, sum(one.free for one in free) if times else 0, closed)


def _why_shut(closures: Iterable[ClosedSpan], site_id: UUID) -> dict[date, str]:
    return {span.day: span.reason for span in closures if span.site_id == site_id}


def _family(case: Case) -> tuple[Member, ...]:
    rows = fetch_all(_FAMILY, [case.region_id, case.owner_id, list(KIND_OF_STEP), case.id])
    free = [one for (one,) in rows if book.find_active(one, region_id=case.region_id) is None]
    others = [cases.get_case(application_id) for application_id in free[:_MOST_OF_FAMILY]]
    return tuple(Member(other.id, other.name_for_owner) for other in others)
