"""The queue as an officer sees it: the oldest cases with the time left, no names, nothing to pick from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from adminduk.catalogue.working_time import WorkingCalendar
from adminduk.foundation.database.statements import fetch_all
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.modules.workqueue import queries as queue

LENGTH = 12
SOON_MINUTES = 60
Urgency = Literal["late", "soon", "fine"]

# One statement by the index of the queue: its cost does not know how many cases there are.
_OLDEST = """
SELECT i.application_id, a.number, a.service_id, i.due_at, i.holder_id, i.held_until
FROM (SELECT application_id, region_id, due_at, holder_id, held_until, queued_at FROM workqueue_item
      WHERE region_id = %(region)s AND is_escalated = %(escalated)s
      ORDER BY region_id, is_escalated, queued_at, application_id LIMIT %(limit)s) i
JOIN applications_application a ON a.id = i.application_id AND a.region_id = %(region)s
ORDER BY i.queued_at, i.application_id
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One waiting case. `minutes` are the working minutes left; 0 when late."""

    application_id: UUID
    number: str
    service_id: str
    due_at: datetime
    minutes: int
    urgency: Urgency
    is_mine: bool
    is_held: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """`count` is capped at `workqueue.queries.COUNT_UP_TO`: more is told as "more than"."""

    rows: tuple[Row, ...]
    escalated: tuple[Row, ...]
    count: int
    is_capped: bool
    mine: UUID | None


def queue_of(actor: Actor, calendar: WorkingCalendar, *, at: datetime) -> Queue:
    """The queue of the actor's office; the head also sees what was escalated."""
    (region_id,) = actor.regions
    with acting_as(actor):
        rows = _rows(actor, calendar, is_escalated=False, at=at)
        escalated = _rows(actor, calendar, is_escalated=True, at=at) if actor.kind is ActorKind.HEAD else ()
        count = queue.count_waiting(region_id)
        mine = queue.find_held(region_id, officer_id=actor.id, at=at)
    return Queue(rows=rows, escalated=escalated, count=count, is_capped=count >= queue.COUNT_UP_TO, mine=mine)


def urgency_of(calendar: WorkingCalendar, due_at: datetime, *, at: datetime) -> tuple[int, Urgency]:
    """Working minutes left and what they mean."""
    if due_at <= at:
        return 0, "late"
    minutes = calendar.minutes_between(at, due_at)
    return minutes, "soon" if minutes <= SOON_MINUTES else "fine"


def _rows(actor: Actor, calendar: WorkingCalendar, *, is_escalated: bool, at: datetime) -> tuple[Row, ...]:
    found = fetch_all(_OLDEST, {"region": actor.regions[0], "escalated": is_escalated, "limit": LENGTH})
    rows = []
    for application_id, number, service_id, due_at, holder, until in found:
        minutes, urgency = urgency_of(calendar, due_at, at=at)
        is_held = holder is not None and until > at
        is_mine = is_held and holder == actor.id
        rows.append(Row(application_id, number, service_id, due_at, minutes, urgency, is_mine, is_held))
    return tuple(rows)
