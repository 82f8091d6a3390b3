"""What the recordings module needs from outside: somebody who tells what became of recordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from adminduk.kernel.identifiers import Nik, RegionCode


@dataclass(frozen=True, slots=True)
class Order:
    """Somebody was recorded. `reference` is ours and stays the same when telling is repeated."""

    reference: str
    nik: Nik
    region: RegionCode


@dataclass(frozen=True, slots=True)
class Heard:
    """One status, about a reference or about a NIK. `raw` is cleaned, at most 60 characters, and never empty."""

    raw: str
    reference: str = ""
    nik: Nik | None = None
    said_on: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What was heard, and the numbers of the lines (from 1) that could not be read."""

    heard: tuple[Heard, ...]
    unreadable: tuple[int, ...] = ()


class RecordingStatuses(Protocol):
    """One way to learn statuses. Called outside any transaction."""

    def report(self, order: Order) -> None:
        """Return when the other side knows that somebody was recorded; telling it again changes nothing.

        Raises Unavailable (try again with the same reference) and RefusedByOutside.
        """

    def hear(self, references: Sequence[str], given: bytes = b"") -> Listing:
        """What is known of `references`, or what `given` says: a file, or the text that an operator typed.

        Raises Unavailable, and DomainError for what is given and cannot be read: status_missing, status_file_large,
        status_file_empty, status_file_header.
        """
