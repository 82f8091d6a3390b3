"""Which cards wait where, without whose they are: what the operator's lists show before a code is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications import queries as cases
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.handovers.types import Pickup
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite

MOST = 200


@dataclass(frozen=True, slots=True)
class WaitingCard:
    """A card by its number."""

    pickup: Pickup
    number: str
    site: ServiceSite
    days: int


@dataclass(frozen=True, slots=True)
class CardsOfOffice:
    """Cards that wait, longest first (at most MOST), how many there are, and the counter where they may be taken."""

    cards: tuple[WaitingCard, ...]
    count: int
    to: ServiceSite | None


def count_cards(actor: Actor) -> tuple[tuple[ServiceSite, int], ...]:
    """How many cards lie at each place that hands over, and at every other one where any lie."""
    (region_id,) = actor.regions
    with acting_as(actor):
        counts = pickups.count_by_site(region_id)
        sites = offices.list_sites(region_id, is_active=False)
    return tuple(
        (site, counts.get(site.id, 0)) for site in sites if (site.is_active and site.hands_over) or site.id in counts
    )


def cards_at(actor: Actor, site_id: UUID) -> tuple[int, ServiceSite | None]:
    """How many cards lie ready at a place of the actor's office, and the counter that would take them."""
    (region_id,) = actor.regions
    with acting_as(actor):
        count = pickups.count_ready(region_id, site_id=site_id)
        return count, offices.find_counter(region_id, but=site_id) if count else None


def cards_of(actor: Actor, *, at: datetime, before: datetime) -> CardsOfOffice:
    """What has waited at the counters of the actor's office since `before` or longer."""
    (region_id,) = actor.regions
    with acting_as(actor):
        sites = {site.id: site for site in offices.list_sites(region_id, is_active=False)}
        count = sum(pickups.count_by_site(region_id, before=before).values())
        waiting = pickups.list_ready(region_id, before=before, limit=MOST)
        cards = tuple(
            WaitingCard(
                pickup,
                number=cases.get_case(pickup.application_id).number,
                site=sites[pickup.site_id],
                days=(at - pickup.ready_at).days,
            )
            for pickup in waiting
        )
        return CardsOfOffice(cards, count, offices.find_counter(region_id))
