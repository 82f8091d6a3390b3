"""Pictures without any paper: a bare table, a hand, a head, shelves, a sky."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import cv2
import numpy as np

from benchmarks.papers import camera, scenes
from benchmarks.papers.camera import Picture, Shot


def take(random: Random, *, is_unseen: bool) -> tuple[Picture, str, Shot]:
    """A well-lit, sharp picture of no document; its name and how it was taken."""
    long_side = random.choice((1600, 1920, 2000))
    shot = Shot(
        width=long_side,
        height=round(long_side * 0.75),
        exposure=random.uniform(0.6, 1.1),
        noise=0.006,
        quality=random.randint(70, 95),
    )
    if random.random() < 0.5:
        shot.width, shot.height = shot.height, shot.width
    _, pixels = scenes.background(random, shot.width, shot.height, is_unseen=is_unseen)
    name = random.choice(sorted(_THINGS))
    _THINGS[name](pixels, random)
    light = np.full((shot.height // 8 + 1, shot.width // 8 + 1), shot.exposure, np.float32)
    return camera.developed(shot, pixels, light, np.zeros_like(light), random), name, shot


def _table(pixels: Picture, random: Random) -> None:
    height, width = pixels.shape[:2]
    for _ in range(random.randint(0, 3)):
        spot = (random.randrange(width), random.randrange(height))
        size = random.randint(width // 20, width // 8)
        cv2.circle(pixels, spot, size, tuple(random.randint(40, 230) for _ in range(3)), -1, cv2.LINE_AA)
        cv2.circle(pixels, spot, round(size * 0.8), tuple(random.randint(40, 230) for _ in range(3)), -1, cv2.LINE_AA)


def _hand(pixels: Picture, random: Random) -> None:
    height, width = pixels.shape[:2]
    skin = random.choice(((198, 150, 116), (160, 114, 82), (122, 84, 60)))
    palm = (round(width * random.uniform(0.4, 0.6)), round(height * 0.68))
    cv2.ellipse(pixels, palm, (width // 6, height // 5), 0, 0, 360, skin, -1, cv2.LINE_AA)
    for finger in range(5):
        angle = np.radians(200 + 32 * finger + random.uniform(-6, 6))
        tip = (round(palm[0] + np.cos(angle) * width * 0.32), round(palm[1] + np.sin(angle) * height * 0.42))
        cv2.line(pixels, palm, tip, skin, width // 18, cv2.LINE_AA)


def _head(pixels: Picture, random: Random) -> None:
    height, width = pixels.shape[:2]
    skin = random.choice(((198, 150, 116), (160, 114, 82), (222, 184, 150)))
    middle = (width // 2, round(height * 0.45))
    cv2.ellipse(pixels, (width // 2, height), (width // 3, height // 4), 0, 0, 360, (70, 80, 120), -1, cv2.LINE_AA)
    cv2.ellipse(
        pixels,
        (middle[0], middle[1] - height // 16),
        (width // 5, height // 3),
        0,
        0,
        360,
        (32, 26, 24),
        -1,
        cv2.LINE_AA,
    )
    cv2.ellipse(pixels, middle, (width // 6, height // 4), 0, 0, 360, skin, -1, cv2.LINE_AA)
    for side in (-1, 1):
        cv2.ellipse(
            pixels,
            (middle[0] + side * width // 16, middle[1] - height // 20),
            (width // 50, height // 90),
            0,
            0,
            360,
            (30, 24, 20),
            -1,
            cv2.LINE_AA,
        )
    cv2.ellipse(
        pixels,
        (middle[0], middle[1] + height // 9),
        (width // 24, height // 80),
        0,
        0,
        180,
        (140, 66, 60),
        -1,
        cv2.LINE_AA,
    )


def _shelves(pixels: Picture, random: Random) -> None:
    height, width = pixels.shape[:2]
    for row in range(4):
        top, x = row * height // 4 + height // 30, 0
        while x < width:
            wide = random.randint(width // 40, width // 14)
            colour = tuple(random.randint(20, 240) for _ in range(3))
            cv2.rectangle(
                pixels, (x, top + random.randint(0, height // 20)), (x + wide, (row + 1) * height // 4 - 12), colour, -1
            )
            x += wide + random.randint(2, 8)


def _sky(pixels: Picture, random: Random) -> None:
    height, width = pixels.shape[:2]
    ramp = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    pixels[:] = (
        np.array((110, 160, 220), np.float32) * (1 - ramp) + np.array((226, 220, 200), np.float32) * ramp
    ).astype(np.uint8)
    cv2.fillPoly(
        pixels,
        [
            np.array(
                [
                    (0, height),
                    (0, height * 2 // 3),
                    (width // 3, height // 2),
                    (width * 2 // 3, height * 3 // 4),
                    (width, height * 3 // 5),
                    (width, height),
                ],
                np.int32,
            )
        ],
        (70, 96, 64),
        cv2.LINE_AA,
    )


_THINGS: dict[str, Callable[[Picture, Random], None]] = {
    "table": _table,
    "hand": _hand,
    "head": _head,
    "shelves": _shelves,
    "sky": _sky,
}
