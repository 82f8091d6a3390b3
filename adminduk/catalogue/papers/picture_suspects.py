"""What the measures of a picture say is wrong with it: pure comparisons of numbers, all bounds in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from adminduk.catalogue.papers.types import Box, Cause, Measures


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a measure becomes doubtful, and where it is surely bad."""

    doubtful: float
    sure: float

    def of(self, is_sure: bool) -> float:
        return self.sure if is_sure else self.doubtful


# Found on synthetic pictures of the tuning seeds and on the samples: `doubtful` just beyond the good picture that came
# nearest, `sure` where no good picture came near.
_SIGMA: Final = Bounds(1.45, 2.0)  # pixels of smear of a typical edge; a sharp one has 0.9 to 1.3
_BLUR: Final = Bounds(0.11, 0.14)  # the same against the height of the print
_SMEAR: Final = 3.9  # pixels, of the steepest edge of a picture in which print is smeared away; a clear sky has 3.35
_FAINT: Final = Bounds(0.36, 0.28)  # ink of the print: smearing thins it out
_DARK: Final = Bounds(0.32, 0.22)  # light of the paper
_BARE_LIGHT: Final = 0.43  # of the brighter parts: where these are darker there is no sheet in good light
_PATCH: Final = 0.35  # light of the brightest patch that is no dark one; in dark pictures it has 0.16 at most
_BRIGHT: Final = Bounds(0.9, 0.96)  # light of the paper, where the ink is faint
_BRIGHT_INK, _WHITE = 0.25, 0.4  # ink, and share of the sheet that has run into white
_SOME_WHITE: Final = 0.03  # the same, without which no paper is too bright however light it is
_HEIGHT: Final = Bounds(9.0, 7.6)  # pixels of the typical print
_MARGIN: Final = Bounds(1.1, 0.95)  # of the pixels that the paper's longer side needs
_ANY_SIDE: Final = 240  # where nobody knows what paper it is
_TURN: Final = Bounds(12.0, 14.0)  # degrees
_SHORT: Final = Bounds(0.68, 0.6)  # opposite sides of the sheet
_TINY: Final = 0.15  # of the picture's longer side: an outline so small is too coarse to have a shape
_GLARE: Final = Bounds(0.008, 0.015)  # share of the sheet in white spots
_DROWNED: Final = Bounds(
    0.79, 0.76
)  # faintest ink there against the faintest elsewhere; under white paper 0.85 and more
_INK_LEFT: Final = Bounds(0.36, 0.33)  # faintest ink there; what is legible in a sheen stays darker than this
_DEEP, _DEEP_INK = 0.65, 0.4  # the same two where the first is beyond doubt
_AS_FAINT: Final = 0.85  # from here the faintest ink there is as dark as elsewhere: thin print, not light
_FADING: Final = 0.04  # share of the print there that is nearly gone; beside white paper 0.03 at most, if that is large
_WIDE_GLARE: Final = 0.1  # of the sheet
_HALF_GONE: Final = 0.7  # typical ink there against the typical elsewhere
_UNDIMMED: Final = 0.93  # typical ink there against the typical elsewhere; in a glare it has 0.86, seldom more
_OTHER_INK: Final = 0.6  # faintest ink beside typical ink that is undimmed: a stamp has less, what light drowns 0.75
_HALF_SPOT: Final = 0.4  # of the sheet: larger spots leave too little elsewhere to compare with
_CONTACT: Final = Bounds(0.2, 0.3)  # share of a side of the picture that is sheet
_GRAZED: Final = 0.5  # a whole sheet that grazes a side does so with a corner (0.24), one that is cut with 0.7 and more
_SOLID: Final = 0.7  # an outline with less of the sheet seen in it is no evidence
_NEAR: Final = 4  # marks at the very side of the picture
_SHARP: Final = 2.6  # pixels of smear of the steepest edges below which the camera was in focus; blurred: 3.1 and more
_SMEARED: Final = 2.9  # the same where nothing can be read: below this something is in focus
_NO_INK: Final = (
    0.2  # ink: with less, in focus and on paper that has not run into white, marks are a skin's or a cloth's
)
_WASHED_OUT: Final = 0.3  # share of the sheet run into white: it has no edge to be seen there
_LOW: Final = 22.0  # pixels of height: words of characters too small to stand apart; a head's shadows are taller
_ON_EDGE: Final = 8  # marks on the outline's own edge: print ends before its sheet does, so that edge is a fold
_ALL: Final = 0.98  # share of the picture: no ground is seen at all
_FOLD_LIGHT, _FOLD_TINT = 0.84, 0.0055  # light and colour beyond a fold; the whitest of tables is 0.008 away
_FOLD_SHADE: Final = 0.013  # colour beyond a fold straight across a scan, of which one part lies in shade
_STRAIGHT: Final = 0.03  # how far the parts of two facing sides lie apart; a sheet that is cut askew has 0.4
_FOLD_LIKE: Final = 0.8  # share of what lies beyond that looks like the sheet; a table is seen on both sides or none
_TABLE: Final = 0.3  # share of a side of the picture that looks like the sheet, below which a table is seen there
_SOME_LIKE: Final = 0.2  # the same where only one side of the outline is a fold: there is more of the sheet
_OF_ONE_PIECE, _AROUND_SHEET, _LONGEST = 0.8, 0.85, 2.6  # solid; light beyond; longer side of a receipt, not of a book
_ROOM: Final = 1.3  # of the pixels that the paper's longer side needs: a picture without any table
_FEW: Final = 24  # marks too few to speak for a page
_SPECKS, _SPECK_INK = 6, 0.4  # marks, and their ink; things that are no document have at most 0.28
_MANY_SPECKS: Final = 48  # a card whose characters stand apart has three times as many
_STANDARD: Final = ((1.375, 1.45), (1.5, 1.66))  # A sizes; folio and cards: nothing is missing of such a sheet
_SIDES: Final = ("left", "top", "right", "bottom")


def suspects(measures: Measures, *, is_sure: bool, min_side: int | None = None) -> tuple[Cause, ...]:
    """Causes, the most useful to be told of first. Without light nothing else can be measured.

    `min_side`: pixels that the paper's longer side needs (`schema.Paper`); None where no paper is known.
    """
    if not measures.numbers:
        return (Cause.SMALL,)
    is_far = _is_far(measures, (min_side or _ANY_SIDE) * _MARGIN.of(is_sure))
    for cause in (Cause.DARK, Cause.BRIGHT):
        if _TESTS[cause](measures, is_sure):
            return (Cause.SMALL if cause is Cause.DARK and _is_bright_patch(measures) else cause,)
    if _is_texture(measures):
        return ()
    found = [cause for cause in _TESTS if _TESTS[cause](measures, is_sure) or (cause is Cause.SMALL and is_far)]
    if Cause.BLURRED in found and Cause.SMALL in found:
        found.remove(Cause.BLURRED if is_far or measures.numbers["height"] < _HEIGHT.sure else Cause.SMALL)
    elif Cause.BLURRED in found and _is_soft_but_sharp(measures):
        found[found.index(Cause.BLURRED)] = Cause.SMALL
        found = [cause for cause in found if cause is not Cause.SMALL or measures.numbers["height"] < _LOW]
    if Cause.SMALL in found and max(measures.width, measures.height) < (min_side or _ANY_SIDE) * _MARGIN.of(is_sure):
        found.sort(key=lambda cause: cause is not Cause.SMALL)  # no shape of the sheet would make it legible
    if Cause.GLARE in found and measures.numbers["white"] > _WASHED_OUT:
        found = [cause for cause in found if cause not in (Cause.CUT, Cause.SKEWED)]
    return tuple(found)


def is_of_no_paper(cause: Cause, measures: Measures, *, found: int) -> bool:
    """A blur or a smallness that no paper explains, where `found` places look like lines of text.

    Even words too small to read look like lines, and a bright sheet with print on it is one without any. Sheets are
    brighter than wood, and if one is blurred nothing is sharp.
    """
    if _is_sheet(measures):
        return False
    if cause is Cause.SMALL:
        return found == 0 and measures.numbers.get("ink", 0) < _SPECK_INK
    is_bare = found == 0 and measures.numbers.get("light_high", 1) < _BARE_LIGHT
    return cause is Cause.BLURRED and (is_bare or measures.numbers.get("smear", _SMEARED) < _SMEARED)


def is_out_of_focus(measures: Measures) -> bool:
    """Not even the steepest of all edges is sharp."""
    return measures.numbers.get("smear", 0) > _SHARP


def is_too_few(measures: Measures, min_side: int) -> bool:
    """The picture has hardly more pixels than a paper that fills it needs, and anything else is far too small."""
    return max(measures.width, measures.height) < _ROOM * min_side


def place_of(cause: Cause, measures: Measures) -> Box | None:
    """Where on the page; None: all of it."""
    if cause is Cause.GLARE:
        return measures.boxes.get("glare")
    if cause is Cause.CUT:
        return _cut_strip(measures)
    if cause in (Cause.SMALL, Cause.SKEWED):
        return measures.boxes.get("sheet")
    return measures.boxes.get("face")


def _has_print(measures: Measures) -> bool:
    return measures.numbers.get("marks", 0) >= _FEW


def _is_sharp(measures: Measures) -> bool:
    return measures.numbers["smear"] < _SHARP


def _is_texture(measures: Measures) -> bool:
    """Sharp and well lit, and still nothing as dark as print."""
    if not _has_print(measures) or not _is_sharp(measures):
        return False
    return measures.numbers["ink"] < _NO_INK and _light(measures) < _BRIGHT.doubtful


def _is_soft_but_sharp(measures: Measures) -> bool:
    """Soft marks, while other edges are sharp: characters of a few pixels that flow into words, or no print at all."""
    return _has_print(measures) and _is_sharp(measures) and measures.numbers["sigma"] < _SIGMA.sure


def _light(measures: Measures) -> float:
    return measures.numbers["paper"] if _has_print(measures) else measures.numbers["light_high"]


def _is_dark(measures: Measures, is_sure: bool) -> bool:
    return max(_light(measures), measures.numbers["light_high"]) < _DARK.of(is_sure)


def _is_bright_patch(measures: Measures) -> bool:
    """A sheet in good light, lost on a dark table. What is whiter than paper is a lamp."""
    top = measures.numbers.get("light_top", 0)
    return _PATCH <= top < _BRIGHT.sure and top > 2 * measures.numbers["light_high"]


def _is_bright(measures: Measures, is_sure: bool) -> bool:
    numbers = measures.numbers
    if _has_print(measures) and numbers["ink"] >= _BRIGHT_INK:
        return False
    if _is_smeared_all_over(measures):
        return False
    is_sharp = numbers.get("sigma", 0) < _SIGMA.sure  # smearing thins the ink out too
    is_light = is_sharp and _light(measures) > _BRIGHT.of(is_sure) and numbers["white"] > _SOME_WHITE
    return numbers["white"] > _WHITE or is_light


def _is_smeared_all_over(measures: Measures) -> bool:
    """Print without a sharp edge anywhere: smearing alone makes it as faint as too much light does."""
    numbers = measures.numbers
    return _has_print(measures) and numbers["smear"] > _SMEAR and numbers["sigma"] > _SIGMA.sure


def _is_blurred(measures: Measures, is_sure: bool) -> bool:
    numbers = measures.numbers
    if not _has_print(measures):
        return not is_sure and numbers["smear"] > _SMEAR
    is_smeared = numbers["sigma"] > _SIGMA.of(is_sure) and numbers["ink"] < _FAINT.of(is_sure)
    return is_smeared or (numbers["sigma"] > _SIGMA.of(is_sure) and numbers["blur"] > _BLUR.of(is_sure))


def _is_small(measures: Measures, is_sure: bool) -> bool:
    if not is_sure and _is_speck(measures):
        return True
    return _has_print(measures) and measures.numbers["height"] < _HEIGHT.of(is_sure)


def _is_speck(measures: Measures) -> bool:
    """A few sharp marks as dark as print: a card so far away that its words are specks."""
    numbers = measures.numbers
    if not _SPECKS <= numbers.get("marks", 0) < _MANY_SPECKS:
        return False
    return numbers["ink"] > _SPECK_INK and numbers["height"] < _LOW and numbers["sigma"] < _SIGMA.sure


def _is_far(measures: Measures, side: float) -> bool:
    """The sheet has so few pixels that its characters run together and their height says nothing."""
    numbers = measures.numbers
    is_smeared_away = not _has_print(measures) and numbers["smear"] > _SMEAR
    is_folded = numbers.get("on_edge", 0) >= _ON_EDGE and numbers.get("beyond_like", 0) > _SOME_LIKE
    return _is_outlined(measures) and numbers["side"] < side and not is_smeared_away and not is_folded


def _is_outlined(measures: Measures) -> bool:
    return measures.numbers.get("sheet", 0) > 0 and measures.numbers.get("solid", 0) > _SOLID


def _is_sheet(measures: Measures) -> bool:
    """Print on something four-cornered that is brighter than what lies around it on all sides."""
    numbers = measures.numbers
    if not _has_print(measures) or numbers.get("solid", 0) < _OF_ONE_PIECE or _touched(measures, 0, is_strict=False):
        return False
    is_brighter = 0 < numbers.get("beyond_light", 0) < _AROUND_SHEET
    return is_brighter and numbers["aspect"] < _LONGEST and numbers["foreshortening"] > _SHORT.sure


def _is_skewed(measures: Measures, is_sure: bool) -> bool:
    numbers = measures.numbers
    if not _is_outlined(measures) or len(_touched(measures, _CONTACT.sure)) > 1:
        return False
    if numbers["side"] < _TINY * max(measures.width, measures.height):
        return False
    return numbers["turn"] > _TURN.of(is_sure) or numbers["foreshortening"] < _SHORT.of(is_sure)


def _touched(measures: Measures, bound: float, *, is_strict: bool = True) -> tuple[str, ...]:
    """Sides of the picture that the sheet takes; strictly: without a hair of something else between."""
    strict = {side: measures.numbers.get(f"contact_{side}", 0) for side in _SIDES}
    shares = strict if is_strict else {side: measures.numbers.get(f"brink_{side}", strict[side]) for side in _SIDES}
    return tuple(side for side, share in shares.items() if share > bound)


def _is_cut(measures: Measures, is_sure: bool) -> bool:
    """The sheet runs out of the picture on some sides but not on all: a scan shows nothing beside the sheet."""
    numbers = measures.numbers
    is_whole = any(low <= numbers.get("aspect", 0) <= high for low, high in _STANDARD)
    sides = _touched(measures, _CONTACT.of(is_sure), is_strict=is_whole)  # what is missing left over no hair
    if not _is_outlined(measures) or not _has_print(measures) or len(sides) not in (1, 2, 3):
        return False
    if any(numbers[f"near_{side}"] >= _NEAR for side in sides):
        return True
    if numbers["sheet"] > _ALL or _is_fold(measures):
        return False
    is_grazed = len(sides) == 1 and numbers[f"contact_{sides[0]}"] < _GRAZED
    return not (is_grazed and is_whole)


def _is_fold(measures: Measures) -> bool:
    """Beyond the outline, all around where it leaves no side, lies paper: the sheet does not end there.

    Where a table is seen at a side of the picture, the page is no scan, and a fold excuses nothing.
    """
    numbers = measures.numbers
    if numbers.get("beyond_like", 1) < _FOLD_LIKE or numbers.get("like_side", 1) < _TABLE:
        return False
    tint = _FOLD_SHADE if _is_straight_across(measures) else _FOLD_TINT
    is_same = numbers.get("beyond_light", 0) > _FOLD_LIGHT and numbers.get("beyond_tint", 1) < tint
    return is_same or numbers.get("on_edge", 0) >= _ON_EDGE


def _is_straight_across(measures: Measures) -> bool:
    """The outline takes one whole side of the picture and as much of one as of the other beside it, like a scan's."""
    shares = [measures.numbers.get(f"contact_{side}", 0) for side in _SIDES]
    for at, whole in enumerate(shares):
        before, facing, behind = shares[at - 3], shares[at - 2], shares[at - 1]
        if whole > _ALL and facing == 0 and min(before, behind) > _CONTACT.sure and abs(before - behind) < _STRAIGHT:
            return True
    return False


def _is_glare(measures: Measures, is_sure: bool) -> bool:
    """White spots in which the print is fainter than elsewhere, or fades out."""
    numbers = measures.numbers
    if numbers["glare"] <= _GLARE.of(is_sure):
        return False
    low, faint = numbers.get("glare_low", 1), numbers.get("glare_faint", 1)
    is_fading = numbers.get("glare_weak", 0) > _FADING
    if numbers["glare"] < _HALF_SPOT and numbers["glare_ink"] > _UNDIMMED and low < _OTHER_INK:
        return False  # a stamp, in bright light that takes nothing off the print around it
    if low < _DROWNED.of(is_sure) and faint < _INK_LEFT.of(is_sure):
        return True
    if is_fading and low < _DEEP and faint < _DEEP_INK:
        return True
    if is_fading and numbers["glare"] > _WIDE_GLARE and faint < _INK_LEFT.of(is_sure):
        return True
    is_half_gone = numbers["glare_ink"] < _HALF_GONE and numbers["glare_ink"] * numbers.get("ink", 1) < _INK_LEFT.sure
    return is_half_gone and (is_fading or low < _AS_FAINT)


def _cut_strip(measures: Measures) -> Box | None:
    """A strip along the side where most of the sheet leaves."""
    side = max(_SIDES, key=lambda name: measures.numbers.get(f"contact_{name}", 0))
    return {
        "left": Box(0, 0, 0.06, 1),
        "top": Box(0, 0, 1, 0.06),
        "right": Box(0.94, 0, 1, 1),
        "bottom": Box(0, 0.94, 1, 1),
    }[side]


_TESTS: Final[dict[Cause, Callable[[Measures, bool], bool]]] = {
    Cause.DARK: _is_dark,
    Cause.BRIGHT: _is_bright,
    Cause.BLURRED: _is_blurred,
    Cause.CUT: _is_cut,
    Cause.SKEWED: _is_skewed,
    Cause.SMALL: _is_small,
    Cause.GLARE: _is_glare,
}
"""In the order in which they are told."""
