"""Finds what looks like printed characters, without reading them: where, how tall, how sharp, how dark.

Sharpness is the width of an edge against the height of the characters, so that it means the same for every size of
the picture and for weak and strong ink: a step of contrast A blurred by sigma has its steepest slope at
A / (sigma · √2π).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[Any]  # 0 to 255
Values = NDArray[Any]

SLOPE: Final = 2.5066  # √2π
STEP: Final = 4  # paper is looked for on a quarter of the picture
_FAINTEST: Final = 20  # of 255: weaker ink is noise of the sensor or the weave of the paper
_STRONG: Final = 0.35  # of the page's blackest ink: small print is thinner than titles
_SHORT_LABELS: Final = 60_000
_MAX_MARKS: Final = 4000
_FEW: Final = 16  # marks at least make up a page's print: a card far away has hardly more
_BARE, _BARE_SHARE = 232, 0.5  # of 255; of a neighbourhood


@dataclass(frozen=True, slots=True)
class Marks:
    """Characters (or words run together by blur), one row each; lengths in pixels, `ink` and `paper` 0 to 255.

    `sigma_x` and `sigma_y` are how far an edge is smeared each way; `ink` is how much darker than its paper
    the mark is, of 255.
    """

    x: Values
    y: Values
    height: Values
    sigma_x: Values
    sigma_y: Values
    ink: Values
    paper: Values

    def __len__(self) -> int:
        return len(self.x)

    def those(self, which: Values) -> Marks:
        """Only some of them."""
        return Marks(*(getattr(self, name)[which] for name in self.__slots__))

    def strong(self, brightest: float) -> Marks:
        """Without what is much fainter than the page's ink, or stands on something much darker than paper is.

        `brightest` (0 to 255) is the light of the brighter parts of the picture: a sheet is not far below it.
        """
        if len(self) < 2:
            return self
        kept = self.those(self.paper >= 0.5 * brightest)
        if len(kept) < _FEW:  # a spot of light, or a card that is darker than the table
            kept = self.those(self.paper >= 0.35 * brightest)
        if len(kept) == 0:
            return kept
        strength = kept.ink * kept.paper
        kept = kept.those(strength >= _STRONG * np.sort(strength)[-min(len(strength), _FEW)])
        return kept.those(kept.paper >= 0.5 * np.percentile(kept.paper, 75))


def paper_light(gray: Gray) -> Gray:
    """How bright the paper is behind every quarter-size pixel: dark marks smaller than a title are filled."""
    small = _shrunk(gray, STEP)
    size = max(5, round(max(small.shape) / 50)) | 1
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    return cv2.blur(closed, (5, 5))


def _shrunk(gray: Gray, step: int) -> Gray:
    """To a `step`th (a power of two) of its size by halves, which costs an eighth; no row that is not whole."""
    height, width = (side // step * step for side in gray.shape)
    gray = gray[:height, :width]
    while step > 1:
        gray = cv2.resize(gray, (gray.shape[1] // 2, gray.shape[0] // 2), interpolation=cv2.INTER_AREA)
        step //= 2
    return gray


def find(gray: Gray, light: Gray) -> Marks:
    """Marks on a grey picture, given `paper_light` of it."""
    share = _share_of_paper(gray, light)
    boxes = _on_bare_paper(_glyph_boxes(share), share)
    if len(boxes) == 0:
        return Marks(*[np.zeros(0, np.float32)] * 7)
    x, y = boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3] / 2
    height = _heights(boxes)
    return _measured(share, light, x=x, y=y, height=height)


def _share_of_paper(gray: Gray, light: Gray) -> Gray:
    """255 is bare paper; light and shade are gone."""
    lit = np.maximum(light, 16)
    return cv2.divide(gray, cv2.resize(lit, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR), scale=255)


def _glyph_boxes(share: Gray) -> Values:
    """Left, top, width, height of the marks that stand among others of their kind."""
    darkness = cv2.blur(share, (2, 2))
    cv2.bitwise_not(darkness, dst=darkness)
    coarse = _shrunk(darkness, STEP)
    limit = np.maximum(cv2.dilate(coarse, np.ones((9, 9), np.uint8)) // 2, _FAINTEST)
    # Every new picture of full size costs a millisecond for its memory alone.
    is_ink = cv2.compare(darkness, cv2.resize(limit, (share.shape[1], share.shape[0])), cv2.CMP_GT)
    _, _, stats, _ = cv2.connectedComponentsWithStats(is_ink, connectivity=8, ltype=_label_size(is_ink))
    return _among_others(_plausible(stats[1:], longest=max(share.shape)), longest=max(share.shape))


def _label_size(is_ink: Gray) -> int:
    """Short labels cost half, if there are enough: every mark has a pixel with none of its own left of it or above."""
    begins = cv2.bitwise_or(is_ink[1:, :-1], is_ink[:-1, 1:])
    cv2.bitwise_not(begins, dst=begins)
    cv2.bitwise_and(begins, is_ink[1:, 1:], dst=begins)
    return cv2.CV_16U if cv2.countNonZero(begins) + sum(is_ink.shape) < _SHORT_LABELS else cv2.CV_32S


def _plausible(stats: Values, *, longest: int) -> Values:
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    long, short = np.maximum(width, height), np.minimum(width, height)
    fill = area / np.maximum(1, width * height)
    fits = (long >= 5) & (short >= 2) & (short <= longest * 0.05) & (long <= 14 * short) & (fill > 0.12)
    fits &= ~((fill > 0.9) & (long > 4 * short))  # rules of a table
    kept: Values = stats[fits][:, :4].astype(np.float32)
    return kept


def _on_bare_paper(boxes: Values, share: Gray) -> Values:
    """Around printing most of the sheet is bare; around the grain of wood, cloth or stone nothing is."""
    if len(boxes) == 0:
        return boxes
    step = 2 * STEP
    coarse = _shrunk(share, step)
    bare = cv2.boxFilter(cv2.inRange(coarse, np.array(_BARE), np.array(255)), -1, (13, 13))
    column = np.minimum((boxes[:, 0] + boxes[:, 2] / 2).astype(int) // step, bare.shape[1] - 1)
    row = np.minimum((boxes[:, 1] + boxes[:, 3] / 2).astype(int) // step, bare.shape[0] - 1)
    kept: Values = boxes[bare[row, column] > 255 * _BARE_SHARE]
    return kept[:: 1 + len(kept) // _MAX_MARKS]


def _among_others(boxes: Values, *, longest: int) -> Values:
    """A lone speck is no text: at least six marks in the neighbourhood."""
    if len(boxes) == 0:
        return boxes
    cell = longest / 32
    column, row = (boxes[:, 0] / cell).astype(int), (boxes[:, 1] / cell).astype(int)
    counts = np.zeros((34, 34), np.float32)
    np.add.at(counts, (row, column), 1)
    around = cv2.boxFilter(counts, -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    kept: Values = boxes[around[row, column] >= 6]
    return kept


def _heights(boxes: Values) -> Values:
    """Of a single character its longer side, of a run of them the shorter."""
    long, short = np.maximum(boxes[:, 2], boxes[:, 3]), np.minimum(boxes[:, 2], boxes[:, 3])
    kept: Values = np.where((long > 3.5 * short) & (short >= 6), short, long).astype(np.float32)
    return kept


def _measured(share: Gray, light: Gray, *, x: Values, y: Values, height: Values) -> Marks:
    typical = float(np.median(height))
    size = int(min(41, max(5, 1.6 * typical))) | 1
    around = np.ones((size, size), np.uint8)
    left, top = int(max(0, x.min() - size)), int(max(0, y.min() - size))
    part = share[top : int(y.max()) + size, left : int(x.max()) + size]
    soft = cv2.GaussianBlur(part, (3, 3), 0.6)  # the sensor's noise has the steepest slopes of all
    column, row = x.astype(int), y.astype(int)
    place = (row - top, column - left)
    steepest, slope = [], np.empty_like(soft)
    for dx, dy in ((1, 0), (0, 1)):
        cv2.convertScaleAbs(cv2.Sobel(soft, cv2.CV_16S, dx, dy, ksize=3), dst=slope, alpha=0.25)
        steepest.append(cv2.dilate(slope, around)[place].astype(np.float32) / 2)
    contrast = cv2.dilate(soft, around, dst=slope)[place].astype(np.float32)
    contrast -= cv2.erode(soft, around, dst=slope)[place]
    sigma_x, sigma_y = (contrast / (SLOPE * np.maximum(slope, 0.5)) for slope in steepest)
    step = STEP
    paper = light[np.minimum(row // step, light.shape[0] - 1), np.minimum(column // step, light.shape[1] - 1)]
    return Marks(x, y, height, sigma_x, sigma_y, contrast, paper.astype(np.float32))
