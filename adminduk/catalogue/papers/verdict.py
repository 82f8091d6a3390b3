"""Will the picture do? First from measures alone, then from what was read as well.

The first verdict refuses only what is surely useless, because nobody has tried to read it yet. The second also knows
whether what must be readable was read, and then a doubtful measure refuses nothing that was read well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from adminduk.catalogue.papers.picture_suspects import is_of_no_paper, is_out_of_focus, is_too_few, place_of, suspects
from adminduk.catalogue.papers.portrait_verdict import judge_portrait
from adminduk.catalogue.papers.schema import Paper
from adminduk.catalogue.papers.titles import OTHER
from adminduk.catalogue.papers.types import Cause, Expectation, Measures, ReadPage, ReadPaper, Reason, TextLine, Verdict

PORTRAIT: Final = "portrait"

_LEGIBLE: Final = 0.8  # confidence of a line that a person would read without effort
_LEGIBLE_LINES: Final = 5
_BY_LABELS: Final = 0.6  # confidence of a kind for which no title was read whole; labels alone stand on many papers
_READ_WELL: Final = 0.92  # mean confidence of a page's lines
_REFUTES: Final = 0.95  # the same that refutes a blur or smallness: letters of four pixels were read with 0.93
_TURN, _SPREAD = 13.0, 15.0  # degrees of the lines, and between them; good pictures have 6 and 8, bad ones 16 and 25
_READ: Final = 0.6  # confidence of a value that counts as read
_GUESSED: Final = 0.3  # the same on a page of which all else is read well: handwriting is what it is
_WORD: Final = 5  # letters; shorter ones are read into patterns
_OF_LETTERS: Final = frozenset({Cause.BLURRED, Cause.DARK, Cause.BRIGHT, Cause.SMALL})  # what hides them
_OF_PARTS: Final = frozenset({Cause.CUT, Cause.GLARE})  # what takes a title away and leaves the rest legible
# Overruled where the letters were read all the same. Not so the light: an officer cannot read what a machine can.
_OVERRULED: Final = frozenset({Cause.BLURRED, Cause.SMALL})


def judge(
    measures: Measures | None,
    *,
    expected: Expectation | None,
    page: ReadPage | None = None,
    paper: ReadPaper | None = None,
    definition: Paper | None = None,
) -> Verdict:
    """The verdict on one page. `page` and `paper` are None before it is read, and for a portrait.

    `definition` is that of the expected paper and tells what must be readable. Never raises for any numbers.
    """
    if expected is not None and expected.paper == PORTRAIT:
        return _verdict(judge_portrait(measures, expected) if measures else (), measures, PORTRAIT)
    if page is None or paper is None:
        return _verdict(_suspects(measures, definition, is_sure=True), measures, "")
    causes = dict.fromkeys(_second(measures, page, paper, definition))
    return _verdict(tuple(causes), measures, paper.kind)


def _verdict(causes: tuple[Cause, ...], measures: Measures | None, kind: str) -> Verdict:
    reasons = tuple(Reason(cause, place_of(cause, measures) if measures else None) for cause in causes)
    return Verdict(accepted=not reasons, reasons=reasons, kind=kind)


def _suspects(measures: Measures | None, definition: Paper | None, *, is_sure: bool) -> tuple[Cause, ...]:
    if measures is None:
        return ()
    return suspects(measures, is_sure=is_sure, min_side=definition.min_side if definition else None)


def _second(measures: Measures | None, page: ReadPage, paper: ReadPaper, definition: Paper | None) -> Iterator[Cause]:
    """Worst first. What hides the letters explains a wrong or missing title, so it is said before that."""
    sure, doubtful = (_suspects(measures, definition, is_sure=is_sure) for is_sure in (True, False))
    by_lines = () if Cause.SMALL in sure else _of_lines(page)  # lines of a few pixels fall as they like
    found = _Found(tuple(dict.fromkeys((*sure, *by_lines))), doubtful)
    if definition is None:
        yield from found.sure if found.sure or paper.is_document else found.doubtful or (Cause.NOT_DOCUMENT,)
    elif paper.kind == definition.id:
        yield from _of_wanted(measures, page, paper, definition, found)
    elif paper.kind == OTHER:
        yield from _of_unknown(measures, page, definition, found)
    else:
        spoilt = set(found.sure) - {Cause.SMALL}  # how small is too small goes by the paper
        is_guess = paper.kind_confidence <= _BY_LABELS or _legible(page) < _LEGIBLE_LINES
        yield from found.sure if spoilt and is_guess else (Cause.WRONG_TYPE,)


def _of_lines(page: ReadPage) -> Iterator[Cause]:
    """Lines tell how the page stands where no outline does: all of them aslant, or running together."""
    if abs(page.numbers.get("turn", 0)) > _TURN or page.numbers.get("spread", 0) > _SPREAD:
        yield Cause.SKEWED


@dataclass(frozen=True, slots=True)
class _Found:
    """What is said without a word being understood."""

    sure: tuple[Cause, ...]
    doubtful: tuple[Cause, ...]


def _of_wanted(
    measures: Measures | None, page: ReadPage, paper: ReadPaper, definition: Paper, found: _Found
) -> Iterator[Cause]:
    """The wanted kind: what was read well refutes a blur, and whatever hides a value is told."""
    is_clear = _is_well_read(page)
    is_read = _is_read(paper, definition, least=_GUESSED if is_clear and not found.doubtful else _READ)
    is_refuted = is_read and _confidence(page) >= _REFUTES
    yield from (cause for cause in found.sure if cause not in _OVERRULED or not is_refuted)
    if found.sure:
        return
    if not is_read:
        is_smeared = measures is not None and is_out_of_focus(measures) and not is_clear
        yield from found.doubtful or ((Cause.BLURRED,) if is_smeared else (Cause.UNREADABLE,))
    elif not is_refuted:
        yield from (cause for cause in found.doubtful if cause in _OVERRULED)


def _of_unknown(measures: Measures | None, page: ReadPage, definition: Paper, found: _Found) -> Iterator[Cause]:
    """No known paper: hidden by something, another one, or none at all."""
    legible = _legible(page)
    if legible < _LEGIBLE_LINES and any(_runs_out(line) for line in page.lines):
        yield Cause.CUT
        return
    hidden = found.sure or tuple(cause for cause in found.doubtful if cause in _OF_LETTERS)
    if legible >= _LEGIBLE_LINES and _is_well_read(page):
        hidden = tuple(cause for cause in hidden if cause not in _OVERRULED)
    if measures is not None:
        hidden = tuple(cause for cause in hidden if not is_of_no_paper(cause, measures, found=page.found))
    if hidden and (legible < 4 * _LEGIBLE_LINES or _OF_PARTS.intersection(found.sure)):
        yield from hidden
    elif legible >= _LEGIBLE_LINES:
        yield Cause.WRONG_TYPE
    elif measures is not None and is_too_few(measures, definition.min_side):
        yield Cause.SMALL
    else:
        yield Cause.NOT_DOCUMENT


def _legible(page: ReadPage) -> int:
    return sum(line.confidence >= _LEGIBLE and len(line.text) > 2 for line in page.lines)


def _runs_out(line: TextLine) -> bool:
    """A line read well that stands at the very side of the picture: there is a page, and most of it is not seen."""
    is_at_side = min(line.box.left, line.box.top) <= 0 or max(line.box.right, line.box.bottom) >= 1
    return is_at_side and line.confidence >= _READ_WELL and len(line.text) > _WORD


def _is_well_read(page: ReadPage) -> bool:
    """Not only what must be readable: guesses at blurred words happen to hold a name as well."""
    return _confidence(page) >= _READ_WELL


def _confidence(page: ReadPage) -> float:
    """Mean of all lines; 0 without any."""
    return sum(line.confidence for line in page.lines) / max(1, len(page.lines))


def _is_read(paper: ReadPaper, definition: Paper, *, least: float) -> bool:
    """Everything without which the paper serves nothing; a later page of several carries no main number.

    `least`: confidence from which a value counts. Where all else is read well, no other picture would show it better.
    """
    needed = definition.required_fields if (paper.page_number or 1) == 1 else ()
    if any(name not in paper.fields or paper.fields[name].confidence < least for name in needed):
        return False
    columns = [column.id for column in definition.members if column.is_required]
    return not columns or any(all(name in member.fields for name in columns) for member in paper.members)
