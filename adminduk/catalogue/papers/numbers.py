"""Runs of sixteen digits, and when one is sure enough to be shown as certain.

A reader that sees a 0 with a dot as an 8 is sure of itself and wrong. So a number is certain only when its own
structure holds and something else on the page says the same: the printed date, its double, the family's other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from adminduk.catalogue.papers.layout import Piece
from adminduk.catalogue.papers.letters import digits as as_digits
from adminduk.catalogue.papers.regions import Regions
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import LENGTH, Nik

_RUN: Final = re.compile(r"[0-9OoQDIlL|!ZzSsB]+(?:[ .\-][0-9OoQDIlL|!ZzSsB]+)*")
_TRUE_DIGITS: Final = 12  # of sixteen: with fewer, letters make up the number
_OTHER_NUMBER: Final = re.compile(r"\b(N[I1l]P|NRP|HP|TELP?|REK\w*|IDPEL|NPWP)\b\W*$", re.IGNORECASE)
_SURE: Final = 0.9
_SURE_LETTER: Final = 0.9
_SURE_EIGHT: Final = 0.97  # of a number whose serial, which nothing else confirms, holds an 8 that may be a 0


@dataclass(frozen=True, slots=True)
class Run:
    """Sixteen digits in a piece's text, from `begin` to `end`. `is_literal`: no letter was taken for a digit."""

    digits: str
    begin: int
    end: int
    is_literal: bool


def runs_in(text: str) -> Iterator[Run]:
    """Every run of exactly sixteen digits with no digit beside it; groups of digits may be parted by single spaces."""
    if sum(char.isdigit() for char in text) < _TRUE_DIGITS:
        return
    for found in _RUN.finditer(text):
        if _OTHER_NUMBER.search(text[: found.start()]):
            continue
        yield from _in_sequence(found.group(), found.start())


def _in_sequence(sequence: str, offset: int) -> Iterator[Run]:
    tokens = [(match.group(), match.start()) for match in re.finditer(r"[^ .\-]+", sequence)]
    whole = [run for token, begin in tokens if (run := _exact(token, offset + begin))]
    if whole:
        yield from whole
        return
    groups = [(token, begin) for token, begin in tokens if any(char.isdigit() for char in token)]
    joined = "".join(token for token, _ in groups)
    if len(groups) > 1 and all(len(token) >= 2 for token, _ in groups):
        last, begin = groups[-1]
        run = _exact(joined, offset + groups[0][1])
        if run:
            yield Run(run.digits, offset + groups[0][1], offset + begin + len(last), run.is_literal)


def _exact(token: str, begin: int) -> Run | None:
    """The token as sixteen digits; letters at its ends that make it longer were none of its digits."""
    first = next((i for i, char in enumerate(token) if char.isdigit()), None)
    if first is None:
        return None
    last = max(i for i, char in enumerate(token) if char.isdigit())
    for start, stop in ((0, len(token)), (first, len(token)), (0, last + 1), (first, last + 1)):
        core = token[start:stop]
        if len(core) == LENGTH and sum(char.isdigit() for char in core) >= _TRUE_DIGITS:
            return Run(as_digits(core), begin + start, begin + stop, core.isdigit())
    return None


def nik_of(digits: str) -> Nik | None:
    """The digits as a NIK, None where their structure forbids it."""
    try:
        return Nik.parse(digits)
    except DomainError:
        return None


def is_possible_no_kk(digits: str) -> bool:
    """Region, then the day on which the card was made, then a serial."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return 1 <= day <= 31 and 1 <= month <= 12 and digits[12:] != "0000" and len(set(digits)) > 1


@dataclass(frozen=True, slots=True)
class Witness:
    """What else the page says about the number's owner, as far as it is printed."""

    birth_date: date | None = None
    sex: str = ""
    doubles: int = 0
    """How often the same digits stand elsewhere on the page."""
    relatives: tuple[str, ...] = ()
    """The other sixteen-digit numbers of the page."""


def is_certain_nik(digits: str, piece: Piece, witness: Witness, regions: Regions) -> bool:
    """Structure, a region that exists, a sure reading, and a double or the printed date (and sex) that agree."""
    nik = nik_of(digits)
    if nik is None or not _is_sure(piece, digits) or not regions.knows_prefix(digits):
        return False
    if witness.birth_date is not None and not nik.agrees_with_birth_date(witness.birth_date):
        return False
    if witness.sex and nik.sex != witness.sex:
        return False
    return witness.doubles > 0 or witness.birth_date is not None


def is_certain_no_kk(digits: str, piece: Piece, witness: Witness, regions: Regions) -> bool:
    """Structure, a region that exists, a sure reading, and a double or a member's NIK of the same region."""
    if not is_possible_no_kk(digits) or piece.weakest < _SURE_EIGHT or not regions.knows_prefix(digits):
        return False
    return witness.doubles > 0 or any(other[:4] == digits[:4] for other in witness.relatives)


def _is_sure(piece: Piece, digits: str) -> bool:
    return piece.confidence >= _SURE and piece.weakest >= (_SURE_EIGHT if "8" in digits[12:] else _SURE_LETTER)


def is_plausible(digits: str, regions: Regions) -> bool:
    """Whether the sixteen digits may be a NIK or the number of a Kartu Keluarga at all."""
    return regions.knows_regency(digits) and (nik_of(digits) is not None or is_possible_no_kk(digits))
