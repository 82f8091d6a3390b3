"""Takes dotted lines to write on off a page: to the networks their dots are letters' feet, full stops or nothing.

A dotted line is what no text is: many small marks of one kind, at one distance, along one straight line. The colons of
a form stand under each other like that too, but in pairs: never do several dots follow each other at one distance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from adminduk.gateways.reader.text_area import Pixels

_AROUND, _DARKER = 21, 18  # pixels, and steps of 255: a mark is so much darker than its surroundings
_DOT: Final = (2, 7)  # pixels, the least and the largest side of a dot
_REACH: Final = 13  # pixels of half the size: so far from one dot to the next, with a letter's foot between
_LEAST: Final = 10  # dots
_PITCH: Final = (3.0, 14.0)  # pixels from dot to dot
_SHORTEST: Final = 35  # pixels of half the size
_OFF: Final = 1.5  # pixels from the line
_ON_LINE, _AT_PITCH, _FILLED = 0.8, 0.7, 0.4  # shares of the dots, and of the places where a dot could stand
_ROUGH: Final = 0.22  # of a pitch
_UNBROKEN: Final = 3  # steps of one pitch that follow each other somewhere; in a column of colons there is one
_LONG: Final = 30  # dots from which a line can be seen to be bent
_BAND: Final = 0.42  # of a pitch: half of what is taken away
_GAP: Final = 3  # pixels of paper between a letter's foot and the dot under it
_MOST_HIDDEN: Final = 120  # dots
_LETTER: Final = 4.0  # pitches: no letter that is written on the line is higher, hollow or not

_Points = NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Row:
    """A dotted line along x: y as a polynomial of x, from `start` to `end`."""

    bend: NDArray[Any]
    pitch: float
    start: float
    end: float


def without_dotted_lines(picture: Pixels) -> Pixels:
    """The BGR picture with dotted lines painted over by the paper around them; itself where there are none."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    ink = np.asarray(
        cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _AROUND, _DARKER), np.uint8
    )
    dots = _dots(ink)
    cleaned = picture
    for is_standing in (False, True):
        rows = _rows(dots[:, ::-1] if is_standing else dots)
        if rows and cleaned is picture:
            cleaned = picture.copy()
        for row in rows:
            seen, marks = (cleaned.swapaxes(0, 1), ink.T) if is_standing else (cleaned, ink)
            _paint_over(seen, marks, _to_its_ends(marks, row))
    return cleaned


def _dots(ink: Pixels) -> _Points:
    """Middles of all marks as small as a dot."""
    _, _, stats, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    least, largest = _DOT
    found: _Points = middles[1:][(sides.min(axis=1) >= least) & (sides.max(axis=1) <= largest)]
    return found


def _rows(dots: _Points) -> list[_Row]:
    """Dots joined to their neighbours left and right, where they make a dotted line."""
    if len(dots) < _LEAST:
        return []
    column, row = (dots[:, axis].astype(int) // 2 for axis in (0, 1))
    drawn = np.zeros((row.max() + 2, column.max() + 2), np.uint8)
    drawn[row, column] = 255
    joined = cv2.dilate(drawn, np.ones((2, _REACH), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    of = labels[row, column]
    counts = np.bincount(of, minlength=len(stats))
    is_flat = (width >= _SHORTEST) & (height <= 0.06 * width + 5) & (counts >= _LEAST)
    is_flat[0] = False
    rows = (_row(dots[of == at]) for at in np.flatnonzero(is_flat))
    return [each for each in rows if each is not None]


def _row(dots: _Points) -> _Row | None:
    dots = dots[np.argsort(dots[:, 0])]
    x, y = dots[:, 0], dots[:, 1]
    steps = np.diff(x)
    pitch = float(np.median(steps))
    if not _PITCH[0] <= pitch <= _PITCH[1]:
        return None
    bend = np.polyfit(x, y, 2 if len(dots) > _LONG else 1)
    is_on = np.abs(np.polyval(bend, x) - y) < _OFF
    at_pitch = np.abs(steps / pitch - np.round(steps / pitch)) < _ROUGH
    filled = np.count_nonzero(is_on) * pitch / (x[-1] - x[0] + pitch)
    is_next = np.abs(steps / pitch - 1) < _ROUGH
    if _run_lengths(is_next)[is_next].max(initial=0) < _UNBROKEN:
        return None
    if np.mean(is_on) < _ON_LINE or np.mean(at_pitch) < _AT_PITCH or filled < _FILLED:
        return None
    return _Row(bend, pitch, float(x[0]) - pitch, float(x[-1]) + pitch)


def _paint_over(picture: Pixels, ink: Pixels, row: _Row) -> None:
    """In place: the dots, and not the feet of letters that stand on them."""
    half = max(2.0, _BAND * row.pitch) + 0.5
    above = math.ceil(_LETTER * row.pitch)
    x = np.arange(max(0, int(row.start)), min(ink.shape[1], int(row.end) + 1))
    middle = np.polyval(row.bend, x)
    top, bottom = max(0, int(middle.min() - half) - above), int(middle.max() + half) + 7
    part, marks = picture[top:bottom, x[0] : x[-1] + 1], ink[top:bottom, x[0] : x[-1] + 1] > 0
    off = np.arange(top, top + len(part))[:, None] - middle
    is_line = np.abs(off) <= half
    _, labels = cv2.connectedComponents(marks.astype(np.uint8), connectivity=8)
    is_dot = marks & ~np.isin(labels, np.unique(labels[(np.abs(off) > half + 1) & marks]))
    where = is_line & (cv2.dilate(is_dot.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    is_clear = ~(marks & (off < -half)).any(axis=0)
    is_loose = ~(marks & (off < -half) & (off >= -half - _GAP)).any(axis=0)
    is_short = _run_lengths(np.any(marks & is_line, axis=0)) < row.pitch
    where |= is_line & (is_clear | (is_loose & is_short))
    paper = cv2.morphologyEx(np.ascontiguousarray(part), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    part[where] = paper[where]


def _run_lengths(flags: _Points) -> _Points:
    """For each place the length of the run of equal flags in which it lies."""
    begins = np.flatnonzero(np.diff(flags, prepend=~flags[:1]))
    lengths = np.diff(begins, append=len(flags))
    return np.repeat(lengths, lengths)


def _to_its_ends(ink: Pixels, row: _Row) -> _Row:
    """Onwards to both sides as long as there is ink in place of every dot: letters that stand on it hide dots."""
    start, end = (_last(ink, row, x, step) for x, step in ((row.start, -row.pitch), (row.end, row.pitch)))
    return replace(row, start=start, end=end)


def _last(ink: Pixels, row: _Row, x: float, step: float) -> float:
    high, wide = ink.shape
    for _ in range(_MOST_HIDDEN):
        at, y = round(x + step / 2), round(float(np.polyval(row.bend, x + step / 2)))
        reach = math.ceil(row.pitch / 2)
        if not (reach <= at < wide - reach and 2 <= y < high - 2):
            break
        if not ink[y - 2 : y + 3, at - reach : at + reach + 1].any():
            break
        x += step
    return x
