"""What stands on papers beside text: seals, stamps, signatures, codes, portraits, security patterns, stains."""

from __future__ import annotations

import io
import math

import cv2
import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from benchmarks.papers.sheet import Colour, Pen, Sheet


def emblem(sheet: Sheet, x: float, y: float, size: float, colour: Colour = (176, 132, 30)) -> None:
    """A winged shield, nobody's arms, centred on x with its top at y."""
    s = sheet.scale
    for side in (-1, 1):
        for feather in range(4):
            drop = 0.08 + 0.16 * feather
            points = [
                (x, y + size * drop),
                (x + side * size * (0.55 - 0.08 * feather), y + size * (drop - 0.06)),
                (x, y + size * (drop + 0.22)),
            ]
            sheet.draw.polygon([(a * s, b * s) for a, b in points], fill=colour)
    shield = [(-0.2, 0.25), (0.2, 0.25), (0.2, 0.6), (0, 0.85), (-0.2, 0.6)]
    sheet.draw.polygon([((x + a * size) * s, (y + b * size) * s) for a, b in shield], fill=(150, 40, 36))
    sheet.draw.ellipse([(x - size * 0.12) * s, y * s, (x + size * 0.12) * s, (y + size * 0.24) * s], fill=colour)
    sheet.box((x - size * 0.35, y + size * 0.86, x + size * 0.35, y + size * 0.95), ink=None, fill=colour)


def signature(sheet: Sheet, x: float, y: float, width: float, ink: Colour = (30, 40, 110)) -> None:
    """A scribble of a few arcs."""
    random, points = sheet.random, []
    height, turns = width * random.uniform(0.18, 0.4), random.uniform(2.5, 5)
    phase, slope = random.uniform(0, 6), random.uniform(-0.25, 0.1)
    for step in range(60):
        t = step / 59
        swing = math.sin(t * turns * 6.28 + phase) * (1 - 0.6 * t)
        points.append(
            ((x + width * (t + 0.08 * swing)) * sheet.scale, (y + height * (0.5 * swing + slope * t)) * sheet.scale)
        )
    sheet.draw.line(points, fill=ink, width=max(1, round(0.35 * sheet.scale)), joint="curve")


def stamp(sheet: Sheet, at: tuple[float, float], radius: float, words: tuple[str, str], pen: Pen) -> None:
    """A round stamp of two words, slightly turned, uneven in ink."""
    random, size = sheet.random, round(radius * 2 * sheet.scale)
    layer = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(layer)
    line = max(1, round(0.4 * sheet.scale))
    draw.ellipse((line, line, size - line, size - line), outline=220, width=line)
    draw.ellipse((size * 0.17, size * 0.17, size * 0.83, size * 0.83), outline=200, width=max(1, line // 2))
    for row, word in enumerate(words):
        font = pen.face.at(min(size * 0.13, size * 0.9 / max(4, len(word))), bold=True)
        draw.text((size / 2, size * (0.45 + 0.17 * row)), word, fill=210, font=font, anchor="mm")
    turned = np.asarray(layer.rotate(random.uniform(-25, 25), resample=Image.Resampling.BILINEAR))
    worn = cv2.resize(
        np.random.default_rng(random.getrandbits(32)).uniform(0.35, 1.0, (6, 6)).astype(np.float32), (size, size)
    )
    alpha = (turned * worn * 0.8).astype(np.uint8)
    sheet.picture.paste(
        pen.ink, (round((at[0] - radius) * sheet.scale), round((at[1] - radius) * sheet.scale)), Image.fromarray(alpha)
    )


def code(sheet: Sheet, x: float, y: float, size: float, words: str) -> None:
    """A QR code that says that nothing here is real."""
    out = io.BytesIO()
    segno.make(words, error="m", micro=False).save(out, kind="png", scale=4, border=1)
    out.seek(0)
    pixels = round(size * sheet.scale)
    picture = Image.open(out).convert("RGB").resize((pixels, pixels), Image.Resampling.LANCZOS)
    sheet.picture.paste(picture, (round(x * sheet.scale), round(y * sheet.scale)))


def guilloche(sheet: Sheet, colour: Colour, *, lines: int, strength: float, waves: float = 5) -> None:
    """Fine crossing waves, as on security paper."""
    pixels = sheet.ground().copy()
    height, width = pixels.shape[:2]
    layer = np.zeros((height, width), np.uint8)
    x = np.arange(0, width, 6)
    for row in range(lines):
        middle = height * (row + 0.5) / lines
        y = middle + np.sin(x / width * 6.28 * waves + row * 0.7) * height / lines * 1.6
        cv2.polylines(layer, [np.stack([x, y], 1).astype(np.int32)], False, 255, 1, cv2.LINE_AA)
    _tint(pixels, layer, colour, strength)
    sheet.put(pixels)


def rosettes(sheet: Sheet, colour: Colour, *, count: int, strength: float) -> None:
    """Rings of petals strewn over the ground."""
    pixels, random = sheet.ground().copy(), sheet.random
    height, width = pixels.shape[:2]
    layer = np.zeros((height, width), np.uint8)
    angle = np.linspace(0, 2 * np.pi, 120)
    for _ in range(count):
        cx, cy, size = random.uniform(0, width), random.uniform(0, height), random.uniform(0.04, 0.14) * width
        for ring in range(4):
            radius = size * (0.4 + 0.2 * ring) * (1 + 0.25 * np.sin(angle * random.randint(5, 11)))
            points = np.stack([cx + radius * np.cos(angle), cy + radius * np.sin(angle)], 1).astype(np.int32)
            cv2.polylines(layer, [points], True, 255, 1, cv2.LINE_AA)
    _tint(pixels, layer, colour, strength)
    sheet.put(pixels)


def wash(sheet: Sheet, first: Colour, second: Colour) -> None:
    """The ground fades from one colour into another, from corner to corner."""
    height, width = sheet.picture.height, sheet.picture.width
    ramp = np.add.outer(np.linspace(0, 0.5, height), np.linspace(0, 0.5, width)).astype(np.float32)[..., None]
    a, b = np.array(first, np.float32), np.array(second, np.float32)
    sheet.put((a + (b - a) * ramp).astype(np.uint8))


def frame(sheet: Sheet, inset: float, colour: Colour, *, double: bool) -> None:
    """A border round the page, plain or double."""
    edge = (inset, inset, sheet.width - inset, sheet.height - inset)
    sheet.box(edge, ink=colour, width=0.8)
    if double:
        inner = (edge[0] + 1.5, edge[1] + 1.5, edge[2] - 1.5, edge[3] - 1.5)
        sheet.box(inner, ink=colour, width=0.3)


def portrait(sheet: Sheet, corners: tuple[float, float, float, float], *, is_red: bool) -> None:
    """A drawn head on red or blue: nobody's face."""
    left, top, right, bottom = corners
    sheet.box(corners, ink=None, fill=(170, 34, 40) if is_red else (40, 78, 170))
    s, width, height, middle = sheet.scale, right - left, bottom - top, (left + right) / 2
    skin = sheet.random.choice(((201, 158, 120), (176, 130, 94), (222, 184, 148)))
    shirt = sheet.random.choice(((60, 60, 66), (235, 235, 235), (50, 90, 70), (120, 70, 40)))
    sheet.draw.pieslice(
        [
            (middle - width * 0.42) * s,
            (top + height * 0.68) * s,
            (middle + width * 0.42) * s,
            (bottom + height * 0.3) * s,
        ],
        180,
        360,
        fill=shirt,
    )
    sheet.box((left, bottom, right, bottom + height * 0.02), ink=None, fill=sheet.colour)
    sheet.draw.ellipse(
        [
            (middle - width * 0.25) * s,
            (top + height * 0.13) * s,
            (middle + width * 0.25) * s,
            (top + height * 0.52) * s,
        ],
        fill=(30, 26, 24),
    )
    sheet.draw.ellipse(
        [(middle - width * 0.2) * s, (top + height * 0.2) * s, (middle + width * 0.2) * s, (top + height * 0.7) * s],
        fill=skin,
    )
    for side in (-1, 1):
        x, y = middle + side * width * 0.08, top + height * 0.42
        sheet.draw.ellipse([(x - 0.5) * s, (y - 0.25) * s, (x + 0.5) * s, (y + 0.25) * s], fill=(30, 24, 20))
    sheet.line(
        (middle - width * 0.07, top + height * 0.58),
        (middle + width * 0.07, top + height * 0.58),
        ink=(140, 70, 60),
        width=0.4,
    )


def stain(sheet: Sheet, colour: Colour = (150, 112, 60)) -> None:
    """A ring or a blot of tea somewhere, pale enough to be read through."""
    pixels, random = sheet.ground().copy(), sheet.random
    height, width = pixels.shape[:2]
    layer = np.zeros((height, width), np.uint8)
    centre = (round(random.uniform(0.1, 0.9) * width), round(random.uniform(0.1, 0.9) * height))
    radius = round(random.uniform(0.05, 0.14) * width)
    cv2.circle(layer, centre, radius, 255, random.choice((-1, max(2, radius // 8))), cv2.LINE_AA)
    layer = np.asarray(cv2.blur(layer, (9, 9)), np.uint8)
    _tint(pixels, layer, colour, random.uniform(0.15, 0.35))
    sheet.put(pixels)


def fictional(sheet: Sheet, pen: Pen) -> None:
    """Every sheet says in small pale print at its foot that it is an example."""
    small = Pen(pen.face, min(2.2, sheet.height * 0.035), (150, 150, 150))
    sheet.text(sheet.width / 2, sheet.height - sheet.height * 0.012, "CONTOH - DATA FIKTIF", small, align="m")


def _tint(pixels: NDArray[np.uint8], layer: NDArray[np.uint8], colour: Colour, strength: float) -> None:
    """Mix a colour in where the layer is set, in place; only rows that are touched cost anything."""
    where = layer > 0
    part = (layer[where].astype(np.float32) / 255 * strength)[:, None]
    pixels[where] = (pixels[where] * (1 - part) + np.array(colour, np.float32) * part).astype(np.uint8)
