"""What an office sees of its appointments: the day's list of a place, and what a place is set to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from adminduk.foundation.database.statements import fetch_all
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.states import State
from adminduk.modules.appointments.types import Booking, Break, Capacity, ClosedSpan, Kind, Need
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite

FIGURES_OF = timedelta(days=30)
_NUMBERS = "SELECT id, number, service_id FROM applications_application WHERE region_id = %s AND id = ANY (%s)"


@dataclass(frozen=True, slots=True)
class Coming:
    """One line of a day's list: an application's number, no name. `ticket`: what the counters need of it."""

    booking: Booking
    number: str
    service_id: str

    @property
    def needs(self) -> tuple[Need, ...]:
        return tuple(need for need in Need if need in self.booking.needs)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the admin of a region edits of one place. `moved`: how many were moved from each closed day."""

    site: ServiceSite
    capacity: Mapping[Kind, tuple[Capacity, ...]]
    breaks: tuple[Break, ...]
    closures: tuple[ClosedSpan, ...]
    moved: Mapping[date, int]
    outcomes: Mapping[State, int]


def list_sites(actor: Actor, *, is_active: bool = True) -> tuple[ServiceSite, ...]:
    """The places of the actor's region that receive people; with `is_active` False those that are closed too."""
    with acting_as(actor):
        return offices.list_sites(actor.regions[0], is_active=is_active)


def list_of_day(actor: Actor, *, site_id: UUID, day: date) -> tuple[Coming, ...]:
    """Who comes to a place on a day, in order of time. Nothing personal is in here: numbers and needs."""
    (region_id,) = actor.regions
    with acting_as(actor):
        bookings = book.list_of_day(region_id, site_id=site_id, day=day)
        rows = fetch_all(_NUMBERS, [region_id, [one.application_id for one in bookings]])
    known = {application_id: (number, service_id) for application_id, number, service_id in rows}
    return tuple(Coming(one, *known.get(one.application_id, ("", ""))) for one in bookings)


def settings_of(actor: Actor, site_id: UUID, *, today: date) -> SiteSettings:
    """Capacity, breaks, closures from today on, and what became of the last weeks' appointments. Raises NotFound."""
    (region_id,) = actor.regions
    with acting_as(actor):
        site = offices.get_site(site_id, region_id=region_id)
        closures = tuple(one for one in book.list_closures(region_id, since=today) if one.site_id == site_id)
        return SiteSettings(
            site=site,
            capacity={kind: book.list_capacity(region_id, site_id=site_id, kind=kind) for kind in Kind},
            breaks=book.list_breaks(region_id, site_id=site_id),
            closures=closures,
            moved=book.count_moved(region_id, site_id=site_id, days=[one.day for one in closures]),
            outcomes=book.count_outcomes(
                region_id, site_id=site_id, since=today - FIGURES_OF, until=today - timedelta(days=1)
            ),
        )
