"""A sheet to draw on. The type is the one that Pillow carries: a fresh machine has no fonts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

INK = (32, 34, 44)
FAINT = (120, 124, 136)
_MARK = "CONTOH · SPECIMEN"


@lru_cache(maxsize=32)
def type_of(size: int) -> FreeTypeFont:
    """Pillow's own type in pixels. Raises TypeError for a Pillow built without FreeType."""
    font = ImageFont.load_default(size)
    if not isinstance(font, FreeTypeFont):
        raise TypeError("Pillow has no FreeType here: documents cannot be drawn")
    return font


class Paper:
    """White or tinted sheet of `width` × `height` pixels; positions are pixels from its top left corner."""

    def __init__(self, width: int, height: int, *, tint: tuple[int, int, int] = (252, 252, 249)) -> None:
        self.image = Image.new("RGB", (width, height), tint)
        self._draw = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, text: str, size: int, *, fill: tuple[int, int, int] = INK, anchor: str = "la"
    ) -> None:
        """One line; `anchor` as Pillow has it: "la" left, "ma" middle, "ra" right, from the top of the letters."""
        self._draw.text((x, y), text, fill=fill, font=type_of(size), anchor=anchor)

    def fitted(self, x: float, y: float, text: str, size: int, width: float) -> None:
        """One line, smaller if it would be wider than `width`."""
        while size > 8 and type_of(size).getlength(text) > width:
            size -= 1
        self.text(x, y, text, size)

    def middle(self, y: float, text: str, size: int) -> None:
        self.text(self.image.width / 2, y, text, size, anchor="ma")

    def line(self, x: float, y: float, to_x: float, to_y: float, *, width: int = 2) -> None:
        self._draw.line((x, y, to_x, to_y), fill=INK, width=width)

    def box(self, x: float, y: float, to_x: float, to_y: float, *, fill: tuple[int, int, int] | None = None) -> None:
        self._draw.rectangle((x, y, to_x, to_y), outline=INK, fill=fill, width=2)

    def fields(
        self,
        x: float,
        y: float,
        rows: Sequence[tuple[str, str]],
        *,
        size: int,
        gap: float,
        step: float,
        to_x: float = 0,
    ) -> float:
        """Label, colon, value beneath each other, at most to `to_x` (0: the edge); return the y below the last row."""
        right = to_x or self.image.width - size
        for label, value in rows:
            self.text(x, y, label, size)
            self.text(x + gap - size, y, ":", size)
            self.fitted(x + gap, y, value, size, right - x - gap)
            y += step
        return y

    def table(self, x: float, y: float, widths: Sequence[int], rows: Sequence[Sequence[str]], *, size: int) -> float:
        """A ruled table, first row as head; return the y below it."""
        height = size * 1.9
        for row in rows:
            left = x
            for cell, width in zip(row, widths, strict=True):
                self.box(left, y, left + width, y + height)
                self._cell(left + 8, y, cell, size, width - 14)
                left += width
            y += height
        return y

    def _cell(self, x: float, y: float, text: str, size: int, width: float) -> None:
        """One line, or two small ones for a text that would become unreadable."""
        if type_of(size).getlength(text) <= width * 1.4:
            self.fitted(x, y + size * 0.4, text, size, width)
            return
        words = text.split()
        half = (len(words) + 1) // 2
        for line, part in enumerate((words[:half], words[half:])):
            self.fitted(x, y + size * (0.1 + line * 0.85), " ".join(part), round(size * 0.8), width)

    def paragraph(self, x: float, y: float, text: str, size: int, *, width: float) -> float:
        """Words wrapped to `width`; return the y below."""
        line = ""
        for word in [*text.split(), ""]:
            longer = f"{line} {word}".strip()
            if word and type_of(size).getlength(longer) <= width:
                line = longer
                continue
            self.text(x, y, line, size)
            y += size * 1.5
            line = word
        return y

    def letterhead(self, lines: Sequence[str], *, size: int) -> float:
        """A round mark in place of an emblem, office lines and a rule; return the y below."""
        y = size * 2.0
        self._draw.ellipse((size * 3, y, size * 7, y + size * 4), outline=FAINT, width=3)
        self.text(size * 5, y + size * 1.6, "CONTOH", round(size * 0.7), fill=FAINT, anchor="ma")
        for text in lines:
            self.middle(y, text, size)
            y += size * 1.5
        y = max(y, size * 6.5) + size * 0.5
        self.line(size * 3, y, self.image.width - size * 3, y, width=4)
        return y + size

    def stamp(self, x: float, y: float, lines: Sequence[str], *, size: int) -> None:
        """Place, office and a signature that is none."""
        for text in lines:
            self.text(x, y, text, size)
            y += size * 1.5
        points = [(x + step * 7, y + size * (1.2 + (step * 37 % 11) / 9)) for step in range(24)]
        self._draw.line(points, fill=(40, 60, 150), width=3, joint="curve")
        self.text(x, y + size * 3, "( CONTOH, BUKAN PEJABAT )", size)

    def mark_as_specimen(self) -> None:
        """CONTOH across the whole sheet, readable but not over the letters' darkness."""
        size = max(40, self.image.width // 18)
        layer = Image.new("L", (self.image.width * 2, self.image.height * 2), 0)
        draw = ImageDraw.Draw(layer)
        for row in range(0, layer.height, size * 4):
            for column in range(-(row // size % 2) * size * 4, layer.width, size * 13):
                draw.text((column, row), _MARK, fill=30, font=type_of(size))
        turned = layer.rotate(27, resample=Image.Resampling.BILINEAR)
        left, top = (turned.width - self.image.width) // 2, (turned.height - self.image.height) // 2
        mask = turned.crop((left, top, left + self.image.width, top + self.image.height))
        self.image.paste((205, 40, 50), mask=mask)
