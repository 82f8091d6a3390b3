"""Pages drawn for the reader: fictional, plain, and as full as a test needs them."""

from __future__ import annotations

import io
import random
from functools import cache

from PIL import Image, ImageDraw, ImageFont

NUMBER = "3374015205900001"
LINES = (
    "KARTU CONTOH",
    f"No. {NUMBER}",
    "Nama Lengkap : SITI AMINAH",
    "Tempat Lahir : SEMARANG",
    "Tanggal Lahir : 12-05-1990",
    "Alamat : JALAN MAWAR 7",
    "Pekerjaan : PELAJAR",
    "Kewarganegaraan : WNI",
)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    made = ImageFont.load_default(size)
    assert isinstance(made, ImageFont.FreeTypeFont)
    return made


def sheet(lines: tuple[str, ...] = LINES, *, angle: float = 0.0) -> Image.Image:
    """A white sheet on a darker table, one line below the other; `angle` degrees against the clock."""
    page = Image.new("RGB", (1600, 1100), (250, 250, 248))
    draw = ImageDraw.Draw(page)
    for row, text in enumerate(lines):
        draw.text((150, 90 + 110 * row), text, fill=(25, 25, 30), font=font(46))
    return page.rotate(angle, expand=True, fillcolor=(140, 120, 100), resample=Image.Resampling.BICUBIC)


def dotted() -> Image.Image:
    """A form with rows of dots to write on, small in the picture and a little askew."""
    paper = (250, 250, 248)
    page = Image.new("RGB", (1600, 1100), paper)
    draw = ImageDraw.Draw(page)
    for row, (label, value) in enumerate((("SURAT CONTOH", ""), ("Nama : ", "TITIN LILIS"), ("NIK : ", NUMBER))):
        start, foot = 150 + draw.textlength(label, font(40)), 130 + 110 * row
        draw.text((150, foot - 40), label + value, fill=(25, 25, 30), font=font(40))
        for step in range(90 if value else 0):
            draw.ellipse((start + 9 * step, foot, start + 9 * step + 3, foot + 3), fill=(60, 60, 60))
    page = page.rotate(0.6, fillcolor=paper, resample=Image.Resampling.BICUBIC)
    return page.resize((1100, 756), Image.Resampling.BICUBIC)


def crowded(seed: int = 1, *, rows: int = 75) -> Image.Image:
    """More small print than any document has."""
    chance = random.Random(seed)
    page = Image.new("RGB", (2400, 2400), "white")
    draw = ImageDraw.Draw(page)
    for row in range(rows):
        text = "  ".join(str(chance.randrange(10**8, 10**9)) for _ in range(11))
        draw.text((10, 5 + 31 * row), text, fill="black", font=font(26))
    return page


def jpeg(picture: Image.Image, *, quality: int = 85) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
