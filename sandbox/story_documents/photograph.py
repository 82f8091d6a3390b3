"""Make a drawn sheet look as if a phone had photographed it: table, tilt, uneven light, grain, a little blur."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

_LONGEST = 1900


def photograph(sheet: Image.Image, rng: Random) -> Image.Image:
    """The sheet on a table, longest side 1900 px."""
    margin = round(max(sheet.size) * 0.06)
    size = (sheet.width + 2 * margin, sheet.height + 2 * margin)
    scene = _table(size, rng)
    shadow = Image.new("L", size, 0)
    ImageDraw.Draw(shadow).rectangle((margin + 14, margin + 18, size[0] - margin + 14, size[1] - margin + 18), fill=120)
    scene.paste((30, 22, 16), mask=shadow.filter(ImageFilter.BoxBlur(18)))
    scene.paste(sheet, (margin, margin))
    return grain(_light(_shrink(_tilt(scene, margin, rng)), rng), rng)


def grain(picture: Image.Image, rng: Random) -> Image.Image:
    """What a small sensor adds."""
    soft = picture.filter(ImageFilter.GaussianBlur(0.7))
    noise = Image.frombytes("L", soft.size, rng.randbytes(soft.width * soft.height))
    weak = noise.point([128 + (value - 128) // 16 for value in range(256)])
    return ImageChops.add(soft, Image.merge("RGB", (weak, weak, weak)), 1, -128)


def _table(size: tuple[int, int], rng: Random) -> Image.Image:
    stripes = Image.frombytes("L", (1, 64), rng.randbytes(64)).resize(size, Image.Resampling.BICUBIC)
    return ImageOps.colorize(stripes, (92, 62, 40), (142, 102, 70))


def _tilt(scene: Image.Image, margin: int, rng: Random) -> Image.Image:
    """Corners a little inwards and turned by one or two degrees."""
    width, height = scene.size
    reach = margin * 0.55
    corners: list[float] = []
    for x, y in ((0, 0), (0, height), (width, height), (width, 0)):
        corners += [abs(x - rng.uniform(0, reach)), abs(y - rng.uniform(0, reach))]
    tilted = scene.transform(scene.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    return tilted.rotate(rng.uniform(-1.2, 1.2), Image.Resampling.BICUBIC, fillcolor=(110, 78, 52))


def _shrink(scene: Image.Image) -> Image.Image:
    scene.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
    return scene


def _light(scene: Image.Image, rng: Random) -> Image.Image:
    """Brighter towards one side, as by a window."""
    gradient = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270)))
    shade = gradient.resize(scene.size).point([196 + value * 59 // 255 for value in range(256)])
    return ImageChops.multiply(scene, Image.merge("RGB", (shade, shade, shade)))
