"""Lines of text as pieces on a straightened page: what stands in one row, right of and below what.

A page photographed askew or held bent has rows that climb or fall. Every line tells its own tilt; a plane through
these tilts says how the page runs at each place, and along it every piece gets the height `mid` of its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adminduk.catalogue.papers.types import Box, TextLine

_CENTRE = 0.5
_ROW = 0.55  # of the letters' height: how far two pieces of one row may be apart
_MIN_FOR_PLANE = 8
_WIDE = 3.0  # times its height: shorter lines have no tilt worth counting


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of text, or a part of one, with its place on the straightened page (fractions)."""

    text: str
    confidence: float
    weakest: float
    box: Box
    left: float
    right: float
    mid: float
    height: float
    doubtful: tuple[int, ...] = ()
    """Places in the text of characters that were not read surely."""

    @property
    def letter(self) -> float:
        """Mean width of a letter."""
        return (self.right - self.left) / max(len(self.text), 1)

    def part(self, begin: int, end: int) -> Piece:
        """The piece's text from `begin` to `end`, with about the place of these letters."""
        text = self.text[begin:end]
        stripped = text.strip()
        begin += len(text) - len(text.lstrip())
        end = begin + len(stripped)
        return Piece(
            stripped,
            self.confidence,
            self.weakest,
            self.box,
            self.left + begin * self.letter,
            self.left + end * self.letter,
            self.mid,
            self.height,
            tuple(place - begin for place in self.doubtful if begin <= place < end),
        )


def pieces_of(lines: Sequence[TextLine]) -> tuple[Piece, ...]:
    """All lines that hold text, straightened, in reading order."""
    run = _Run(lines)
    pieces = (_piece(line, run) for line in lines if line.text.strip())
    return in_reading_order(pieces)


def _piece(line: TextLine, run: _Run) -> Piece:
    place = line.upright
    slack = abs(line.tilt) * (place.right - place.left)
    full = max(place.bottom - place.top, 1e-4)
    text, doubtful = _single_spaced(line)
    return Piece(
        text,
        line.confidence,
        min(line.weakest, line.confidence),
        line.box,
        place.left,
        place.right,
        run.straightened((place.left + place.right) / 2, (place.top + place.bottom) / 2),
        max(full - slack, full * 0.3),
        doubtful,
    )


def _single_spaced(line: TextLine) -> tuple[str, tuple[int, ...]]:
    """The text without spaces that say nothing, and the doubtful places in it."""
    words = [(word.group(), word.start()) for word in re.finditer(r"\S+", line.text)]
    places, begin = [], 0
    for word, start in words:
        places += [begin + place - start for place in line.doubtful if start <= place < start + len(word)]
        begin += len(word) + 1
    return " ".join(word for word, _ in words), tuple(places)


class _Run:
    """How rows run over the page: tilt = a + b * (x - 0.5) + c * (y - 0.5), fitted to the lines' own tilts."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        points = [_point(line) for line in lines if _is_wide(line)]
        self._plane = _fitted(points)

    def straightened(self, x: float, y: float) -> float:
        """The height at which the row through (x, y) crosses the middle of the page."""
        a, b, c = self._plane
        dx = x - _CENTRE
        return y - (a + c * (y - _CENTRE)) * dx - b * dx * dx / 2


def _point(line: TextLine) -> tuple[float, float, float, float]:
    place = line.upright
    x, y = (place.left + place.right) / 2 - _CENTRE, (place.top + place.bottom) / 2 - _CENTRE
    return x, y, line.tilt, place.right - place.left


def _is_wide(line: TextLine) -> bool:
    place = line.upright
    return len(line.text) >= 5 and place.right - place.left > _WIDE * line.height


def _fitted(points: list[tuple[float, float, float, float]]) -> tuple[float, float, float]:
    """Least squares, twice: the second time without the lines that lie far off."""
    if not points:
        return 0.0, 0.0, 0.0
    middle = _weighted_median(points)
    if len(points) < _MIN_FOR_PLANE:
        return middle, 0.0, 0.0
    spread = sorted(abs(tilt - middle) for _, _, tilt, _ in points)[len(points) // 2]
    near = [point for point in points if abs(point[2] - middle) <= 4 * spread + 0.01]
    plane = _least_squares(near)
    rest = sorted(abs(_residual(point, plane)) for point in near)[len(near) // 2]
    near = [point for point in near if abs(_residual(point, plane)) <= 3 * rest + 0.004]
    return _least_squares(near)


def _residual(point: tuple[float, float, float, float], plane: tuple[float, float, float]) -> float:
    x, y, tilt, _ = point
    a, b, c = plane
    return tilt - (a + b * x + c * y)


def _weighted_median(points: list[tuple[float, float, float, float]]) -> float:
    half = sum(weight for *_, weight in points) / 2
    for _, _, tilt, weight in sorted(points, key=lambda point: point[2]):
        half -= weight
        if half <= 0:
            return tilt
    return 0.0


def _least_squares(points: list[tuple[float, float, float, float]]) -> tuple[float, float, float]:
    """Normal equations with a little damping, so that few lines or lines in one column bend nothing."""
    size = sum(weight for *_, weight in points) or 1.0
    rows = [[0.0] * 4 for _ in range(3)]
    for x, y, tilt, weight in points:
        terms = (1.0, x, y)
        for i in range(3):
            for j in range(3):
                rows[i][j] += weight / size * terms[i] * terms[j]
            rows[i][3] += weight / size * terms[i] * tilt
    rows[1][1] += 0.002
    rows[2][2] += 0.002
    return _solved(rows)


def _solved(rows: list[list[float]]) -> tuple[float, float, float]:
    """Three equations by elimination; the damping keeps every pivot off zero."""
    for i in range(3):
        pivot = rows[i][i] or 1e-9
        rows[i] = [value / pivot for value in rows[i]]
        for j in range(3):
            if j != i:
                factor = rows[j][i]
                rows[j] = [one - factor * other for one, other in zip(rows[j], rows[i], strict=True)]
    return rows[0][3], rows[1][3], rows[2][3]


def is_same_row(one: Piece, other: Piece) -> bool:
    """Whether the two stand beside each other."""
    return abs(one.mid - other.mid) <= _ROW * (one.height + other.height) / 2


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces by row, rows from the top, each from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: each.mid):
        if rows and is_same_row(_middle(rows[-1]), piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _middle(row: list[Piece]) -> Piece:
    return row[len(row) // 2]


def in_reading_order(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Row by row from the top, each from the left."""
    return tuple(piece for row in rows_of(pieces) for piece in row)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all; raises ValueError for none."""
    every = list(boxes)
    return Box(
        min(box.left for box in every), min(box.top for box in every),
        max(box.right for box in every), max(box.bottom for box in every),
    )  # fmt: skip
