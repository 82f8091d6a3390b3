"""Cards that lie ready leave a place that is to close or to hand over no more: all at once, their owners told."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.handovers import actions as handovers
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.handovers.types import Pickup, PickupState
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices import queries
from adminduk.modules.offices.types import ServiceSite
from adminduk.usecases import notify
from adminduk.usecases.at_counter import place_words
from adminduk.usecases.case_record import record
from adminduk.usecases.office_hours import region_of_keeper

MOST_AT_ONCE: Final = 300


def main_counter(region_id: int, *, but: UUID | None = None) -> ServiceSite:
    """Where cards of a region are taken (offices.find_counter). Raises DomainError("no_other_counter")."""
    found = queries.find_counter(region_id, but=but)
    if found is None:
        raise DomainError("no_other_counter", problems=(Problem("no_other_counter"),))
    return found


def take_cards_elsewhere(actor: Actor, site_id: UUID, *, key: str, at: datetime) -> int:
    """Somebody carries all ready cards of a place to another counter; returns how many, at most MOST_AT_ONCE.

    Codes stay as they are, and so does how long each card has waited. Raises NotFound; DomainError("no_other_counter").
    """
    region_id = region_of_keeper(actor)

    def act() -> str:
        offices.lock_sites(region_id)  # neither place closes meanwhile
        site = queries.get_site(site_id, region_id=region_id)
        to = main_counter(region_id, but=site.id)
        here = pickups.list_ready_at(region_id, site_id=site.id, limit=MOST_AT_ONCE)
        return str(sum(_moved(actor, seen, to, at=at) for seen in here))

    return int(once(actor, key, act))


def _moved(actor: Actor, seen: Pickup, to: ServiceSite, *, at: datetime) -> bool:
    case = cases.get_case(seen.application_id, lock=True)
    pickup = pickups.get_pickup(seen.product_id, region_id=seen.region_id, lock=True)
    if pickup.state is not PickupState.READY or pickup.site_id != seen.site_id:
        return False
    move_card(actor, case, pickup, to, at=at)
    return True


def move_card(actor: Actor, case: Case, pickup: Pickup, to: ServiceSite, *, at: datetime) -> None:
    """A locked card lies at another counter now; its owner is told where. Within the caller's transaction."""
    handovers.move(pickup.product_id, region_id=pickup.region_id, site_id=to.id)
    handovers.note(
        pickup.product_id, "moved", region_id=pickup.region_id, owner_id=pickup.owner_id, actor_id=actor.id, at=at
    )
    record("card.move", case, actor=actor, at=at)
    notify.tell("pickup_moved", case=case, at=at, place=place_words(to.id, region_id=pickup.region_id))
