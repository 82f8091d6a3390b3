"""The look of one paper: typefaces and layout, chosen by its seed out of the family of its set."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from benchmarks.papers import typefaces
from benchmarks.papers.sheet import BLACK, Colour, Pen, Sheet


@dataclass(slots=True)
class Style:
    """Chooses; every choice comes out of `random` alone."""

    random: Random
    is_unseen: bool
    faces: dict[str, typefaces.Face] = field(init=False)

    def __post_init__(self) -> None:
        family = typefaces.UNSEEN if self.is_unseen else typefaces.SEEN
        self.faces = {role: self.random.choice(some) for role, some in family.items()}

    def pen(self, role: str, size: float, *, ink: Colour = BLACK, bold: bool = False, printer: str = "laser") -> Pen:
        return Pen(self.faces[role], size, ink, bold, printer)

    def layout(self, seen: tuple[str, ...], unseen: tuple[str, ...]) -> str:
        return self.random.choice(unseen if self.is_unseen else seen)


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed sheet and the truth about it. `kind` is what `./run check` should call it."""

    kind: str
    layout: str
    sheet: Sheet
    fields: dict[str, object]


def ink(random: Random) -> Colour:
    """Black to dark grey, sometimes bluish."""
    dark = random.randint(12, 62)
    return dark, dark, dark + random.choice((0, 0, 6, 22))


def white(random: Random) -> Colour:
    """Paper: white, greyish, cream."""
    light = random.randint(232, 254)
    return light, light - random.randint(0, 3), light - random.choice((0, 1, 4, 10, 18))
