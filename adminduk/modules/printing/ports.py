"""What printing needs from outside: the gateway of an office's card printers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from adminduk.kernel.errors import Unavailable


class NoCancel(Unavailable):
    """This gateway knows no cancel: the card may still be printed. Its other cards are not concerned."""


class PrinterSays(StrEnum):
    """What a printer knows of a job."""

    UNKNOWN = "unknown"  # it never heard of it, or nothing was begun
    EMPTY = "empty"  # no card or ribbon in it; nothing was begun
    PRINTING = "printing"
    DONE = "done"
    JAMMED = "jammed"  # the card in it may be spoiled: somebody has to look
    CANCELLED = "cancelled"  # told to forget it before anything was begun: it will never print it


@dataclass(frozen=True, slots=True, repr=False)
class CardOrder:
    """One card to print: the blank with `serial`, with what `catalogue.outputs` has drawn."""

    job_id: UUID
    serial: int
    drawing: Mapping[str, Any]


class CardPrinter(Protocol):
    """Asked outside any transaction. The same job asked for twice is printed once."""

    def print_card(self, order: CardOrder) -> PrinterSays:
        """Ask for one card. Raises Unavailable (ask again, same id), RefusedByOutside (never)."""

    def ask(self, job_id: UUID) -> PrinterSays:
        """What became of a job. Raises Unavailable."""

    def cancel(self, job_id: UUID) -> PrinterSays:
        """Begin this job no more, not even when it is asked for later on: CANCELLED, or what had become of it.

        Raises Unavailable, NoCancel: it may still be printed.
        """

    def face(self, job_id: UUID, side: str) -> bytes:
        """What was printed, as PNG. Raises Unavailable, RefusedByOutside."""
