"""Whether a portrait will do.

Nobody is refused for a head cover, age or impairment: hair, ears, scars and the opening of eyes or mouth are not even
measured, and whoever is refused may send the picture all the same.
"""

from __future__ import annotations

from typing import Final

from adminduk.catalogue.papers.types import Cause, Expectation, Measures

# Found on three sitters before drawn backgrounds, degraded by physics (benchmarks/papers/sitters.py), and drawn
# from what a pas foto asks for: head upright, looking ahead, filling the middle.
_HEIGHT: Final = (0.2, 0.68)  # forehead to chin, of the picture
_PIXELS: Final = 110  # fewer than these show no likeness
_ACROSS: Final = (0.34, 0.66)
_DOWN: Final = (0.2, 0.68)
_TILT: Final = 12.8  # degrees
_TURN: Final = 0.24  # of the distance between the eyes
_SIGMA: Final = 9.5  # smear, in thousandths of the face
_DARK, _BRIGHT = 0.22, 0.93  # light of the skin
_NEARLY_BRIGHT, _CLIPPED = 0.85, 0.99  # where the lighter parts of the skin have run into white
_ALL_WHITE, _ALL_BLACK = 0.25, 0.05  # share of white, and light, of a picture in which no face can be seen
_FLAT: Final = 0.2  # contrast of a face that is washed out
_SIDES: Final = 0.42  # the darker half against the lighter one
_EYES: Final = 0.5  # light around the eyes against the cheeks, behind dark glasses
_COLOUR: Final = 0.6  # share of the background


def judge_portrait(measures: Measures, expected: Expectation) -> tuple[Cause, ...]:
    """Causes, the most useful to be told of first."""
    numbers = measures.numbers
    faces = numbers.get("faces", 0)
    if faces == 0:
        return (_why_no_face(numbers),)
    if faces > 1:
        return (Cause.SEVERAL_FACES,)
    light = _of_light(numbers)
    return tuple(light or [*_of_pose(numbers), *_of_look(numbers), *_of_background(numbers, expected)])


def _why_no_face(numbers: dict[str, float]) -> Cause:
    if numbers.get("white", 0) > _ALL_WHITE:
        return Cause.BRIGHT
    return Cause.DARK if numbers.get("light", 1) < _ALL_BLACK else Cause.NO_FACE


def _of_light(numbers: dict[str, float]) -> list[Cause]:
    if numbers["face_light"] < _DARK or numbers["face_sides"] < _SIDES:
        return [Cause.DARK]
    is_clipped = numbers["face_light"] > _NEARLY_BRIGHT and numbers["face_high"] > _CLIPPED
    if (
        numbers["face_light"] > _BRIGHT
        or is_clipped
        or (numbers["face_contrast"] < _FLAT and numbers["face_light"] > 0.75)
    ):
        return [Cause.BRIGHT]
    return []


def _of_pose(numbers: dict[str, float]) -> list[Cause]:
    is_small = numbers["face_height"] < _HEIGHT[0] or numbers["face_pixels"] < _PIXELS
    checks = (
        (Cause.FACE_SIZE, is_small or numbers["face_height"] > _HEIGHT[1]),
        (Cause.BLURRED, numbers["face_sigma"] > _SIGMA),
        (Cause.FACE_PLACE, not (_within(numbers["face_x"], _ACROSS) and _within(numbers["face_y"], _DOWN))),
        (Cause.FACE_TILTED, abs(numbers["face_tilt"]) > _TILT),
        (Cause.FACE_TURNED, abs(numbers["face_turn"]) > _TURN),
    )
    return [cause for cause, is_so in checks if is_so]


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _of_look(numbers: dict[str, float]) -> list[Cause]:
    return [Cause.GLASSES] if numbers["eyes"] < _EYES else []


def _of_background(numbers: dict[str, float], expected: Expectation) -> list[Cause]:
    """Red for those born in odd years, blue for even ones; any year of birth unknown: either."""
    if expected.birth_date is None:
        is_right = max(numbers["red"], numbers["blue"]) >= _COLOUR
    else:
        is_right = numbers["red" if expected.birth_date.year % 2 else "blue"] >= _COLOUR
    return [] if is_right else [Cause.BACKGROUND]
