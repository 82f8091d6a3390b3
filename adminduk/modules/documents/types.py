"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from adminduk.catalogue.papers.types import Measures, ReadPage, ReadPaper, Verdict
from adminduk.modules.documents.origin import Origin

READ_WITHIN = timedelta(minutes=10)


class ReadingState(StrEnum):
    """NONE: nobody reads this page (reading is off, or its kind is not read). FAILED: it could not be read."""

    NONE = "none"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Said(StrEnum):
    """What an officer says: a refused picture can be read, an accepted one cannot, a value was read wrongly."""

    READABLE = "readable"
    UNREADABLE = "unreadable"
    MISREAD = "misread"


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One page of a document, without its picture.

    `cheap` is the verdict at upload, `read` that of the reading; None where there is none. See models.Page.
    """

    id: UUID
    region_id: int
    application_id: UUID
    requirement: str
    kind: str
    position: int
    width: int
    height: int
    size: int
    object_key: str
    preview_key: str
    created_at: datetime
    cheap: Verdict | None = None
    read: Verdict | None = None
    attempt: int = 1
    was_refused: bool = False
    sent_as_is_at: datetime | None = None
    reading: ReadingState = ReadingState.NONE
    read_at: datetime | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What holds now: the reading has seen more than the first look."""
        return self.read or self.cheap

    @property
    def is_refused(self) -> bool:
        """Whether the picture should be taken again, as far as is known."""
        return self.verdict is not None and not self.verdict.accepted

    @property
    def is_open(self) -> bool:
        """Refused, and its owner has not said that it is to be sent as it is."""
        return self.is_refused and self.sent_as_is_at is None

    @property
    def is_waiting(self) -> bool:
        return self.reading is ReadingState.WAITING

    def waits_too_long(self, at: datetime) -> bool:
        """Not read in time, or given up by all tries: from now on people are told that an officer reads it."""
        return self.is_waiting and at - self.created_at >= READ_WITHIN


@dataclass(frozen=True, slots=True)
class NewPage:
    """A rewritten and already stored page that is to be added."""

    id: UUID
    object_key: str
    preview_key: str
    width: int
    height: int
    size: int
    content_index: bytes
    measures: Measures | None = None
    cheap: Verdict | None = None
    is_to_be_read: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class PageToRead:
    """A page that waits to be read, and what is known of it before."""

    page: StoredPage
    measures: Measures | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read on a page: the lines, and what they were understood as (None: not understood at all)."""

    page: ReadPage
    paper: ReadPaper | None


@dataclass(frozen=True, slots=True)
class Word:
    """An officer's word about a page: `subject` "" is the picture, else a read value, `value` what is right."""

    page_id: UUID
    subject: str
    said: Said
    value: str = ""


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many of a kind were seen by an officer, and of how many he said that the machine was wrong."""

    kind: str
    subject: str
    cause: str
    seen: int
    wrong: int
