"""What a paper lies on: wood, cloth, tiles and more, as colours without light."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Field = NDArray[np.float32]


def background(random: Random, width: int, height: int, *, is_unseen: bool) -> tuple[str, Picture]:
    """A surface and its name. The unseen family has surfaces of its own."""
    some = _UNSEEN if is_unseen else _SEEN
    name = random.choice(sorted(some))
    dice = np.random.default_rng(random.getrandbits(48))
    small = max(2, width // 2), max(2, height // 2)
    base = np.array(random.choice(_COLOURS[name]), np.float32)
    shade = some[name](dice, *small)
    pixels = np.clip(base * shade[..., None], 0, 255).astype(np.uint8)
    return name, np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def noise(dice: np.random.Generator, width: int, height: int, cells_x: float, cells_y: float) -> Field:
    """Smooth noise between 0 and 1 with so many cells across and down."""
    grid = dice.random((max(2, round(cells_y)) + 1, max(2, round(cells_x)) + 1), dtype=np.float32)
    return np.asarray(cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _grain(dice: np.random.Generator, width: int, height: int, strength: float) -> Field:
    tile = dice.normal(0, strength, (256, 256)).astype(np.float32)
    return np.tile(tile, (height // 256 + 1, width // 256 + 1))[:height, :width]


def _wood(dice: np.random.Generator, width: int, height: int) -> Field:
    rings = noise(dice, width, height, 3, 26) * 9 + noise(dice, width, height, 8, 90) * 1.5
    board = max(30, height // int(dice.integers(2, 6)))
    boards = np.where(np.arange(height) % board < 3, 0.6, 1.0)
    grain = 0.78 + 0.16 * np.sin(rings * 3) + 0.06 * noise(dice, width, height, 40, 300)
    return np.asarray(grain * boards[:, None], np.float32)


def _cloth(dice: np.random.Generator, width: int, height: int) -> Field:
    pitch = float(dice.uniform(2.5, 6))
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    weave = 0.08 * (np.sin(x * 6.28 / pitch)[None, :] * np.sin(y * 6.28 / pitch)[:, None])
    return np.asarray(0.85 + weave + 0.25 * (noise(dice, width, height, 5, 5) - 0.5), np.float32)


def _tiles(dice: np.random.Generator, width: int, height: int) -> Field:
    side = int(dice.integers(120, 420))
    x, y = (np.arange(width) + dice.integers(side)) % side < 4, (np.arange(height) + dice.integers(side)) % side < 4
    plain = 0.95 + 0.1 * (noise(dice, width, height, 12, 12) - 0.5)
    return np.asarray(np.where(x[None, :] | y[:, None], 0.6, plain), np.float32)


def _stone(dice: np.random.Generator, width: int, height: int) -> Field:
    return 0.8 + 0.35 * (noise(dice, width, height, 60, 45) - 0.5) + _grain(dice, width, height, 0.12)


def _plain(dice: np.random.Generator, width: int, height: int) -> Field:
    return 0.9 + 0.2 * (noise(dice, width, height, 2, 2) - 0.5) + _grain(dice, width, height, 0.015)


def _batik(dice: np.random.Generator, width: int, height: int) -> Field:
    side = int(dice.integers(60, 140))
    cell = np.full((side, side), 0.75, np.float32)
    for _ in range(5):
        spot = (int(dice.integers(side)), int(dice.integers(side)))
        cv2.ellipse(
            cell, spot, (side // 4, side // 9), float(dice.integers(180)), 0, 360, float(dice.uniform(0.4, 1.2)), -1
        )
    return np.tile(cell, (height // side + 1, width // side + 1))[:height, :width]


def _carpet(dice: np.random.Generator, width: int, height: int) -> Field:
    rows = 0.15 * np.sin(np.arange(height, dtype=np.float32) * 6.28 / float(dice.uniform(9, 18)))[:, None]
    return np.asarray(0.8 + rows + _grain(dice, width, height, 0.2), np.float32)


def _mat(dice: np.random.Generator, width: int, height: int) -> Field:
    pitch = int(dice.integers(14, 30))
    y, x = np.mgrid[0:height, 0:width]
    over = ((x // pitch + y // pitch) % 2).astype(np.float32)
    along = np.where(over > 0, x % pitch, y % pitch).astype(np.float32) / pitch
    return np.asarray(0.65 + 0.35 * np.sin(along * 3.14) + 0.08 * over, np.float32)


def _concrete(dice: np.random.Generator, width: int, height: int) -> Field:
    crack = noise(dice, width, height, 7, 5)
    return np.asarray(
        np.where(np.abs(crack - 0.5) < 0.006, 0.55, 0.85)
        + 0.15 * (noise(dice, width, height, 30, 30) - 0.5)
        + _grain(dice, width, height, 0.05),
        np.float32,
    )


_Surface = Callable[[np.random.Generator, int, int], Field]
_SEEN: dict[str, _Surface] = {
    "wood": _wood,
    "cloth": _cloth,
    "tiles": _tiles,
    "stone": _stone,
    "plain": _plain,
    "batik": _batik,
}
_UNSEEN: dict[str, _Surface] = {"carpet": _carpet, "mat": _mat, "concrete": _concrete}
_COLOURS: dict[str, tuple[tuple[int, int, int], ...]] = {
    "wood": ((150, 104, 64), (96, 62, 40), (196, 156, 108)),
    "cloth": ((60, 84, 130), (150, 40, 50), (90, 110, 84), (60, 60, 66)),
    "tiles": ((222, 222, 216), (176, 150, 130), (196, 206, 210)),
    "stone": ((128, 126, 122), (84, 82, 84), (168, 158, 146)),
    "plain": ((210, 210, 206), (44, 46, 52), (120, 146, 130), (236, 226, 210)),
    "batik": ((120, 76, 44), (48, 56, 92), (150, 110, 60)),
    "carpet": ((126, 46, 50), (60, 90, 70), (104, 98, 120)),
    "mat": ((206, 176, 120), (166, 140, 96)),
    "concrete": ((150, 150, 148), (120, 116, 110)),
}


def fingers(
    pixels: Picture, random: Random, edge: tuple[float, float], inward: tuple[float, float], size: float
) -> None:
    """A hand that holds the sheet at its edge, drawn in place: two to four fingertips."""
    skin = random.choice(((198, 150, 116), (160, 114, 82), (122, 84, 60)))
    along = (-inward[1], inward[0])
    for place in range(random.randint(2, 4)):
        shift = (place - 1.5) * size * 0.95
        reach = size * random.uniform(0.4, 1.0)
        tip = (edge[0] + along[0] * shift + inward[0] * reach, edge[1] + along[1] * shift + inward[1] * reach)
        root = (tip[0] - inward[0] * size * 7, tip[1] - inward[1] * size * 7)
        points = (round(tip[0]), round(tip[1])), (round(root[0]), round(root[1]))
        cv2.line(pixels, *points, tuple(int(c * 0.72) for c in skin), round(size * 0.95), cv2.LINE_AA)
        cv2.line(pixels, *points, skin, round(size * 0.82), cv2.LINE_AA)
