"""Somebody with an appointment has come: by the code on his telephone, or by his number at the front desk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from adminduk.foundation import jobs
from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.states import State
from adminduk.modules.appointments.types import Booking
from adminduk.modules.counters import actions as counters
from adminduk.modules.counters import queries
from adminduk.modules.counters.types import Booked, Service, Ticket
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite
from adminduk.usecases.case_record import record
from adminduk.usecases.queue_at_counter import day_in, place_of_staff
from adminduk.usecases.review import refuse_own_family

_CODE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TO_COME = (State.BOOKED, State.MISSED)


@dataclass(frozen=True, slots=True)
class Expected:
    """An appointment as whoever holds its code sees it: when and where, nobody's name."""

    booking: Booking
    site: ServiceSite
    ticket: Ticket | None
    is_today: bool


def check_in_link(booking: Booking) -> str:
    """What the QR code of an appointment holds: where its holder says that he has come."""
    region = RegionCode.from_number(booking.region_id).text
    return f"{settings.ENVIRONMENT.base_url}/antrean/{region}/datang/{booking.id}"


def check_in_at_desk(actor: Actor, *, site_id: UUID, typed: str, key: str, at: datetime) -> UUID:
    """The front desk reads the code, or types the number of the application; the same again gives the same ticket.

    Raises NotFound; DomainError: number_shape, number_check, check_in_unknown (no appointment today),
    check_in_elsewhere (place), check_in_early, check_in_later, own_family.
    """
    region_id, day = place_of_staff(actor, at=at)

    def act() -> str:
        booking = _find(typed, region_id=region_id, at=at)
        if booking is None or booking.day != day:
            raise DomainError("check_in_unknown")
        if booking.site_id != site_id:
            raise DomainError("check_in_elsewhere", place=offices.get_site(booking.site_id, region_id=region_id).name)
        refuse_own_family(actor, cases.get_case(booking.application_id))
        return str(_arrive(booking, actor=actor, at=at).id)

    return UUID(once(actor, key, act))


def expected(region_id: int, booking_id: UUID, *, at: datetime) -> Expected:
    """The appointment behind a code. Raises NotFound also for one that was cancelled or changed."""
    with acting_as(jobs.system_actor(region_id)):
        booking = book.get_booking(booking_id, region_id=region_id)
        if booking.state not in (*_TO_COME, State.ARRIVED, State.DONE):
            raise NotFound("appointment")
        day = day_in(region_id, at=at)
        return Expected(
            booking=booking,
            site=offices.get_site(booking.site_id, region_id=region_id),
            ticket=queries.find_of_appointment(region_id, appointment_id=booking.id, day=day),
            is_today=booking.day == day,
        )


def check_in_oneself(region_id: int, booking_id: UUID, *, at: datetime) -> UUID:
    """Whoever holds the code says that he has come; again gives the same ticket.

    Raises NotFound; DomainError: check_in_unknown (not today), check_in_early, check_in_later (he missed it, and has
    another appointment by now).
    """
    holder = Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=(region_id,))
    with acting_as(jobs.system_actor(region_id)):
        booking = book.get_booking(booking_id, region_id=region_id, lock=True)
        if booking.day != day_in(region_id, at=at):
            raise DomainError("check_in_unknown")
        return _arrive(booking, actor=holder, at=at).id


def _find(typed: str, *, region_id: int, at: datetime) -> Booking | None:
    code = _CODE.search(typed)
    if code:
        try:
            return book.get_booking(UUID(code.group()), region_id=region_id, lock=True)
        except NotFound:
            return None
    number = ApplicationNumber.parse(typed.rpartition("/")[2])  # also the code of a receipt: the status page's address
    case = cases.find_by_number(number.text, region_id=region_id)
    day = day_in(region_id, at=at)
    known = book.list_of_application(case.id, region_id=region_id) if case else ()
    today = [one for one in known if one.day == day and one.state in (*_TO_COME, State.ARRIVED)]
    return today[-1] if today else None


def _arrive(booking: Booking, *, actor: Actor, at: datetime) -> Ticket:
    if booking.state not in (*_TO_COME, State.ARRIVED):
        raise DomainError("check_in_unknown")
    if booking.state is State.MISSED and book.has_appointment(booking.subject_index, region_id=booking.region_id):
        raise DomainError("check_in_later")  # he has chosen another time since, which stays his
    booked = Booked(booking.id, booking.application_id, Service(booking.kind), booking.starts_at)
    ticket = counters.check_in(booking.region_id, site_id=booking.site_id, day=booking.day, booked=booked, at=at)
    if booking.state in _TO_COME:
        appointments.move_to(booking, State.ARRIVED, at=at)
        record("case.check_in", cases.get_case(booking.application_id), actor=actor, at=at)
    return ticket
