"""Cards used by day as bars: numbers for an SVG that is drawn on the server, readable at the width of a phone."""

from __future__ import annotations

from dataclasses import dataclass

from adminduk.modules.blanks.types import DayUse

WIDTH, HEIGHT, FOOT, HEAD = 320, 150, 20, 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One day's bar, in units of the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """All bars, and where the label of the highest one stands."""

    bars: tuple[Bar, ...]
    most: int
    most_x: float
    anchor: str


def chart_of(use: tuple[DayUse, ...]) -> Chart:
    """Bars for the days of `use`; a day without any has none."""
    most = max((day.used for day in use), default=0)
    step, room = WIDTH / max(len(use), 1), HEIGHT - FOOT - HEAD
    bars = []
    for number, day in enumerate(use):
        height = room * max(day.used, 0) / most if most else 0
        bars.append(Bar(round(number * step + 1, 1), round(HEIGHT - FOOT - height, 1), step - 2, round(height, 1)))
    at = next((number for number, day in enumerate(use) if day.used == most), 0)
    place = round(at * step + step / 2, 1)
    anchor = "start" if place < WIDTH / 4 else "end" if place > WIDTH * 3 / 4 else "middle"
    return Chart(tuple(bars), most, place, anchor)
