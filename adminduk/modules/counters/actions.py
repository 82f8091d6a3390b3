"""Write counters and tickets. One row lock on the counter for each act there; tickets are taken with SKIP LOCKED."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from adminduk.foundation.database.statements import fetch_all, fetch_one, run
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.counters import models, queries
from adminduk.modules.counters.order import CHECK_IN_OPENS, Row, rows_of, stand_in_line
from adminduk.modules.counters.states import Act, State, after
from adminduk.modules.counters.types import SERIES, Booked, Counter, Lane, Service, Ticket

MOST_COUNTERS = 200
KEPT = timedelta(days=90)  # tickets without any link to a person: how long people waited
_NUMBER = """
INSERT INTO counters_series (id, region_id, site_id, day, letter, last) VALUES (%s, %s, %s, %s, %s, 1)
ON CONFLICT (region_id, site_id, day, letter) DO UPDATE SET last = counters_series.last + 1 RETURNING last"""
_IN_ROW = {
    Row.DUE: "t.lane = 'appointment' AND t.turn_at <= %(now)s",
    Row.WALK_IN: "t.lane = 'walk_in'",
    Row.EARLY: "t.lane = 'appointment' AND t.turn_at > %(now)s",
}
# Who was sent to another counter is left to it while somebody sits there.
_CALL = """
UPDATE counters_ticket SET state = 'called', counter_id = %(counter)s, wanted_counter_id = NULL, called_at = %(now)s,
    first_called_at = COALESCE(first_called_at, %(now)s), calls = 1
WHERE id = (
    SELECT t.id FROM counters_ticket t
    WHERE t.region_id = %(region)s AND t.site_id = %(site)s AND t.day = %(day)s AND t.state = 'waiting'
        AND {row} AND t.service = ANY (%(services)s)
        AND (t.wanted_counter_id IS NULL OR t.wanted_counter_id = %(counter)s OR NOT EXISTS (
            SELECT FROM counters_counter c WHERE c.id = t.wanted_counter_id AND c.seated_on = t.day))
    ORDER BY t.turn_at, t.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id"""
_MOVE = """
UPDATE counters_ticket SET state = %(state)s::text,
    counter_id = CASE WHEN %(state)s::text = 'waiting' THEN NULL ELSE counter_id END,
    called_at = CASE WHEN %(state)s::text = 'waiting' THEN NULL ELSE called_at END,
    calls = CASE WHEN %(state)s::text = 'waiting' THEN 0 ELSE calls END,
    ended_at = CASE WHEN %(state)s::text IN ('done', 'missed', 'left') THEN %(now)s::timestamptz END
WHERE id = %(ticket)s"""


# --- tickets ----------------------------------------------------------------------------------------------------------


def take_number(region_id: int, *, site_id: UUID, day: date, service: Service, at: datetime) -> Ticket:
    """A ticket for somebody who came without an appointment."""
    return _new_ticket(region_id, site_id=site_id, day=day, service=service, line=(Lane.WALK_IN, at), at=at)


def check_in(region_id: int, *, site_id: UUID, day: date, booked: Booked, at: datetime) -> Ticket:
    """The ticket of somebody who came with an appointment; asking again gives the same one.

    Who had missed his turn and comes after all stands at the end.
    Raises DomainError("check_in_early") more than an hour before the appointment.
    """
    # two at the same moment: one makes the ticket, the other finds it
    fetch_one("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [str(booked.appointment_id)])
    known = queries.find_of_appointment(region_id, appointment_id=booked.appointment_id, day=day)
    if known is not None:
        return known if known.state is not State.MISSED else _return(known, at=at)
    if at < booked.starts_at - CHECK_IN_OPENS:
        raise DomainError("check_in_early")
    line = stand_in_line(starts_at=booked.starts_at, arrived_at=at)
    return _new_ticket(region_id, site_id=site_id, day=day, service=booked.service, line=line, at=at, booked=booked)


def _return(ticket: Ticket, *, at: datetime) -> Ticket:
    _move(ticket, Act.RETURN, at=at)
    models.Ticket.objects.filter(id=ticket.id).update(lane=Lane.WALK_IN, turn_at=at)
    return queries.get_ticket(ticket.id, region_id=ticket.region_id)


def _new_ticket(
    region_id: int,
    *,
    site_id: UUID,
    day: date,
    service: Service,
    line: tuple[Lane, datetime],
    at: datetime,
    booked: Booked | None = None,
) -> Ticket:
    lane, turn_at = line
    letter = SERIES[service]
    (number,) = fetch_one(_NUMBER, [uuid7(), region_id, site_id, day, letter]) or (0,)
    row = models.Ticket(
        region_id=region_id,
        site_id=site_id,
        day=day,
        letter=letter,
        number=number,
        service=service,
        lane=lane,
        arrived_at=at,
        turn_at=turn_at,
        waits_since=max(at, turn_at),
        appointment_id=booked.appointment_id if booked else None,
        application_id=booked.application_id if booked else None,
    )
    row.save(force_insert=True)
    return queries.ticket_of(row)


# --- at a counter -----------------------------------------------------------------------------------------------------


def sit_down(counter_id: UUID, *, region_id: int, operator_id: UUID, day: date) -> None:
    """Begin at a counter; a seat elsewhere is left. Sitting down twice is sitting there.

    Raises NotFound; DomainError: counter_occupied (a colleague sits there today), counter_busy (somebody stands at
    the counter that is left).
    """
    fetch_one("SELECT pg_advisory_xact_lock(hashtextextended(%s, 3))", [str(operator_id)])
    old = queries.find_seat(region_id, operator_id=operator_id)
    ids = sorted({counter_id, old.id} if old else {counter_id})  # in one order: two who change seats wait, no more
    counter = {one: _locked(one, region_id=region_id) for one in ids}[counter_id]
    if not counter.is_active:
        raise NotFound("counter")
    if counter.operator_id not in (None, operator_id) and counter.seated_on == day:
        raise DomainError("counter_occupied")
    if old is not None and old.id != counter_id:
        leave_counter(old.id, region_id=region_id, operator_id=operator_id, day=day)
    models.Counter.objects.filter(id=counter_id).update(operator_id=operator_id, seated_on=day)


def leave_counter(counter_id: UUID, *, region_id: int, operator_id: UUID, day: date) -> None:
    """Stop at a counter. Raises DomainError("counter_busy") while somebody stands there."""
    counter = _locked(counter_id, region_id=region_id)
    if counter.operator_id != operator_id:
        return
    if queries.find_at_counter(region_id, counter_id=counter_id, day=day) is not None:
        raise DomainError("counter_busy")
    models.Counter.objects.filter(id=counter_id).update(operator_id=None, seated_on=None)


def free_counter(counter_id: UUID, *, region_id: int, day: date, at: datetime) -> None:
    """Whoever sits there has left: who stands there waits again, at the place he had."""
    _locked(counter_id, region_id=region_id)
    standing = queries.find_at_counter(region_id, counter_id=counter_id, day=day)
    if standing is not None:
        _move(standing, Act.SEND_BACK, at=at)
    models.Counter.objects.filter(id=counter_id).update(operator_id=None, seated_on=None)


def call_next(counter_id: UUID, *, region_id: int, operator_id: UUID, day: date, at: datetime) -> Ticket | None:
    """Call who is next in the order (order.py), or None. Two counters never get one person (SKIP LOCKED).

    Somebody stands there already: it is he again. Raises DomainError("not_at_counter").
    """
    counter = _own(counter_id, region_id=region_id, operator_id=operator_id, day=day)
    standing = queries.find_at_counter(region_id, counter_id=counter_id, day=day)
    if standing is not None:
        return standing
    values = {
        "counter": counter_id,
        "region": region_id,
        "site": counter.site_id,
        "day": day,
        "services": [str(service) for service in counter.services],
        "now": at,
    }
    for row in rows_of(_appointments_in_a_row(counter_id, day=day)):
        found = fetch_one(_CALL.format(row=_IN_ROW[row]), values)
        if found:
            return queries.get_ticket(found[0], region_id=region_id)
    return None


def recall(ticket_id: UUID, *, region_id: int, operator_id: UUID, day: date, at: datetime) -> Ticket:
    """Call the same number once more. Raises DomainError: not_at_counter, ticket_moved."""
    ticket = _standing(ticket_id, region_id=region_id, operator_id=operator_id, day=day)
    after(ticket.state, Act.RECALL)
    models.Ticket.objects.filter(id=ticket.id).update(calls=F("calls") + 1, called_at=at)
    return ticket


def finish(ticket_id: UUID, *, region_id: int, operator_id: UUID, day: date, at: datetime) -> Ticket:
    """He has what he came for. Raises DomainError: not_at_counter, ticket_moved."""
    ticket = _standing(ticket_id, region_id=region_id, operator_id=operator_id, day=day)
    _move(ticket, Act.FINISH, at=at)
    return ticket


def miss(ticket_id: UUID, *, region_id: int, operator_id: UUID, day: date, at: datetime) -> Ticket:
    """He was called twice and did not come: a walk-in goes to the end once, everybody else has missed his turn.

    Returns the ticket as it stands afterwards. Raises DomainError: not_at_counter, ticket_moved, recall_first.
    """
    ticket = _standing(ticket_id, region_id=region_id, operator_id=operator_id, day=day)
    if ticket.calls < 2:
        raise DomainError("recall_first")
    has_another_chance = ticket.lane is Lane.WALK_IN and ticket.times_missed == 0
    _move(ticket, Act.SEND_BACK if has_another_chance else Act.MISS, at=at)
    changed = models.Ticket.objects.filter(id=ticket.id)
    changed.update(times_missed=F("times_missed") + 1)
    if has_another_chance:
        changed.update(turn_at=at)
    return queries.get_ticket(ticket.id, region_id=region_id)


def transfer(
    ticket_id: UUID,
    *,
    region_id: int,
    operator_id: UUID,
    day: date,
    to: tuple[Service, UUID | None],
    at: datetime,
) -> Ticket:
    """Send him to `to` = (service, counter or None). He stands there as if he had come for it when he came.

    The place of his appointment goes with him only within its service: nobody comes forward by a detour.
    Raises DomainError: not_at_counter, ticket_moved, transfer_nowhere.
    """
    service, wanted = to
    ticket = _standing(ticket_id, region_id=region_id, operator_id=operator_id, day=day)
    if not _is_served(ticket, service, wanted, day=day):
        raise DomainError("transfer_nowhere")
    _move(ticket, Act.TRANSFER, at=at)
    changed = models.Ticket.objects.filter(id=ticket.id)
    changed.update(service=service, wanted_counter_id=wanted)
    if service is not ticket.service:
        changed.update(lane=Lane.WALK_IN, turn_at=ticket.arrived_at)
    return queries.get_ticket(ticket.id, region_id=region_id)


def know_walk_in(operator_id: UUID, *, region_id: int, application_id: UUID, day: date) -> None:
    """Whose recording begins stands at the operator's counter: a ticket of no appointment is his until the day ends."""
    models.Ticket.objects.filter(
        region_id=region_id, counter__operator_id=operator_id, day=day, state="called", appointment_id=None
    ).update(application_id=application_id)


def leave_queue(ticket_id: UUID, *, region_id: int, at: datetime) -> None:
    """He went away before he was called. Gone twice is gone. Raises NotFound, DomainError("ticket_moved")."""
    ticket = queries.get_ticket(ticket_id, region_id=region_id, lock=True)
    if ticket.state is not State.LEFT:
        _move(ticket, Act.LEAVE, at=at)


# --- counters of a site -----------------------------------------------------------------------------------------------


def add_counter(region_id: int, *, site_id: UUID, number: int, services: tuple[Service, ...]) -> UUID:
    """A new counter. Raises DomainError: counter_number, counter_services, counter_exists."""
    _check(number, services)
    counter = models.Counter(region_id=region_id, site_id=site_id, number=number, services=list(services))
    try:
        with transaction.atomic():
            counter.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError("counter_exists") from error
    return counter.id


def change_counter(counter_id: UUID, *, region_id: int, services: tuple[Service, ...]) -> None:
    """What it serves from the next call on. Raises NotFound, DomainError("counter_services")."""
    _check(1, services)
    if not models.Counter.objects.filter(id=counter_id, region_id=region_id).update(services=list(services)):
        raise NotFound("counter")


def set_counter_active(counter_id: UUID, *, region_id: int, is_active: bool, day: date, at: datetime) -> None:
    """Take a counter out of use, or into it again. Raises NotFound."""
    if not is_active:
        free_counter(counter_id, region_id=region_id, day=day, at=at)
    if not models.Counter.objects.filter(id=counter_id, region_id=region_id).update(is_active=is_active):
        raise NotFound("counter")


def _check(number: int, services: tuple[Service, ...]) -> None:
    if not 1 <= number <= MOST_COUNTERS:
        raise DomainError("counter_number")
    if not services:
        raise DomainError("counter_services")


# --- after the day ----------------------------------------------------------------------------------------------------


def end_days(region_id: int, *, before: date, at: datetime) -> int:
    """Tickets of earlier days end and lose every link to a person; seats of earlier days are free. Returns how many."""
    run(
        "UPDATE counters_counter SET operator_id = NULL, seated_on = NULL WHERE region_id = %s AND seated_on < %s",
        [region_id, before],
    )
    ended = run(
        "UPDATE counters_ticket SET ended_at = %s, state = CASE state WHEN 'called' THEN 'done' ELSE 'left' END"
        " WHERE region_id = %s AND day < %s AND ended_at IS NULL",
        [at, region_id, before],
    )
    run(
        "UPDATE counters_ticket SET appointment_id = NULL, application_id = NULL"
        " WHERE region_id = %s AND day < %s AND (appointment_id IS NOT NULL OR application_id IS NOT NULL)",
        [region_id, before],
    )
    for table in ("ticket", "series"):
        run(f"DELETE FROM counters_{table} WHERE region_id = %s AND day < %s", [region_id, before - KEPT])  # noqa: S608
    return ended


# --- shared -----------------------------------------------------------------------------------------------------------


def _locked(counter_id: UUID, *, region_id: int) -> Counter:
    row = models.Counter.objects.select_for_update().filter(id=counter_id, region_id=region_id).first()
    if row is None:
        raise NotFound("counter")
    return queries.counter_of(row)


def _own(counter_id: UUID, *, region_id: int, operator_id: UUID, day: date) -> Counter:
    """The counter with its row locked: who presses there twice waits for himself."""
    counter = _locked(counter_id, region_id=region_id)
    if counter.operator_id != operator_id or counter.seated_on != day:
        raise DomainError("not_at_counter")
    return counter


def _standing(ticket_id: UUID, *, region_id: int, operator_id: UUID, day: date) -> Ticket:
    """The ticket that stands at the operator's counter, both rows locked."""
    seat = queries.find_seat(region_id, operator_id=operator_id)
    if seat is None:
        raise DomainError("not_at_counter")
    counter = _own(seat.id, region_id=region_id, operator_id=operator_id, day=day)
    ticket = queries.get_ticket(ticket_id, region_id=region_id, lock=True)
    if ticket.counter_id != counter.id or ticket.day != day or ticket.state is not State.CALLED:
        raise DomainError("ticket_moved")
    return ticket


def _move(ticket: Ticket, act: Act, *, at: datetime) -> None:
    """The only writer of a state besides the call itself."""
    run(_MOVE, {"state": str(after(ticket.state, act)), "now": at, "ticket": ticket.id})


def _appointments_in_a_row(counter_id: UUID, *, day: date) -> int:
    """How many people with appointments this counter has called since the last without one."""
    lanes = fetch_all(
        "SELECT lane FROM counters_ticket WHERE counter_id = %s AND day = %s ORDER BY called_at DESC LIMIT 2",
        [counter_id, day],
    )
    row = [lane == Lane.APPOINTMENT for (lane,) in lanes]
    return row.index(False) if False in row else len(row)


def _is_served(ticket: Ticket, service: Service, wanted: UUID | None, *, day: date) -> bool:
    """Whether somebody sits where he is sent, or for a service alone, whether any counter of the site serves it."""
    here = [c for c in queries.list_counters(ticket.region_id, site_id=ticket.site_id) if c.is_active]
    serving = [counter for counter in here if service in counter.services]
    return bool(serving) if wanted is None else any(c.id == wanted and c.seated_on == day for c in serving)
