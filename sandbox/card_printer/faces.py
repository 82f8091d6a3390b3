"""Draws the faces of a card out of marks in millimetres; over everything stands that it is a specimen."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

DOTS = 12  # for each millimetre: 305 dpi
_INK = (24, 26, 32)


@lru_cache(maxsize=64)
def _type(size: int) -> FreeTypeFont:
    """Pillow's own type. Raises TypeError for a Pillow built without FreeType."""
    font = ImageFont.load_default(size)
    if not isinstance(font, FreeTypeFont):
        raise TypeError("Pillow has no FreeType here: cards cannot be drawn")
    return font


def draw(drawing: Mapping[str, Any], side: str) -> Image.Image:
    """One face, "front" or "back". Raises KeyError, TypeError or ValueError for a drawing that is none."""
    width, height = round(drawing["width"] * DOTS), round(drawing["height"] * DOTS)
    if not (0 < width <= 4000 and 0 < height <= 4000):
        raise ValueError("size")
    image = Image.new("RGB", (width, height), drawing["paper"])
    pen = ImageDraw.Draw(image)
    for y in range(0, height, 5 * DOTS):  # a pattern that nobody takes for the real one
        pen.line((0, y, width, y + 3 * DOTS), fill=drawing["band"], width=1)
    for mark in drawing[side]:
        if mark["kind"] == "text":
            _words(pen, mark, width)
        else:
            _box(pen, mark)
    _specimen(image, str(drawing["mark"]))
    pen.rounded_rectangle((0, 0, width - 1, height - 1), radius=3 * DOTS, outline=_INK, width=2)
    return image


def _words(pen: ImageDraw.ImageDraw, mark: Mapping[str, Any], width: int) -> None:
    size = max(8, round(mark["size"] * DOTS))
    x, text = mark["x"], str(mark["text"])
    room = width - (2 * DOTS if x is None else (x + 1) * DOTS)
    if x is not None and x < 60:
        room = min(room, (62 - x) * DOTS)
    while size > 8 and _type(size).getlength(text) > room:
        size -= 1
    at = (width / 2, mark["y"] * DOTS) if x is None else (x * DOTS, mark["y"] * DOTS)
    pen.text(at, text, fill=_INK, font=_type(size), anchor="ma" if x is None else "la")


def _box(pen: ImageDraw.ImageDraw, mark: Mapping[str, Any]) -> None:
    x, y = mark["x"] * DOTS, mark["y"] * DOTS
    to_x, to_y = x + mark["width"] * DOTS, y + mark["height"] * DOTS
    if mark["kind"] == "chip":
        pen.rounded_rectangle((x, y, to_x, to_y), radius=DOTS, fill="#d8b45a", outline=_INK, width=2)
        pen.line((x, (y + to_y) / 2, to_x, (y + to_y) / 2), fill=_INK, width=2)
        return
    pen.rectangle((x, y, to_x, to_y), fill="#c23b3b", outline=_INK, width=2)  # a figure, nobody's face
    middle, head = (x + to_x) / 2, mark["width"] * DOTS / 4
    pen.ellipse((middle - head, y + head, middle + head, y + 3.2 * head), fill="#e5c3a1")
    shoulders = y + 3.3 * head
    pen.pieslice((x + head * 0.4, shoulders, to_x - head * 0.4, 2 * to_y - shoulders), 180, 360, fill="#eeeeee")


def _specimen(image: Image.Image, words: str) -> None:
    """Across the whole face, so that it cannot be cut off."""
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    font = _type(7 * DOTS)
    pen = ImageDraw.Draw(layer)
    pen.text((image.width / 2, image.height / 2), words, fill=(190, 20, 20, 96), font=font, anchor="mm")
    turned = layer.rotate(18)
    image.paste(turned, (0, 0), turned)


def as_png(image: Image.Image) -> bytes:
    """The picture's bytes."""
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def as_pdf(front: Image.Image, back: Image.Image) -> bytes:
    """Both faces as two pages in the card's own size."""
    out = io.BytesIO()
    front.save(out, "PDF", resolution=DOTS * 25.4, save_all=True, append_images=[back])
    return out.getvalue()
