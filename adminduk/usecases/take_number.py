"""At the door of an office: a number for somebody who came, with or without an appointment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.audit import actions as audit
from adminduk.modules.counters import actions as counters
from adminduk.modules.counters import queries
from adminduk.modules.counters.types import Service
from adminduk.modules.offices import queries as offices
from adminduk.usecases.queue_at_counter import place_of_staff


def take_number(actor: Actor, *, site_id: UUID, service: Service, key: str, at: datetime) -> UUID:
    """A number of the day for a walk-in; the same key gets the same number.

    Raises NotFound; DomainError("transfer_nowhere") where no counter of the site serves it, or the site is closed.
    """
    region_id, day = place_of_staff(actor, at=at)

    def act() -> str:
        site = offices.get_site(site_id, region_id=region_id)
        here = queries.list_counters(region_id, site_id=site.id)
        serves = any(counter.is_active and service in counter.services for counter in here)
        if not (site.is_active and serves):
            raise DomainError("transfer_nowhere")
        ticket = counters.take_number(region_id, site_id=site.id, day=day, service=service, at=at)
        _record("ticket.take", actor, ticket.id, at)
        return str(ticket.id)

    return UUID(once(actor, key, act))


def leave_queue(actor: Actor, ticket_id: UUID, *, key: str, at: datetime) -> None:
    """He says that he goes away. Raises NotFound, DomainError("ticket_moved") once he was called."""
    region_id, _ = place_of_staff(actor, at=at)

    def act() -> str:
        counters.leave_queue(ticket_id, region_id=region_id, at=at)
        _record("ticket.leave", actor, ticket_id, at)
        return ""

    once(actor, key, act)


def ticket_link(ticket_id: UUID) -> str:
    """Where whoever holds the ticket follows his turn: numbers only."""
    return f"{settings.ENVIRONMENT.base_url}/antrean/nomor/{ticket_id}"


def _record(act: str, actor: Actor, ticket_id: UUID, at: datetime) -> None:
    audit.record(act, actor=actor, at=at, region_id=actor.regions[0], about=("ticket", ticket_id))
