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
    """All cards that wait, longest first (at most MOST), and how many lie at each place."""

    cards: tuple[WaitingCard, ...]
    sites: tuple[tuple[ServiceSite, int], ...]


def cards_of(actor: Actor, *, at: datetime, before: datetime | None = None) -> CardsOfOffice:
    """What waits at the counters of the actor's office; with `before` only what came before."""
    (region_id,) = actor.regions
    with acting_as(actor):
        sites = {site.id: site for site in offices.list_sites(region_id, is_active=False)}
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
    counts: dict[UUID, int] = {}
    for card in cards:
        counts[card.site.id] = counts.get(card.site.id, 0) + 1
    return CardsOfOffice(cards, tuple((site, counts.get(site.id, 0)) for site in sites.values() if site.hands_over))
