"""What crosses the module's edge."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

from adminduk.kernel.errors import DomainError

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SIGNS: Final = 12  # 60 bits: whoever has not been told a number does not find one
_SEPARATORS: Final = re.compile(r"[\s.\-\u2010-\u2015]+")


class Kind(StrEnum):
    """`note`: among inspectors. `answer`: the reporter reads it."""

    NOTE = "note"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class ReportNumber:
    """What a reporter sees his report's state with. It is drawn, sayable, and kept nowhere: LAPOR-7F3K-Q92M-XT4B."""

    text: str

    @classmethod
    def new(cls) -> Self:
        return cls._of("".join(secrets.choice(_ALPHABET) for _ in range(_SIGNS)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed, in any case, with O for 0. Raises DomainError("report_number")."""
        plain = _SEPARATORS.sub("", text).upper().removeprefix("LAPOR").translate(_MISREAD)
        if len(plain) != _SIGNS or not set(plain) <= set(_ALPHABET):
            raise DomainError("report_number")
        return cls._of(plain)

    @classmethod
    def _of(cls, signs: str) -> Self:
        return cls("LAPOR-" + "-".join(signs[i : i + 4] for i in range(0, _SIGNS, 4)))

    def __repr__(self) -> str:
        return "ReportNumber(…)"


@dataclass(frozen=True, slots=True)
class Told:
    """What the reporter writes. `contact` is empty for somebody who wants to stay unknown."""

    what: str
    place: str
    when: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in the inspector's list: nothing of its content."""

    id: UUID
    region_id: int
    received_at: datetime
    read_at: datetime | None
    closed_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class ReportStep:
    """A note or an answer, opened."""

    kind: Kind
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A report as the inspector reads it."""

    row: ReportRow
    told: Told
    steps: tuple[ReportStep, ...]


@dataclass(frozen=True, slots=True)
class ReportState:
    """What the reporter sees with his number: where it is, and the answers; nothing of what he wrote."""

    id: UUID
    region_id: int
    received_at: datetime
    read_at: datetime | None
    closed_at: datetime | None
    outcome: str
    answers: tuple[ReportStep, ...]
