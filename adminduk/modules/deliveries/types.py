"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adminduk.modules.deliveries.states import ParcelState


@dataclass(frozen=True, slots=True)
class Parcel:
    """One card for the courier. `cost_rupiah` is what the person was told before he chose.

    `old_card`: what has to become of the card before (taken_in, lost, none); `old_card_taken`: if the courier took it.
    """

    application_id: UUID
    region_id: int
    owner_id: UUID
    product_id: UUID | None
    site_id: UUID | None
    manifest_id: UUID | None
    state: ParcelState
    courier: str
    cost_rupiah: int
    tracking: str
    attempts: int
    last_attempt_on: date | None
    old_card: str
    old_card_taken: bool | None
    chosen_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Manifest:
    """A list of parcels for one courier."""

    id: UUID
    region_id: int
    site_id: UUID
    number: str
    courier: str
    parcels: int
    made_at: datetime
    sent_at: datetime | None
