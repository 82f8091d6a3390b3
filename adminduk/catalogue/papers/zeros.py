"""Zeros with a dot or a stroke, which are read as 8: put right where structure says so.

On a page with such zeros some dates and numbers come out impossible: month 84, year 2822, an unknown region, a birth
date that is not the one beside it. One such sign is enough to take every doubtful 8 for a 0. A region that does not
exist and differs in one digit from that of the other numbers is theirs. Where small print makes a 6 or a 9 of such a
zero, it is put right as well if it was not read surely. What is put right here never becomes certain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Final

from rapidfuzz.distance import Hamming

from adminduk.catalogue.papers.dates import date_in
from adminduk.catalogue.papers.layout import Piece, is_same_row
from adminduk.catalogue.papers.numbers import is_possible_no_kk, nik_of, runs_in
from adminduk.catalogue.papers.regions import Regions

_PREFIX, _SERIAL = 6, 12  # where the birth date begins, and where it ends
_DATE: Final = re.compile(r"(?<![0-9])[0-9]{2}([-/.])[0-9]{2}\1[0-9]{4}(?![0-9])")
_MOST_ZEROS: Final = 4
_ALSO: Final = frozenset("69")  # at small sizes; only where they were not read surely
_PUT_RIGHT: Final = 0.5  # confidence of what was not read but concluded
_GROUP: Final = re.compile(r"[0-9]{2,}")


def settle_zeros(pieces: Sequence[Piece], regions: Regions) -> tuple[Piece, ...]:
    """The pieces with every 8 that must be a 0 put right."""
    prefix = _common_prefix(pieces, regions)
    settled = [_settled(piece, prefix, regions) for piece in pieces]
    settled = [_agreeing(piece, settled) for piece in settled]
    if all(new is old for new, old in zip(settled, pieces, strict=True)):
        return tuple(pieces)
    return tuple(_without_doubt(piece, regions) if piece.doubtful else piece for piece in settled)


def _common_prefix(pieces: Iterable[Piece], regions: Regions) -> str:
    """The region in which most of the page's numbers were given; "" when no known one stands out."""
    prefixes = Counter(run.digits[:_PREFIX] for piece in pieces for run in runs_in(piece.text))
    return next((prefix for prefix, _ in prefixes.most_common() if regions.knows_prefix(prefix)), "")


def _settled(piece: Piece, prefix: str, regions: Regions) -> Piece:
    if "8" not in piece.text and not piece.doubtful:
        return piece
    text = piece.text
    for run in runs_in(text):
        if run.is_literal and run.end - run.begin == len(run.digits):
            settled = _settled_run(run.digits, prefix, regions, also=_doubtful(piece, run.begin, run.end))
            text = text[: run.begin] + settled + text[run.end :]
    for found in _DATE.finditer(text):
        if date_in(found.group()) is None:
            better = _fewest_changes(found.group(), range(10), lambda day: date_in(day) is not None)
            text = text[: found.start()] + better + text[found.end() :]
    return piece if text == piece.text else _put_right(piece, text)


def _agreeing(piece: Piece, pieces: Sequence[Piece]) -> Piece:
    """A NIK whose birth date would be the one in its row if some 8 were a 0."""
    run = next((run for run in runs_in(piece.text) if run.is_literal and nik_of(run.digits)), None)
    if run is None or run.end - run.begin != len(run.digits):
        return piece
    row = (date_in(other.text) for other in pieces if other is not piece and is_same_row(piece, other))
    days = [found[0] for found in row if found]
    if not days or any(_is_born(run.digits, day) for day in days):
        return piece
    better = _fewest_changes(
        run.digits,
        range(_PREFIX, _SERIAL),
        lambda number: any(_is_born(number, day) for day in days),
        also=_doubtful(piece, run.begin, run.end),
    )
    return piece if better == run.digits else _put_right(piece, piece.text.replace(run.digits, better))


def _is_born(digits: str, day: date) -> bool:
    nik = nik_of(digits)
    return nik is not None and nik.agrees_with_birth_date(day)


def _doubtful(piece: Piece, begin: int, end: int) -> frozenset[int]:
    """Places within a run of what was read unsurely as a digit that a zero with a stroke resembles as well."""
    return frozenset(at - begin for at in piece.doubtful if begin <= at < end and piece.text[at] in _ALSO)


def _settled_run(digits: str, prefix: str, regions: Regions, *, also: frozenset[int]) -> str:
    if prefix and digits[:_PREFIX] != prefix and _is_like(digits[:_PREFIX], prefix):
        digits = prefix + digits[_PREFIX:]
    if not regions.knows_prefix(digits):
        digits = _fewest_changes(digits, range(_PREFIX), regions.knows_prefix, also=also)
    if not regions.knows_prefix(digits) and prefix and Hamming.distance(digits[:_PREFIX], prefix) == 1:
        digits = prefix + digits[_PREFIX:]
    if nik_of(digits) is None and not is_possible_no_kk(digits):
        digits = _fewest_changes(digits, range(_PREFIX, _SERIAL), lambda number: nik_of(number) is not None, also=also)
    return digits


def _is_like(digits: str, other: str) -> bool:
    """Whether only an 8 stands where the other has a 0."""
    return all(one == two or (one, two) == ("8", "0") for one, two in zip(digits, other, strict=True))


def _fewest_changes(
    text: str, places: Iterable[int], holds: Callable[[str], bool], *, also: frozenset[int] = frozenset()
) -> str:
    """The text with as few 8 (or what stands at `also`) as needed made 0 at `places`.

    As it is when nothing or more than one way helps.
    """
    chosen_from = [at for at in places if at < len(text) and (text[at] == "8" or at in also)][:_MOST_ZEROS]
    for count in range(1, len(chosen_from) + 1):
        ways = [way for chosen in combinations(chosen_from, count) if holds(way := _with_zeros(text, chosen))]
        if ways:
            return ways[0] if len(ways) == 1 else text
    return text


def _with_zeros(text: str, places: Iterable[int]) -> str:
    chars = list(text)
    for place in places:
        chars[place] = "0"
    return "".join(chars)


def _without_doubt(piece: Piece, regions: Regions) -> Piece:
    """Doubtful 8s among digits become 0, unless a number that was possible would not be so any more."""
    inside = {place for found in _GROUP.finditer(piece.text) for place in range(found.start(), found.end())}
    text = _with_zeros(piece.text, (p for p in piece.doubtful if p in inside and piece.text[p] == "8"))
    if text == piece.text or _possible(text, regions) < _possible(piece.text, regions):
        return piece
    return _put_right(piece, text)


def _put_right(piece: Piece, text: str) -> Piece:
    return replace(piece, text=text, weakest=min(piece.weakest, _PUT_RIGHT))


def _possible(text: str, regions: Regions) -> int:
    numbers = [run.digits for run in runs_in(text)]
    return (date_in(text) is not None) + sum(
        regions.knows_prefix(number) and (nik_of(number) is not None or is_possible_no_kk(number)) for number in numbers
    )
