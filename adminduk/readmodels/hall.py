"""What everybody may know of a hall: which numbers are called, how many wait, how long it takes. Numbers, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.catalogue.region_schema import Region
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.modules.counters import queries as counters
from adminduk.modules.counters.types import Called, Place, Waiting
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite


@dataclass(frozen=True, slots=True)
class Hall:
    """A site at one moment."""

    site: ServiceSite
    called: tuple[Called, ...]
    waiting: tuple[Waiting, ...]

    @property
    def now_at_counters(self) -> tuple[Called, ...]:
        return tuple(call for call in self.called if call.is_there)

    @property
    def called_before(self) -> tuple[Called, ...]:
        return tuple(call for call in self.called if not call.is_there)


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A ticket as whoever holds its link sees it, with where and when it is good."""

    place: Place
    site: ServiceSite
    is_today: bool


def hall_of(region: Region, site_id: UUID, *, at: datetime) -> Hall:
    """One site. Raises NotFound."""
    number, day = region.code.number, _day(region, at)
    with acting_as(_anybody_in(number)):
        return Hall(
            site=offices.get_site(site_id, region_id=number),
            called=counters.list_called(number, site_id=site_id, day=day),
            waiting=counters.list_waiting_times(number, site_id=site_id, day=day),
        )


def halls_of(region: Region, *, at: datetime) -> tuple[Hall, ...]:
    """All open sites of a region, the main one first."""
    with acting_as(_anybody_in(region.code.number)):
        sites = offices.list_sites(region.code.number)
    return tuple(hall_of(region, site.id, at=at) for site in sites)


def find_place(ticket_id: UUID) -> Place | None:
    """The ticket behind a link, whatever its region; None when there is none."""
    with acting_as(_anybody_in(0)):
        return counters.find_place(ticket_id)


def own_place(place: Place, region: Region, *, at: datetime) -> OwnPlace:
    """With its site. Raises NotFound."""
    with acting_as(_anybody_in(place.region_id)):
        site = offices.get_site(place.site_id, region_id=place.region_id)
    return OwnPlace(place=place, site=site, is_today=place.day == _day(region, at))


def _day(region: Region, at: datetime) -> date:
    return at.astimezone(ZoneInfo(region.time_zone)).date()


def _anybody_in(region_number: int) -> Actor:
    return Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=(region_number,))
