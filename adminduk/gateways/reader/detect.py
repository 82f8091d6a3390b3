"""Finds the lines of text: the detection model on a small copy, then a rotated rectangle around each blot it marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from adminduk.gateways.reader.models import Floats, Model
from adminduk.gateways.reader.text_area import Pixels, find_area

SIDE: Final = 960  # longest side of the copy that is searched
_STEP: Final = 32  # the network halves its input five times
_MARKED: Final = 0.3  # probability from which a pixel belongs to text
_BELIEVED: Final = 0.5  # mean probability from which a blot is a line
_LONG, _LONG_BELIEVED = 5.0, 0.42  # noise is never so long; dotted lines to write on thin the network's answer out
_GROWTH: Final = 1.6  # the network marks the core of a line only; how far to grow it back (PaddleOCR's unclip ratio)
_MIN_SIDE: Final = 3.0
_MAX_LINES: Final = 600


@dataclass(frozen=True, slots=True)
class Found:
    """One line of text on the full picture: four corners in pixels, clockwise from the top left as stored."""

    corners: Floats
    width: float
    height: float
    score: float

    @property
    def is_standing(self) -> bool:
        """Taller than wide: the text runs up or down, unless it is a letter or two."""
        return self.height > 1.5 * self.width


def find_lines(picture: Pixels, model: Model, *, side: int = SIDE) -> list[Found]:
    """All lines of a BGR picture, from top to bottom."""
    small = _shrink(picture, side)
    left, top, right, bottom = find_area(small, step=_STEP)
    part = small[top:bottom, left:right].astype(np.float32)
    part *= 2 / 255
    part -= 1
    chances = model(np.ascontiguousarray(part.transpose(2, 0, 1)[None]))[0, 0]
    scale = (picture.shape[1] / small.shape[1], picture.shape[0] / small.shape[0])
    found = _rectangles(chances, start=np.array((left, top), np.float32), scale=np.array(scale, np.float32))
    return sorted(found, key=lambda line: float(line.corners[:, 1].mean()))


def _shrink(picture: Pixels, side: int) -> Pixels:
    height, width = picture.shape[:2]
    ratio = min(1.0, side / max(height, width))
    size = tuple(max(_STEP, round(length * ratio / _STEP) * _STEP) for length in (width, height))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _rectangles(chances: Floats, *, start: Floats, scale: Floats) -> list[Found]:
    mask = cv2.dilate((chances > _MARKED).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours[:_MAX_LINES]:
        (center, (width, height), angle) = cv2.minAreaRect(contour)
        if min(width, height) < _MIN_SIDE:
            continue
        score = _mean_inside(chances, cv2.boxPoints((center, (width, height), angle)).astype(np.float32))
        if score < (_LONG_BELIEVED if max(width, height) > _LONG * min(width, height) else _BELIEVED):
            continue
        growth = width * height * _GROWTH / (width + height)  # twice area · ratio / perimeter, for both sides
        grown = cv2.boxPoints((center, (width + growth, height + growth), angle)).astype(np.float32)
        corners = _from_top_left((grown + start) * scale)
        found.append(
            Found(
                corners,
                width=float(np.linalg.norm(corners[1] - corners[0])),
                height=float(np.linalg.norm(corners[3] - corners[0])),
                score=score,
            )
        )
    return found


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
