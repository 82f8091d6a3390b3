"""An operator at his counter: sit down, call the next person, call again, no-show, send on, done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.states import State as AppointmentState
from adminduk.modules.appointments.types import Need
from adminduk.modules.audit import actions as audit
from adminduk.modules.counters import actions as counters
from adminduk.modules.counters import queries
from adminduk.modules.counters.states import State
from adminduk.modules.counters.types import Service, Ticket
from adminduk.modules.issuance import queries as products
from adminduk.modules.issuance.types import ProductView
from adminduk.usecases import recording_again
from adminduk.usecases.appoint import tell
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue

COUNTER_STAFF = (ActorKind.OPERATOR, ActorKind.HEAD)


@dataclass(frozen=True, slots=True)
class AtCounter:
    """The application of who stands there, what it yields, once that has begun, and what he needs to be helped."""

    case: Case
    product: ProductView | None
    needs: tuple[Need, ...]


def sit_down(actor: Actor, counter_id: UUID, *, key: str, at: datetime) -> None:
    """Begin at a counter. Raises NotFound; DomainError: counter_occupied, counter_busy."""
    region_id, day = place_of_staff(actor, at=at)

    def act() -> str:
        counters.sit_down(counter_id, region_id=region_id, operator_id=actor.id, day=day)
        _record("counter.sit", actor, counter_id, at)
        return ""

    once(actor, key, act)


def leave_counter(actor: Actor, *, key: str, at: datetime) -> None:
    """Stop at one's counter. Raises DomainError("counter_busy") while somebody stands there."""
    region_id, day = place_of_staff(actor, at=at)

    def act() -> str:
        seat = queries.find_seat(region_id, operator_id=actor.id)
        if seat is not None:
            counters.leave_counter(seat.id, region_id=region_id, operator_id=actor.id, day=day)
            _record("counter.leave", actor, seat.id, at)
        return ""

    once(actor, key, act)


def call_next(actor: Actor, *, done: UUID | None, key: str, at: datetime) -> UUID | None:
    """Call the next person, after `done` has what he came for; None when nobody waits.

    Pressed twice it calls nobody else: who stands at the counter is called again in the answer. A `done` that is not
    at the counter any more was finished by the first press. Raises DomainError("not_at_counter").
    """
    region_id, day = place_of_staff(actor, at=at)

    def act() -> str:
        seat = queries.find_seat(region_id, operator_id=actor.id)
        if seat is None:
            raise DomainError("not_at_counter")
        standing = queries.find_at_counter(region_id, counter_id=seat.id, day=day)
        if standing is not None and standing.id == done:
            _end(actor, standing.id, at=at)
            standing = None
        ticket = counters.call_next(seat.id, region_id=region_id, operator_id=actor.id, day=day, at=at)
        if ticket is not None and standing is None:
            _record("ticket.call", actor, ticket.id, at, reason=f"loket {seat.number}")
        return str(ticket.id) if ticket else ""

    answer = once(actor, key, act)
    return UUID(answer) if answer else None


def recall(actor: Actor, ticket_id: UUID, *, key: str, at: datetime) -> None:
    """Call the same number once more. Raises NotFound; DomainError: not_at_counter, ticket_moved."""
    region_id, day = place_of_staff(actor, at=at)

    def act() -> str:
        counters.recall(ticket_id, region_id=region_id, operator_id=actor.id, day=day, at=at)
        _record("ticket.recall", actor, ticket_id, at)
        return ""

    once(actor, key, act)


def finish(actor: Actor, ticket_id: UUID, *, key: str, at: datetime) -> None:
    """He has what he came for. Raises NotFound; DomainError: not_at_counter, ticket_moved."""
    place_of_staff(actor, at=at)

    def act() -> str:
        _end(actor, ticket_id, at=at)
        return ""

    once(actor, key, act)


def miss(actor: Actor, ticket_id: UUID, *, key: str, at: datetime) -> None:
    """Called twice, he did not come. Raises NotFound; DomainError: not_at_counter, ticket_moved, recall_first."""
    region_id, day = place_of_staff(actor, at=at)

    def act() -> str:
        ticket = counters.miss(ticket_id, region_id=region_id, operator_id=actor.id, day=day, at=at)
        if ticket.state is State.MISSED:
            _end_appointment(ticket, AppointmentState.MISSED, at=at)
        _record("ticket.miss", actor, ticket_id, at, reason=str(ticket.state))
        return ""

    once(actor, key, act)


def transfer(actor: Actor, ticket_id: UUID, *, to: tuple[Service, UUID | None], key: str, at: datetime) -> None:
    """Send him to another service or counter; he waits there by the time of his coming.

    Raises NotFound; DomainError: not_at_counter, ticket_moved, transfer_nowhere.
    """
    region_id, day = place_of_staff(actor, at=at)

    def act() -> str:
        counters.transfer(ticket_id, region_id=region_id, operator_id=actor.id, day=day, to=to, at=at)
        _record("ticket.transfer", actor, ticket_id, at, reason=str(to[0]))
        return ""

    once(actor, key, act)


def look_at(actor: Actor, ticket: Ticket, *, at: datetime) -> AtCounter | None:
    """Who stands at the actor's own counter, and what for; the look is recorded. None for a walk-in."""
    place_of_staff(actor, at=at)
    if ticket.application_id is None:
        return None
    with acting_as(actor):
        seat = queries.find_seat(ticket.region_id, operator_id=actor.id)
        if seat is None or seat.id != ticket.counter_id:
            raise NotFound("ticket")
        case = cases.get_case(ticket.application_id)
        record("case.read", case, actor=actor, at=at, reason="loket")
        return AtCounter(case, products.find_of_application(case.id, region_id=ticket.region_id), _needs_of(ticket))


def _needs_of(ticket: Ticket) -> tuple[Need, ...]:
    """What was asked for with the appointment, always in the same order."""
    if ticket.appointment_id is None:
        return ()
    needs = book.get_booking(ticket.appointment_id, region_id=ticket.region_id).needs
    return tuple(need for need in Need if need in needs)


def place_of_staff(actor: Actor, *, at: datetime) -> tuple[int, date]:
    """The region of somebody at the counters and its day. Raises NotFound for everybody else."""
    if actor.kind not in COUNTER_STAFF:
        raise NotFound("counter")
    (region_id,) = actor.regions
    return region_id, day_in(region_id, at=at)


def day_in(region_id: int, *, at: datetime) -> date:
    """The day in the region's own zone: numbers begin anew there at its midnight."""
    region = catalogue().region(RegionCode.from_number(region_id))
    return at.astimezone(ZoneInfo(region.time_zone)).date()


def _end(actor: Actor, ticket_id: UUID, *, at: datetime) -> None:
    region_id, day = place_of_staff(actor, at=at)
    ticket = counters.finish(ticket_id, region_id=region_id, operator_id=actor.id, day=day, at=at)
    _end_appointment(ticket, AppointmentState.DONE, at=at)
    _record("ticket.done", actor, ticket_id, at)


def _end_appointment(ticket: Ticket, state: AppointmentState, *, at: datetime) -> None:
    """What becomes of the appointment behind a ticket, if the act at the counter has not ended it already."""
    if ticket.appointment_id is None:
        if ticket.application_id is not None:  # a walk-in whose recording began
            recording_again.look_later(cases.get_case(ticket.application_id), at=at)
        return
    booking = book.get_booking(ticket.appointment_id, region_id=ticket.region_id, lock=True)
    if booking.state is not AppointmentState.ARRIVED:
        return
    appointments.move_to(booking, state, at=at)
    case = cases.get_case(booking.application_id)
    if state is AppointmentState.MISSED:  # he may come back today, or choose another day
        tell("appointment_missed", case, booking, at=at)
    else:
        recording_again.look_later(case, at=at)


def _record(act: str, actor: Actor, about: UUID, at: datetime, *, reason: str = "") -> None:
    kind = act.partition(".")[0]
    audit.record(act, actor=actor, at=at, region_id=actor.regions[0], about=(kind, about), reason=reason)
