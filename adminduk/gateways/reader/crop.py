"""Cuts one line out of the full picture and lays it flat: 48 pixels high, as wide as it needs."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from adminduk.gateways.reader.detect import Found
from adminduk.gateways.reader.models import Floats
from adminduk.gateways.reader.text_area import Pixels

HEIGHT: Final = 48  # what the recognition was trained on
MAX_WIDTH: Final = 1600
MIN_WIDTH: Final = 16
_FOOT: Final = 0.2  # of the height
_ENDS: Final = 0.35
_ABOVE, _BELOW = 0.1, 0.2  # of the height; below, less of a line to write on


def turned(found: Found, *, quarter_turns: int) -> Floats:
    """The corners in the order in which the upright text has them: top left first, clockwise.

    `quarter_turns` clockwise make the page upright.
    """
    return np.roll(found.corners, quarter_turns, axis=0)


def without_foot(corners: Floats) -> Floats:
    """The same line without its lowest part, in which dots to write on stand."""
    return _narrowed(corners, above=0, below=_FOOT)


def tightened(corners: Floats) -> Floats:
    """The same line without the paper above and below: it fills its strip, and small digits are larger in it."""
    return _narrowed(corners, above=_ABOVE, below=_BELOW)


def _narrowed(corners: Floats, *, above: float, below: float) -> Floats:
    """Shares of the height taken off."""
    down = corners[[3, 2, 2, 3]] - corners[[0, 1, 1, 0]]
    return np.asarray(corners + down * np.array([[above], [above], [-below], [-below]], np.float32), np.float32)


def widened(corners: Floats) -> Floats:
    """The same line with a little more at both ends."""
    along = (corners[1] - corners[0]) / max(float(np.linalg.norm(corners[1] - corners[0])), 1.0)
    more = along * float(np.linalg.norm(corners[3] - corners[0])) * _ENDS
    return np.asarray(corners + np.stack([-more, more, more, -more]), np.float32)


def cut(picture: Pixels, corners: Floats) -> Pixels:
    """The line between four corners (top left first, clockwise) as a BGR strip of 48 pixels' height."""
    long = max(float(np.linalg.norm(corners[1] - corners[0])), float(np.linalg.norm(corners[2] - corners[3])))
    high = max(float(np.linalg.norm(corners[3] - corners[0])), float(np.linalg.norm(corners[2] - corners[1])))
    width = min(MAX_WIDTH, max(MIN_WIDTH, round(HEIGHT * long / max(high, 1.0))))
    # A bound of whole pixels around the line, so that the warp touches only its surroundings.
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int) - 2, 0)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 3
    part = picture[top:bottom, left:right]
    if part.size == 0:
        return np.zeros((HEIGHT, width, 3), np.uint8)
    source = (corners - (left, top)).astype(np.float32)
    shrink = HEIGHT / max(high, 1.0)
    if shrink < 0.6:
        part = np.asarray(cv2.resize(part, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8)
        source = source * np.float32(shrink)
    target = np.array([[0, 0], [width, 0], [width, HEIGHT]], np.float32)
    matrix = cv2.getAffineTransform(np.ascontiguousarray(source[:3]), target)
    strip = cv2.warpAffine(part, matrix, (width, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, np.uint8)
