"""A phone's camera: where it stands, what light there is, its lens and its sensor.

A `Shot` is decided first, its physics follow from the geometry and the light alone, and only then is it developed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.papers import scenes
from benchmarks.papers.physics import Physics
from benchmarks.papers.sheet import Printed, Sheet

Picture = NDArray[np.uint8]
Field = NDArray[np.float32]
_MAP = 8
"""Light is computed on a grid this much coarser than the picture."""
_PAPER, _INK = 0.78, 0.06
"""How much light paper and ink throw back."""


@dataclass(slots=True)
class Shot:
    """Everything that is decided before the shutter: sizes in pixels of the picture, angles in degrees."""

    width: int
    height: int
    fill: float = 0.9
    """How much of the picture the page spans in its tighter direction."""
    turn: float = 0.0
    tilt: tuple[float, float] = (0.0, 0.0)
    distance: float = 1.35
    """Of the lens from the page, in widths of the page."""
    shift: tuple[float, float] = (0.0, 0.0)
    """Of the page's middle from the picture's, in parts of the picture."""
    exposure: float = 1.0
    veil: float = 0.0
    """Stray light over all of the picture."""
    spots: list[tuple[float, float, float, float, float, float]] = field(default_factory=list)
    """Reflections: middle as parts of the page, two radii as parts of its width, angle, strength."""
    shadow: tuple[float, float, float, float] | None = None
    """An edge: angle, offset, softness, light left."""
    folds: list[tuple[float, float, float]] = field(default_factory=list)
    """Is it across (1) or down (0), where, how deep."""
    crumple: float = 0.0
    defocus: float = 0.5
    """Radius of the disk that a point becomes."""
    motion: tuple[float, float] = (0.0, 0.0)
    """Length and angle of a movement while the shutter was open."""
    noise: float = 0.004
    """Of the sensor, at the brightness of paper, in linear light."""
    warmth: float = 0.0
    moire: float = 0.0
    quality: int = 88
    quarter: int = 0
    """Quarter turns of the stored picture."""
    has_hand: bool = False
    has_ground: bool = True
    """False: only the page, as a scanner gives it."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A shot of one sheet: its geometry and light."""

    shot: Shot
    sheet: Sheet
    matrix: NDArray[np.float64]
    """From pixels of the sheet to pixels of the picture."""
    corners: NDArray[np.float64]
    light: Field
    glare: Field

    def physics(self) -> Physics:
        needed = [printed for printed in self.sheet.printed if printed.need]
        main = [printed for printed in needed if printed.need == "main"]
        contrast, levels = self._contrasts(needed)
        lost = float(np.mean(contrast < 0.08))
        inside = self._inside(needed)
        sigma = math.sqrt((self.shot.defocus / 2) ** 2 + self.shot.motion[0] ** 2 / 12 + 0.35**2)
        paper = float(np.median(levels))
        return Physics(
            smallest_digit=min(self._digit(printed) for printed in needed),
            main_digit=max(self._digit(printed) for printed in main),
            blur_sigma=sigma,
            contrast_worst=float(np.min(contrast)),
            contrast_best=float(np.quantile(contrast, 0.9)),
            contrast_middle=float(np.median(contrast)),
            lost_share=lost,
            paper_level=paper,
            noise_sigma=_noise_seen(self.shot.noise, paper),
            outside_share=self._outside(),
            print_outside=1 - inside,
            turn=self.shot.turn if abs(self.shot.turn) < 45 else 90 - abs(self.shot.turn),
            foreshortening=_foreshortening(self.corners),
        )

    def places(self) -> list[list[float]]:
        """The page's corners as parts of the stored picture, from its own top left clockwise."""
        return [list(_turned(x / self.shot.width, y / self.shot.height, self.shot.quarter)) for x, y in self.corners]

    def _digit(self, printed: Printed) -> float:
        left, top, right, bottom = printed.box
        x = (left + right) / 2
        a, b = _map(self.matrix, [(x, top), (x, bottom)])
        return float(np.linalg.norm(a - b)) * printed.digit / max(1e-6, bottom - top)

    def _contrasts(self, needed: list[Printed]) -> tuple[Field, Field]:
        points = [
            (box[0] + (box[2] - box[0]) * part, (box[1] + box[3]) / 2)
            for box in (printed.box for printed in needed)
            for part in (0.02, 0.25, 0.5, 0.75, 0.98)
        ]
        at = _map(self.matrix, points) / _MAP
        x = np.clip(at[:, 0].round().astype(int), 0, self.light.shape[1] - 1)
        y = np.clip(at[:, 1].round().astype(int), 0, self.light.shape[0] - 1)
        light, glare = self.light[y, x], self.glare[y, x]
        paper = _tone(_PAPER * light + glare)
        return np.asarray(paper - _tone(_INK * light + glare), np.float32), np.asarray(paper, np.float32)

    def _inside(self, needed: list[Printed]) -> float:
        points = [(p.box[side], (p.box[1] + p.box[3]) / 2) for p in needed for side in (0, 2)]
        at = _map(self.matrix, points)
        is_in = (at[:, 0] >= 0) & (at[:, 1] >= 0) & (at[:, 0] < self.shot.width) & (at[:, 1] < self.shot.height)
        return float(np.mean(is_in))

    def _outside(self) -> float:
        whole = float(cv2.contourArea(self.corners.astype(np.float32)))
        frame = np.array(
            [(0, 0), (self.shot.width, 0), (self.shot.width, self.shot.height), (0, self.shot.height)], np.float32
        )
        seen, _ = cv2.intersectConvexConvex(self.corners.astype(np.float32), frame)
        return max(0.0, 1 - float(seen) / whole)


def expose(shot: Shot, sheet: Sheet, random: Random) -> Exposure:
    corners = _corners(shot, sheet)
    source = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32) * np.array(sheet.picture.size, np.float32)
    matrix = np.asarray(cv2.getPerspectiveTransform(source, corners.astype(np.float32)), np.float64)
    light, glare = _light(shot, sheet, matrix, corners, random)
    return Exposure(shot, sheet, matrix, corners, light, glare)


def develop(exposure: Exposure, random: Random, *, is_unseen: bool) -> tuple[Picture, str]:
    """The picture as RGB, and the name of what the paper lies on."""
    shot = exposure.shot
    name, pixels = scenes.background(random, shot.width, shot.height, is_unseen=is_unseen)
    if shot.has_ground:
        _drop_shadow(pixels, exposure.corners, random)
    else:
        name, pixels = "none", np.full_like(pixels, 250)
    _lay(pixels, exposure)
    if shot.has_hand:
        _hold(pixels, exposure.corners, random)
    return developed(shot, pixels, exposure.light, exposure.glare, random), name


def developed(shot: Shot, pixels: Picture, light: Field, glare: Field, random: Random) -> Picture:
    """Light, lens and sensor over colours that have no light yet."""
    linear = np.asarray(cv2.LUT(pixels, _TO_LINEAR), np.float32)
    size = (shot.width, shot.height)
    warm = np.array([1 + shot.warmth, 1.0, 1 - shot.warmth], np.float32)
    linear *= np.asarray(cv2.resize(light, size), np.float32)[..., None] * warm
    if glare.max() > 0:
        linear += np.asarray(cv2.resize(glare, size), np.float32)[..., None]
    if shot.moire:
        linear *= _moire(shot, random)[..., None]
    linear = _through_lens(linear, shot)
    _sense(linear, shot, random)
    np.clip(linear, 0, 1, out=linear)
    picture = _TO_SCREEN[(linear * 4095).astype(np.uint16)]
    return np.ascontiguousarray(np.rot90(picture, -shot.quarter))


def _corners(shot: Shot, sheet: Sheet) -> NDArray[np.float64]:
    """The page turned and tilted in space, and seen so that it spans `fill` of the picture."""
    half_w, half_h = 0.5, 0.5 * sheet.height / sheet.width
    points = np.array([(-half_w, -half_h, 0), (half_w, -half_h, 0), (half_w, half_h, 0), (-half_w, half_h, 0)])
    for degrees, axes in ((shot.turn, (0, 1)), (shot.tilt[0], (1, 2)), (shot.tilt[1], (0, 2))):
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        a, b = points[:, axes[0]].copy(), points[:, axes[1]].copy()
        points[:, axes[0]], points[:, axes[1]] = a * c - b * s, a * s + b * c
    depth = shot.distance + points[:, 2]
    flat = points[:, :2] / depth[:, None]
    span = flat.max(axis=0) - flat.min(axis=0)
    scale = shot.fill * min(shot.width / span[0], shot.height / span[1])
    middle = (flat.max(axis=0) + flat.min(axis=0)) / 2
    centre = np.array([shot.width * (0.5 + shot.shift[0]), shot.height * (0.5 + shot.shift[1])])
    return np.asarray((flat - middle) * scale + centre)


def _light(
    shot: Shot, sheet: Sheet, matrix: NDArray[np.float64], corners: NDArray[np.float64], random: Random
) -> tuple[Field, Field]:
    width, height = shot.width // _MAP + 1, shot.height // _MAP + 1
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    u, v = x / width - 0.5, y / height - 0.5
    angle = random.uniform(0, 6.28)
    light = (
        shot.exposure
        * (1 - 0.3 * (u * u + v * v))
        * (1 + random.uniform(0, 0.18) * (u * math.cos(angle) + v * math.sin(angle)))
    )
    if shot.shadow:
        turn, offset, softness, left = shot.shadow
        side = (u * math.cos(turn) + v * math.sin(turn) - offset) / softness
        light = light * (left + (1 - left) / (1 + np.exp(-side * 6)))
    if shot.folds or shot.crumple:
        light = light * _relief(shot, sheet, matrix, (width, height), random)
    glare = np.full((height, width), shot.veil, np.float32)
    page = float(np.linalg.norm(corners[1] - corners[0]))
    for px, py, rx, ry, turn, strength in shot.spots:
        at = _map(matrix, [(px * sheet.picture.width, py * sheet.picture.height)])[0] / _MAP
        dx, dy = x - at[0], y - at[1]
        a = (dx * math.cos(turn) + dy * math.sin(turn)) / (rx * page / _MAP)
        b = (-dx * math.sin(turn) + dy * math.cos(turn)) / (ry * page / _MAP)
        glare += strength / (1 + (a * a + b * b) ** 2)
    return np.asarray(light, np.float32), glare


def _relief(shot: Shot, sheet: Sheet, matrix: NDArray[np.float64], size: tuple[int, int], random: Random) -> Field:
    """Folds and crumples as light and dark on the page."""
    width, height = max(8, sheet.picture.width // 16), max(8, sheet.picture.height // 16)
    relief = np.ones((height, width), np.float32)
    x, y = np.arange(width, dtype=np.float32) / width, np.arange(height, dtype=np.float32) / height
    for is_across, where, depth in shot.folds:
        along = y if is_across else x
        slope = np.where(along < where, 1.0, -1.0) * np.exp(-np.abs(along - where) * 18) * depth
        relief *= 1 + (slope[:, None] if is_across else slope[None, :])
    if shot.crumple:
        dice = np.random.default_rng(random.getrandbits(48))
        heights = scenes.noise(dice, width, height, 9, 9) + 0.5 * scenes.noise(dice, width, height, 21, 21)
        relief *= 1 + np.clip(np.gradient(heights, axis=1) * 9 + np.gradient(heights, axis=0) * 6, -1, 1) * shot.crumple
    shrink = np.diag([1 / _MAP, 1 / _MAP, 1]) @ matrix @ np.diag([16.0, 16.0, 1])
    return np.asarray(
        cv2.warpPerspective(relief, shrink, size, borderMode=cv2.BORDER_CONSTANT, borderValue=1), np.float32
    )


def _lay(pixels: Picture, exposure: Exposure) -> None:
    """The sheet onto the ground, in place, shrunk beforehand so that fine print does not alias."""
    sheet, matrix = exposure.sheet, exposure.matrix
    source = np.asarray(sheet.picture)
    side = max(
        float(np.linalg.norm(exposure.corners[a] - exposure.corners[a - 1])) / n
        for a, n in zip(range(4), _sides(sheet), strict=True)
    )
    if side < 0.77:
        small = max(0.02, side * 1.15)
        source = np.asarray(cv2.resize(source, None, fx=small, fy=small, interpolation=cv2.INTER_AREA), np.uint8)
        matrix = matrix @ np.diag([sheet.picture.width / source.shape[1], sheet.picture.height / source.shape[0], 1])
    mask = np.full(source.shape[:2], 255, np.uint8)
    if sheet.corner:
        _round_off(mask, round(sheet.corner / sheet.width * source.shape[1]))
    size = (exposure.shot.width, exposure.shot.height)
    seen = np.asarray(
        cv2.warpPerspective(source, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )
    alpha = np.asarray(cv2.warpPerspective(mask, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)
    cv2.copyTo(seen, np.where(alpha > 127, 255, 0).astype(np.uint8), pixels)


def _sides(sheet: Sheet) -> tuple[int, int, int, int]:
    width, height = sheet.picture.size
    return height, width, height, width


def _round_off(mask: Picture, radius: int) -> None:
    height, width = mask.shape
    mask[:] = 0
    cv2.rectangle(mask, (radius, 0), (width - radius, height), 255, -1)
    cv2.rectangle(mask, (0, radius), (width, height - radius), 255, -1)
    for x in (radius, width - radius):
        for y in (radius, height - radius):
            cv2.circle(mask, (x, y), radius, 255, -1)


def _drop_shadow(pixels: Picture, corners: NDArray[np.float64], random: Random) -> None:
    height, width = pixels.shape[:2]
    mask = np.zeros((height // _MAP + 1, width // _MAP + 1), np.float32)
    shift = np.array([random.uniform(-1, 1), random.uniform(0.2, 1)]) * width * 0.008
    cv2.fillConvexPoly(mask, ((corners + shift) / _MAP).round().astype(np.int32), 1.0)
    mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), max(1.0, width * 0.006 / _MAP)), np.float32)
    dark = 1 - 0.5 * np.asarray(cv2.resize(mask, (width, height)), np.float32)
    pixels[:] = (pixels * dark[..., None]).astype(np.uint8)


def _hold(pixels: Picture, corners: NDArray[np.float64], random: Random) -> None:
    side = random.randrange(4)
    a, b = corners[side], corners[(side + 1) % 4]
    edge = a + (b - a) * random.uniform(0.3, 0.7)
    inward = corners.mean(axis=0) - edge
    inward = inward / np.linalg.norm(inward)
    page = float(np.linalg.norm(corners[1] - corners[0]))
    scenes.fingers(pixels, random, (edge[0], edge[1]), (inward[0], inward[1]), page * random.uniform(0.025, 0.04))


def _through_lens(linear: Field, shot: Shot) -> Field:
    if shot.defocus > 0.7:
        linear = np.asarray(cv2.filter2D(linear, -1, _disk(shot.defocus), borderType=cv2.BORDER_REFLECT), np.float32)
    length, angle = shot.motion
    if length > 1:
        linear = np.asarray(cv2.filter2D(linear, -1, _streak(length, angle), borderType=cv2.BORDER_REFLECT), np.float32)
    return linear


def _disk(radius: float) -> Field:
    half = math.ceil(radius) + 1
    y, x = np.mgrid[-half : half + 1, -half : half + 1].astype(np.float32)
    disk = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(disk / disk.sum(), np.float32)


def _streak(length: float, degrees: float) -> Field:
    half = math.ceil(length / 2) + 1
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    dx, dy = math.cos(math.radians(degrees)) * length / 2 * 16, math.sin(math.radians(degrees)) * length / 2 * 16
    a, b = (round(half * 16 - dx), round(half * 16 - dy)), (round(half * 16 + dx), round(half * 16 + dy))
    cv2.line(kernel, a, b, 1.0, 1, cv2.LINE_AA, 4)
    return np.asarray(kernel / kernel.sum(), np.float32)


def _moire(shot: Shot, random: Random) -> Field:
    y, x = np.mgrid[0 : shot.height, 0 : shot.width].astype(np.float32)
    a, b = random.uniform(0.02, 0.12), random.uniform(0.5, 1.6)
    wave = np.sin(x * a + 4 * np.sin(y * a * 0.13)) * np.sin(y * a * b)
    return np.asarray(1 + shot.moire * wave, np.float32)


@lru_cache(maxsize=4)
def _noise_tile(which: int) -> Field:
    return np.random.default_rng(which).normal(0, 1, (768, 768, 3)).astype(np.float32)


def _sense(linear: Field, shot: Shot, random: Random) -> None:
    """Shot and read noise, in place: more where there is more light, felt more where there is less."""
    tile, height, width = _noise_tile(random.randrange(4)), *linear.shape[:2]
    for top in range(0, height, 768):
        for left in range(0, width, 768):
            part = linear[top : top + 768, left : left + 768]
            grain = np.roll(tile, random.randrange(768), axis=random.randrange(2))[: part.shape[0], : part.shape[1]]
            part += (
                grain
                * np.sqrt(np.maximum(part, 0) * 0.6 + 0.4 * shot.exposure * _PAPER)
                * (shot.noise / math.sqrt(max(shot.exposure, 1e-3)))
            )


def _noise_seen(noise: float, level: float) -> float:
    """The sensor's noise on the paper, in the steps of the stored picture (0 to 1)."""
    linear = float(_TO_LINEAR[round(level * 255)])
    return max(0.0, float(_tone(np.float32(linear + noise)) - _tone(np.float32(linear))))


def _foreshortening(corners: NDArray[np.float64]) -> float:
    sides = [float(np.linalg.norm(corners[(n + 1) % 4] - corners[n])) for n in range(4)]
    return min(min(a, b) / max(a, b) for a, b in ((sides[0], sides[2]), (sides[1], sides[3])))


def _map(matrix: NDArray[np.float64], points: list[tuple[float, float]]) -> NDArray[np.float64]:
    whole = np.column_stack([np.array(points, np.float64), np.ones(len(points))]) @ matrix.T
    return np.asarray(whole[:, :2] / whole[:, 2:])


def _turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    return ((x, y), (1 - y, x), (1 - x, 1 - y), (y, 1 - x))[quarter % 4]


def _tone(linear: Field | np.float32) -> Field:
    light = np.clip(linear, 0, 1)
    return np.asarray(np.where(light <= 0.0031308, light * 12.92, 1.055 * np.power(light, 1 / 2.4) - 0.055), np.float32)


_STEPS = np.arange(256, dtype=np.float32) / 255
_TO_LINEAR: Field = np.where(_STEPS <= 0.04045, _STEPS / 12.92, ((_STEPS + 0.055) / 1.055) ** 2.4).astype(np.float32)
_TO_SCREEN: Picture = (_tone(np.linspace(0, 1, 4096).astype(np.float32)) * 255).round().astype(np.uint8)
