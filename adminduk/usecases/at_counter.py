"""A card comes to a counter: its code is told to its owner, and where it waits."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.modules.applications.types import Case
from adminduk.modules.handovers import actions as handovers
from adminduk.modules.handovers import queries
from adminduk.modules.handovers.codes import code_of
from adminduk.modules.handovers.types import OldCard
from adminduk.modules.offices import queries as offices
from adminduk.usecases import notify


def put_at_counter(event: str, case: Case, product_id: UUID, *, site_id: UUID, old_card: OldCard, at: datetime) -> None:
    """Within the caller's transaction. `event` is the message: with code and place."""
    handovers.put_ready(
        product_id,
        region_id=case.region_id,
        application_id=case.id,
        owner_id=case.owner_id,
        site_id=site_id,
        old_card=old_card,
        at=at,
    )
    pickup = queries.get_pickup(product_id, region_id=case.region_id)
    code = code_of(product_id, generation=pickup.generation)
    notify.tell(event, case=case, at=at, code=code, place=place_words(site_id, region_id=case.region_id))


def place_words(site_id: UUID, *, region_id: int) -> str:
    """A counter as messages name it."""
    site = offices.get_site(site_id, region_id=region_id)
    return f"{site.name}, {site.address}"
