"""Where lines stand on the upright page, with the slant of a photograph taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from adminduk.catalogue.papers.types import Box
from adminduk.gateways.reader.models import Floats

_LEAST_LINES: Final = 6  # fewer say nothing about the page as a whole
_DIRECTED: Final = 4.0  # heights of a line: shorter ones fall as they like


def turn_points(points: Floats, *, width: int, height: int, turns: int) -> Floats:
    """Points of the stored picture on the same picture turned clockwise."""
    x, y = points[..., 0], points[..., 1]
    if turns == 1:
        x, y = height - y, x
    elif turns == 2:
        x, y = width - x, height - y
    elif turns == 3:
        x, y = y, width - x
    return np.stack([x, y], axis=-1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Slant:
    """How much lines fall to the right: slope = base + across · x + down · y, with x and y in pixels."""

    base: float
    across: float
    down: float

    def straighten(self, points: Floats) -> Floats:
        """Points such that one printed line has one height: the slope is summed up from the left edge."""
        x, y = points[..., 0], points[..., 1]
        level = y - (self.base * x + self.across * x * x / 2 + self.down * x * y)
        return np.stack([x + self.base * y, level], axis=-1).astype(np.float32)


def measure_slant(quads: Sequence[Floats]) -> Slant:
    """Fit the slopes of the long lines; the median first, so that a stamp or a signature does not count."""
    if len(quads) < _LEAST_LINES:
        return Slant(_median_slope(quads), 0.0, 0.0)
    corners = np.stack(quads)
    along = (corners[:, 1] + corners[:, 2] - corners[:, 0] - corners[:, 3]) / 2
    lengths = np.abs(along[:, 0])
    slopes = along[:, 1] / np.maximum(lengths, 1)
    high = np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
    good = (lengths > 3 * high) & (np.abs(slopes - _median_slope(quads)) < 0.05)
    if good.sum() < _LEAST_LINES:
        return Slant(_median_slope(quads), 0.0, 0.0)
    middles = corners[good].mean(axis=1)
    size = float(corners.max())
    # The two changes are pulled towards zero: a dozen lines on one half of a page must not bend the other.
    terms = np.column_stack([np.ones(good.sum()), middles / size])
    weights = np.sqrt(lengths[good])[:, None]
    pull = np.diag([0.0, 0.1, 0.1]) * float(np.sum(weights**2)) * 0.1
    left = (terms * weights).T @ (terms * weights) + pull
    right = (terms * weights).T @ (slopes[good][:, None] * weights)
    base, across, down = np.linalg.solve(left, right)[:, 0]
    return Slant(float(base), float(across / size), float(down / size))


def measure_directions(quads: Sequence[Floats]) -> dict[str, float]:
    """`turn`: degrees by which the long lines fall, the middle one; `spread`: how far most of them lie apart.

    Nothing where too few are long enough to have a direction.
    """
    angles = []
    for quad in quads:
        along = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
        if float(np.linalg.norm(along)) > _DIRECTED * float(np.linalg.norm(quad[3] - quad[0])):
            angles.append(float(np.degrees(np.arctan2(along[1], along[0]))))
    if len(angles) < _LEAST_LINES:
        return {}
    low, middle, high = np.percentile(angles, (10, 50, 90))
    return {"turn": round(float(middle), 2), "spread": round(float(high - low), 2)}


def _median_slope(quads: Sequence[Floats]) -> float:
    slopes = []
    for quad in quads:
        along = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
        if abs(float(along[0])) > 2 * float(np.linalg.norm(quad[3] - quad[0])):
            slopes.append(float(along[1] / along[0]))
    return float(np.median(slopes)) if slopes else 0.0


def bound(points: Floats, *, width: float, height: float) -> Box:
    """The upright rectangle around points, as fractions of the page."""
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return Box(
        *(_fraction(value, of) for value, of in ((left, width), (top, height), (right, width), (bottom, height)))
    )


def fit(quad: Floats, *, width: float, height: float) -> Box:
    """The rectangle that a straightened line fills, without the corners that a remaining slant would add."""
    left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
    top, bottom = float(quad[[0, 1], 1].mean()), float(quad[[2, 3], 1].mean())
    return Box(
        *(_fraction(value, of) for value, of in ((left, width), (top, height), (right, width), (bottom, height)))
    )


def _fraction(value: float, of: float) -> float:
    return round(min(1.0, max(0.0, float(value / of))), 5)


def tilt(quad: Floats, *, width: float, height: float) -> float:
    """How much a line still falls, in fractions of the page's height for one page's width."""
    along = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
    return round(float(along[1] / height / max(float(along[0]) / width, 1e-3)), 5)
