"""Counters of a site: which there are, what they serve, whether they are in use."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.modules.audit import actions as audit
from adminduk.modules.counters import actions as counters
from adminduk.modules.counters import queries
from adminduk.modules.counters.types import Service
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite
from adminduk.usecases.office_hours import region_of_keeper
from adminduk.usecases.queue_at_counter import day_in


def add_counter(
    actor: Actor, *, site_id: UUID, number: int, services: tuple[Service, ...], key: str, at: datetime
) -> None:
    """A new counter. Raises NotFound; DomainError: counter_number, counter_services, counter_exists."""
    region_id = region_of_keeper(actor)

    def act() -> str:
        site = offices.get_site(site_id, region_id=region_id)
        added = counters.add_counter(region_id, site_id=site.id, number=number, services=services)
        _record("counter.add", actor, added, at, reason=", ".join(services))
        return ""

    once(actor, key, act)


def change_counter(actor: Actor, counter_id: UUID, *, services: tuple[Service, ...], key: str, at: datetime) -> None:
    """What it serves from the next call on. Raises NotFound, DomainError("counter_services")."""
    region_id = region_of_keeper(actor)

    def act() -> str:
        counters.change_counter(counter_id, region_id=region_id, services=services)
        _record("counter.change", actor, counter_id, at, reason=", ".join(services))
        return ""

    once(actor, key, act)


def set_active(actor: Actor, counter_id: UUID, *, is_active: bool, key: str, at: datetime) -> None:
    """Out of use, or into it again; who stands there waits again at his place. Raises NotFound."""
    region_id = region_of_keeper(actor)

    def act() -> str:
        counters.set_counter_active(
            counter_id, region_id=region_id, is_active=is_active, day=day_in(region_id, at=at), at=at
        )
        _record("counter.open" if is_active else "counter.close", actor, counter_id, at)
        return ""

    once(actor, key, act)


def free_counter(actor: Actor, counter_id: UUID, *, key: str, at: datetime) -> None:
    """Whoever sat there has gone; who stands there waits again at his place. Raises NotFound."""
    region_id = region_of_keeper(actor)

    def act() -> str:
        counters.free_counter(counter_id, region_id=region_id, day=day_in(region_id, at=at), at=at)
        _record("counter.free", actor, counter_id, at)
        return ""

    once(actor, key, act)


def seed_counters(region_id: int, sites: tuple[ServiceSite, ...]) -> None:
    """What a site begins with: a counter for each thing done there, unless it has counters. As the system."""
    for site in sites:
        if not queries.list_counters(region_id, site_id=site.id):
            everything = (Service.RECORDING, Service.COLLECTION, Service.OTHER)
            served: list[tuple[Service, ...]] = [(Service.RECORDING,)] if site.records else []
            served += [(Service.COLLECTION, Service.OTHER)] if site.hands_over else []
            for number, services in enumerate([*served, everything if site.records else (Service.OTHER,)], 1):
                counters.add_counter(region_id, site_id=site.id, number=number, services=services)


def _record(act: str, actor: Actor, counter_id: UUID, at: datetime, *, reason: str = "") -> None:
    audit.record(act, actor=actor, at=at, region_id=actor.regions[0], about=("counter", counter_id), reason=reason)
