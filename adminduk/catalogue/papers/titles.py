"""The kind of a document by its titles: lines that say "KARTU KELUARGA" and hardly more.

A police letter about a lost Kartu Keluarga says these words too, but within a sentence or behind a label. So a title
must be the line, and what supports it (labels of the form, the issuing office) counts less than a title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from adminduk.catalogue.papers.layout import Piece, is_same_row, rows_of
from adminduk.catalogue.papers.letters import letters
from adminduk.catalogue.papers.schema import Paper

OTHER: Final = "other"
_TITLE: Final = 40.0
_MARKS_AT_MOST: Final = 55.0
_AGAINST: Final = 30.0
_ENOUGH: Final = 24.0
_LIKE: Final = 80.0
_LIKE_SHORT: Final = 88.0
_LIKE_PART: Final = 88.0
_SHORT: Final = 8
_CUT: Final = 0.85  # a title of which a part is missing counts less
_LOWER_HALF: Final = 0.6
_NOT_ALONE: Final = 0.35
_LEGIBLE, _BLOTTED = 0.75, 0.5  # what was hardly read is like many titles
_BELOW_HEADING: Final = 0.7  # a page's heading comes first; what follows may be a list of papers


@dataclass(frozen=True, slots=True)
class Kind:
    """What a page seems to be, and how far ahead of the next kind (0.5 to 1); half of that where no title says it."""

    id: str
    confidence: float


class Titles:
    """The words of all papers, made once."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._titles: dict[str, list[str]] = {}
        self._marks: dict[str, list[tuple[str, float]]] = {}
        self._anywhere: list[tuple[str, str, float]] = []
        self._against: dict[str, list[str]] = {}
        self._titles_against: dict[str, list[str]] = {}
        for paper in papers:
            for title in paper.titles:
                self._titles.setdefault(letters(title), []).append(paper.id)
            for against in paper.against:
                self._titles_against.setdefault(letters(against), []).append(paper.id)
            for mark in paper.marks:
                if mark.anywhere:
                    self._anywhere.append((letters(mark.text), paper.id, float(mark.weight)))
                else:
                    self._marks.setdefault(letters(mark.text), []).append((paper.id, float(mark.weight)))

    def kind_of(self, pieces: Sequence[Piece]) -> Kind:
        """The best kind; OTHER when nothing on the page speaks for one."""
        titles: dict[str, float] = {}
        heading = ""
        for plain, factor in _title_lines(pieces):
            found = self._count_title(plain, factor if heading in ("", plain) else factor * _BELOW_HEADING, titles)
            heading = heading or (plain if found and factor == 1.0 else "")
        scores = dict(titles)
        for paper, weight in self._counted_marks(pieces).items():
            scores[paper] = scores.get(paper, 0.0) + min(weight, _MARKS_AT_MOST)
        for paper, count in self._counted_against(pieces).items():
            scores[paper] = scores.get(paper, 0.0) - _AGAINST * count
        ranked = sorted(((score, paper) for paper, score in scores.items()), reverse=True)
        if not ranked or ranked[0][0] < _ENOUGH:
            return Kind(OTHER, 0.5)
        (best, paper), second = ranked[0], max(ranked[1][0], 0.0) if len(ranked) > 1 else 0.0
        return Kind(paper, round(best / (best + second) * (1 if titles.get(paper, 0.0) >= _ENOUGH else 0.5), 3))

    def _count_title(self, plain: str, factor: float, scores: dict[str, float]) -> bool:
        """The line speaks for the papers whose title it is most like, not for those it is a little like."""
        likeness, title = self._nearest_title(plain)
        for paper in self._titles.get(title, ()):
            scores[paper] = max(scores.get(paper, 0.0), _TITLE * factor * likeness / 100)
        return bool(title)

    def _nearest_title(self, plain: str) -> tuple[float, str]:
        """A whole title first; then one with words before or behind; then one of which a part is cut off."""
        best = process.extractOne(plain, self._titles.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)
        if best and best[1] >= (_LIKE if len(best[0]) >= _SHORT else _LIKE_SHORT):
            return best[1], best[0]
        if len(plain) < _SHORT:
            return 0.0, ""
        near = [title for title in self._titles if len(plain) / 1.8 <= len(title) <= len(plain) / 0.6]
        part = process.extractOne(plain, near, scorer=fuzz.partial_ratio, score_cutoff=_LIKE_PART)
        return (part[1] * _CUT, part[0]) if part and len(part[0]) >= _SHORT else (0.0, "")

    def _counted_marks(self, pieces: Sequence[Piece]) -> dict[str, float]:
        """Each mark counts once, however often it stands there."""
        seen: set[tuple[str, str]] = set()
        scores: dict[str, float] = {}
        for piece in pieces:
            plain = letters(piece.text)
            for mark, paper, weight in self._marks_in(plain):
                if (mark, paper) not in seen:
                    seen.add((mark, paper))
                    scores[paper] = scores.get(paper, 0.0) + weight
        return scores

    def _marks_in(self, plain: str) -> Iterable[tuple[str, str, float]]:
        if len(plain) < 3:
            return
        for mark, papers in self._marks.items():
            if (mark[0] == plain[0] or mark[1] == plain[1]) and _begins_with(plain, mark):
                for paper, weight in papers:
                    yield mark, paper, weight
        for mark, paper, weight in self._anywhere:
            if len(plain) >= len(mark) - 2 and fuzz.partial_ratio(mark, plain, score_cutoff=86):
                yield mark, paper, weight

    def _counted_against(self, pieces: Sequence[Piece]) -> dict[str, int]:
        counts: dict[str, int] = {}
        if not self._titles_against:
            return counts
        for plain, factor in _title_lines(pieces):
            best = process.extractOne(plain, self._titles_against.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)
            if best and factor > _NOT_ALONE:
                for paper in self._titles_against[best[0]]:
                    counts[paper] = counts.get(paper, 0) + 1
        return counts


def _begins_with(plain: str, mark: str) -> bool:
    if plain.startswith(mark):
        return True
    if len(mark) < 6 or len(plain) < len(mark) - 1:
        return False
    return bool(fuzz.ratio(plain[: len(mark)], mark, score_cutoff=_LIKE))


def _title_lines(pieces: Sequence[Piece]) -> Iterable[tuple[str, float]]:
    """Lines that may be titles, as letters, with how much they count: what stands alone in the upper half counts whole.

    A title that was read as two pieces is tried as one too.
    """
    for row in rows_of(pieces):
        for piece in row:
            plain = letters(piece.text)
            if len(plain) >= 4:
                yield plain, _factor(piece, row)
        if 2 <= len(row) <= 4:
            joined = letters("".join(piece.text for piece in row))
            if len(joined) <= 60:
                yield joined, _factor(row[0], row[:1])


def _factor(piece: Piece, row: Sequence[Piece]) -> float:
    factor = (1.0 if piece.mid <= 0.5 else _LOWER_HALF) * (_BLOTTED if piece.confidence < _LEGIBLE else 1.0)
    begins = piece.text.lstrip()[:1]
    has_left = any(other is not piece and is_same_row(other, piece) and _is_left(other, piece) for other in row)
    return factor * (_NOT_ALONE if has_left or begins in ":-•*" or begins.isdigit() else 1.0)


def _is_left(other: Piece, piece: Piece) -> bool:
    gap = piece.left - other.right
    return len(letters(other.text)) >= 3 and -2 * piece.letter <= gap <= 12 * piece.letter
