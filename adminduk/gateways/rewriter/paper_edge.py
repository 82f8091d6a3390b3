"""Where the sheet lies in the picture, and on which sides it leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from adminduk.catalogue.papers.types import Box
from adminduk.gateways.rewriter.text_marks import Marks

Picture = NDArray[Any]

_SIDE: Final = 400  # the outline is looked for on a copy of this many pixels
_STEP: Final = 2  # two neighbouring pixels of one sheet differ less, of 255, however the light falls
_SMALLEST: Final = 0.004
_FEWEST: Final = 6  # marks
_SOLID, _WHOLE = 0.7, 0.9  # share of the hull that was seen: below this it is no evidence, above that a sheet
_AS_BRIGHT: Final = 0.8  # of the light of the brightest marks' paper
_EDGE: Final = 6  # a step of this much within four pixels is an edge
_RANGE: Final = 60  # and all of it from its middle less than this
_SEEDS: Final = 60
_SHARE_OF_MARKS: Final = 0.03  # of all: what holds fewer lies beside the sheet
_INSIDE, _LIKE = (6, 11), 24  # pixels from the side; of 255
_NEAR_SIDE: Final = 3  # the same
_MUCH: Final = 0.4  # of them, gaps between print filled: a table differs in all of them, a card's portrait in half
_WORDS: Final = 21  # pixels: no word is longer
_BAND: Final = (9, 25)  # pixels of width of the lines between which the sheet's own side and the other are looked at
_SOME_PIXELS: Final = 100
_SAME_LIGHT, _NEAR_TINT = 0.25, 0.03  # of a pixel beyond a fold, which lies in other light and is noisy
_SAME_TINT: Final = 0.012  # parts of one sheet differ less in colour; white tiles from white paper by 0.02
_BESIDE: Final = 0.02  # of the picture: an edge so near to a side runs along it
_SIDES: Final = ("left", "top", "right", "bottom")


@dataclass(frozen=True, slots=True)
class Outline:
    """`hull` are corner points in pixels of the whole picture; `contact` tells per side which share of it is sheet."""

    hull: Picture
    share: float
    solid: float
    """How much of the hull was seen to be sheet."""
    contact: dict[str, float]
    brink: dict[str, float]
    """As `contact`, with a strip of something else that is hardly a pixel wide left between."""
    corners: Picture
    """The four corners of the sheet, one after the other around it."""
    width: int
    """Of the whole picture, in pixels."""
    height: int
    beyond: tuple[float, float, float, float]
    """What lies beyond the outline: its light against the sheet's, how far its colour is from the sheet's, how much of
    it looks like the sheet, and how much of that side of the picture that looks least like it."""


def find(colours: Picture, marks: Marks) -> Outline | None:
    """The sheet on which the marks stand; None without marks.

    Grain that looks like print beside a sheet hides it; what stands on the brightest is looked at alone then.
    """
    if len(marks) < _FEWEST:
        return None
    outline = _outlined(colours, marks)
    if outline is not None and outline.solid < _SOLID:
        bright = marks.those(marks.paper >= _AS_BRIGHT * np.percentile(marks.paper, 98))
        other = _outlined(colours, bright) if _FEWEST <= len(bright) < len(marks) else None
        if other is not None and other.solid > _WHOLE:
            return other
    return outline


def _outlined(colours: Picture, marks: Marks) -> Outline | None:
    factor = min(1.0, _SIDE / max(colours.shape[:2]))
    small = _shrunk(colours, factor)
    size = max(3, round(max(small.shape) / 45)) | 1
    plain = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))  # printing is painted over
    plain = cv2.medianBlur(plain, 5)
    points = np.stack([marks.x, marks.y], 1) * factor
    sheet = _grown(plain, points)
    contours, _ = cv2.findContours(sheet, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    parts = [contour for contour in contours if cv2.contourArea(contour) > _SMALLEST * sheet.size]
    if not parts:
        return None
    hull = cv2.convexHull(np.concatenate(parts))  # a table or a coloured field may cut the sheet in two
    filled = cv2.fillConvexPoly(np.zeros_like(sheet), hull, 255)
    share = cv2.countNonZero(filled) / filled.size
    solid = sum(cv2.contourArea(part) for part in parts) / max(1.0, cv2.contourArea(hull))
    high, wide = colours.shape[:2]
    corners = _corners(hull) / factor
    contact, brink = (_contact(filled, small, strip=strip) for strip in (0, 1))
    beyond = _beyond(plain, hull, filled)
    return Outline(hull[:, 0] / factor, share, solid, contact, brink, corners, wide, high, beyond)


def _shrunk(colours: Picture, factor: float) -> Picture:
    """By halves first, which costs a third; a row that is not whole would look like the edge of a sheet."""
    while factor <= 0.5:
        height, width = (side // 2 for side in colours.shape[:2])
        colours = cv2.resize(colours[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA)
        factor *= 2
    return cv2.resize(colours, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def _grown(plain: Picture, points: Picture) -> Picture:
    """From places between the marks outwards, as far as the colour changes only slowly."""
    height, width = plain.shape[:2]
    mask = np.zeros((height + 2, width + 2), np.uint8)
    column = np.clip(points[:, 0].astype(int), 0, width - 1)
    row = np.clip(points[:, 1].astype(int), 0, height - 1)
    typical = np.median(plain[row, column], axis=0)
    low, high = np.clip(typical - _RANGE, 0, 255), np.clip(typical + _RANGE, 0, 255)
    is_near = cv2.inRange(plain, low, high)
    mask[1:-1, 1:-1] = cv2.min(cv2.bitwise_or(cv2.bitwise_not(is_near), _edges(plain)), np.ones_like(is_near))
    order = np.linspace(0, len(points) - 1, min(len(points), _SEEDS)).astype(int)
    for number, index in enumerate(order, 2):
        place = (int(column[index]), int(row[index]))
        if mask[place[1] + 1, place[0] + 1] == 0:
            flags = 4 | (number << 8) | cv2.FLOODFILL_MASK_ONLY
            cv2.floodFill(plain, mask, place, 0, (_STEP,) * 3, (_STEP,) * 3, flags)
    grown = mask[1:-1, 1:-1]
    counts = np.bincount(grown[row, column], minlength=2 + _SEEDS)
    counts[:2] = 0
    is_sheet = counts >= _SHARE_OF_MARKS * counts.sum()
    is_sheet[:2] = False
    sheet: Picture = np.where(is_sheet[grown], 255, 0).astype(np.uint8)
    grown[(grown > 1) & (sheet == 0)] = 0  # joints of a floor beside the sheet were taken for print
    sheet = cv2.morphologyEx(sheet, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    sheet = _with_folded_parts(sheet, grown == 0, plain)
    return cv2.dilate(sheet, np.ones((5, 5), np.uint8))  # back over the edge that stopped it


def _with_folded_parts(sheet: Picture, free: Picture, plain: Picture) -> Picture:
    """A fold parts a sheet as an edge does: what lies within the rectangle around the sheet is of it.

    Not so the corners between a sheet seen aslant and a side of the picture, unless they have the sheet's colour.
    """
    contours, _ = cv2.findContours(sheet, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return sheet
    corners = cv2.boxPoints(cv2.minAreaRect(np.concatenate(contours)))
    around = cv2.fillConvexPoly(np.zeros_like(sheet), corners.astype(np.int32), 1)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(free.astype(np.uint8), connectivity=4)
    inside = np.bincount(labels[around > 0].astype(np.intp), minlength=count)
    is_part = (inside >= 0.85 * stats[:, cv2.CC_STAT_AREA]) & (stats[:, cv2.CC_STAT_AREA] > _SMALLEST * sheet.size)
    is_part[0] = False
    for at in np.flatnonzero(is_part):
        is_part[at] = not _leaves(stats[at], sheet) or _tint_apart(plain, labels == at, sheet > 0) < _SAME_TINT
    sheet[is_part[labels]] = 255
    return sheet


def _leaves(part: Picture, sheet: Picture) -> bool:
    """Whether a part (its row of statistics) reaches a side of the picture."""
    left, top, width, height, _ = part
    return bool(left <= 1 or top <= 1 or left + width >= sheet.shape[1] - 1 or top + height >= sheet.shape[0] - 1)


def _tint_apart(plain: Picture, one: Picture, other: Picture) -> float:
    """How far two parts differ in colour, whatever light falls on them."""
    colours = [np.maximum(1, np.median(plain[part], axis=0)) for part in (one, other)]
    tints = [colour / colour.mean() for colour in colours]
    return float(np.abs(tints[0] - tints[1]).max())


def _edges(plain: Picture) -> Picture:
    """Steps of colour, made wide enough that nothing slips through between them."""
    soft = cv2.GaussianBlur(plain, (5, 5), 1.0)
    steps = np.zeros(plain.shape[:2], np.uint8)
    most = np.full(3, float(_EDGE))
    for one, other, place in (
        (soft[:, 4:], soft[:, :-4], steps[:, 2:-2]),
        (soft[4:], soft[:-4], steps[2:-2]),
    ):
        is_flat = cv2.inRange(cv2.absdiff(one, other), np.zeros(3), most)
        place[is_flat == 0] = 255
    return cv2.dilate(steps, np.ones((3, 3), np.uint8))


def _contact(filled: Picture, small: Picture, *, strip: int) -> dict[str, float]:
    """How much of a side the sheet takes, if many of the very last pixels still look like it: else it ends before.

    Print that runs to a side is painted over along it; a strip of the table would stay. `strip` pixels are passed over.
    """
    shares = {}
    for side, turned, seen in zip(_SIDES, _each_side_first(filled), _each_side_first(small), strict=True):
        begin, end = _INSIDE  # the brightest of several rows: one may be a table's rule
        inside = _without_print(seen[min(begin, len(seen) - 1) : end].max(axis=0))
        last = _without_print(seen[min(strip, len(seen) - 1)])
        is_same = cv2.absdiff(last, inside).max(axis=1) < _LIKE
        reached = turned[1] > 0
        is_left = bool(reached.any()) and float(np.mean(is_same[reached])) < _MUCH
        shares[side] = 0.0 if is_left else float(np.count_nonzero(reached) / len(reached))
    return shares


def _without_print(row: Picture) -> Picture:
    """One row of pixels with the dark gaps filled that a word is long."""
    return np.asarray(
        cv2.morphologyEx(np.ascontiguousarray(row[None]), cv2.MORPH_CLOSE, np.ones((1, _WORDS), np.uint8))[0]
    )


def _each_side_first(picture: Picture) -> tuple[Picture, ...]:
    """The picture turned so that its left, top, right and bottom side is the first row."""
    across = picture.swapaxes(0, 1)
    return across, picture, across[::-1], picture[::-1]


def _beyond(plain: Picture, hull: Picture, filled: Picture) -> tuple[float, float, float, float]:
    """Nothing beyond (a scan) is as dark and as strange as can be."""
    near, around = (cv2.polylines(np.zeros_like(filled), [hull], True, 255, width) for width in _BAND)
    band_around = cv2.subtract(around, near)
    outside, inside = cv2.subtract(band_around, filled), cv2.min(band_around, filled)
    for band in (outside, inside):
        band[[0, -1]] = band[:, [0, -1]] = 0
    if min(cv2.countNonZero(outside), cv2.countNonZero(inside)) < _SOME_PIXELS:
        return 0.0, 1.0, 0.0, 0.0
    sheet = np.maximum(1, np.median(plain[inside > 0], axis=0))
    points = plain[outside > 0]
    light, off = _against(np.median(points, axis=0)[None], sheet)
    least = min(_like(side[min(_NEAR_SIDE, len(side) - 1)], sheet) for side in _each_side_first(plain))
    return float(light[0]), float(off[0]), _like(points, sheet), least


def _like(points: Picture, sheet: Picture) -> float:
    """How many of the colours can be the sheet's in another light."""
    lights, offs = _against(points, sheet)
    return float(np.mean((np.abs(lights - 1) < _SAME_LIGHT) & (offs < _NEAR_TINT)))


def _against(colours: Picture, sheet: Picture) -> tuple[Picture, Picture]:
    """Light of each colour against the sheet's, and how far its tint is from the sheet's."""
    colours = np.maximum(1, colours.astype(np.float32))
    lights = colours.mean(axis=1)
    offs = np.abs(colours / lights[:, None] - sheet / sheet.mean()).max(axis=1)
    return lights / sheet.mean(), offs


def _corners(hull: Picture) -> Picture:
    """The hull with its small corners cut off until four are left; else those of the smallest rectangle around."""
    length = cv2.arcLength(hull, True)
    for part in (0.01, 0.02, 0.03, 0.045, 0.06, 0.08, 0.1):
        corners = cv2.approxPolyDP(hull, part * length, True)
        if len(corners) == 4:
            return np.asarray(corners[:, 0], np.float32)
    return np.asarray(cv2.boxPoints(cv2.minAreaRect(hull)))


def marks_on_edge(outline: Outline, marks: Marks) -> int:
    """How many marks the outline crosses where it does not run along a side of the picture."""
    crossed = np.zeros(len(marks), bool)
    sides = np.array([outline.width, outline.height]) - 1
    for begin, end in zip(outline.hull, np.roll(outline.hull, -1, axis=0), strict=True):
        middle, along = (begin + end) / 2, end - begin
        length = float(np.hypot(*along))
        if length < 1 or (np.minimum(middle, sides - middle) < _BESIDE * sides).any():
            continue
        x, y = marks.x - begin[0], marks.y - begin[1]
        off = np.abs(x * along[1] - y * along[0]) / length
        place = (x * along[0] + y * along[1]) / length
        crossed |= (off < 0.6 * marks.height) & (place > 0) & (place < length)
    return int(np.count_nonzero(crossed))


def shape_of(corners: Picture) -> dict[str, float]:
    """Aspect, foreshortening and turn of a sheet with these corners."""
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.maximum(1.0, np.hypot(sides[:, 0], sides[:, 1]))
    pairs = [(lengths[0], lengths[2]), (lengths[1], lengths[3])]
    means = [sum(pair) / 2 for pair in pairs]
    angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0]))
    away = (angles + 45) % 90 - 45
    return {
        "side": float(max(means)),
        "aspect": float(max(means) / min(means)),
        "foreshortening": float(min(min(pair) / max(pair) for pair in pairs)),
        "turn": float(np.average(np.abs(away), weights=lengths)),
    }


def box_of(points: Picture, width: int, height: int) -> Box:
    """The upright rectangle around points, as fractions of the picture."""
    left, top = np.clip(points.min(0) / (width, height), 0, 1)
    right, bottom = np.clip(points.max(0) / (width, height), 0, 1)
    return Box(round(float(left), 4), round(float(top), 4), round(float(right), 4), round(float(bottom), 4))
