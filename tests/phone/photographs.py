"""Photographs as phones make them: large, with place and device inside, good or spoiled in one way."""

from __future__ import annotations

import io
import random
from functools import cache

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont
from playwright.sync_api import FilePayload

SIZE = (2600, 1950)
PLACE = b"6 DEGREES SOUTH"


@cache
def _document() -> Image.Image:
    """A sheet full of text on a table."""
    chance = random.Random(7)  # the same sheet each time
    picture = Image.new("RGB", SIZE, (96, 84, 72))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((120, 90, SIZE[0] - 120, SIZE[1] - 90), fill=(238, 240, 236))
    font = ImageFont.load_default(38)
    for row in range(32):
        words = " ".join("".join(chance.choices("ABCDEFGHIKLMNOPRSTU0123456789", k=6)) for _ in range(13))
        draw.text((200, 140 + 52 * row), words, fill=(30, 30, 34), font=font)
    grain = Image.effect_noise(SIZE, 18).convert("RGB")
    return Image.blend(picture, grain, 0.06)


def good() -> Image.Image:
    """Sharp and light."""
    return _document()


def blurred() -> Image.Image:
    """The lens was not clean, or the hand moved."""
    return _document().filter(ImageFilter.GaussianBlur(9))


def dark() -> Image.Image:
    """At night without a lamp."""
    return ImageEnhance.Brightness(_document()).enhance(0.2)


def as_file(picture: Image.Image, name: str = "IMG_0001.jpg", *, quality: int = 90) -> FilePayload:
    """As the camera's folder holds it: lying, with a mark that tells how to turn it, and where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right to be upright
    exif[0x010E] = PLACE.decode()
    exif[0x010F] = "Telepon"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif, comment=PLACE)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def opened(data: bytes) -> Image.Image:
    """The picture of a file."""
    return Image.open(io.BytesIO(data))
