"""The owner's card: where it waits with which code, or who took it when."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.handovers.types import Pickup, PickupState
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite
from adminduk.readmodels.way_hand_over import code_for_owner


@dataclass(frozen=True, slots=True)
class OwnCard:
    """A card that has come to a counter. `code` is empty once it is not there any more."""

    pickup: Pickup
    site: ServiceSite
    code: str


def collect_of(actor: Actor, application_id: UUID, *, region_id: int) -> OwnCard | None:
    """The card of the actor's own application; None as long as none has come to a counter."""
    with acting_as(actor):
        pickup = pickups.find_of_application(application_id, region_id=region_id)
        if pickup is None or pickup.owner_id != actor.id:
            return None
        site = offices.get_site(pickup.site_id, region_id=region_id)
    return OwnCard(pickup, site, code_for_owner(pickup) if pickup.state is PickupState.READY else "")
