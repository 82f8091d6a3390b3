"""Who is here to be recorded: the number called to the operator's own counter, then today's appointments by time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.appointments import queries as appointments
from adminduk.modules.appointments.states import FIRM
from adminduk.modules.appointments.types import Booking
from adminduk.modules.counters import queries as counters
from adminduk.modules.offices import queries as offices
from adminduk.modules.recordings.models import Recording
from adminduk.modules.recordings.states import TO_COME, State
from adminduk.readmodels.recording_lists import numbers_of

_HERE = (*TO_COME, State.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Present:
    """One person, by number. `label`: called to the operator's counter; else `starts_at` and the site's name."""

    product_id: UUID
    number: str
    label: str
    starts_at: datetime | None
    site: str
    has_arrived: bool


def present(actor: Actor, *, today: date) -> tuple[Present, ...]:
    """Those who have still to be recorded; whoever has arrived stands before whoever has not."""
    (region_id,) = actor.regions
    with acting_as(actor):
        called, label = _called(actor, today)
        booked = _booked(region_id, today)
        wanted = [application_id for application_id, _, _ in booked] + ([called] if called else [])
        rows = Recording.objects.filter(region_id=region_id, application_id__in=wanted, state__in=list(_HERE))
        products = dict(rows.values_list("application_id", "product_id"))
        numbers = numbers_of(list(products), region_id=region_id)
    first = [Present(products[called], numbers[called], label, None, "", True)] if called in products else []
    others = [
        Present(products[one], numbers[one], "", booking.starts_at, site, booking.state == "arrived")
        for one, booking, site in booked
        if one in products and one != called
    ]
    return (*first, *sorted(others, key=lambda p: (not p.has_arrived, p.starts_at, p.number)))


def _called(actor: Actor, today: date) -> tuple[UUID | None, str]:
    (region_id,) = actor.regions
    seat = counters.find_seat(region_id, operator_id=actor.id)
    ticket = counters.find_at_counter(region_id, counter_id=seat.id, day=today) if seat else None
    return (ticket.application_id, ticket.label) if ticket else (None, "")


def _booked(region_id: int, today: date) -> list[tuple[UUID, Booking, str]]:
    return [
        (booking.application_id, booking, site.name)
        for site in offices.list_sites(region_id)
        if site.records
        for booking in appointments.list_of_day(region_id, site_id=site.id, day=today)
        if booking.state in FIRM
    ]
