"""What crosses the module's edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from adminduk.modules.visits.states import State


@dataclass(frozen=True, slots=True, repr=False)
class VisitRequest:
    """Somebody, or a school or prison, to be visited. `place` is opened: address, village, district, note, contact."""

    id: UUID
    region_id: int
    owner_id: UUID | None
    product_id: UUID | None
    application_id: UUID | None
    kind: str
    asked_by: str
    place: Mapping[str, str]
    expected: int
    state: State
    trip_id: UUID | None
    position: int | None
    day: date | None
    result: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Trip:
    """A day of a team outside."""

    id: UUID
    region_id: int
    day: date
    departs: time
    title: str
    team: str
    is_closed: bool
    made_at: datetime
