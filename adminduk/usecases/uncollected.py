"""Cards that nobody fetches: their owners are reminded, and after a month they may go to the main place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from adminduk.foundation import clock, jobs
from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications import queries as cases
from adminduk.modules.handovers import actions as handovers
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.handovers.codes import code_of
from adminduk.modules.handovers.types import Pickup, PickupState
from adminduk.modules.offices import actions as offices
from adminduk.usecases import notify
from adminduk.usecases.at_counter import place_words
from adminduk.usecases.clear_place import main_counter, move_card
from adminduk.usecases.hand_over import region_of_operator

REMIND_AFTER: Final = (timedelta(days=7), timedelta(days=21), timedelta(days=60))
UNCOLLECTED_AFTER: Final = timedelta(days=30)


@jobs.job("handovers.remind", every_minutes=60)
def remind(actor: Actor) -> None:
    """Remind the owners of cards that have waited; each time once."""
    at = clock.now()
    with acting_as(actor):
        due = [
            pickup
            for reminded, pause in enumerate(REMIND_AFTER)
            for pickup in pickups.list_to_remind(actor.regions[0], reminders=reminded, before=at - pause)
        ]

    def remind_one(pickup: Pickup) -> None:
        with acting_as(actor):
            _remind(pickup, at=at)

    jobs.each_alone(due, remind_one)


def _remind(seen: Pickup, *, at: datetime) -> None:
    case = cases.get_case(seen.application_id, lock=True)
    pickup = pickups.get_pickup(seen.product_id, region_id=seen.region_id, lock=True)
    if pickup.state is not PickupState.READY or pickup.reminders != seen.reminders:
        return
    due = sum(pickup.ready_at <= at - pause for pause in REMIND_AFTER)  # what was left out is not caught up with
    handovers.count_reminders(pickup.product_id, region_id=pickup.region_id, count=max(due, seen.reminders + 1))
    code = code_of(pickup.product_id, generation=pickup.generation)
    place = place_words(pickup.site_id, region_id=pickup.region_id)
    notify.tell("pickup_reminder", case=case, at=at, code=code, place=place)
    _note("reminded", pickup, NOBODY, at)


def take_to_main(actor: Actor, product_id: UUID, *, key: str, at: datetime) -> None:
    """A card that nobody has fetched for a month goes to the main counter; its owner is told where.

    Raises NotFound; DomainError: card_not_here, card_is_at_main, card_waits_shortly, no_other_counter.
    """
    region_id = region_of_operator(actor)

    def act() -> str:
        offices.lock_sites(region_id)  # the main counter does not close meanwhile
        seen = pickups.get_pickup(product_id, region_id=region_id)
        case = cases.get_case(seen.application_id, lock=True)
        pickup = pickups.get_pickup(product_id, region_id=region_id, lock=True)
        if pickup.ready_at > at - UNCOLLECTED_AFTER:
            raise DomainError("card_waits_shortly")
        main = main_counter(region_id)
        if pickup.site_id == main.id:
            raise DomainError("card_is_at_main")
        move_card(actor, case, pickup, main, at=at)
        return ""

    once(actor, key, act)


def _note(act: str, pickup: Pickup, actor_id: UUID, at: datetime) -> None:
    handovers.note(
        pickup.product_id, act, region_id=pickup.region_id, owner_id=pickup.owner_id, actor_id=actor_id, at=at
    )
