"""Read counters and tickets; for the hall by narrow functions that know numbers only."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.counters import models
from adminduk.modules.counters.order import about_ahead
from adminduk.modules.counters.states import State
from adminduk.modules.counters.types import Called, Counter, Lane, Place, Service, Ticket, Waiting, label_of

SHOWN_CALLS = 8


def counter_of(row: models.Counter) -> Counter:
    """The row as it crosses the module's edge."""
    return Counter(
        id=row.id,
        region_id=row.region_id,
        site_id=row.site_id,
        number=row.number,
        services=tuple(service for service in Service if service in row.services),
        is_active=row.is_active,
        operator_id=row.operator_id,
        seated_on=row.seated_on,
    )


def ticket_of(row: models.Ticket) -> Ticket:
    """The row as it crosses the module's edge."""
    return Ticket(
        id=row.id,
        region_id=row.region_id,
        site_id=row.site_id,
        day=row.day,
        label=label_of(row.letter, row.number),
        service=Service(row.service),
        lane=Lane(row.lane),
        state=State(row.state),
        arrived_at=row.arrived_at,
        turn_at=row.turn_at,
        counter_id=row.counter_id,
        called_at=row.called_at,
        calls=row.calls,
        times_missed=row.times_missed,
        appointment_id=row.appointment_id,
        application_id=row.application_id,
    )


def list_counters(region_id: int, *, site_id: UUID | None = None) -> tuple[Counter, ...]:
    """The counters of a site, or of all sites, by number."""
    rows = models.Counter.objects.filter(region_id=region_id).order_by("site_id", "number")
    return tuple(counter_of(row) for row in (rows.filter(site_id=site_id) if site_id else rows))


def get_counter(counter_id: UUID, *, region_id: int) -> Counter:
    """One counter. Raises NotFound."""
    row = models.Counter.objects.filter(id=counter_id, region_id=region_id).first()
    if row is None:
        raise NotFound("counter")
    return counter_of(row)


def find_seat(region_id: int, *, operator_id: UUID) -> Counter | None:
    """The counter at which somebody sits, also since yesterday, or None."""
    row = models.Counter.objects.filter(region_id=region_id, operator_id=operator_id).first()
    return counter_of(row) if row else None


def get_ticket(ticket_id: UUID, *, region_id: int, lock: bool = False) -> Ticket:
    """One ticket. Raises NotFound."""
    rows = models.Ticket.objects.select_for_update() if lock else models.Ticket.objects.all()
    row = rows.filter(id=ticket_id, region_id=region_id).first()
    if row is None:
        raise NotFound("ticket")
    return ticket_of(row)


def find_at_counter(region_id: int, *, counter_id: UUID, day: date) -> Ticket | None:
    """Who has been called to a counter and is not done, or None."""
    row = models.Ticket.objects.filter(region_id=region_id, counter_id=counter_id, day=day, state="called").first()
    return ticket_of(row) if row else None


def find_by_label(region_id: int, *, site_id: UUID, day: date, label: str) -> Ticket | None:
    """The ticket with a number of the day, or None."""
    letter, digits = label[:1].upper(), label[1:]
    if not digits.isdecimal() or len(digits) > 6:
        return None
    found = models.Ticket.objects.filter(
        region_id=region_id, site_id=site_id, day=day, letter=letter, number=int(digits)
    )
    row = found.first()
    return ticket_of(row) if row else None


def find_of_appointment(region_id: int, *, appointment_id: UUID, day: date) -> Ticket | None:
    """The ticket that an appointment became, or None."""
    row = models.Ticket.objects.filter(region_id=region_id, appointment_id=appointment_id, day=day).first()
    return ticket_of(row) if row else None


def list_of_application(application_id: UUID, *, region_id: int) -> tuple[Ticket, ...]:
    """The tickets of an application, oldest first; after its day a ticket belongs to none."""
    rows = models.Ticket.objects.filter(region_id=region_id, application_id=application_id).order_by("arrived_at", "id")
    return tuple(ticket_of(row) for row in rows)


def is_in_hall(application_id: UUID, *, region_id: int) -> bool:
    """Whether the person of an application waits, or stands at a counter."""
    return any(
        one.state in (State.WAITING, State.CALLED) for one in list_of_application(application_id, region_id=region_id)
    )


def list_waiting(region_id: int, *, site_id: UUID, day: date) -> tuple[Ticket, ...]:
    """Everybody who waits at a site, by turn."""
    rows = models.Ticket.objects.filter(region_id=region_id, site_id=site_id, day=day, state="waiting")
    return tuple(ticket_of(row) for row in rows.order_by("turn_at", "id"))


def count_in_hall(region_id: int, *, site_id: UUID, day: date) -> int:
    """How many wait at a site or stand at one of its counters."""
    rows = models.Ticket.objects.filter(region_id=region_id, site_id=site_id, day=day, state__in=["waiting", "called"])
    return rows.count()


def list_called(region_id: int, *, site_id: UUID, day: date) -> tuple[Called, ...]:
    """The last calls of a site, newest first; for everybody."""
    rows = fetch_all("SELECT * FROM sec.called_in_hall(%s, %s, %s, %s)", [region_id, site_id, day, SHOWN_CALLS])
    return tuple(Called(label_of(row[0], row[1]), *row[2:]) for row in rows)


def list_waiting_times(region_id: int, *, site_id: UUID, day: date) -> tuple[Waiting, ...]:
    """How full a site is, for each service that any of its counters serves; for everybody."""
    rows = fetch_all("SELECT * FROM sec.waiting_in_hall(%s, %s, %s)", [region_id, site_id, day])
    by_service = {service: Waiting(Service(service), *rest) for service, *rest in rows}
    return tuple(by_service[service] for service in Service if service in by_service)


def find_place(ticket_id: UUID) -> Place | None:
    """What the holder of a ticket's link sees, or None; for everybody."""
    row = fetch_one("SELECT * FROM sec.place_in_hall(%s)", [ticket_id])
    if row is None:
        return None
    region_id, site_id, day, letter, number, service, lane, state, turn_at, counter, *counts = row
    appointments, walk_ins, all_appointments = counts
    ahead = about_ahead(Lane(lane), earlier=(appointments, walk_ins), all_appointments=all_appointments)
    return Place(
        region_id=region_id,
        site_id=site_id,
        day=day,
        label=label_of(letter, number),
        service=Service(service),
        lane=Lane(lane),
        state=State(state),
        turn_at=turn_at,
        counter_number=counter,
        ahead=ahead if state == State.WAITING else None,
    )
