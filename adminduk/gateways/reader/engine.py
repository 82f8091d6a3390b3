"""Reads one page: find the lines, turn the page upright, read what is needed, give each line its place."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from adminduk.catalogue.papers.types import ReadPage, TextLine
from adminduk.gateways.reader import layout
from adminduk.gateways.reader.crop import HEIGHT, cut, tightened, turned, widened, without_foot
from adminduk.gateways.reader.detect import Found, find_lines
from adminduk.gateways.reader.dotted import without_dotted_lines
from adminduk.gateways.reader.models import Floats, Models
from adminduk.gateways.reader.orientation import quarter_turns
from adminduk.gateways.reader.recognise import Reading, read_strips
from adminduk.gateways.reader.second_look import DOUBTFUL, is_possible, is_unsure, settled
from adminduk.gateways.reader.text_area import Pixels

# Which way up: read at their feet good pictures have a mean confidence of 0.70 to 0.75, the right way 0.95 and more.
_ASTRAY: Final = 0.85
_CLEARLY: Final = 0.1  # so much more, read the other way up
_ASKED: Final = 4  # lines that are read the other way up
_TALLEST: Final = 0.12  # of the picture's longer side: no line of a page is so tall, cups and hands are
_DOTS: Final = re.compile(r"\.\.|[^\W\d]\.[^\W\d]{2}|\.\s*$")
_NUMBER_SIGNS: Final = re.compile(r"(?<!\d)\d{16}(?!\d)")
_NEARLY_NUMBER: Final = re.compile(r"(?<!\d)(?:\d{14,15}|\d{17})(?!\d)")
_LETTERS: Final = re.compile(r"[^\W_]")
_FAINT_READ, _FAINT_LETTERS = 0.75, 3  # confidence and signs from which a faint line is one
_DOTTED: Final = 0.8  # confidence of the weakest sign from which dots are taken for full stops
# For a verdict. Shapes are width by height of a line.
_TITLES: Final = 5
_NUMBER: Final = 5.8  # sixteen digits
_WORD, _SENTENCE = 4.5, 20.0  # a title is longer than the one and shorter than the other
# How much a stage reads: pixels of strips, which is what reading costs. 4500 take about 0.35 seconds.
FIRST: Final = 1500.0  # the titles: enough for nine of ten pages that a verdict at first sight accepts
FEW: Final = 4500.0
ALL: Final = math.inf


@dataclass(frozen=True, slots=True)
class _Shape:
    """`wide`: width by height; `rank`: height, twice as much at the top of the page as at two thirds of it."""

    wide: float
    rank: float


@dataclass(frozen=True, slots=True)
class _Page:
    """A picture with its lines found. `corners` stand in the order in which the upright text has them."""

    picture: Pixels
    lines: Sequence[Found]
    corners: Sequence[Floats]
    turns: int

    def other_way_up(self) -> _Page:
        turns = (self.turns + 2) % 4
        return _Page(self.picture, self.lines, [turned(line, quarter_turns=turns) for line in self.lines], turns)


def read_page(jpeg: bytes, models: Models, *, stages: Sequence[float] = (ALL,), threads: int = 1) -> Iterator[ReadPage]:
    """Read a JPEG that this program has written: per stage with more of the lines for a verdict, or with all of them.

    `numbers` of a result hold the CPU seconds of each step so far. Raises ValueError for what is no JPEG.
    """
    costs = _Costs()
    picture = without_dotted_lines(_decode(jpeg))
    costs.add("decode")
    lines = find_lines(picture, models.detection)
    costs.add("detect")
    turns = quarter_turns(picture, [line for line in lines if not line.is_faint], models.direction)
    costs.add("direction")
    page = _Page(picture, lines, [turned(line, quarter_turns=turns) for line in lines], turns)
    readings: dict[int, Reading] = {}
    for stage in stages:
        new = _read_stage(page, stage, readings, models, threads=threads)
        if not readings and _is_upside_down(page, new, models, threads=threads):
            page = page.other_way_up()
            new = _read_stage(page, stage, {}, models, threads=threads)
        readings |= new
        readings |= _read_again(page, new, models, threads=threads)
        readings |= _look_again(page, {at: readings[at] for at in new}, models, threads=threads)
        readings = {at: reading for at, reading in readings.items() if not lines[at].is_faint or _is_legible(reading)}
        costs.add("recognise")
        yield ReadPage(
            _place(page, readings),
            rotation=90 * page.turns,
            found=sum(_can_be_line(line, picture) for line in lines),
            is_complete=stage == ALL,
            numbers=_describe(page, readings) | costs.seconds,
        )


def _read_stage(
    page: _Page, stage: float, known: dict[int, Reading], models: Models, *, threads: int
) -> dict[int, Reading]:
    """The lines that this stage reads and none before it did."""
    wanted = range(len(page.lines)) if stage == ALL else _for_verdict(page, stage)
    new = [at for at in wanted if at not in known]
    strips = [cut(page.picture, page.corners[at]) for at in new]
    return dict(zip(new, read_strips(strips, models, threads=threads), strict=True))


def _is_upside_down(page: _Page, readings: dict[int, Reading], models: Models, *, threads: int) -> bool:
    """Whether lines that read badly read well the other way up: the direction of some types cannot be seen at a glance.

    Costs nothing where they read well.
    """
    told = {at: reading for at, reading in readings.items() if len(_LETTERS.findall(reading.text)) >= _FAINT_LETTERS}
    if not told or _mean_confidence(told.values()) >= _ASTRAY:
        return False
    asked = sorted(told, key=lambda at: -len(told[at].text))[:_ASKED]
    other = page.other_way_up()
    strips = [cut(other.picture, other.corners[at]) for at in asked]
    again = read_strips(strips, models, threads=threads)
    return _mean_confidence(again) > _mean_confidence(told[at] for at in asked) + _CLEARLY


def _mean_confidence(readings: Iterable[Reading]) -> float:
    return float(np.mean([reading.confidence for reading in readings]))


def _can_be_line(line: Found, picture: Pixels) -> bool:
    return not line.is_faint and min(line.width, line.height) < _TALLEST * max(picture.shape)


def _read_again(page: _Page, readings: dict[int, Reading], models: Models, *, threads: int) -> dict[int, Reading]:
    """Lines that were read badly for a reason that another cut removes, where the second reading is the better one.

    Dots to write on pass for letters' ends: TITIN comes out as TITN, 2026 as 26. And a box may end within a digit.
    """
    tries = [
        (at, way(page.corners[at]))
        for at, reading in readings.items()
        for way, is_needed in _WAYS
        if is_needed(reading)
    ]
    strips = [cut(page.picture, corners) for _, corners in tries]
    again = zip(tries, read_strips(strips, models, threads=threads), strict=True)
    return {at: second for (at, _), second in again if _is_better(second, readings[at])}


def _look_again(page: _Page, readings: dict[int, Reading], models: Models, *, threads: int) -> dict[int, Reading]:
    """Numbers that were read unsurely, from nearer."""
    unsure = {at: reading for at, reading in readings.items() if is_unsure(reading)}
    strips = [cut(page.picture, tightened(page.corners[at])) for at in unsure]
    seconds = read_strips(strips, models, threads=threads)
    return {at: settled(first, second) for (at, first), second in zip(unsure.items(), seconds, strict=True)}


def _is_legible(reading: Reading) -> bool:
    return reading.confidence >= _FAINT_READ and len(_LETTERS.findall(reading.text)) >= _FAINT_LETTERS


def _is_dotted(reading: Reading) -> bool:
    return bool(_DOTS.search(reading.text)) and min(reading.confidences) < _DOTTED


def _is_nearly_number(reading: Reading) -> bool:
    """A digit too few or too many, or sixteen that can be no number."""
    if _NEARLY_NUMBER.search(reading.text):
        return True
    return bool(_NUMBER_SIGNS.search(reading.text)) and not _has_number(reading)


def _has_number(reading: Reading) -> bool:
    return any(is_possible(number) for number in _NUMBER_SIGNS.findall(reading.text))


_WAYS: Final = (
    (without_foot, lambda reading: _is_dotted(reading) or _is_nearly_number(reading)),
    (widened, _is_nearly_number),
    (tightened, _is_nearly_number),
)


def _is_better(second: Reading, first: Reading) -> bool:
    if _is_nearly_number(first):
        return _has_number(second)
    return second.confidence > first.confidence


class _Costs:
    """CPU seconds of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def add(self, step: str) -> None:
        now = time.process_time()
        self.seconds[f"cpu_{step}"] = round(self.seconds.get(f"cpu_{step}", 0.0) + now - self._last, 4)
        self._last = now


def _decode(jpeg: bytes) -> Pixels:
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError("not a JPEG")
    return np.asarray(picture, np.uint8)


def _for_verdict(page: _Page, budget: float) -> list[int]:
    """Titles, then the lines most nearly shaped like sixteen digits, until the budget is spent.

    Of lines of one height the upper ones come first: that is where papers say what they are. Labels have about the
    shape of a number too, and tell the kind where a title does not.
    """
    shapes = [_shape(page, corners) for corners in page.corners]
    by_rank = sorted((at for at, line in enumerate(page.lines) if not line.is_faint), key=lambda at: -shapes[at].rank)
    titles = [at for at in by_rank if _WORD < shapes[at].wide <= _SENTENCE][:_TITLES]
    by_shape = sorted(by_rank, key=lambda at: abs(math.log(max(shapes[at].wide, 0.1) / _NUMBER)))
    chosen: dict[int, None] = {}
    spent = 0.0
    for at in (*titles, *by_shape):
        if at not in chosen:
            spent += HEIGHT * shapes[at].wide
            if spent > budget:
                break
            chosen[at] = None
    return sorted(chosen)


def _shape(page: _Page, corners: Floats) -> _Shape:
    height, width = page.picture.shape[:2]
    full = width if page.turns % 2 else height
    high = max(1.0, float(np.linalg.norm(corners[3] - corners[0])))
    wide = float(np.linalg.norm(corners[1] - corners[0])) / high
    down = layout.turn_points(corners, width=width, height=height, turns=page.turns)[:, 1].mean()
    return _Shape(wide, rank=high * (2 - 1.5 * float(down) / full))


def _place(page: _Page, readings: dict[int, Reading]) -> tuple[TextLine, ...]:
    """Lines with their places, in reading order of the upright page."""
    height, width = page.picture.shape[:2]
    up_width, up_height = (height, width) if page.turns % 2 else (width, height)
    upright = _upright(page)
    slant = layout.measure_slant([quad for quad, line in zip(upright, page.lines, strict=True) if not line.is_faint])
    texts = []
    for at, reading in readings.items():
        if not reading.text.strip():
            continue
        corners = page.corners[at]
        straight = slant.straighten(upright[at])
        texts.append(
            TextLine(
                text=reading.text.strip(),
                confidence=round(reading.confidence, 4),
                box=layout.bound(corners, width=width, height=height),
                height=round(float(np.linalg.norm(corners[3] - corners[0])) / max(width, height), 5),
                upright=layout.fit(straight, width=up_width, height=up_height),
                tilt=layout.tilt(straight, width=up_width, height=up_height),
                weakest=round(min(reading.confidences), 4),
                doubtful=_doubtful(reading),
            )
        )
    return tuple(_in_reading_order(texts))


def _upright(page: _Page) -> list[Floats]:
    height, width = page.picture.shape[:2]
    return [layout.turn_points(quad, width=width, height=height, turns=page.turns) for quad in page.corners]


def _doubtful(reading: Reading) -> tuple[int, ...]:
    """Places in the text, without the spaces before it, of characters that were not read surely."""
    before = len(reading.text) - len(reading.text.lstrip())
    after = before + len(reading.text.strip())
    return tuple(at - before for at in range(before, after) if reading.confidences[at] < DOUBTFUL)


def _in_reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """Rows from top to bottom, each from left to right. A row is what shares its middle height."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.upright.top + line.upright.bottom):
        middle = (line.upright.top + line.upright.bottom) / 2
        if rows and middle < 0.75 * rows[-1][0].upright.bottom + 0.25 * rows[-1][0].upright.top:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.upright.left)]


def _describe(page: _Page, readings: dict[int, Reading]) -> dict[str, float]:
    """Measures for the judge: what was found and how surely it was read."""
    lines = [line for line in page.lines if not line.is_faint]
    upright = [quad for quad, line in zip(_upright(page), page.lines, strict=True) if not line.is_faint]
    heights = [min(line.width, line.height) for line in lines]
    scores = [line.score for line in lines]
    confidences = [reading.confidence for reading in readings.values() if reading.text.strip()]
    return layout.measure_directions(upright) | {
        "lines_found": float(len(lines)),
        "lines_read": float(len(confidences)),
        "confidence_mean": _rounded(np.mean(confidences)) if confidences else 0.0,
        "confidence_low": _rounded(np.percentile(confidences, 20)) if confidences else 0.0,
        "detection_mean": _rounded(np.mean(scores)) if scores else 0.0,
        "line_height_px": _rounded(np.median(heights)) if heights else 0.0,
        "line_height": _rounded(np.median(heights) / max(page.picture.shape)) if heights else 0.0,
    }


def _rounded(value: np.floating) -> float:
    return round(float(value), 4)
