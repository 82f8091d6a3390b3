"""What crosses the module's edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from adminduk.modules.appointments.states import State


class Kind(StrEnum):
    """What people choose a time for. A card that lies ready is collected without one, with a number from the door."""

    RECORDING = "recording"


# What somebody comes for while his product is at a step of this kind.
KIND_OF_STEP: Final[Mapping[str, Kind]] = MappingProxyType({"recording": Kind.RECORDING})


class Need(StrEnum):
    """What somebody needs in order to come."""

    COMPANION = "companion"
    WHEELCHAIR = "wheelchair"
    SIGN_LANGUAGE = "sign_language"


@dataclass(frozen=True, slots=True)
class Capacity:
    """On `weekday` (0 = Monday), from `opens` to `closes` local time, `places` people every `minutes` minutes."""

    weekday: int
    opens: time
    closes: time
    minutes: int
    places: int


@dataclass(frozen=True, slots=True)
class Break:
    """No appointments from `begins` to `ends` on `weekday`."""

    weekday: int
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class ClosedSpan:
    """A place receives nobody on `day`, or from `begins` to `ends` of it."""

    id: UUID
    site_id: UUID
    day: date
    begins: time | None
    ends: time | None
    reason: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at a place, computed when it is read."""

    site_id: UUID
    kind: Kind
    day: date
    starts: time
    minutes: int
    places: int


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A slot with `free` places left; `starts_at` is aware."""

    slot: Slot
    starts_at: datetime
    free: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose appointment it is: an application of `owner_id` about the person behind `subject_index`."""

    region_id: int
    owner_id: UUID
    application_id: UUID
    subject_index: bytes


@dataclass(frozen=True, slots=True)
class Booking:
    """An appointment. It belongs to one application for ever; another time is another appointment.

    `group_id` joins those that a family holds at one time. `held_until` only while it is held.
    """

    id: UUID
    region_id: int
    owner_id: UUID
    application_id: UUID
    subject_index: bytes
    site_id: UUID
    kind: Kind
    day: date
    starts: time
    minutes: int
    place: int
    starts_at: datetime
    state: State
    held_until: datetime | None
    group_id: UUID
    needs: frozenset[Need]
    reason: str

    @property
    def slot_key(self) -> tuple[UUID, Kind, date, time]:
        return (self.site_id, self.kind, self.day, self.starts)

    @property
    def holder(self) -> Holder:
        return Holder(self.region_id, self.owner_id, self.application_id, self.subject_index)
