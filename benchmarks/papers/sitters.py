"""Portraits to judge: public-domain pictures out of PyPI packages, cut out, set before red or blue, and spoilt.

Three sitters: the astronaut of scikit-image (NASA) and the two presidents of face_recognition (White House), all works
of the United States' government. They are fetched when they are asked for and never committed.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[Any]

_PYTHON_WITH_PIP = Path(__file__).parents[2] / ".cache/uv/bin/python"  # .venv has none
_PACKAGES = (("scikit-image==0.26.0", "--only-binary=:all:"), ("face_recognition==1.3.0", "--no-binary=:all:"))
# Where the face is (left, top, width, height, of the picture's width), and how wide the hair (of 300): marked by hand.
_SITTERS = {
    "astronaut": ("skimage/data/astronaut.png", (0.348, 0.121, 0.174, 0.221), 62),
    "president 44": ("tests/test_images/obama.jpg", (0.408, 0.100, 0.264, 0.361), 43),
    "president 46": ("tests/test_images/biden.jpg", (0.428, 0.182, 0.311, 0.414), 50),
}
WIDE, TALL = 600, 800
_RED, _BLUE = (196, 32, 38), (32, 74, 180)


@dataclass(frozen=True)
class Portrait:
    """`wrong` is the cause that a judge should name; "" for a good one."""

    name: str
    sitter: str
    pixels: Picture
    birth_year: int
    wrong: str = ""


@dataclass(frozen=True)
class Sitter:
    """A head and shoulders with a mask: RGB and 0 to 1, the face 300 pixels high with its middle at (600, 600)."""

    name: str
    pixels: Picture
    mask: Picture


def fetch(folder: Path) -> list[Sitter]:
    """Raises OSError, subprocess.SubprocessError where the packages cannot be had."""
    folder.mkdir(parents=True, exist_ok=True)
    for package, form in _PACKAGES:
        command = [
            str(_PYTHON_WITH_PIP),
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            form,
            "--dest",
            str(folder),
            package,
        ]
        if not any(folder.glob(package.replace("-", "_").replace("==", "-") + "*")):
            subprocess.run(command, check=True, timeout=240, capture_output=True)
    return [_sitter(name, _bytes(folder, place), face, hair) for name, (place, face, hair) in _SITTERS.items()]


def good(sitter: Sitter, random: np.random.Generator) -> Portrait:
    """Somebody photographed with care, by a different light and lens each time."""
    is_red = bool(random.integers(2))
    light = float(random.uniform(0.8, 1.15))
    pixels = _stand(sitter, background=_shade(_RED if is_red else _BLUE, random), size=random.uniform(0.9, 1.25),
                    shift=(random.uniform(-25, 25), random.uniform(-25, 25)), angle=random.uniform(-4, 4))  # fmt: skip
    pixels = _blur(pixels * light, random.uniform(0.3, 1.0)) + random.normal(0, random.uniform(1, 4), pixels.shape)
    return Portrait("good", sitter.name, _jpeg(pixels, int(random.integers(60, 95))), 1991 if is_red else 1992)


def bad(sitter: Sitter, random: np.random.Generator) -> Iterator[Portrait]:
    """One of each defect."""
    for wrong, spoil in _SPOIL.items():
        base = good(sitter, random)
        pixels, year = spoil(sitter, base, random)
        yield Portrait(wrong, sitter.name, _jpeg(pixels, 85), year, wrong.split(":")[0])


def _stand(sitter: Sitter, *, background: Picture, size: float = 1.0, shift: tuple[float, float] = (0, 0),
           angle: float = 0.0, onto: Picture | None = None) -> Picture:  # fmt: skip
    """The sitter before a background; `size` 1 makes the face 300 of 800 pixels high."""
    matrix = cv2.getRotationMatrix2D((600, 600), angle, size)
    matrix[:, 2] += np.array([WIDE / 2 + shift[0] - 600, TALL * 0.47 + shift[1] - 600])
    mask = cv2.warpAffine(sitter.mask, matrix, (WIDE, TALL))[..., None]
    face = cv2.warpAffine(sitter.pixels, matrix, (WIDE, TALL)).astype(np.float64)
    behind = np.broadcast_to(background, (TALL, WIDE, 3)) if onto is None else onto
    return face * mask + behind * (1 - mask)


def _shade(colour: tuple[int, int, int], random: np.random.Generator) -> Picture:
    ramp = np.linspace(random.uniform(0.8, 1.0), random.uniform(0.9, 1.15), TALL)[:, None, None]
    return np.array(colour, np.float64) * ramp * np.ones((1, WIDE, 1))


def _blur(pixels: Picture, sigma: float) -> Picture:
    return cv2.GaussianBlur(pixels, (0, 0), sigma)


def _jpeg(pixels: Picture, quality: int) -> Picture:
    out = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(out).convert("RGB"))


_Spoil = Callable[[Sitter, Portrait, np.random.Generator], tuple[Picture, int]]


def _placed(**how: Any) -> _Spoil:
    def spoil(sitter: Sitter, base: Portrait, random: np.random.Generator) -> tuple[Picture, int]:
        colour = _shade(_RED if base.birth_year % 2 else _BLUE, random)
        return _stand(sitter, background=colour, **{key: value(random) for key, value in how.items()}), base.birth_year

    return spoil


def _changed(change: Callable[[Picture, np.random.Generator], Picture]) -> _Spoil:
    def spoil(_: Sitter, base: Portrait, random: np.random.Generator) -> tuple[Picture, int]:
        return change(base.pixels.astype(np.float64), random), base.birth_year

    return spoil


def _glasses(pixels: Picture, random: np.random.Generator, sitter: Sitter, size: float) -> Picture:
    """Two dark lenses over where the eyes are when the sitter stands plainly."""
    out = pixels.copy()
    eyes = _EYES[sitter.name]
    for x, y in eyes:
        at = (round(WIDE / 2 + x * size), round(TALL * 0.47 + y * size))
        cv2.ellipse(out, at, (round(46 * size), round(34 * size)), 0, 0, 360, (18.0, 18.0, 22.0), -1, cv2.LINE_AA)
    first, second = [(round(WIDE / 2 + x * size), round(TALL * 0.47 + y * size)) for x, y in eyes]
    cv2.line(out, first, second, (20.0, 20.0, 20.0), 6)
    return out


# From the middle of the face, at a face of 300 pixels: marked by hand.
_EYES = {
    "astronaut": ((-52, -44), (52, -44)),
    "president 44": ((-52, -48), (54, -56)),
    "president 46": ((-54, -48), (50, -44)),
}


def _with_glasses(sitter: Sitter, base: Portrait, random: np.random.Generator) -> tuple[Picture, int]:
    colour = _shade(_RED if base.birth_year % 2 else _BLUE, random)
    return _glasses(_stand(sitter, background=colour), random, sitter, 1.0), base.birth_year


def _two(sitter: Sitter, base: Portrait, random: np.random.Generator) -> tuple[Picture, int]:
    colour = _shade(_RED if base.birth_year % 2 else _BLUE, random)
    first = _stand(sitter, background=colour, size=0.62, shift=(-140, 0))
    return _stand(
        sitter, background=colour, size=0.62, shift=(140, random.uniform(-30, 30)), onto=first
    ), base.birth_year


def _other_colour(sitter: Sitter, base: Portrait, random: np.random.Generator) -> tuple[Picture, int]:
    return base.pixels.astype(np.float64), base.birth_year + 1


def _plain_wall(sitter: Sitter, base: Portrait, random: np.random.Generator) -> tuple[Picture, int]:
    wall = _shade(((225, 222, 214), (150, 156, 150), (120, 150, 90))[random.integers(3)], random)
    return _stand(sitter, background=wall), base.birth_year


def _nobody(_: Sitter, base: Portrait, random: np.random.Generator) -> tuple[Picture, int]:
    return _shade(_RED, random), base.birth_year


def _motion(pixels: Picture, random: np.random.Generator) -> Picture:
    length = int(random.integers(17, 33))
    kernel = np.zeros((length, length))
    kernel[length // 2] = 1 / length
    turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), random.uniform(0, 180), 1)
    turned = cv2.warpAffine(kernel, turn, (length, length))
    return cv2.filter2D(pixels, -1, turned / turned.sum())


def _sided(pixels: Picture, random: np.random.Generator) -> Picture:
    ramp = 1 / (1 + np.exp(-np.linspace(-9, 9, WIDE)))
    ramp = ramp if random.integers(2) else ramp[::-1]
    return pixels * (random.uniform(0.05, 0.16) + (1 - 0.1) * ramp)[None, :, None]


_SPOIL: dict[str, _Spoil] = {
    "no_face": _nobody,
    "several_faces": _two,
    "face_size: far": _placed(size=lambda random: random.uniform(0.22, 0.42)),
    "face_size: near": _placed(size=lambda random: random.uniform(2.05, 2.3)),
    "face_place: aside": _placed(shift=lambda random: (random.choice([-1, 1]) * random.uniform(150, 190), 0.0)),
    "face_tilted": _placed(angle=lambda random: random.choice([-1, 1]) * random.uniform(17, 30)),
    "blurred": _changed(lambda pixels, random: _blur(pixels, random.uniform(7, 14))),
    "blurred: moved": _changed(_motion),
    "dark": _changed(lambda pixels, random: pixels * random.uniform(0.1, 0.22)),
    "bright": _changed(lambda pixels, random: pixels * 2.2 + random.uniform(60, 110)),
    "dark: one side": _changed(_sided),
    "glasses": _with_glasses,
    "background: other colour": _other_colour,
    "background: wall": _plain_wall,
}


def _bytes(folder: Path, place: str) -> bytes:
    for path in sorted(folder.iterdir()):
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                if place in wheel.namelist():
                    return wheel.read(place)
        elif path.name.endswith(".tar.gz"):
            with tarfile.open(path) as source:
                inside = next((member for member in source.getmembers() if member.name.endswith(place)), None)
                file = source.extractfile(inside) if inside else None
                if file:
                    return file.read()
    raise FileNotFoundError(place)


def _sitter(name: str, data: bytes, face: tuple[float, float, float, float], hair: int) -> Sitter:
    picture = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    left, top, wide, tall = (value * picture.shape[1] for value in face)
    scale = 300 / tall
    matrix = np.array([[scale, 0, 600 - scale * (left + wide / 2)], [0, scale, 600 - scale * (top + tall / 2)]])
    flags = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    pixels = cv2.warpAffine(picture, matrix, (1200, 1200), flags=flags)
    inside = cv2.warpAffine(np.full(picture.shape[:2], 255, np.uint8), matrix, (1200, 1200))
    return Sitter(name, pixels, _cut_out(pixels, inside, hair))


def _cut_out(pixels: Picture, inside: Picture, hair: int) -> Picture:
    """Head and shoulders, by GrabCut from where a person must be."""
    small = cv2.resize(pixels, (300, 300), interpolation=cv2.INTER_AREA)
    marks = np.full((300, 300), cv2.GC_BGD, np.uint8)
    cv2.ellipse(marks, (150, 140), (hair, round(hair * 0.3 + 56)), 0, 0, 360, cv2.GC_PR_BGD, -1)
    cv2.ellipse(marks, (150, 300), (140, 108), 0, 180, 360, cv2.GC_PR_FGD, -1)
    cv2.ellipse(marks, (150, 146), (42, 60), 0, 0, 360, cv2.GC_PR_FGD, -1)
    cv2.ellipse(marks, (150, 150), (27, 36), 0, 0, 360, cv2.GC_FGD, -1)
    cv2.ellipse(marks, (150, 300), (70, 80), 0, 180, 360, cv2.GC_FGD, -1)
    marks[cv2.resize(inside, (300, 300)) < 128] = cv2.GC_BGD
    cv2.setRNGSeed(1)
    cv2.grabCut(small, marks, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), 6, cv2.GC_INIT_WITH_MASK)
    person = np.where((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD), 1.0, 0.0).astype(np.float32)
    return cv2.GaussianBlur(cv2.resize(person, (1200, 1200)), (0, 0), 3)


def with_head_cover(portrait: Portrait) -> Portrait:
    """The same person with plain cloth around the face."""
    pixels = portrait.pixels.astype(np.float64)
    cloth, face = np.zeros((TALL, WIDE), np.float32), np.zeros((TALL, WIDE), np.float32)
    middle = (WIDE // 2, round(TALL * 0.46))
    cv2.ellipse(cloth, middle, (185, 235), 0, 0, 360, 1.0, -1)
    cv2.ellipse(cloth, (WIDE // 2, TALL), (270, 330), 0, 180, 360, 1.0, -1)
    cv2.ellipse(face, (WIDE // 2, round(TALL * 0.475)), (118, 165), 0, 0, 360, 1.0, -1)
    mask = cv2.GaussianBlur(cloth * (1 - face), (0, 0), 3)[..., None]
    covered = pixels * (1 - mask) + np.array([228.0, 224.0, 214.0]) * mask
    return Portrait("head cover", portrait.sitter, _jpeg(covered, 85), portrait.birth_year)
