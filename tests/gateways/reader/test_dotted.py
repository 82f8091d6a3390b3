"""Dotted lines to write on are taken off the page, and nothing else is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from adminduk.gateways.reader.dotted import without_dotted_lines
from adminduk.gateways.reader.text_area import Pixels
from tests.gateways.reader import pages

_PAPER, _INK = 240, 40


def blank() -> Pixels:
    return np.full((300, 900, 3), _PAPER, np.uint8)


def dot(picture: Pixels, x: int, y: int) -> None:
    picture[y : y + 4, x : x + 4] = _INK


def row_of_dots(picture: Pixels, *, begin: int = 100, end: int = 800, y: int = 150, pitch: int = 9) -> Pixels:
    for x in range(begin, end, pitch):
        dot(picture, x, y + (x - begin) // 100)
    return picture


def ink_of(picture: Pixels) -> int:
    return int(np.count_nonzero(picture.min(axis=2) < 140))


@pytest.mark.parametrize("turns", range(4))
def test_a_dotted_line_goes_however_the_page_was_stored(turns: int) -> None:
    picture = np.ascontiguousarray(np.rot90(row_of_dots(blank()), turns))
    assert ink_of(picture) > 500
    assert ink_of(without_dotted_lines(picture)) == 0


def test_letters_on_the_line_keep_their_feet() -> None:
    """A stem, a bowl that is hollow above the line, and a gap through which only dots are seen."""
    letters = blank()
    letters[110:152, 300:306] = _INK
    cv2.ellipse(letters, (360, 134), (14, 18), 0, 0, 360, (_INK, _INK, _INK), 4)
    alone = ink_of(letters)
    cleaned = without_dotted_lines(row_of_dots(letters.copy()))
    assert ink_of(cleaned[:146]) == ink_of(letters[:146])
    assert alone - 8 <= ink_of(cleaned) <= alone + 40, "the dots in a bowl's foot may stay"


def test_the_line_goes_on_under_letters_that_stand_on_most_of_its_dots() -> None:
    picture = row_of_dots(blank(), begin=400)
    for step, x in enumerate(range(391, 250, -9)):
        dot(picture, x, 150)
        if step % 4:
            picture[130:150, x : x + 4] = _INK
    cleaned = without_dotted_lines(picture)
    lone = [cleaned[150:154, x : x + 4] for step, x in enumerate(range(391, 250, -9)) if step % 4 == 0]
    assert min(int(each.min()) for each in lone) > 200
    assert ink_of(cleaned[:150]) == ink_of(picture[:150]) > 0


def test_what_is_not_at_one_distance_on_one_line_stays() -> None:
    dice = np.random.default_rng(4)
    strewn = blank()
    for _ in range(120):
        dot(strewn, int(dice.integers(20, 860)), int(dice.integers(20, 280)))
    few = row_of_dots(blank(), end=160)
    wide = row_of_dots(blank(), pitch=40)
    for picture in (strewn, few, wide):
        assert without_dotted_lines(picture) is picture


def test_the_colons_of_a_form_are_no_dotted_line() -> None:
    """They stand under each other at one distance; a number above them in larger print would be cut through."""
    for spacing in (30, 36, 48):
        form = np.full((1300, 400, 3), _PAPER, np.uint8)
        for row in range(16):
            for y in (0, 12):
                dot(form, 200, 60 + spacing * row + y)
        assert without_dotted_lines(form) is form


def test_a_page_of_print_is_left_as_it_is() -> None:
    page = cv2.imdecode(np.frombuffer(pages.jpeg(pages.sheet()), np.uint8), cv2.IMREAD_COLOR)
    assert page is not None
    assert np.array_equal(without_dotted_lines(np.asarray(page, np.uint8)), page)


def test_tiny_pictures_do_no_harm() -> None:
    for size in ((1, 1), (1, 500), (500, 1)):
        picture = np.full((*size, 3), _PAPER, np.uint8)
        assert without_dotted_lines(picture) is picture
