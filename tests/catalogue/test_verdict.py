"""What is concluded from numbers: each defect by its own name, doubt resolved by what was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue.loading import load_catalogue
from adminduk.catalogue.papers.types import (
    Box,
    Cause,
    Expectation,
    Measures,
    ReadField,
    ReadPage,
    ReadPaper,
    TextLine,
)
from adminduk.catalogue.papers.verdict import judge
from adminduk.catalogue.text import Text

CATALOGUE = load_catalogue(Path(__file__).parents[2] / "definitions")
PAPER = CATALOGUE.papers.paper("pengantar")
WANTED = Expectation("pengantar")
HERE = Box(0.1, 0.1, 0.4, 0.2)
LINE = TextLine("SURAT PENGANTAR", 0.98, HERE, 0.02, HERE)
_PRINT = {"marks": 500.0, "height": 15.0, "sigma": 1.1, "blur": 0.08, "ink": 0.6, "paper": 0.8, "light_high": 0.85}
_LIGHT = {"white": 0.0, "glare": 0.0, "glare_ink": 1.0, "glare_low": 1.0, "glare_faint": 0.6, "smear": 1.0}
_SHEET = {"sheet": 0.7, "solid": 0.95, "side": 1600.0, "aspect": 1.42, "foreshortening": 0.95, "turn": 1.0}
_SIDES = ("left", "top", "right", "bottom")
_EDGES = {f"contact_{side}": 0.0 for side in _SIDES} | {f"near_{side}": 0.0 for side in _SIDES}
GOOD = _PRINT | _LIGHT | _SHEET | _EDGES
SPOILT = {
    Cause.BLURRED: {"sigma": 3.0, "blur": 0.25, "ink": 0.2},
    Cause.DARK: {"paper": 0.15, "light_high": 0.16},
    Cause.BRIGHT: {"ink": 0.1, "paper": 0.99, "light_high": 1.0, "white": 0.8},
    Cause.GLARE: {"glare": 0.1, "glare_ink": 0.6, "glare_low": 0.5, "glare_faint": 0.2},
    Cause.CUT: {"contact_top": 0.9, "near_top": 9.0, "aspect": 1.2},
    Cause.SMALL: {"side": 500.0},
    Cause.SKEWED: {"foreshortening": 0.45},
}


def measures(**changed: float) -> Measures:
    return Measures(1500, 2000, GOOD | changed, {"glare": HERE})


def page(lines: int) -> ReadPage:
    return ReadPage((LINE,) * lines, 0, lines, is_complete=True)


def paper(kind: str = "pengantar", **fields: str) -> ReadPaper:
    read = {name: ReadField(value, 0.95, HERE) for name, value in fields.items()}
    return ReadPaper(kind, 0.9, is_document=True, fields=read)


def first(of: Measures) -> tuple[Cause, ...]:
    verdict = judge(of, expected=WANTED, definition=PAPER)
    assert verdict.accepted == (not verdict.reasons)
    return tuple(reason.cause for reason in verdict.reasons)


def second(of: Measures, seen: ReadPage, read: ReadPaper) -> tuple[Cause, ...]:
    verdict = judge(of, expected=WANTED, page=seen, paper=read, definition=PAPER)
    return tuple(reason.cause for reason in verdict.reasons)


def test_a_good_picture_is_accepted_at_once_and_after_reading() -> None:
    assert first(measures()) == ()
    assert second(measures(), page(20), paper(nama="SITI")) == ()


@pytest.mark.parametrize("cause", SPOILT)
def test_each_defect_is_told_first_by_its_name(cause: Cause) -> None:
    assert first(measures(**SPOILT[cause]))[0] is cause


def test_glare_and_cut_are_told_with_their_place() -> None:
    glare = judge(measures(**SPOILT[Cause.GLARE]), expected=WANTED, definition=PAPER)
    cut = judge(measures(**SPOILT[Cause.CUT]), expected=WANTED, definition=PAPER)
    assert glare.reasons[0].box == HERE
    assert cut.reasons[0].box == Box(0, 0, 1, 0.06)


def test_white_paper_is_no_glare_and_a_scan_is_not_cut_off() -> None:
    assert first(measures(glare=0.4, glare_low=0.93, glare_faint=0.3, white=0.4, paper=0.97)) == ()
    sides = {f"contact_{side}": 1.0 for side in ("left", "top", "right", "bottom")}
    assert first(measures(**sides)) == ()


def test_a_doubt_is_resolved_by_what_was_read() -> None:
    doubtful = measures(sigma=1.8, blur=0.12, ink=0.34, smear=3.2)
    assert first(doubtful) == ()
    assert second(doubtful, page(20), paper(nama="SITI")) == ()
    assert second(doubtful, page(20), paper())[0] is Cause.BLURRED


def test_what_must_be_readable_is_missing_without_any_cause() -> None:
    assert second(measures(), page(20), paper()) == (Cause.UNREADABLE,)


def test_another_paper_and_no_paper_are_told_apart() -> None:
    assert second(measures(), page(20), paper("kk")) == (Cause.WRONG_TYPE,)
    assert second(measures(), page(20), paper("other")) == (Cause.WRONG_TYPE,)
    assert second(measures(marks=0.0), page(1), paper("other")) == (Cause.NOT_DOCUMENT,)
    assert second(measures(marks=0.0, smear=9.0), page(0), paper("other")) == (Cause.BLURRED,)


def test_a_card_may_be_smaller_than_a_sheet() -> None:
    card = CATALOGUE.papers.paper("ktp")
    near = measures(side=500.0, aspect=1.59)
    assert judge(near, expected=Expectation("ktp"), definition=card).accepted
    assert first(near) == (Cause.SMALL,)


def test_marks_without_ink_are_no_print_of_a_sharp_picture() -> None:
    skin = measures(ink=0.1, height=5.0, paper=0.3)
    assert first(skin) == ()
    assert second(skin, page(0), paper("other")) == (Cause.NOT_DOCUMENT,)


def test_print_that_runs_together_is_small_where_other_edges_are_sharp() -> None:
    soft = {"sigma": 1.6, "blur": 0.14, "ink": 0.28}
    assert second(measures(**soft, smear=1.8), page(3), paper("other"))[0] is Cause.SMALL
    assert second(measures(**soft, smear=3.2), page(0), paper("other"))[0] is Cause.BLURRED


def test_a_heads_soft_shadows_are_no_small_print() -> None:
    head = measures(sigma=1.6, ink=0.25, height=155.0, smear=1.7, sheet=0.0)
    assert second(head, page(0), paper("other")) == (Cause.NOT_DOCUMENT,)


def test_a_name_guessed_at_on_a_blurred_page_does_not_make_it_good() -> None:
    guessed = ReadPage((replace(LINE, confidence=0.73),) * 30, 0, 30, is_complete=True)
    assert second(measures(**SPOILT[Cause.BLURRED]), page(30), paper(nama="SITI")) == ()
    assert second(measures(**SPOILT[Cause.BLURRED]), guessed, paper(nama="SITI")) == (Cause.BLURRED,)
    assert second(measures(sigma=1.8, blur=0.12, ink=0.34, smear=3.2), guessed, paper(nama="SITI")) == (Cause.BLURRED,)
    assert second(measures(), guessed, paper(nama="SITI")) == ()


def test_a_card_in_good_light_on_a_dark_table_is_far_away_and_not_dark() -> None:
    assert first(measures(**SPOILT[Cause.DARK], light_top=0.17)) == (Cause.DARK,)
    assert first(measures(**SPOILT[Cause.DARK], light_top=0.6)) == (Cause.SMALL,)
    assert first(measures(**SPOILT[Cause.DARK], light_top=0.99)) == (Cause.DARK,), "a lamp"


def test_an_edge_with_print_on_it_is_a_fold_and_cuts_nothing_off() -> None:
    folded = measures(contact_top=0.7, contact_right=1.0, contact_bottom=0.7, aspect=1.06, on_edge=20.0)
    assert first(folded) == ()
    assert first(measures(**SPOILT[Cause.CUT], on_edge=20.0)) == (Cause.CUT,), "print runs off the picture"


def test_a_lost_title_is_no_wrong_paper_where_the_page_is_cut() -> None:
    assert second(measures(**SPOILT[Cause.CUT]), page(30), paper("other"))[0] is Cause.CUT


def test_a_sheet_washed_out_by_light_has_no_outline() -> None:
    washed = measures(**SPOILT[Cause.GLARE], **SPOILT[Cause.CUT], white=0.6)
    assert first(washed) == (Cause.GLARE,)


def test_another_paper_known_by_labels_alone_does_not_hide_what_spoils_the_picture() -> None:
    by_labels = ReadPaper("kk", 0.5, is_document=True, fields={})
    assert second(measures(**SPOILT[Cause.SKEWED]), page(11), by_labels)[0] is Cause.SKEWED
    assert second(measures(**SPOILT[Cause.SKEWED]), page(11), paper("kk")) == (Cause.WRONG_TYPE,)
    assert second(measures(), page(11), by_labels) == (Cause.WRONG_TYPE,)


def test_thin_print_under_a_bright_spot_is_not_drowned() -> None:
    spot = {"glare": 0.03, "glare_ink": 0.67, "glare_low": 0.7}
    assert first(measures(**spot, glare_faint=0.42)) == ()
    assert first(measures(**spot, glare_faint=0.3)) == (Cause.GLARE,)


def test_print_that_fades_out_around_a_lamp_is_glare_however_much_is_left_in_the_middle() -> None:
    assert first(measures(glare=0.95, glare_ink=1.0, glare_low=0.58, glare_faint=0.3)) == (Cause.GLARE,)


def test_print_that_fades_in_a_spot_is_glare_and_thin_print_in_white_is_not() -> None:
    thin = {"glare": 0.06, "glare_ink": 0.6, "glare_low": 0.93, "glare_faint": 0.27, "ink": 0.5}
    assert first(measures(**thin, glare_weak=0.02)) == ()
    assert first(measures(**thin, glare_weak=0.18)) == (Cause.GLARE,)
    drowned = {"glare": 0.19, "glare_ink": 0.75, "glare_low": 0.6, "glare_faint": 0.36}
    assert first(measures(**drowned, glare_weak=0.1)) == (Cause.GLARE,)
    page_of_light = {"glare": 0.76, "white": 0.3, "glare_faint": 0.32}
    assert first(measures(**page_of_light, glare_weak=0.05)) == (Cause.GLARE,)
    assert first(measures(**page_of_light, glare_weak=0.03)) == ()


def test_a_stamp_in_bright_light_is_no_glare_where_the_print_beside_it_is_as_dark_as_elsewhere() -> None:
    stamp = {"glare": 0.15, "glare_low": 0.39, "glare_faint": 0.28, "glare_weak": 0.31}
    assert first(measures(**stamp, glare_ink=1.0)) == ()
    assert first(measures(**stamp, glare_ink=0.85)) == (Cause.GLARE,)
    assert first(measures(**stamp | {"glare_low": 0.75, "glare_weak": 0.05}, glare_ink=1.0)) == (Cause.GLARE,)


def test_a_fold_does_not_hide_that_the_sheet_leaves_the_picture_beside_a_table() -> None:
    half = {"contact_top": 0.9, "aspect": 2.6, "beyond_light": 0.96, "beyond_tint": 0.001}
    assert first(measures(**half, beyond_like=1.0)) == ()
    assert first(measures(**half, beyond_like=0.6)) == (Cause.CUT,)
    assert first(measures(**half, beyond_like=1.0, like_side=0.1)) == (Cause.CUT,), "a table at a side of the picture"


def test_a_hair_beside_the_sheet_passes_for_its_end_only_beside_a_whole_sheet() -> None:
    hair = {"brink_left": 0.8, "brink_bottom": 1.0, "brink_right": 0.8, "sheet": 0.8}
    assert first(measures(**hair, aspect=1.42)) == ()
    assert first(measures(**hair, aspect=1.83)) == (Cause.CUT,)


def test_a_fold_is_no_end_of_the_sheet() -> None:
    across = {"contact_left": 0.6, "contact_top": 1.0, "contact_right": 0.6, "aspect": 1.1}
    assert first(measures(**across, beyond_light=0.95, beyond_tint=0.003)) == ()
    assert first(measures(**across, beyond_light=0.95, beyond_tint=0.02)) == (Cause.CUT,)
    assert first(measures(**across, beyond_light=0.7, beyond_tint=0.003)) == (Cause.CUT,)


def test_what_fills_the_picture_but_for_a_hair_is_a_scan() -> None:
    sides = {"contact_left": 1.0, "contact_top": 1.0, "contact_bottom": 1.0, "aspect": 1.58}
    assert first(measures(**sides, sheet=0.99)) == ()
    assert first(measures(**sides, sheet=0.8)) == (Cause.CUT,)


def test_smeared_print_on_white_paper_is_blurred_and_not_too_bright() -> None:
    white = {"ink": 0.1, "paper": 0.97, "white": 0.5, "light_high": 0.99}
    assert first(measures(**white, sigma=4.0, blur=0.3, smear=6.0))[0] is Cause.BLURRED
    assert first(measures(**white))[0] is Cause.BRIGHT


def test_an_outline_of_a_few_pixels_has_no_shape() -> None:
    assert first(measures(side=160.0, foreshortening=0.5)) == (Cause.SMALL,)
    little = Measures(436, 320, GOOD | SPOILT[Cause.CUT] | {"side": 430.0}, {})
    assert first(little)[0] is Cause.SMALL


def test_where_nothing_looks_like_a_line_blur_and_smallness_are_of_no_document() -> None:
    wood = measures(**SPOILT[Cause.BLURRED], smear=12.0, light_high=0.4)
    assert second(wood, page(0), paper("other")) == (Cause.NOT_DOCUMENT,)
    assert second(measures(**SPOILT[Cause.BLURRED], smear=12.0), page(0), paper("other"))[0] is Cause.BLURRED
    shelves = measures(**SPOILT[Cause.BLURRED], smear=2.7)
    assert second(shelves, page(2), paper("other")) == (Cause.NOT_DOCUMENT,)
    assert second(measures(**SPOILT[Cause.SMALL], ink=0.25), page(0), paper("other")) == (Cause.NOT_DOCUMENT,)
    assert second(measures(**SPOILT[Cause.SMALL], ink=0.25), page(1), paper("other")) == (Cause.SMALL,)


def test_a_bright_sheet_with_print_on_it_is_a_paper_though_nothing_can_be_read() -> None:
    sheet = {"beyond_light": 0.3, "beyond_tint": 0.4, "beyond_like": 0.0, "ink": 0.3}
    assert second(measures(**SPOILT[Cause.SMALL], **sheet), page(0), paper("other")) == (Cause.SMALL,)
    unseen = sheet | {"beyond_light": 1.0}
    assert second(measures(**SPOILT[Cause.SMALL], **unseen), page(0), paper("other")) == (Cause.NOT_DOCUMENT,)


def test_a_folded_sheet_is_longer_than_what_is_outlined() -> None:
    assert first(measures(side=500.0, on_edge=10.0, beyond_like=0.3)) == ()
    assert first(measures(side=500.0, on_edge=10.0, beyond_like=0.0)) == (Cause.SMALL,)


def test_a_picture_of_a_few_pixels_is_too_small_whatever_it_shows() -> None:
    nothing = GOOD | {"marks": 1.0, "sheet": 0.0}
    verdict = judge(Measures(640, 480, nothing), expected=WANTED, page=page(0), paper=paper("other"), definition=PAPER)
    assert [reason.cause for reason in verdict.reasons] == [Cause.SMALL]


def test_a_line_that_runs_out_of_the_picture_tells_of_a_cut_page() -> None:
    at_the_foot = replace(LINE, text="PROVINSI SUMATERA UTARA", box=Box(0.2, 0.97, 0.7, 1.0))
    seen = ReadPage((at_the_foot,), 0, 1, is_complete=True)
    assert second(measures(), seen, paper("other")) == (Cause.CUT,)
    assert second(measures(), page(1), paper("other")) == (Cause.NOT_DOCUMENT,)


def test_another_paper_that_is_read_well_is_wrong_however_small() -> None:
    assert second(measures(**SPOILT[Cause.SMALL]), page(12), paper("other")) == (Cause.WRONG_TYPE,)


def test_what_cannot_be_read_where_nothing_is_sharp_is_blurred() -> None:
    guessed = ReadPage((replace(LINE, confidence=0.6),) * 20, 0, 20, is_complete=True)
    assert second(measures(smear=3.1), guessed, paper()) == (Cause.BLURRED,)
    assert second(measures(), guessed, paper()) == (Cause.UNREADABLE,)


def test_handwriting_on_a_page_that_is_read_well_needs_no_other_picture() -> None:
    unsure = ReadPaper("pengantar", 0.9, is_document=True, fields={"nama": ReadField("ANI", 0.4, HERE)})
    guessed = ReadPage((replace(LINE, confidence=0.7),) * 20, 0, 20, is_complete=True)
    assert second(measures(), page(20), unsure) == ()
    assert second(measures(), guessed, unsure) == (Cause.UNREADABLE,)


def test_lines_that_run_aslant_or_together_tell_of_a_skewed_page_without_an_outline() -> None:
    def seen(**numbers: float) -> ReadPage:
        return replace(page(20), numbers=numbers)

    read = paper(nama="SITI")
    assert second(measures(sheet=0.0), seen(turn=-18.0, spread=1.0), read) == (Cause.SKEWED,)
    assert second(measures(sheet=0.0), seen(turn=2.0, spread=27.0), read) == (Cause.SKEWED,)
    assert second(measures(sheet=0.0), seen(turn=7.0, spread=8.0), read) == ()
    assert second(measures(**SPOILT[Cause.SKEWED]), seen(turn=20.0), read) == (Cause.SKEWED,), "said once"
    assert second(measures(**SPOILT[Cause.SMALL]), seen(spread=40.0), paper()) == (Cause.SMALL,), "too small to tell"


def test_small_letters_that_were_half_guessed_do_not_make_it_large_enough() -> None:
    guessed = ReadPage((replace(LINE, confidence=0.93),) * 20, 0, 20, is_complete=True)
    assert second(measures(**SPOILT[Cause.SMALL]), guessed, paper(nama="SITI")) == (Cause.SMALL,)
    assert second(measures(**SPOILT[Cause.SMALL]), page(20), paper(nama="SITI")) == ()


def test_a_whole_sheet_may_graze_a_side_with_a_corner() -> None:
    assert first(measures(contact_top=0.35)) == ()
    assert first(measures(contact_top=0.8)) == (Cause.CUT,)


def test_light_paper_is_not_too_bright_as_long_as_nothing_has_run_into_white() -> None:
    light = {"ink": 0.2, "paper": 0.97, "light_high": 0.97}
    assert first(measures(**light, white=0.0)) == ()
    assert first(measures(**light, white=0.1)) == (Cause.BRIGHT,)


def test_a_card_far_away_is_small_and_not_nothing() -> None:
    far = {"marks": 9.0, "height": 11.0, "sheet": 0.0}
    assert second(measures(**far, ink=0.5), page(1), paper("other")) == (Cause.SMALL,)
    assert second(measures(**far, ink=0.25), page(1), paper("other")) == (Cause.NOT_DOCUMENT,)


def test_a_title_guessed_in_a_blur_is_no_other_paper() -> None:
    assert second(measures(**SPOILT[Cause.BLURRED]), page(1), paper("kk"))[0] is Cause.BLURRED


def test_what_spoils_the_picture_says_enough_of_why_it_is_not_read() -> None:
    assert second(measures(**SPOILT[Cause.DARK]), page(20), paper()) == (Cause.DARK,)
    assert second(measures(), page(20), paper()) == (Cause.UNREADABLE,)


def test_a_sky_is_not_blurred() -> None:
    sky = measures(marks=0.0, sheet=0.0, smear=3.35)
    assert second(sky, page(0), paper("other")) == (Cause.NOT_DOCUMENT,)
    assert second(measures(marks=18.0, smear=4.4), page(0), paper("other")) == (Cause.BLURRED,)


@given(st.dictionaries(st.sampled_from(sorted(GOOD)), st.floats(-1e9, 1e9), max_size=8))
def test_no_numbers_break_the_judge(changed: dict[str, float]) -> None:
    causes = first(measures(**changed))
    assert len(causes) == len(set(causes))


def test_without_measures_only_the_reading_counts() -> None:
    assert judge(None, expected=WANTED).accepted
    assert judge(None, expected=Expectation("portrait", date(1990, 1, 1))).accepted
    assert judge(None, expected=WANTED, page=page(20), paper=paper("kk"), definition=PAPER).reasons


def sentences(text: Text) -> list[str]:
    return [part for words in (text.id, text.en) for part in words.replace("?", ".").split(".") if part.strip()]


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_words_and_one_action(cause: Cause) -> None:
    words = CATALOGUE.picture_cause(cause)
    for sentence in sentences(words.what) + sentences(words.action):
        assert len(sentence.split()) <= 15, sentence


def test_a_fold_straight_across_a_scan_may_lie_between_light_and_shade() -> None:
    scan = {"contact_left": 1.0, "contact_top": 0.66, "contact_bottom": 0.66, "aspect": 1.02, "sheet": 0.66}
    beyond = {"beyond_light": 0.98, "beyond_tint": 0.011, "beyond_like": 1.0, "like_side": 1.0}
    assert first(measures(**scan, **beyond)) == ()
    assert first(measures(**scan, **beyond | {"beyond_tint": 0.02})) == (Cause.CUT,)
    assert first(measures(**scan | {"contact_bottom": 0.4}, **beyond)) == (Cause.CUT,), "askew: the edge of a sheet"
    assert first(measures(**scan | {"contact_top": 0.0, "contact_bottom": 0.0}, **beyond)) == (Cause.CUT,)
