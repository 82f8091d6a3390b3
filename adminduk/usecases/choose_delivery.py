"""The owner has his card brought by the courier, where his region offers it, or collects it after all.

It goes to the address on the Kartu Keluarga as the register gave it, and nowhere else. What the courier asks is told
before; nothing else ever costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adminduk.foundation import clock
from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.deliveries import actions as deliveries
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.deliveries.states import AT_OFFICE, ParcelAct, ParcelState
from adminduk.modules.deliveries.types import Parcel
from adminduk.modules.handovers import actions as handovers
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.handovers.types import OldCard, PickupState
from adminduk.usecases import notify
from adminduk.usecases.at_counter import put_at_counter
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen: by whom, for how much, to where. `parcel` is there once it was chosen."""

    courier: str
    cost_rupiah: int
    address: tuple[str, ...]
    parcel: Parcel | None

    @property
    def is_chosen(self) -> bool:
        return self.parcel is not None and self.parcel.state is not ParcelState.DROPPED

    @property
    def may_drop(self) -> bool:
        return self.parcel is not None and self.parcel.state in AT_OFFICE


def offer_of(actor: Actor, application_id: UUID, *, at: datetime) -> Offer | None:
    """What the owner of an approved application may choose; None where nothing is offered. Raises NotFound."""
    with acting_as(actor):
        return _offer(_own(actor, application_id), at=at)


def choose(actor: Actor, application_id: UUID, *, key: str, at: datetime) -> None:
    """Have it brought; a card at a counter leaves it. Raises NotFound; DomainError("delivery_not_offered")."""

    def act() -> str:
        case = _own(actor, application_id, lock=True)
        offer = _offer(case, at=at)
        if offer is None or (offer.parcel is not None and offer.parcel.state is not ParcelState.DROPPED):
            raise DomainError("delivery_not_offered")
        deliveries.choose(
            case.id,
            region_id=case.region_id,
            owner_id=case.owner_id,
            courier=offer.courier,
            cost_rupiah=offer.cost_rupiah,
            at=at,
        )
        _take_from_counter(case, actor, at=at)
        record("delivery.choose", case, actor=actor, at=at)
        return ""

    once(actor, key, act)


def drop(actor: Actor, application_id: UUID, *, key: str, at: datetime) -> None:
    """Collect it after all, as long as no courier has it. Raises NotFound; DomainError("parcel_not_possible")."""

    def act() -> str:
        case = _own(actor, application_id, lock=True)
        parcel = parcels.get_parcel(case.id, region_id=case.region_id, lock=True)
        if parcel.state not in AT_OFFICE:
            raise DomainError("parcel_not_possible")
        deliveries.move(parcel, ParcelAct.DROP, actor_id=actor.id, at=at)
        record("delivery.drop", case, actor=actor, at=at)
        if parcel.product_id and parcel.site_id:
            old_card = OldCard(parcel.old_card)
            put_at_counter("pickup_ready", case, parcel.product_id, site_id=parcel.site_id, old_card=old_card, at=at)
        return ""

    once(actor, key, act)


def address_of(case: Case) -> tuple[str, ...]:
    """The address on the Kartu Keluarga in lines, as the register gave it; empty where it gave none."""
    facts = case.facts
    street = str(facts.get("address") or "").strip()
    if not street:
        return ()
    numbers = " ".join(f"{name.upper()} {facts[name]}" for name in ("rt", "rw") if facts.get(name))
    places = [str(facts.get(name) or "").strip() for name in ("village_name", "district_name")]
    wider = [str(facts.get(name) or "").strip() for name in ("region_name", "province_name")]
    lines = (street, numbers, ", ".join(filter(None, places)), ", ".join(filter(None, wider)))
    return tuple(line for line in lines if line)


def _own(actor: Actor, application_id: UUID, *, lock: bool = False) -> Case:
    case = cases.get_case(application_id, lock=lock)
    if case.owner_id != actor.id:
        raise NotFound("application")
    return case


def _offer(case: Case, *, at: datetime) -> Offer | None:
    region = catalogue().region(RegionCode.from_number(case.region_id))
    policy, address = region.delivery, address_of(case)
    parcel = parcels.find_parcel(case.id, region_id=case.region_id)
    if case.state is not State.APPROVED or case.needs_consent or not address or policy is None:
        return None
    if case.settles_at is not None and case.settles_at > clock.now():
        return None  # it may still be undone
    if parcel is None and not region.offers_delivery(clock.today(region.time_zone)):
        return None
    return Offer(policy.courier, policy.cost_rupiah or 0, address, parcel)


def _take_from_counter(case: Case, actor: Actor, *, at: datetime) -> None:
    """The card is printed already: it leaves the counter and waits for the courier."""
    seen = pickups.find_of_application(case.id, region_id=case.region_id)
    if seen is None:
        return
    pickup = pickups.get_pickup(seen.product_id, region_id=case.region_id, lock=True)
    if pickup.state is not PickupState.READY:
        return
    handovers.leave(pickup.product_id, region_id=case.region_id, at=at)
    parcel = parcels.get_parcel(case.id, region_id=case.region_id, lock=True)
    deliveries.place_at(parcel, product_id=pickup.product_id, site_id=pickup.site_id, old_card=str(pickup.old_card))
    deliveries.move(parcel, ParcelAct.READY, actor_id=actor.id, at=at)
    notify.tell("delivery_waiting", case=case, at=at, courier=parcel.courier)
