"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Part(StrEnum):
    """The part of a day that will do; the afternoon begins at twelve."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"

    def suits(self, hour: int) -> bool:
        """Whether a time that begins in this hour will do."""
        return self is Part.ANY or (hour < 12) is (self is Part.MORNING)


@dataclass(frozen=True, slots=True)
class DrawRound:
    """A draw; see models.Round. `list_hash` and `secret` are "" until they are told."""

    id: UUID
    region_id: int
    kind: str
    state: str
    commitment: str
    list_hash: str
    secret: str
    free_at_opening: int
    asking_at_opening: int
    opened_at: datetime
    closes_at: datetime
    draws_at: datetime
    drawn_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class EnteredWish:
    """A wish; see models.Wish."""

    id: UUID
    region_id: int
    owner_id: UUID
    round_id: UUID
    application_id: UUID
    subject_index: bytes
    entry: str
    need: int
    site_ids: tuple[UUID, ...]
    part: Part
    state: str
    turn: int | None
    made_at: datetime
