"""Finds the lines of text: the detection model on a small copy, then a rotated rectangle around each blot it marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from adminduk.gateways.reader.models import Floats
from adminduk.gateways.reader.text_area import Area, Pixels, find_area

SIDE: Final = 960  # longest side of the copy that is searched
_STEP: Final = 32  # the network halves its input five times
_MARKED: Final = 0.3  # probability from which a pixel belongs to text
_BELIEVED: Final = 0.5  # mean probability from which a blot is a line
_LONG, _LONG_BELIEVED = 5.0, 0.42  # noise is never so long; dotted lines to write on thin the network's answer out
_GROWTH: Final = 1.6  # the network marks the core of a line only; how far to grow it back (PaddleOCR's unclip ratio)
_MIN_SIDE: Final = 3.0
_MAX_LINES: Final = 600
# What is typed on dotted lines to write on is marked faintly or in bits. Tried for as lines of their own.
_FAINT: Final = 0.05
_FAINT_BELIEVED: Final = 0.12  # mean; worn print has 0.15 and more
_FAINT_GAP: Final = 15  # pixels of the small copy between two bits of one line
_FAINT_HEIGHT, _FAINT_LONG = (
    4.0,
    40.0,
)  # pixels of the small copy; mere dots are flatter, single letters are not worth it
_MAX_FAINT: Final = 12
# What is looked at again from nearer.
_SOME: Final = 6  # lines
_SMALL_PRINT: Final = 14.5  # pixels of height of a line on the small copy; a table's rows run together below 14
_NEARER: Final = 0.66  # share of the picture: where the lines take more, a little gain is not worth a second search
_MUCH: Final = 1.15  # times larger
_MORE: Final = 1.2  # than just large enough
_NEARER_SIDE: Final = 1280  # longest side of the part as it is searched then
_MARGIN_LINES: Final = 3.0  # heights of a line


@dataclass(frozen=True, slots=True)
class Found:
    """One line of text on the full picture: four corners in pixels, clockwise from the top left as stored."""

    corners: Floats
    width: float
    height: float
    score: float
    is_faint: bool = False
    """Hardly marked: a line only if it can be read."""

    @property
    def is_standing(self) -> bool:
        """Taller than wide: the text runs up or down, unless it is a letter or two."""
        return self.height > 1.5 * self.width


def find_lines(picture: Pixels, model: Callable[[Floats], Floats], *, side: int = SIDE) -> list[Found]:
    """All lines of a BGR picture, from top to bottom, faint ones last.

    Small print that takes little of the picture is looked at again from nearer.
    """
    lines = _search(picture, model, side)
    look = _nearer_look(picture, lines, side)
    if look is None:
        return lines
    (left, top, right, bottom), nearer_side = look
    nearer = _search(np.ascontiguousarray(picture[top:bottom, left:right]), model, nearer_side)
    return [replace(line, corners=line.corners + np.array((left, top), np.float32)) for line in nearer]


def _nearer_look(picture: Pixels, lines: list[Found], side: int) -> tuple[Area, int] | None:
    """The part that holds all lines, and how large to search it, where the searched copy showed them too small."""
    heights = [min(line.width, line.height) for line in lines if not line.is_faint]
    shrunk = side / max(picture.shape)
    if shrunk >= 1 or len(heights) < _SOME:
        return None
    gain = _SMALL_PRINT / (float(np.median(heights)) * shrunk)
    if gain < 1:
        return None
    corners = np.concatenate([line.corners for line in lines if not line.is_faint])
    margin = _MARGIN_LINES * float(np.median(heights))
    left, top = np.maximum(corners.min(axis=0) - margin, 0).astype(int).tolist()
    right, bottom = np.minimum(corners.max(axis=0) + margin, picture.shape[1::-1]).astype(int).tolist()
    largest = max(right - left, bottom - top)
    if gain < _MUCH and largest > _NEARER * max(picture.shape):
        return None
    return (left, top, right, bottom), min(_NEARER_SIDE, largest, round(_MORE * gain * shrunk * largest))


def _search(picture: Pixels, model: Callable[[Floats], Floats], side: int) -> list[Found]:
    small = _shrink(picture, side)
    left, top, right, bottom = find_area(small, step=_STEP)
    part = small[top:bottom, left:right].astype(np.float32)
    part *= 2 / 255
    part -= 1
    chances = model(np.ascontiguousarray(part.transpose(2, 0, 1)[None]))[0, 0]
    scale = (picture.shape[1] / small.shape[1], picture.shape[0] / small.shape[0])
    place = _Place(np.array((left, top), np.float32), np.array(scale, np.float32))
    found = _rectangles(chances, place)
    faint = _faint_rectangles(chances, found, place)
    return [*sorted(found, key=lambda line: float(line.corners[:, 1].mean())), *faint]


def _shrink(picture: Pixels, side: int) -> Pixels:
    height, width = picture.shape[:2]
    ratio = min(1.0, side / max(height, width))
    size = tuple(max(_STEP, round(length * ratio / _STEP) * _STEP) for length in (width, height))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the searched part begins on the small copy, and how much larger the full picture is."""

    start: Floats
    scale: Floats

    def line(self, rectangle: cv2.typing.RotatedRect, *, score: float, is_faint: bool = False) -> Found:
        """The rectangle of the network's marks, grown to hold the letters whole, on the full picture."""
        (center, (width, height), angle) = rectangle
        growth = width * height * _GROWTH / (width + height)  # twice area · ratio / perimeter, for both sides
        grown = cv2.boxPoints((center, (width + growth, height + growth), angle)).astype(np.float32)
        corners = _from_top_left((grown + self.start) * self.scale)
        return Found(
            corners,
            width=float(np.linalg.norm(corners[1] - corners[0])),
            height=float(np.linalg.norm(corners[3] - corners[0])),
            score=score,
            is_faint=is_faint,
        )

    def on_part(self, corners: Floats) -> Floats:
        """Corners on the full picture as they lie on the searched part."""
        return corners / self.scale - self.start


def _rectangles(chances: Floats, place: _Place) -> list[Found]:
    mask = cv2.dilate((chances > _MARKED).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours[:_MAX_LINES]:
        rectangle = cv2.minAreaRect(contour)
        width, height = rectangle[1]
        if min(width, height) < _MIN_SIDE:
            continue
        score = _mean_inside(chances, cv2.boxPoints(rectangle).astype(np.float32))
        if score < (_LONG_BELIEVED if max(width, height) > _LONG * min(width, height) else _BELIEVED):
            continue
        found.append(place.line(rectangle, score=score))
    return found


def _faint_rectangles(chances: Floats, found: list[Found], place: _Place) -> list[Found]:
    """The longest of what is faintly marked beside the lines that were found, along their direction."""
    rest = (chances > _FAINT).astype(np.uint8)
    for line in found:
        cv2.fillConvexPoly(rest, np.round(place.on_part(line.corners)).astype(np.int32), 0)
    is_standing = sum(line.height if line.is_standing else -line.width for line in found) > 0
    along = np.ones((_FAINT_GAP, 1) if is_standing else (1, _FAINT_GAP), np.uint8)
    contours, _ = cv2.findContours(
        cv2.morphologyEx(rest, cv2.MORPH_CLOSE, along), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    faint = []
    for contour in contours:
        rectangle = cv2.minAreaRect(contour)
        long, short = max(rectangle[1]), min(rectangle[1])
        if short < _FAINT_HEIGHT or long < max(_FAINT_LONG, _LONG * short):
            continue
        score = _mean_inside(chances, cv2.boxPoints(rectangle).astype(np.float32))
        if score >= _FAINT_BELIEVED:
            faint.append(place.line(rectangle, score=score, is_faint=True))
    return sorted(faint, key=lambda line: -max(line.width, line.height))[:_MAX_FAINT]


def _mean_inside(chances: Floats, corners: Floats) -> float:
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    part = chances[top:bottom, left:right]
    if part.size == 0:
        return 0.0
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(mask, (corners - (left, top)).astype(np.int32), 1)
    return float(cv2.mean(part, mask)[0])


def _from_top_left(corners: Floats) -> Floats:
    """Clockwise (y points down), starting so that the first side is the one that runs most nearly rightwards."""
    center = corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(corners[:, 1] - center[1], corners[:, 0] - center[0]))]
    sides = np.roll(around, -1, axis=0) - around
    first = int(np.argmax(sides[:, 0] / (np.linalg.norm(sides, axis=1) + 1e-6)))
    return np.roll(around, -first, axis=0).astype(np.float32)
