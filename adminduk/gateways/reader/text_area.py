"""The part of a picture that can hold text at all: a table's wood and a hand around a card need no searching.

Only what is plainly empty is left out. A patterned ground looks like text here, and then the whole picture is searched.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

_EDGE: Final = 24  # change of brightness between neighbours, of 255, that print on paper makes even in bad light
_MARK: Final = (3, 140)  # the smaller side of letters, of words grown together, of a signature across them
_MARGIN: Final = 48  # pixels of the small copy
_LEAST_MARKS: Final = 12
_WORTH: Final = 0.85  # share of the picture below which a cut saves anything

Area = tuple[int, int, int, int]
Pixels = NDArray[np.uint8]


def find_area(small: Pixels, *, step: int = 32) -> Area:
    """Left, top, right and bottom of the part of a BGR picture of ≤ 960 px in which every mark lies.

    Width and height of the part are multiples of `step` where those of the picture are.
    """
    height, width = small.shape[:2]
    gray = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    change = cv2.morphologyEx(gray, cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8))
    marks = cv2.morphologyEx((change > _EDGE).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    sizes = boxes[1:count]
    low, high = _MARK
    smaller = np.minimum(sizes[:, cv2.CC_STAT_WIDTH], sizes[:, cv2.CC_STAT_HEIGHT])
    letters = sizes[(smaller >= low) & (smaller <= high) & (sizes[:, cv2.CC_STAT_AREA] >= 8)]
    if len(letters) < _LEAST_MARKS:
        return (0, 0, width, height)
    left = max(0, int(letters[:, cv2.CC_STAT_LEFT].min()) - _MARGIN)
    top = max(0, int(letters[:, cv2.CC_STAT_TOP].min()) - _MARGIN)
    right = min(width, int((letters[:, cv2.CC_STAT_LEFT] + letters[:, cv2.CC_STAT_WIDTH]).max()) + _MARGIN)
    bottom = min(height, int((letters[:, cv2.CC_STAT_TOP] + letters[:, cv2.CC_STAT_HEIGHT]).max()) + _MARGIN)
    left, right = _widened(left, right, width, step=step)
    top, bottom = _widened(top, bottom, height, step=step)
    if (right - left) * (bottom - top) > _WORTH * width * height:
        return (0, 0, width, height)
    return (left, top, right, bottom)


def _widened(start: int, end: int, full: int, *, step: int) -> tuple[int, int]:
    length = min(full, -(-(end - start) // step) * step)
    start = max(0, min(start, full - length))
    return start, start + length
