"""What the head of an office sees: who holds what, what is late, what could not be delivered; and the admin's lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from adminduk.catalogue.working_time import WorkingCalendar
from adminduk.foundation import jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications import queries as applications
from adminduk.modules.notifications.types import GIVEN_UP_AFTER
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ClosedDay, OpenIncident, Opening, StaffMember
from adminduk.modules.workqueue import queries as queue
from adminduk.readmodels.queue import Urgency, urgency_of

LIMIT = 25
COUNT_UP_TO = 1000


@dataclass(frozen=True, slots=True)
class Held:
    """A case and who has it ("" when nobody)."""

    application_id: UUID
    number: str
    service_id: str
    holder: str
    until: datetime | None
    due_at: datetime
    minutes: int
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that its address refused, or (`is_given_up`) that could not be handed over for days."""

    application_id: UUID | None
    number: str
    event: str
    planned_at: datetime
    is_given_up: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The head's page. Counts stop at COUNT_UP_TO. `dead_letters` are jobs of the whole portal that gave up.

    `unmatched`: sent, and not in the queue before the register has confirmed who it is.
    """

    waiting: int
    unmatched: int
    late: int
    held: tuple[Held, ...]
    latest: tuple[Held, ...]
    undelivered: tuple[Undelivered, ...]
    dead_letters: int


@dataclass(frozen=True, slots=True)
class OfficeLists:
    """The admin's page."""

    staff: tuple[StaffMember, ...]
    openings: tuple[Opening, ...]
    closures: tuple[ClosedDay, ...]
    incident: OpenIncident | None


_CASES = """
SELECT i.application_id, a.number, a.service_id, i.holder_id, i.held_until, i.due_at
FROM (SELECT application_id, holder_id, held_until, due_at FROM workqueue_item
      WHERE region_id = %(region)s AND {where} ORDER BY {order} LIMIT %(limit)s) i
JOIN applications_application a ON a.id = i.application_id AND a.region_id = %(region)s ORDER BY i.{order}
"""
_HELD = _CASES.format(where="holder_id IS NOT NULL AND held_until > %(now)s", order="held_until")
_LATE = _CASES.format(where="due_at < %(now)s", order="due_at")
_UNDELIVERED = """
SELECT m.application_id, coalesce(a.number, ''), m.event, m.planned_at, m.status = 'planned'
FROM ((SELECT application_id, event, planned_at, status FROM notifications_message
       WHERE region_id = %(region)s AND status = 'undeliverable' ORDER BY planned_at DESC LIMIT %(limit)s)
      UNION ALL
      (SELECT application_id, event, planned_at, status FROM notifications_message
       WHERE region_id = %(region)s AND status = 'planned' AND due_at < %(given_up)s
       ORDER BY due_at DESC LIMIT %(limit)s)) m
LEFT JOIN applications_application a ON a.id = m.application_id AND a.region_id = %(region)s ORDER BY m.planned_at DESC
LIMIT %(limit)s
"""


def overview_of(actor: Actor, calendar: WorkingCalendar, *, at: datetime) -> Overview:
    """Who holds what, what is late, what did not arrive, in the head's own office."""
    (region_id,) = actor.regions
    given = {"region": region_id, "now": at, "given_up": at - GIVEN_UP_AFTER, "limit": LIMIT}
    with acting_as(actor):
        names = {member.id: member.name for member in offices.list_staff(region_id)}

        def cases(sql: str) -> tuple[Held, ...]:
            return tuple(_held(row, names, calendar, at=at) for row in _fetch(sql, given))

        return Overview(
            waiting=queue.count_waiting(region_id),
            unmatched=len(applications.list_unmatched_ids(region_id, limit=queue.COUNT_UP_TO)),
            late=queue.count_late(region_id, at=at),
            held=cases(_HELD),
            latest=cases(_LATE),
            undelivered=tuple(Undelivered(*row) for row in _fetch(_UNDELIVERED, given)),
            dead_letters=jobs.count_dead_letters(),
        )


def lists_of(actor: Actor, *, today: date) -> OfficeLists:
    """Staff, hours, closures from today on, and the banner of the actor's office."""
    (region_id,) = actor.regions
    with acting_as(actor):
        return OfficeLists(
            staff=offices.list_staff(region_id),
            openings=offices.list_openings(region_id),
            closures=tuple(one for one in offices.list_closures(region_id) if one.day >= today and not one.is_lifted),
            incident=offices.find_incident(region_id),
        )


def member_of(actor: Actor) -> StaffMember:
    """The actor's own row. Raises NotFound."""
    with acting_as(actor):
        return offices.get_member(actor.id, region_id=actor.regions[0])


def _held(row: tuple[Any, ...], names: dict[UUID, str], calendar: WorkingCalendar, *, at: datetime) -> Held:
    application_id, number, service_id, holder, until, due_at = row
    minutes, urgency = urgency_of(calendar, due_at, at=at)
    is_held = holder is not None and until > at
    return Held(
        application_id=application_id,
        number=number,
        service_id=service_id,
        holder=names.get(holder, "") if is_held else "",
        until=until if is_held else None,
        due_at=due_at,
        minutes=minutes,
        urgency=urgency,
    )


def _fetch(sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
