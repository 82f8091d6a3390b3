"""A drawn figure, shaded enough for a machine to find a face, sharp enough for a phone; nobody's face.

Lengths are written for a picture 1600 high, from its middle line and its upper edge.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from sandbox.population_register.person import FEMALE
from sandbox.story_documents.dossier import Dossier

Colour = tuple[int, int, int]
Spot = tuple[float, float, float, float, int]  # middle, radii, how much

_RED, _BLUE = (208, 50, 54), (48, 106, 198)  # light enough that no phone warns of a dark picture
_SKIN = ((224, 178, 140), (198, 146, 106), (141, 93, 64), (110, 72, 50))
_CLOTH = ((60, 66, 90), (238, 238, 232), (72, 96, 80), (120, 60, 70))
_HAIR, _BROW, _LASH = (38, 30, 28), (40, 32, 30), (28, 20, 18)
_FACE = (0, 690, 250, 345)
_DARK: tuple[Spot, ...] = (
    (-105, 640, 85, 48, 90), (105, 640, 85, 48, 90), (-245, 760, 60, 250, 110), (245, 760, 60, 250, 110),
    (0, 1010, 180, 40, 90), (0, 905, 60, 18, 80), (-25, 700, 16, 90, 40), (25, 700, 16, 90, 40), (0, 790, 60, 22, 90),
)  # fmt: skip
_BRIGHT: tuple[Spot, ...] = (
    (0, 500, 150, 70, 90), (0, 720, 18, 90, 120), (-130, 800, 60, 50, 70), (130, 800, 60, 50, 70),
    (0, 985, 60, 25, 60), (0, 775, 26, 18, 110),
)  # fmt: skip


def draw_figure(dossier: Dossier, size: tuple[int, int]) -> Image.Image:
    """The figure before the background of the birth year; colours by chance of the story's key."""
    person, rng = dossier.person, dossier.chance("figure")
    skin, cloth = rng.choice(_SKIN), rng.choice(_CLOTH)
    is_female = person.sex == FEMALE
    has_veil = is_female and person.religion == "ISLAM"
    sheet = _Sheet(Image.new("RGB", size, _RED if person.birth_date.year % 2 else _BLUE))
    hair = cloth if has_veil else _HAIR
    if is_female:
        sheet.spot(0, 768, 324, 512, hair)
    sheet.spot(0, 1600, 504, 480, cloth)
    sheet.draw.rectangle(sheet.box(0, 1050, 110, 150), fill=hair if has_veil else _lit(skin, 0.8))
    sheet.spot(*_FACE, skin)
    sheet.shade(_DARK, _lit(skin, 0.35))
    sheet.shade(_BRIGHT, _lit(skin, 1.3))
    sheet.draw.chord(sheet.box(0, 560, 265, 270), 195, 345, fill=hair)
    _draw_features(sheet, skin, lips=(168, 82, 78) if is_female else _lit(skin, 0.68))
    return sheet.image


def _draw_features(sheet: _Sheet, skin: Colour, *, lips: Colour) -> None:
    """Eyes, brows, nose and mouth."""
    for x in (-105, 105):
        sheet.spot(x, 640, 56, 26, (238, 232, 226))
        sheet.spot(x, 640, 27, 27, (52, 34, 24))
        sheet.spot(x, 640, 12, 12, (8, 8, 8))
        sheet.spot(x - 8, 632, 6, 6, (250, 250, 250))
        sheet.arc((x, 643, 60, 37), (190, 350), _LASH, 10)
        sheet.arc((x, 598, 72, 42), (200, 340), _BROW, 20)
        sheet.spot(x / 4, 795, 13, 8, _lit(skin, 0.35))
    sheet.arc((0, 782, 62, 42), (20, 160), _lit(skin, 0.6), 8)
    sheet.spot(0, 898, 88, 26, lips)
    sheet.spot(0, 897, 84, 4, _lit(lips, 0.45))


@dataclass
class _Sheet:
    """A picture that is drawn on by lengths of ours."""

    image: Image.Image
    draw: ImageDraw.ImageDraw = field(init=False)
    unit: float = field(init=False)

    def __post_init__(self) -> None:
        self.draw, self.unit = ImageDraw.Draw(self.image), self.image.height / 1600

    def box(self, x: float, y: float, across: float, down: float) -> tuple[float, float, float, float]:
        middle, unit = self.image.width / 2, self.unit
        left, right = (middle + (x + side * across) * unit for side in (-1, 1))
        return left, (y - down) * unit, right, (y + down) * unit

    def spot(self, x: float, y: float, across: float, down: float, colour: Colour) -> None:
        self.draw.ellipse(self.box(x, y, across, down), fill=colour)

    def arc(self, place: tuple[float, float, float, float], ends: tuple[int, int], colour: Colour, width: int) -> None:
        thick = max(1, round(width * self.unit))
        self.draw.arc(self.box(*place), *ends, fill=colour, width=thick)

    def shade(self, spots: tuple[Spot, ...], colour: Colour) -> None:
        """Soft light or shadow, on the face alone."""
        soft, face = Image.new("L", self.image.size), Image.new("L", self.image.size)
        for x, y, across, down, strength in spots:
            ImageDraw.Draw(soft).ellipse(self.box(x, y, across, down), fill=strength)
        ImageDraw.Draw(face).ellipse(self.box(*_FACE), fill=255)
        soft = soft.filter(ImageFilter.GaussianBlur(21 * self.unit))
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), ImageChops.multiply(soft, face))


def _lit(colour: Colour, by: float) -> Colour:
    red, green, blue = (min(255, int(part * by)) for part in colour)
    return red, green, blue
