"""What crosses the module's edge: where a card waits, who took it, and the words in which that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID


class PickupState(StrEnum):
    """`left`: the card is not at the counter any more without having been handed over (reprint, courier, stopped)."""

    READY = "ready"
    HANDED_OVER = "handed_over"
    LEFT = "left"


class Recipient(StrEnum):
    """Who stands at the counter. An agent shows F-1.07, the power of attorney."""

    SELF = "self"
    FAMILY = "family"
    AGENT = "agent"


class IdentityPaper(StrEnum):
    """What the operator looked at. Nothing of it is copied."""

    KK = "kk"
    KTP = "ktp"
    PASSPORT = "passport"
    OTHER = "other"


class OldCard(StrEnum):
    """What became of the card before: taken in, lost as reported, or there never was one."""

    TAKEN_IN = "taken_in"
    LOST = "lost"
    NONE = "none"


class Proof(StrEnum):
    """The result at the counter. No signature and no fingerprint is kept, only how it ended."""

    SIGNED = "signed"
    FINGERPRINT = "fingerprint"
    FINGERPRINT_UNREADABLE = "fingerprint_unreadable"


class WrongPrint(StrEnum):
    """Why a card is printed anew, free of charge."""

    NAME = "name"
    DATA = "data"
    PHOTO = "photo"
    DAMAGED = "damaged"
    CHIP = "chip"


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a card was handed over. `name` and `nik` are those of who took it, if it was not the person himself."""

    recipient: Recipient
    identity: IdentityPaper
    old_card: OldCard
    proof: Proof
    name: str = ""
    nik: str = ""
    has_power_of_attorney: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(
            recipient=Recipient(kept["recipient"]),
            identity=IdentityPaper(kept["identity"]),
            old_card=OldCard(kept["old_card"]),
            proof=Proof(kept["proof"]),
            name=kept["name"],
            nik=kept["nik"],
            has_power_of_attorney=kept["has_power_of_attorney"],
        )


@dataclass(frozen=True, slots=True)
class Pickup:
    """A card at a counter. `generation` counts its codes: a new one makes the old one worthless."""

    product_id: UUID
    region_id: int
    application_id: UUID
    owner_id: UUID
    site_id: UUID
    state: PickupState
    generation: int
    old_card: OldCard
    ready_at: datetime
    reminders: int
    ended_at: datetime | None
    receipt: Receipt | None
