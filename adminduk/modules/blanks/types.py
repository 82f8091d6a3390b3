"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Place(StrEnum):
    """Where a blank card is: the accounts of the ledger."""

    STOCK = "stock"
    MOVING = "moving"  # on its way to another site
    PRINTER = "printer"  # given to a print job
    PRINTED = "printed"
    SPOILED = "spoiled"  # one person has said so; waits for a second one
    DESTROYED = "destroyed"
    MISSING = "missing"  # a count did not find it


class Kind(StrEnum):
    """What happened. All but COUNTED move cards from one place to another."""

    DELIVERED = "delivered"
    SENT = "sent"
    RECEIVED = "received"
    LOADED = "loaded"
    UNLOADED = "unloaded"
    PRINTED = "printed"
    SPOILED = "spoiled"
    DESTROYED = "destroyed"
    MISSING = "missing"
    FOUND = "found"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who writes an entry, when, and on which day of the office's calendar."""

    actor_kind: str
    actor_id: UUID
    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Cards:
    """A range of serial numbers, both ends included."""

    first: int
    last: int

    @property
    def quantity(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Because:
    """Why: a coded reason, words where the code does not say all, and the number of a paper."""

    reason: str = ""
    words: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """How many cards of a site are where, as the database has added the entries up."""

    site_id: UUID
    stock: int = 0
    moving: int = 0
    printer: int = 0
    printed: int = 0
    spoiled: int = 0
    destroyed: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry as lists show it."""

    id: UUID
    site_id: UUID
    kind: Kind
    first: int | None
    last: int | None
    quantity: int
    reason: str
    words: str
    document: str
    counted: int | None
    expected: int | None
    day: date
    at: datetime
    actor_id: UUID
    job_id: UUID | None


@dataclass(frozen=True, slots=True)
class SpoiledCard:
    """A spoiled card that waits for the second person."""

    serial: int
    reason: str
    at: datetime
    reported_by: UUID


@dataclass(frozen=True, slots=True)
class OldCardView:
    """A withdrawn old card that waits for its destruction."""

    id: UUID
    at: datetime
    taken_in_by: UUID


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of a day's reconciliation: opening + came - used - spoiled - left = closing.

    For a site `opening` and `closing` count its stock; for a printer what lies in it.
    """

    site_id: UUID
    printer_id: UUID | None
    opening: int
    came: int
    used: int
    spoiled: int
    left: int
    closing: int
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class DayUse:
    """How many cards were used on a day."""

    day: date
    used: int


@dataclass(frozen=True, slots=True)
class Use:
    """A site's use by day, for charts and expectations; days without any stand in it as 0."""

    site_id: UUID
    days: tuple[DayUse, ...] = field(default=())
