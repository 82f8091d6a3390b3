"""Who comes next: the order of the one queue as plain calculation (docs/adr/0019-counters.md).

1. Whose appointment has come goes before people without one, by the time of the appointment.
2. After two people with appointments in a row a counter calls one without, so that nobody waits for ever.
3. People without appointments go by the time they came; whoever comes late for an appointment stands among them.
4. Who is early for his appointment is called before it only when nobody else waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from adminduk.modules.counters.types import Lane, Ticket

CHECK_IN_OPENS = timedelta(hours=1)  # before the appointment
LATE_AFTER = timedelta(minutes=15)
MOST_APPOINTMENTS_IN_A_ROW = 2


class Row(StrEnum):
    """The parts of the queue that a counter looks into, one after the other."""

    DUE = "due"
    WALK_IN = "walk_in"
    EARLY = "early"


def rows_of(appointments_in_a_row: int) -> tuple[Row, ...]:
    """Where a counter looks first, second and third, after so many appointments in a row."""
    if appointments_in_a_row >= MOST_APPOINTMENTS_IN_A_ROW:
        return Row.WALK_IN, Row.DUE, Row.EARLY
    return Row.DUE, Row.WALK_IN, Row.EARLY


def row_of(ticket: Ticket, *, at: datetime) -> Row:
    """In which part a waiting ticket stands now."""
    if ticket.lane is Lane.WALK_IN:
        return Row.WALK_IN
    return Row.DUE if ticket.turn_at <= at else Row.EARLY


def next_of(waiting: Iterable[Ticket], *, appointments_in_a_row: int, at: datetime) -> Ticket | None:
    """Whom a counter calls next; None when nobody waits."""
    standing = sorted(waiting, key=lambda ticket: (ticket.turn_at, ticket.id))
    for row in rows_of(appointments_in_a_row):
        for ticket in standing:
            if row_of(ticket, at=at) is row:
                return ticket
    return None


def stand_in_line(*, starts_at: datetime, arrived_at: datetime) -> tuple[Lane, datetime]:
    """Lane and turn of somebody with an appointment: at his time, or among the walk-ins when he comes late."""
    if arrived_at > starts_at + LATE_AFTER:
        return Lane.WALK_IN, arrived_at
    return Lane.APPOINTMENT, starts_at


def about_ahead(lane: Lane, *, earlier: tuple[int, int], all_appointments: int) -> int:
    """About how many go first. `earlier`: appointments and walk-ins whose turn is before his.

    Between two walk-ins come at most two appointments, and between two appointments at most one walk-in.
    """
    appointments, walk_ins = earlier
    if lane is Lane.APPOINTMENT:
        return appointments + min(walk_ins, appointments // MOST_APPOINTMENTS_IN_A_ROW + 1)
    return walk_ins + min(all_appointments, MOST_APPOINTMENTS_IN_A_ROW * (walk_ins + 1))
