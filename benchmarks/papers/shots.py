"""How people photograph papers: well, and wrongly in one way at a time."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from benchmarks.papers import physics
from benchmarks.papers.camera import Shot
from benchmarks.papers.sheet import Sheet

_LONG_SIDES = (1400, 1600, 1600, 1920, 2000, 2000, 2000, 2400)


def plan(random: Random, sheet: Sheet, wanted: str) -> Shot:
    """A shot that should come out as wanted: `good`, or one of the defects of `physics`."""
    shot = _good(random, sheet)
    spoil = _SPOIL.get(wanted)
    if spoil:
        spoil(random, shot, sheet)
    return shot


def _good(random: Random, sheet: Sheet) -> Shot:
    long_side = random.choice(_LONG_SIDES)
    short_side = round(long_side * random.choice((0.75, 0.75, 0.5625)))
    is_card = sheet.width < 120
    is_wide = sheet.width > sheet.height
    if is_card and random.random() < 0.3:
        is_wide = False
    shot = Shot(
        width=long_side if is_wide else short_side,
        height=short_side if is_wide else long_side,
        fill=random.uniform(0.45, 0.93) if is_card else random.uniform(0.84, 0.97),
        turn=random.gauss(0, 1.8),
        tilt=(random.gauss(0, 5), random.gauss(0, 5)),
        shift=(random.uniform(-0.01, 0.01), random.uniform(-0.01, 0.01)),
        exposure=random.uniform(0.55, 1.1),
        defocus=random.uniform(0.3, 0.9),
        noise=random.uniform(0.002, 0.012),
        warmth=random.uniform(-0.06, 0.1),
        quality=random.randint(62, 95),
        quarter=random.choice((0,) * 7 + (1, 2, 3)),
        has_hand=random.random() < 0.12 and not is_card,
    )
    _wear(random, shot, sheet)
    if random.random() < 0.15:
        _scan(shot, sheet)
    elif random.random() < 0.1:
        _forwarded(random, shot)
    return shot


def _forwarded(random: Random, shot: Shot) -> None:
    """Sent on by a messenger: 1280 pixels at most, and packed hard."""
    part = 1280 / max(shot.width, shot.height)
    shot.width, shot.height, shot.quality = round(shot.width * part), round(shot.height * part), random.randint(45, 65)


def _scan(shot: Shot, sheet: Sheet) -> None:
    """As a scanner or an app gives it: only the page, straight."""
    shot.turn, shot.tilt, shot.shift, shot.fill, shot.has_ground, shot.has_hand = (
        0.0,
        (0.0, 0.0),
        (0.0, 0.0),
        0.999,
        False,
        False,
    )
    long_side = max(shot.width, shot.height)
    part = min(sheet.width, sheet.height) / max(sheet.width, sheet.height)
    across, down = (
        (long_side, round(long_side * part)) if sheet.width > sheet.height else (round(long_side * part), long_side)
    )
    shot.width, shot.height, shot.shadow, shot.spots = across, down, None, []


def _wear(random: Random, shot: Shot, sheet: Sheet) -> None:
    """What good pictures have too: a soft shadow, folds, a sheen, a trace of moiré."""
    if random.random() < 0.35:
        shot.shadow = (
            random.uniform(0, 6.28),
            random.uniform(-0.3, 0.3),
            random.uniform(0.1, 0.6),
            random.uniform(0.55, 0.85),
        )
    if sheet.width < 120:
        if random.random() < 0.4:
            shot.spots.append(
                (
                    random.uniform(0, 1),
                    random.uniform(0, 1),
                    0.5,
                    0.05,
                    random.uniform(0.5, 1.2),
                    random.uniform(0.02, 0.08),
                )
            )
        return
    if random.random() < 0.35:
        shot.folds = [
            (
                random.randint(0, 1),
                random.choice((0.333, 0.5, 0.667)) + random.uniform(-0.03, 0.03),
                random.uniform(0.05, 0.16),
            )
            for _ in range(random.randint(1, 3))
        ]
    if random.random() < 0.2:
        shot.crumple = random.uniform(0.04, 0.14)
    if random.random() < 0.1:  # in a clear cover
        for _ in range(random.randint(1, 3)):
            place = random.uniform(0, 1), random.uniform(0, 1)
            shape = random.uniform(0.3, 0.7), random.uniform(0.01, 0.03)
            shot.spots.append((*place, *shape, random.uniform(0, 3.1), random.uniform(0.05, 0.25)))
    if random.random() < 0.06:
        shot.moire = random.uniform(0.015, 0.05)


def _reach(random: Random, shot: Shot, sheet: Sheet) -> float:
    """About how high the main number's digits will be, in pixels of the picture."""
    main = max(printed.digit for printed in sheet.printed if printed.need == "main") / sheet.scale
    per_mm = shot.fill * min(shot.width / sheet.width, shot.height / sheet.height)
    return main * per_mm


def _blurred(random: Random, shot: Shot, sheet: Sheet) -> None:
    sigma = _reach(random, shot, sheet) * random.choice((random.uniform(0.22, 0.3), random.uniform(0.28, 0.5)))
    if random.random() < 0.6:
        shot.defocus = sigma * 2
    else:
        shot.motion = (sigma * math.sqrt(12), random.uniform(0, 180))
        shot.defocus = random.uniform(0.5, 1.2)


def _dark(random: Random, shot: Shot, sheet: Sheet) -> None:
    shot.exposure = random.uniform(0.008, 0.026)
    shot.noise = shot.exposure * random.uniform(0.17, 0.4)
    shot.spots, shot.shadow = [], None


def _bright(random: Random, shot: Shot, sheet: Sheet) -> None:
    shot.exposure, shot.veil = random.uniform(4, 8), random.uniform(0.5, 0.9)
    shot.shadow = None


def _glare(random: Random, shot: Shot, sheet: Sheet) -> None:
    """The lamp or the flash in the sheet, over print that is needed."""
    needed = [printed for printed in sheet.printed if printed.need]
    for _ in range(random.randint(1, 2)):
        left, top, right, bottom = random.choice(needed).box
        x, y = (
            (left + (right - left) * random.random()) / sheet.picture.width,
            (top + bottom) / 2 / sheet.picture.height,
        )
        wide = random.uniform(0.08, 0.22)
        shot.spots.append((x, y, wide, wide * random.uniform(0.5, 1), random.uniform(0, 3.1), random.uniform(3, 12)))


def _cut(random: Random, shot: Shot, sheet: Sheet) -> None:
    share = random.uniform(0.1, 0.35)
    shot.has_ground, shot.has_hand = True, False
    shot.fill = max(shot.fill, random.uniform(0.9, 1.05))
    rest = (1 - shot.fill) / 2
    side = random.choice((-1, 1))
    if random.random() < 0.5:
        spare = (shot.width - shot.fill * min(shot.width, shot.height * sheet.width / sheet.height)) / 2 / shot.width
        shot.shift = (side * (max(rest, spare) + share * shot.fill), 0.0)
    else:
        spare = (shot.height - shot.fill * min(shot.height, shot.width * sheet.height / sheet.width)) / 2 / shot.height
        shot.shift = (0.0, side * (max(rest, spare) + share * shot.fill))


def _small(random: Random, shot: Shot, sheet: Sheet) -> None:
    digits = [printed.digit for printed in sheet.printed if printed.need]
    goal = random.uniform(3.0, 5.2) * min(1.35, max(digits) / min(digits))
    shrink = goal / _reach(random, shot, sheet)
    shot.has_ground = True
    if random.random() < 0.35:
        shot.width, shot.height = max(320, round(shot.width * shrink)), max(320, round(shot.height * shrink))
        shot.defocus = 0.4
    else:
        shot.fill *= shrink
        room = (1 - shot.fill) / 2 * 0.7
        shot.shift = (random.uniform(-room, room), random.uniform(-room, room))


def _skewed(random: Random, shot: Shot, sheet: Sheet) -> None:
    shot.has_ground, shot.has_hand = True, False
    if random.random() < 0.5:
        shot.turn = random.choice((-1, 1)) * random.uniform(18, 42)
    else:
        steep, side = random.uniform(48, 66), random.choice((-1, 1))
        shot.tilt = (steep * side, random.gauss(0, 4)) if random.random() < 0.5 else (random.gauss(0, 4), steep * side)
        shot.fill, shot.distance = random.uniform(0.88, 0.96), random.uniform(0.8, 1.0)
    shot.shift = (0.0, 0.0)


_SPOIL: dict[str, Callable[[Random, Shot, Sheet], None]] = {
    physics.BLURRED: _blurred,
    physics.DARK: _dark,
    physics.BRIGHT: _bright,
    physics.GLARE: _glare,
    physics.CUT: _cut,
    physics.SMALL: _small,
    physics.SKEWED: _skewed,
}
