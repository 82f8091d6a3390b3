"""A flat sheet of paper to print on, in millimetres, which remembers where everything stands."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.papers.typefaces import Face

Colour = tuple[int, int, int]
BLACK: Colour = (28, 28, 32)


@dataclass(frozen=True, slots=True)
class Pen:
    """How something is printed. `size` is the em in mm; printer: laser, dots (needle printer), typed or hand."""

    face: Face
    size: float
    ink: Colour = BLACK
    bold: bool = False
    printer: str = "laser"


@dataclass(frozen=True, slots=True)
class Printed:
    """Something on the sheet: its box in pixels of the sheet, the height of its digits, and what needs it."""

    text: str
    box: tuple[float, float, float, float]
    digit: float
    need: str


class Sheet:
    """Paper of `width` × `height` mm at `scale` pixels for each mm."""

    def __init__(self, size: tuple[float, float], *, scale: float, colour: Colour, random: Random) -> None:
        self.width, self.height = size
        self.scale, self.colour, self.random = scale, colour, random
        self.picture = Image.new("RGB", (round(self.width * scale), round(self.height * scale)), colour)
        self.draw = ImageDraw.Draw(self.picture)
        self.printed: list[Printed] = []
        self.corner = 0.0
        """Radius of the sheet's corners in mm."""

    def text(
        self, x: float, y: float, words: str, pen: Pen, *, need: str = "", align: str = "l", fit: float = 0
    ) -> float:
        """Print on the baseline y, smaller where `fit` mm would not hold it; the answer is the width in mm."""
        em = pen.size * self.scale
        font = pen.face.at(em, bold=pen.bold)
        width = _width(font, words, pen)
        if fit and width > fit * self.scale:
            em *= max(0.6, fit * self.scale / width)
            font = pen.face.at(em, bold=pen.bold)
            width = _width(font, words, pen)
        left = x * self.scale - width * {"l": 0, "m": 0.5, "r": 1}[align]
        base = y * self.scale
        if pen.printer == "laser":
            self.draw.text((left, base), words, fill=pen.ink, font=font, anchor="ls")
        else:
            _by_strokes(self, (left, base), words, font, pen)
        digit = -float(font.getbbox("8", anchor="ls")[1])
        if words.strip():
            self.printed.append(Printed(words, (left, base - digit, left + width, base), digit, need))
        return float(width / self.scale)

    def paragraph(self, x: float, y: float, words: str, pen: Pen, *, width: float, leading: float = 1.35) -> float:
        """Print over several lines; the answer is the baseline of the next one."""
        font = pen.face.at(pen.size * self.scale, bold=pen.bold)
        line = ""
        for word in [*words.split(), ""]:
            longer = f"{line} {word}".strip()
            if word and _width(font, longer, pen) <= width * self.scale:
                line = longer
                continue
            self.text(x, y, line, pen)
            y += pen.size * leading
            line = word
        return y

    def line(
        self, start: tuple[float, float], end: tuple[float, float], *, ink: Colour = BLACK, width: float = 0.2
    ) -> None:
        points = [(start[0] * self.scale, start[1] * self.scale), (end[0] * self.scale, end[1] * self.scale)]
        self.draw.line(points, fill=ink, width=max(1, round(width * self.scale)))

    def box(
        self,
        corners: tuple[float, float, float, float],
        *,
        ink: Colour | None = BLACK,
        fill: Colour | None = None,
        width: float = 0.2,
    ) -> None:
        left, top, right, bottom = (value * self.scale for value in corners)
        self.draw.rectangle((left, top, right, bottom), outline=ink, fill=fill, width=max(1, round(width * self.scale)))

    def dotted(self, x: float, y: float, width: float, pen: Pen) -> None:
        """A row of dots to write on."""
        font = pen.face.at(pen.size * self.scale)
        count = max(1, int(width * self.scale / max(1.0, font.getlength("."))))
        self.draw.text((x * self.scale, y * self.scale), "." * count, fill=pen.ink, font=font, anchor="ls")

    def paste(self, layer: Image.Image, x: float, y: float) -> None:
        """Lay a picture with an alpha channel on the sheet, its top left corner at x, y mm."""
        self.picture.paste(layer, (round(x * self.scale), round(y * self.scale)), layer)

    def ground(self) -> NDArray[np.uint8]:
        """The sheet as it is, to be printed over; hand it back with `put`."""
        return np.asarray(self.picture)

    def put(self, pixels: NDArray[np.uint8]) -> None:
        self.picture = Image.fromarray(pixels)
        self.draw = ImageDraw.Draw(self.picture)


def _width(font: ImageFont.FreeTypeFont, words: str, pen: Pen) -> float:
    return float(font.getlength(words)) * (1.06 if pen.printer == "typed" else 1.0)


def _by_strokes(sheet: Sheet, at: tuple[float, float], words: str, font: ImageFont.FreeTypeFont, pen: Pen) -> None:
    """Needles, types and hands print unevenly: through a mask of their own."""
    width, em = round(_width(font, words, pen)) + 8, font.size
    height = round(em * 1.7)
    layer = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(layer)
    base = em * 1.2
    if pen.printer == "dots":
        draw.text((3, base), words, fill=255, font=font, anchor="ls")
        mask = _needles(np.asarray(layer), em, sheet.random)
    else:
        shake = 0.035 if pen.printer == "typed" else 0.05
        x = 3.0
        for letter in words:
            strength = round(255 * sheet.random.uniform(0.72, 1.0))
            draw.text(
                (x, base + sheet.random.gauss(0, shake) * em * 0.6), letter, fill=strength, font=font, anchor="ls"
            )
            x += float(font.getlength(letter)) * (1.06 if pen.printer == "typed" else 1.0)
        mask = np.asarray(layer)
    sheet.picture.paste(pen.ink, (round(at[0]) - 3, round(at[1] - base)), Image.fromarray(mask))


def _needles(mask: NDArray[np.uint8], em: float, random: Random) -> NDArray[np.uint8]:
    """Dots on a raster of about 17 rows for each em, on a ribbon that fades along the line."""
    rows = max(8, round(mask.shape[0] / em * 17))
    columns = max(8, round(mask.shape[1] / mask.shape[0] * rows))
    raster = cv2.resize(mask, (columns, rows), interpolation=cv2.INTER_AREA)
    hit = np.where(raster > 96, 255, 0).astype(np.uint8)
    dot = np.array([[130, 220, 130], [220, 255, 220], [130, 220, 130]], np.float32) / 255
    dots = np.kron(hit.astype(np.float32), dot)
    fade = np.linspace(random.uniform(0.75, 1), random.uniform(0.75, 1), dots.shape[1], dtype=np.float32)
    printed = cv2.resize(dots * fade, (mask.shape[1], mask.shape[0]), interpolation=cv2.INTER_AREA)
    return np.clip(printed, 0, 255).astype(np.uint8)
