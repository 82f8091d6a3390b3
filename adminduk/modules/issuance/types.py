"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product and where it is; see models.Product."""

    id: UUID
    region_id: int
    application_id: UUID
    owner_id: UUID
    subject_index: bytes
    service_id: str
    output: str
    state: str
    step_id: str
    step_kind: str
    entered_at: datetime
    wakes_at: datetime | None
    site_id: UUID | None
    reason: str
    created_at: datetime
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class StepHappened:
    """One event of the way. `act`: entered, done, sent_back, stopped."""

    at: datetime
    step_id: str
    step_kind: str
    act: str
    actor_kind: str
    reason: str
