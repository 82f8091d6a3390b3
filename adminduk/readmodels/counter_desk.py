"""What people at the counters see: which counters there are and who sits where, who stands here, how many wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.counters import queries as counters
from adminduk.modules.counters.types import Counter, Service, Ticket, Waiting
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite


@dataclass(frozen=True, slots=True)
class Seat:
    """A counter, who sits there today ("" for nobody), and whether that is the actor himself."""

    counter: Counter
    sitting: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class SiteCounters:
    """A site with its counters."""

    site: ServiceSite
    seats: tuple[Seat, ...]

    @property
    def free_number(self) -> int:
        return max((seat.counter.number for seat in self.seats), default=0) + 1


@dataclass(frozen=True, slots=True)
class Desk:
    """The actor's own counter. `elsewhere`: other counters at which somebody sits now."""

    site: ServiceSite
    counter: Counter
    standing: Ticket | None
    waiting: tuple[Waiting, ...]
    elsewhere: tuple[Counter, ...]

    @property
    def services_elsewhere(self) -> tuple[Service, ...]:
        return tuple(row.service for row in self.waiting)

    @property
    def waiting_here(self) -> int:
        return sum(row.waiting for row in self.waiting if row.service in self.counter.services)


def sites_with_counters(actor: Actor, *, day: date, is_active: bool = True) -> tuple[SiteCounters, ...]:
    """All open sites; with `is_active` False counters out of use too."""
    (region_id,) = actor.regions
    with acting_as(actor):
        sites = offices.list_sites(region_id)
        found = counters.list_counters(region_id)
        names = {member.id: member.name for member in offices.list_staff(region_id)}
    seats = [_seat(counter, names, actor, day) for counter in found if counter.is_active or not is_active]
    return tuple(SiteCounters(site, tuple(s for s in seats if s.counter.site_id == site.id)) for site in sites)


def desk_of(actor: Actor, *, day: date) -> Desk | None:
    """Where the actor sits today, or None."""
    (region_id,) = actor.regions
    with acting_as(actor):
        counter = counters.find_seat(region_id, operator_id=actor.id)
        if counter is None or counter.seated_on != day:
            return None
        here = counters.list_counters(region_id, site_id=counter.site_id)
        return Desk(
            site=offices.get_site(counter.site_id, region_id=region_id),
            counter=counter,
            standing=counters.find_at_counter(region_id, counter_id=counter.id, day=day),
            waiting=counters.list_waiting_times(region_id, site_id=counter.site_id, day=day),
            elsewhere=tuple(c for c in here if c.seated_on == day and c.id != counter.id),
        )


def ticket_of(actor: Actor, ticket_id: UUID) -> tuple[Ticket, ServiceSite]:
    """A ticket with its site, to be printed. Raises NotFound."""
    (region_id,) = actor.regions
    with acting_as(actor):
        ticket = counters.get_ticket(ticket_id, region_id=region_id)
        return ticket, offices.get_site(ticket.site_id, region_id=region_id)


def front_desk_of(actor: Actor, site_id: UUID, *, day: date) -> tuple[ServiceSite, tuple[Waiting, ...]]:
    """The site of a front desk and how full it is, for each service there. Raises NotFound."""
    (region_id,) = actor.regions
    with acting_as(actor):
        site = offices.get_site(site_id, region_id=region_id)
        return site, counters.list_waiting_times(region_id, site_id=site_id, day=day)


def _seat(counter: Counter, names: dict[UUID, str], actor: Actor, day: date) -> Seat:
    is_taken = counter.operator_id is not None and counter.seated_on == day
    name = names.get(counter.operator_id, "") if is_taken and counter.operator_id else ""
    return Seat(counter=counter, sitting=name, is_mine=is_taken and counter.operator_id == actor.id)
