"""The cheap stage: what can be said of a picture without reading it, as plain numbers for the judge.

`Measures.numbers` holds (lengths in pixels of the stored page, light from 0 to 1, shares from 0 to 1):

| name | meaning |
|---|---|
| marks | what looks like a printed character or word |
| height, height_small | of these marks: typical (dots weigh little), and the smaller quarter's limit |
| sigma, sigma_worst | how far their edges are smeared, in the worse direction: median, and the worse tenth's limit |
| blur | the same against the marks' own height, median |
| ink, ink_low | how much darker than its paper a mark is: median, and the fainter tenth's limit |
| paper, paper_low | light of the paper around the marks: median, and the darker tenth's limit |
| light, light_high, light_top | of the whole picture: median, the brighter tenth's limit, and the brightest patch |
| smear | as sigma, of the steepest of all edges in the picture, print or not |
| noise | of the sensor, standard deviation |
| white | share of the sheet that is as white as can be |
| glare, glare_ink | share of the sheet in white spots; ink under or around them against the ink elsewhere |
| glare_low, glare_faint | the fainter tenth's limit there: against the same elsewhere, and of full scale |
| glare_weak | share of the marks in and around the spots that is much fainter than the page's ink |
| sheet | share of the picture taken by the sheet; 0: no edge of a sheet was found |
| solid | how much of the sheet's hull was seen to be sheet: less than half is guesswork |
| contact_left, _top, _right, _bottom | share of that side of the picture that is sheet |
| brink_left, _top, _right, _bottom | the same if a strip of hardly a pixel beside the sheet does not count |
| beyond_light, beyond_tint, beyond_like | what lies beyond the sheet's outline: its light against the sheet's, how \
  far its colour is from the sheet's, and how much of it looks like the sheet: all of it beyond a fold |
| like_side | how much of a side of the picture looks like the sheet, of that side where it is least |
| on_edge | marks on the outline of the sheet, where it does not run along a side of the picture |
| near_left, _top, _right, _bottom | marks that reach that side |
| side | longer side of the sheet |
| aspect | longer against shorter side of the sheet |
| foreshortening | shorter against longer of two opposite sides, the worse pair |
| turn | degrees between the sheet and the nearest upright |

A portrait has other numbers: see `portrait`.
"""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from adminduk.catalogue.papers.types import Box, Measures
from adminduk.gateways.rewriter import paper_edge, portrait, text_marks
from adminduk.gateways.rewriter.paper_edge import Outline
from adminduk.gateways.rewriter.text_marks import Marks

Picture = NDArray[Any]

_SMALLEST_SIDE: Final = 48
_WHITE: Final = 252
_TOP: Final = 99.4  # per cent: a card of which nothing can be read any more still takes more than the rest
_AROUND: Final = 0.05  # of the longer side: as far as a lamp's spot fades out
_WINDOW: Final = 21  # pixels of half the size
_REACH: Final = 0.6  # of a mark's height, from its middle to the side: what is cut through lies no farther off
_SOME: Final = 5  # marks that can be compared
_SIDES: Final = ("left", "top", "right", "bottom")


def warm_up() -> None:
    """Load what OpenCV and numpy load at their first use, and forbid threads: this process is forked and bound."""
    cv2.setNumThreads(0)
    cv2.ocl.setUseOpenCL(False)
    portrait.warm_up()
    sheet = np.full((480, 640, 3), 60, np.uint8)
    cv2.rectangle(sheet, (20, 20), (620, 460), (220, 220, 220), -1)
    for y in range(60, 440, 24):
        cv2.putText(sheet, "contoh 3374012345678901", (60, y), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (20, 20, 20), 1)
    cv2.circle(sheet, (500, 200), 60, (255, 255, 255), -1)
    for is_portrait in (False, True):
        measure(Image.fromarray(sheet), is_portrait=is_portrait)


def measure(picture: Image.Image | Picture, *, is_portrait: bool = False) -> Measures:
    """Measure one RGB picture."""
    colours = np.asarray(picture)
    height, width = colours.shape[:2]
    if min(height, width) < _SMALLEST_SIDE:
        return Measures(width, height)
    if is_portrait:
        numbers, boxes = portrait.measure(colours)
        return _account(colours, numbers, boxes)
    gray = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    light = text_marks.paper_light(gray)
    found = text_marks.find(gray, light)
    marks = found.strong(float(np.percentile(light[::4, ::4], 90)))
    outline = paper_edge.find(colours, marks)
    numbers = (
        _of_light(gray, light) | _of_marks(marks) | _near_sides(marks, width, height) | _of_outline(outline, marks)
    )
    spots, boxes = _glare(light, found, marks, outline)
    if outline:
        boxes["sheet"] = paper_edge.box_of(outline.hull, width, height)
    return _account(colours, numbers | spots, boxes)


def _account(colours: Picture, numbers: dict[str, float], boxes: dict[str, Box]) -> Measures:
    height, width = colours.shape[:2]
    return Measures(width, height, {name: round(value, 4) for name, value in numbers.items()}, boxes)


def _of_light(gray: Picture, light: Picture) -> dict[str, float]:
    some = gray[::8, ::8]
    median, high = np.percentile(some, (50, 90)) / 255
    # The median of second differences sees noise and passes over edges, which are few.
    rough = gray[::6, ::2].astype(np.int16)
    second = np.abs(rough[:, 2:] - 2 * rough[:, 1:-1] + rough[:, :-2])
    noise = np.mean(np.minimum(second, 16)) / 255 / 2
    top = np.percentile(light[::4, ::4], _TOP) / 255
    lights = {"light": float(median), "light_high": float(high), "light_top": float(top)}
    return lights | {"noise": float(noise), "smear": _smear(gray)}


def _smear(gray: Picture) -> float:
    """Looks at half the size: where even the steepest edge is soft, nothing at all is sharp."""
    soft = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    around = np.ones((_WINDOW, _WINDOW), np.uint8)
    contrast = cv2.subtract(cv2.dilate(soft, around), cv2.erode(soft, around))[::4, ::4].astype(np.float32)
    is_marked = contrast >= np.maximum(24, 0.6 * np.percentile(contrast, 99))
    if not is_marked.any():
        return 0.0
    worst = 0.0
    for dx, dy in ((1, 0), (0, 1)):
        slope = cv2.convertScaleAbs(cv2.Sobel(soft, cv2.CV_16S, dx, dy, ksize=3), alpha=0.25)
        steepest = cv2.dilate(slope, around)[::4, ::4].astype(np.float32) / 2
        worst = max(worst, float(np.percentile((contrast / np.maximum(steepest, 0.5))[is_marked], 20)))
    return 2 * worst / text_marks.SLOPE


def _of_marks(marks: Marks) -> dict[str, float]:
    if len(marks) == 0:
        return {"marks": 0.0}
    sigma = np.maximum(marks.sigma_x, marks.sigma_y)
    return {
        "marks": float(len(marks)),
        "height": _typical(marks.height),
        "height_small": float(np.percentile(marks.height, 25)),
        "sigma": float(np.median(sigma)),
        "sigma_x": float(np.median(marks.sigma_x)),
        "sigma_y": float(np.median(marks.sigma_y)),
        "sigma_worst": float(np.percentile(sigma, 90)),
        "blur": float(np.median(sigma / marks.height)),
        "ink": float(np.median(marks.ink) / 255),
        "ink_low": float(np.percentile(marks.ink, 10) / 255),
        "paper": float(np.median(marks.paper) / 255),
        "paper_low": float(np.percentile(marks.paper, 10) / 255),
    }


def _typical(heights: Picture) -> float:
    """Half of the ink's height stands in marks up to this: many dots of a dotted line weigh little."""
    ordered = np.sort(heights)
    return float(ordered[np.searchsorted(np.cumsum(ordered), ordered.sum() / 2)])


def _near_sides(marks: Marks, width: int, height: int) -> dict[str, float]:
    gaps = (marks.x, marks.y, width - marks.x, height - marks.y)
    reach = _REACH * marks.height
    return {f"near_{side}": float(np.count_nonzero(gap < reach)) for side, gap in zip(_SIDES, gaps, strict=True)}


def _of_outline(outline: Outline | None, marks: Marks) -> dict[str, float]:
    if outline is None:
        return {"sheet": 0.0}
    contact = {f"contact_{side}": share for side, share in outline.contact.items()}
    brink = {f"brink_{side}": share for side, share in outline.brink.items()}
    on_edge = float(paper_edge.marks_on_edge(outline, marks))
    shape = paper_edge.shape_of(outline.corners)
    beyond = {"beyond_light": outline.beyond[0], "beyond_tint": outline.beyond[1], "beyond_like": outline.beyond[2]}
    beyond["like_side"] = outline.beyond[3]
    return {"sheet": outline.share, "solid": outline.solid, "on_edge": on_edge, **contact, **brink, **shape, **beyond}


def _glare(
    light: Picture, found: Marks, marks: Marks, outline: Outline | None
) -> tuple[dict[str, float], dict[str, Box]]:
    """Spots of the sheet that are white although the rest of it is not. `marks` are the strong ones of those found."""
    sheet: Picture = np.full(light.shape, 255, np.uint8)
    if outline:
        factor = light.shape[1] / outline.width
        sheet = cv2.fillConvexPoly(np.zeros_like(light), (outline.hull * factor).astype(np.int32), 255)
    area = max(1, cv2.countNonZero(sheet))
    hot: Picture = np.where((light >= _WHITE) & (sheet > 0), 255, 0).astype(np.uint8)
    white = cv2.countNonZero(hot) / area
    hot = cv2.morphologyEx(hot, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    shares = {"white": white, "glare": cv2.countNonZero(hot) / area} | _faded(hot, found, marks)
    count, _, stats, _ = cv2.connectedComponentsWithStats(hot)
    spots = [stats[at] for at in range(1, count) if stats[at, cv2.CC_STAT_AREA] > 0.002 * area]
    if not spots:
        return shares, {}
    left, top, wide, high, _ = max(spots, key=lambda spot: spot[cv2.CC_STAT_AREA])
    corners = np.array([(left, top), (left + wide, top + high)], np.float32)
    return shares, {"glare": paper_edge.box_of(corners, light.shape[1], light.shape[0])}


def _faded(hot: Picture, found: Marks, marks: Marks) -> dict[str, float]:
    """Ink under and around white spots against the ink elsewhere: white paper leaves it as it is, glare drowns it.

    The lamp's spot fades out, so the faintest of the print there tells more than its middle.
    """
    size = max(5, round(max(hot.shape) * _AROUND)) | 1
    near = cv2.dilate(hot, np.ones((size, size), np.uint8))
    is_under, is_near = _at(hot, marks), _at(near, marks)
    near_all = np.count_nonzero(_at(near, found))
    weak = 1 - np.count_nonzero(is_near) / near_all if near_all >= _SOME else 0.0
    there = marks.ink[is_under if np.count_nonzero(is_under) >= _SOME else is_near]
    elsewhere = marks.ink[~is_near]
    if len(there) < _SOME:
        return {"glare_ink": 1.0, "glare_low": 1.0, "glare_faint": 1.0, "glare_weak": weak}
    low, middle = (float(value) for value in np.percentile(there, (10, 50)))
    if len(elsewhere) < _SOME:  # all of it is white: its own darker half has to do
        inks = 1.0, low / max(1.0, middle)
    else:
        low_elsewhere, middle_elsewhere = (max(1.0, float(value)) for value in np.percentile(elsewhere, (10, 50)))
        inks = middle / middle_elsewhere, low / low_elsewhere
    return {"glare_ink": inks[0], "glare_low": inks[1], "glare_faint": low / 255, "glare_weak": weak}


def _at(spots: Picture, marks: Marks) -> Picture:
    """Which of the marks lie in spots of a picture of a quarter of the size."""
    column = np.minimum((marks.x / text_marks.STEP).astype(int), spots.shape[1] - 1)
    row = np.minimum((marks.y / text_marks.STEP).astype(int), spots.shape[0] - 1)
    is_in: Picture = spots[row, column] > 0
    return is_in
