"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Ending = Literal["taken", "given_up"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file under way; sizes in bytes."""

    id: UUID
    region_id: int
    owner_id: UUID
    application_id: UUID
    requirement: str
    length: int
    received: int
    ended_as: str
    expires_at: datetime

    @property
    def is_whole(self) -> bool:
        return self.received == self.length


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file, where it begins, and its name in the storage."""

    id: UUID
    begins_at: int
    object_key: str
