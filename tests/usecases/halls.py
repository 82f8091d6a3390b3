"""A hall in a joined region of the definitions: a site of its own, counters, operators, appointments."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.types import Booking, Capacity, FreeSlot, Holder, Kind, Need, Slot
from adminduk.modules.counters import actions as counters
from adminduk.modules.counters import queries
from adminduk.modules.counters.types import Service, Ticket
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices import queries as places
from adminduk.usecases import queue_at_counter as calling
from adminduk.usecases import take_number as at_the_door
from adminduk.usecases.check_in import check_in_link
from tests.usecases.reviewing import STRICT, make_waiting, staff

DAY = date(2026, 12, 1)
OPENS = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # 08.00 in Semarang
ZONE = ZoneInfo("Asia/Jakarta")
SYSTEM = jobs.system_actor(STRICT)


def at(minutes: float) -> datetime:
    """So many minutes after opening."""
    return OPENS + timedelta(minutes=minutes)


def fresh_site() -> UUID:
    """A place that no other test uses."""
    code = secrets.token_hex(6)
    with acting_as(SYSTEM):
        offices.add_site(
            STRICT,
            code=code,
            name=f"CONTOH Tempat {code}",
            address="CONTOH: Jalan Rekaan",
            district_code="",
            is_main=False,
            does=("record", "hand_over"),
        )
        return next(site.id for site in places.list_sites(STRICT) if site.code == code)


@dataclass(frozen=True)
class Hall:
    """A site with counters that are made one by one."""

    site: UUID = field(default_factory=fresh_site)

    def counter(self, number: int = 1, *services: Service) -> UUID:
        with acting_as(SYSTEM):
            return counters.add_counter(
                STRICT, site_id=self.site, number=number, services=services or (Service.RECORDING,)
            )

    def counter_of(self, number: int) -> UUID:
        with acting_as(SYSTEM):
            here = queries.list_counters(STRICT, site_id=self.site)
        return next(counter.id for counter in here if counter.number == number)

    def operator(self, number: int = 1, *services: Service) -> Actor:
        """Somebody who sits at a counter of his own."""
        actor = staff(STRICT, "operator")
        calling.sit_down(actor, self.counter(number, *services), key=str(uuid4()), at=at(0))
        return actor

    def walk_in(self, minutes: float, by: Actor | None = None) -> UUID:
        return at_the_door.take_number(
            by or staff(STRICT, "operator"),
            site_id=self.site,
            service=Service.RECORDING,
            key=str(uuid4()),
            at=at(minutes),
        )

    def walk_in_now(self) -> UUID:
        return at_the_door.take_number(
            staff(STRICT, "operator"), site_id=self.site, service=Service.RECORDING, key=str(uuid4()), at=clock.now()
        )

    def booked(self, minutes: int, case: Case | None = None) -> tuple[Booking, Case]:
        """An appointment so many minutes after opening, of somebody who was sent an invitation."""
        return self.book_at(at(minutes), case)

    def book_at(self, moment: datetime, case: Case | None = None, *needs: Need) -> tuple[Booking, Case]:
        """An appointment at a full minute of any day."""
        case, starts_at = case or make_waiting(), moment.astimezone(ZONE)
        slot = Slot(self.site, Kind.RECORDING, starts_at.date(), starts_at.time(), 15, 9)
        holder = Holder(STRICT, case.owner_id, case.id, case.subject_index)
        with acting_as(SYSTEM):
            rows = [Capacity(starts_at.weekday(), time(0), time(23, 59), 15, 9)]
            appointments.replace_capacity(STRICT, site_id=self.site, kind=Kind.RECORDING, rows=rows)
            booking_id = appointments.book(
                FreeSlot(slot, starts_at, 1), holder=holder, needs=frozenset(needs), at=moment - timedelta(days=3)
            )
            return book.get_booking(booking_id, region_id=STRICT), case


def check_in_path(booking: Booking) -> str:
    """What the QR code of the appointment leads to, below the portal's address."""
    return "/antrean/" + check_in_link(booking).partition("/antrean/")[2]


def booking_now(booking: Booking) -> Booking:
    with acting_as(SYSTEM):
        return book.get_booking(booking.id, region_id=STRICT)


def ticket_now(ticket_id: UUID) -> Ticket:
    with acting_as(SYSTEM):
        return queries.get_ticket(ticket_id, region_id=STRICT)
