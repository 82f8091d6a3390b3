"""What is physically true of a picture, and the label that follows from it.

Every limit has a margin: between good and bad lies a grey zone whose pictures are not made. The limits come from how
print is read, not from what any checker answers:

* A digit's inner strokes repeat about every 0.45 of its height. A blur of sigma s leaves exp(-2 pi² s² f²) of their
  contrast: 0.6 at s = 0.075 of the digit's height, 0.03 at 0.19.
* A digit needs about seven pixels to tell 3, 6, 8 and 9 apart; a screen at arm's length shows no more than that.
* Ink that stands out from its paper by less than a few steps of 255, or by less than its noise, is gone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

BLURRED, DARK, BRIGHT, GLARE, CUT, SMALL, SKEWED = "blurred", "dark", "bright", "glare", "cut", "small", "skewed"
PAGES_MISSING = "pages_missing"
"""One page of two, and it says so."""


@dataclass(frozen=True, slots=True)
class Physics:
    """Measured from how the picture is made. Shares and contrasts go from 0 to 1, lengths are pixels of the picture."""

    smallest_digit: float
    """Height of the digits of the smallest print that must be read, where the page is farthest away."""
    main_digit: float
    """The same of the main number: the largest of what must be read."""
    blur_sigma: float
    contrast_worst: float
    """Of ink against paper, of full scale, at the worst place that must be read."""
    contrast_best: float
    contrast_middle: float
    lost_share: float
    """How much of the print that must be read has less contrast than can be seen."""
    paper_level: float
    """Brightness of the paper in the picture, median of the print's surroundings."""
    noise_sigma: float
    outside_share: float
    """How much of the page is not in the picture."""
    print_outside: float
    """How much of the print that must be read is not in the picture."""
    turn: float
    """Degrees from upright, or from the nearest quarter turn."""
    foreshortening: float
    """The shorter of two opposite sides against the longer; 1 for a page seen straight."""

    @property
    def blur_of_smallest(self) -> float:
        return self.blur_sigma / self.smallest_digit

    @property
    def blur_of_main(self) -> float:
        return self.blur_sigma / self.main_digit

    @property
    def ink_to_noise(self) -> float:
        return self.contrast_middle / max(self.noise_sigma, 1e-4)

    def as_json(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in asdict(self).items()}


def is_good(of: Physics) -> bool:
    """Nothing at all comes near a limit."""
    return not _not_good(of)


def bad_reasons(of: Physics) -> tuple[str, ...]:
    """All that is certainly wrong."""
    wrong = {
        BLURRED: of.blur_of_main >= 0.2,
        DARK: of.paper_level <= 0.17 and of.ink_to_noise <= 6,
        BRIGHT: of.contrast_middle <= 0.07 and of.paper_level > 0.9,
        GLARE: of.lost_share >= 0.1 and of.contrast_best > 0.3,
        CUT: of.outside_share >= 0.1,
        SMALL: of.smallest_digit <= 5.5 and of.main_digit <= 7.5,
        SKEWED: of.foreshortening <= 0.55 or of.turn >= 17,
    }
    return tuple(reason for reason, is_so in wrong.items() if is_so)


def label(of: Physics, wanted: str) -> str | None:
    """`wanted` when the picture is exactly that, beyond the margins; None for the grey zone."""
    if wanted == "good":
        return wanted if is_good(of) else None
    if wanted not in bad_reasons(of):
        return None
    others = _not_good(of) - {wanted} - _ALONG_WITH.get(wanted, frozenset())
    return None if others else wanted


_ALONG_WITH = {
    SMALL: frozenset({BLURRED}),
    SKEWED: frozenset({SMALL, BLURRED}),
    DARK: frozenset({GLARE, BRIGHT}),
    BRIGHT: frozenset({GLARE, DARK}),
    GLARE: frozenset({BRIGHT, DARK}),
}
"""What cannot be told apart from a defect or follows from it: print that is too small is also never sharp."""


def _not_good(of: Physics) -> frozenset[str]:
    doubtful = {
        BLURRED: of.blur_of_smallest > 0.085,
        DARK: of.paper_level < 0.42 or of.ink_to_noise < 12,
        BRIGHT: of.contrast_middle < 0.3,
        GLARE: of.contrast_worst < 0.25,
        CUT: of.outside_share > 0.003,
        SMALL: of.smallest_digit < 8.5,
        SKEWED: of.foreshortening < 0.8 or of.turn > 8,
    }
    return frozenset(reason for reason, is_so in doubtful.items() if is_so)
