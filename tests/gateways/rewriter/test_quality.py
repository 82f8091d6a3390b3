"""The cheap stage on drawn sheets: numbers follow what is done to the picture, and nothing breaks it."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from adminduk.gateways.rewriter import quality
from adminduk.gateways.rewriter.paper_edge import Outline, marks_on_edge
from adminduk.gateways.rewriter.process_rewriter import ProcessRewriter
from adminduk.gateways.rewriter.text_marks import Marks

quality.warm_up()


def sheet(size: int = 26) -> Image.Image:
    """A page of print before a dark table."""
    picture = Image.new("RGB", (1200, 1600), (70, 60, 50))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((90, 110, 1110, 1500), fill=(214, 212, 205))
    font = ImageFont.load_default(size)
    for row in range(26):
        draw.text((160, 180 + row * 48), f"Nomor {row:02} contoh 3374 0101 0190 0001", fill=(30, 30, 34), font=font)
    return picture


SHEET = sheet()


def numbers(picture: Image.Image) -> dict[str, float]:
    return quality.measure(picture).numbers


def test_print_on_the_outline_is_counted_where_it_runs_through_the_picture() -> None:
    """An outline that stops at a fold crosses the line of print there; along the picture's sides it crosses nothing."""
    assert numbers(SHEET)["on_edge"] == 0
    hull = np.array([(400, 0), (999, 0), (999, 1399), (400, 1399)], np.float32)
    outline = Outline(
        hull,
        share=0.6,
        solid=1.0,
        contact={},
        brink={},
        corners=hull,
        width=1000,
        height=1400,
        beyond=(0.0, 1.0, 0.0, 0.0),
    )
    y = np.arange(200, 800, 30, dtype=np.float32)
    for x, crossed in ((400.0, len(y)), (390.0, len(y)), (500.0, 0), (998.0, 0)):
        like = np.full_like(y, 20)
        marks = Marks(np.full_like(y, x), y, like, like, like, like, like)
        assert marks_on_edge(outline, marks) == crossed, x


def test_beyond_a_fold_lies_the_same_paper_and_beyond_the_edge_another_colour() -> None:
    folded = np.asarray(sheet()).copy()[110:1500, 90:1110]
    folded[900:] = 210, 208, 201
    folded[900:] = (folded[900:] * 0.9).astype(np.uint8)
    fold = numbers(Image.fromarray(folded))
    assert fold["beyond_light"] > 0.84
    assert fold["beyond_tint"] < 0.0055
    assert fold["beyond_like"] > 0.9
    assert fold["like_side"] > 0.9
    beside_a_table = np.asarray(sheet()).copy()[110:1600, 90:1110]
    beside_a_table[900:1390] = folded[900:1390]
    cut = numbers(Image.fromarray(beside_a_table))
    assert cut["beyond_like"] > 0.9
    assert cut["like_side"] == 0
    assert numbers(SHEET)["beyond_light"] < 0.84
    assert numbers(SHEET)["beyond_like"] < 0.1


def test_floor_beside_the_sheet_is_no_part_of_it() -> None:
    """White tiles in the corners left by a sheet seen aslant, whose joints look like print."""
    floor = Image.new("RGB", (1200, 1600), (206, 208, 205))
    draw = ImageDraw.Draw(floor)
    for at in range(150, 1600, 400):
        draw.line((0, at, 1200, at), fill=(120, 120, 118), width=6)
        draw.line((at, 0, at, 1600), fill=(120, 120, 118), width=6)
    page = SHEET.crop((90, 110, 1110, 1500)).resize((1100, 1500))
    page = page.point(lambda value: min(255, value + 14))
    floor.paste(page.rotate(4, expand=False), (60, 50), Image.new("L", page.size, 255).rotate(4, expand=False))
    of = numbers(floor)
    assert max(of[f"contact_{side}"] for side in ("left", "top", "right", "bottom")) < 0.2


def test_the_brightest_patch_is_told_however_small() -> None:
    table = Image.new("RGB", (1200, 1600), (40, 36, 30))
    table.paste(SHEET.crop((160, 180, 560, 480)).resize((180, 135)), (300, 700))
    of = numbers(table)
    assert of["light_high"] < 0.2
    assert of["light_top"] > 0.6


def test_print_is_found_and_the_sheet_outlined() -> None:
    of = numbers(SHEET)
    assert of["marks"] > 300
    assert 14 < of["height"] < 34
    assert 0.6 < of["paper"] < 0.95
    assert of["sheet"] == pytest.approx(0.74, abs=0.03)
    assert of["aspect"] == pytest.approx(1.36, abs=0.04)
    assert of["turn"] < 1
    assert sum(of[f"contact_{side}"] for side in ("left", "top", "right", "bottom")) == 0


@pytest.mark.parametrize("radius", [2.5, 3.0])
def test_smear_is_measured_in_pixels_whatever_the_contrast(radius: float) -> None:
    strong = SHEET.filter(ImageFilter.GaussianBlur(radius))
    weak = Image.blend(strong, Image.new("RGB", strong.size, (214, 212, 205)), 0.5)
    assert numbers(SHEET)["sigma"] < 1.4
    assert numbers(strong)["sigma"] > 2
    assert numbers(weak)["sigma"] == pytest.approx(numbers(strong)["sigma"], rel=0.3)


def test_motion_is_seen_although_one_direction_stays_sharp() -> None:
    moved = Image.fromarray(cv2.blur(np.asarray(SHEET), (19, 1)))
    of = numbers(moved)
    assert of["sigma_x"] > 1.5 * of["sigma_y"]
    assert of["sigma"] > 2


def test_light_and_dark() -> None:
    dark = Image.eval(SHEET, lambda value: value // 7)
    assert numbers(dark)["light_high"] < 0.2


def test_a_spot_that_drowns_the_print_is_told_with_its_place() -> None:
    y, x = np.mgrid[0:1600, 0:1200]
    spot = np.exp(-(((x - 500) / 170) ** 2 + ((y - 700) / 170) ** 2))[..., None] * 700
    lit = Image.fromarray(np.clip(np.asarray(SHEET) + spot, 0, 255).astype(np.uint8))
    measures = quality.measure(lit)
    place = measures.boxes["glare"]
    assert measures.numbers["glare"] > 0.02
    assert measures.numbers["glare_ink"] < 0.8
    assert measures.numbers["glare_low"] < 0.7
    assert measures.numbers["glare_faint"] < 0.33
    assert place.left < 500 / 1200 < place.right
    assert place.top < 700 / 1600 < place.bottom
    assert numbers(SHEET)["glare"] == 0


def test_a_sheet_that_leaves_the_picture_touches_that_side() -> None:
    of = numbers(SHEET.crop((0, 400, 1200, 1600)))
    assert of["contact_top"] > 0.7
    assert of["contact_bottom"] == 0


def test_print_that_runs_to_a_side_does_not_look_like_a_table_there() -> None:
    """Cut so that lines of print run along the very side; and a strip of the table left beside the sheet."""
    of = numbers(SHEET.crop((0, 234, 1200, 1600)))
    assert of["contact_top"] > 0.8
    of = numbers(SHEET.crop((87, 0, 1200, 1600)))
    assert of["contact_left"] == 0
    assert of["brink_left"] > 0.8


def test_grain_that_looks_like_print_does_not_hide_a_bright_sheet() -> None:
    dice = np.random.default_rng(2)
    blots = cv2.resize(dice.random((46, 61), dtype=np.float32), (600, 800), interpolation=cv2.INTER_CUBIC)
    grain = 0.8 + 0.35 * (blots - 0.5) + dice.normal(0, 0.12, blots.shape)
    stone = np.clip(cv2.resize(150 * grain, (1200, 1600)), 0, 255).astype(np.uint8)
    picture = Image.fromarray(cv2.merge([stone] * 3))
    picture.paste(SHEET.crop((90, 110, 1110, 1500)).resize((300, 409)), (330, 420))
    of = numbers(picture)
    assert of["solid"] > 0.9
    assert of["aspect"] == pytest.approx(1.36, abs=0.05)


def test_a_sheet_seen_aslant() -> None:
    corners = np.array([(90, 110), (1110, 110), (1110, 1500), (90, 1500)], np.float32)
    aslant = np.array([(420, 300), (780, 300), (1150, 1400), (50, 1400)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, aslant)
    seen = cv2.warpPerspective(np.asarray(SHEET), matrix, (1200, 1600), borderValue=(70, 60, 50))
    assert numbers(Image.fromarray(seen))["foreshortening"] < 0.6


@settings(max_examples=40)
@given(st.integers(1, 700) | st.integers(1600, 2400), st.integers(1, 300), st.integers(0, 2**32 - 1), st.booleans())
def test_any_picture_can_be_measured(width: int, height: int, seed: int, is_portrait: bool) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    for pixels in (noise, np.zeros_like(noise), np.full_like(noise, 255)):
        measures = quality.measure(Image.fromarray(pixels), is_portrait=is_portrait)
        assert (measures.width, measures.height) == (width, height)
        assert all(np.isfinite(value) for value in measures.numbers.values())


@pytest.mark.parametrize("size", [(2400, 1), (1, 2400), (2400, 60), (2400, 1800)])
def test_measures_come_through_the_bound_child(size: tuple[int, int]) -> None:
    """Noise has as many marks as a picture can have."""
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, "JPEG")
    rewriter = ProcessRewriter()
    try:
        for is_portrait in (False, True):
            (page,) = rewriter.rewrite(out.getvalue(), is_portrait=is_portrait).pages
            assert page.measures is not None
            assert (page.measures.width, page.measures.height) == size
    finally:
        rewriter.close()
