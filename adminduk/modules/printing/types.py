"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum
from uuid import UUID


class Rank(IntEnum):
    """The order of a line: those moved ahead for a coded reason, first cards, everybody else; then who came first."""

    AHEAD = 0
    FIRST_CARD = 1
    OTHERS = 2


class JobState(StrEnum):
    ASKED = "asked"  # has its blank card; the printer has been told, or will be
    JAMMED = "jammed"  # the printer stopped in the middle: somebody has to look
    PRINTED = "printed"  # waits for the check
    PASSED = "passed"
    SPOILED = "spoiled"  # a new job with a new card follows
    CANCELLED = "cancelled"  # its card is back in the stock
    REPLACED = "replaced"  # was found wrong after it had passed


LIVE = (JobState.ASKED, JobState.JAMMED, JobState.PRINTED, JobState.PASSED)  # at most one of a product


class AlarmKind(StrEnum):
    NO_CASE = "no_case"  # printed without an approved application
    OUTSIDE_HOURS = "outside_hours"
    OUT_OF_ORDER = "out_of_order"
    GIVEN_UP = "given_up"  # printed after all, though its blank had been written off


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody's card in a line."""

    product_id: UUID
    region_id: int
    application_id: UUID
    owner_id: UUID
    site_id: UUID
    step_id: str
    rank: Rank
    queued_at: datetime
    job_id: UUID | None
    stopped_reason: str
    promised_on: date | None
    shortage_id: UUID | None


@dataclass(frozen=True, slots=True)
class PrinterView:
    """A printer of a site."""

    id: UUID
    site_id: UUID
    name: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class JobView:
    """One card to print, or printed."""

    id: UUID
    region_id: int
    product_id: UUID
    application_id: UUID
    batch_id: UUID
    site_id: UUID
    printer_id: UUID
    serial: int
    state: JobState
    is_sent: bool
    asked_at: datetime
    printed_at: datetime | None
    ended_at: datetime | None
    outcome: str
    given_up_at: datetime | None
    cancel_answer: str

    @property
    def may_come(self) -> bool:
        """Given up, and its printer has not said yet whether it will be printed after all."""
        return self.given_up_at is not None and not self.cancel_answer


@dataclass(frozen=True, slots=True)
class Line:
    """How many wait in a site's line by rank, and since when the first of them."""

    site_id: UUID
    rank: Rank
    waiting: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class ShortageView:
    """A site without blank cards while people wait."""

    id: UUID
    site_id: UUID
    began_at: datetime
    expected_on: date | None

    def as_of(self, today: date) -> ShortageView:
        """What may be said of it today: a day of the delivery that has passed is expected no more."""
        is_past = self.expected_on is not None and self.expected_on < today
        return replace(self, expected_on=None) if is_past else self


@dataclass(frozen=True, slots=True)
class AlarmView:
    """Something that the head of office has to look at."""

    id: UUID
    site_id: UUID
    kind: AlarmKind
    serial: int
    at: datetime
    job_id: UUID


@dataclass(frozen=True, slots=True)
class Exceptions:
    """How many people were moved ahead for a coded reason."""

    reason: str
    count: int
