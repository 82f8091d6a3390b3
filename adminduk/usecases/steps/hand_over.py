"""Hand-over: the card is collected at a counter, or a courier brings it to the address on the Kartu Keluarga.

Parameters: `old_card`, what has to become of the card before: taken_in, lost, none (the default).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.catalogue.schema import FulfilmentStep
from adminduk.kernel.actor import NOBODY
from adminduk.kernel.errors import NotFound
from adminduk.modules.applications.types import Case
from adminduk.modules.deliveries import actions as deliveries
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.deliveries.states import ParcelAct, ParcelState
from adminduk.modules.handovers import actions as handovers
from adminduk.modules.handovers.types import OldCard
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.offices import actions as places
from adminduk.modules.offices import queries as offices
from adminduk.usecases import notify
from adminduk.usecases.at_counter import put_at_counter

_NOT_GONE = (ParcelState.WANTED, ParcelState.WAITING, ParcelState.LISTED)


class _HandOver:
    def enter(self, case: Case, product: ProductView, step: FulfilmentStep, *, at: datetime) -> bool:
        old_card = OldCard(str(step.parameters.get("old_card", OldCard.NONE)))
        parcel = parcels.find_parcel(case.id, region_id=case.region_id, lock=True)
        if parcel is None or parcel.state is not ParcelState.WANTED:
            put_at_counter("pickup_ready", case, product.id, site_id=_site_of(product), old_card=old_card, at=at)
            return True
        deliveries.place_at(parcel, product_id=product.id, site_id=_site_of(product), old_card=str(old_card))
        deliveries.move(parcel, ParcelAct.READY, actor_id=NOBODY, at=at)
        notify.tell("delivery_waiting", case=case, at=at, courier=parcel.courier)
        return True

    def leave(self, case: Case, product: ProductView, *, at: datetime) -> None:
        handovers.leave(product.id, region_id=case.region_id, at=at)
        parcel = parcels.find_parcel(case.id, region_id=case.region_id, lock=True)
        if parcel is not None and parcel.state in _NOT_GONE:
            deliveries.move(parcel, ParcelAct.DROP, actor_id=NOBODY, at=at)


def _site_of(product: ProductView) -> UUID:
    """Where it was printed, if cards are handed over there; else the main place. Raises NotFound without any.

    That cannot be taken away before the card lies there: whoever closes the place then finds the card in the way.
    """
    places.hold_sites(product.region_id)
    sites = offices.list_sites(product.region_id)
    fit = [site for site in sites if site.hands_over and site.id == product.site_id]
    fit += [site for site in sites if site.hands_over]  # the main one stands first
    fit += sites
    if not fit:
        raise NotFound("site")
    return fit[0].id


STEP = _HandOver()
