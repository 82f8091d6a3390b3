"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Waiting:
    """One waiting case as lists show it."""

    application_id: UUID
    region_id: int
    queued_at: datetime
    due_at: datetime
    holder_id: UUID | None
    held_until: datetime | None
    is_escalated: bool
