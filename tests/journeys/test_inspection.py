"""The looks themselves find what is wrong: a page with each fault."""

from __future__ import annotations

import pytest

from tests.browser import DESK, PHONE, OpenPage
from tests.journeys import inspection

HEAD = '<!doctype html><html lang="id"><head><title>Contoh</title></head><body><main><h1>Contoh</h1>'


@pytest.mark.parametrize("body", ['<input name="q">', '<p style="color: #bbb; background: #fff">pudar</p>'])
def test_axe_finds(open_page: OpenPage, body: str) -> None:
    page = open_page(size=PHONE)
    page.set_content(HEAD + body)
    assert inspection.violations(page)


def test_words_that_stand_out_of_a_narrow_window_are_found(open_page: OpenPage) -> None:
    page = open_page(size=DESK)
    page.set_content(HEAD + f'<p style="white-space: nowrap">{"panjang " * 20}</p>')
    assert inspection.too_wide(page, inspection.NARROWEST)


def test_large_text_that_is_cut_off_is_found(open_page: OpenPage) -> None:
    page = open_page(size=DESK)
    page.set_content(HEAD + '<p style="width: 6em; font-size: 1rem; overflow: hidden; width: 100px">Permohonan</p>')
    assert inspection.large_text(page)


def test_spaced_text_that_is_cut_off_is_found(open_page: OpenPage) -> None:
    page = open_page(size=PHONE)
    page.set_content(HEAD + '<p style="width: 105px; white-space: nowrap; overflow: hidden">Permohonan</p>')
    assert not inspection._look(page, "cutOff")
    assert inspection.spaced_text(page)


def test_a_button_that_only_colour_sets_off_is_found(open_page: OpenPage) -> None:
    page = open_page(size=DESK)
    page.set_content(HEAD + '<a class="button" href="#" style="border: 0; background: #0956c3">Lanjut</a>')
    assert inspection.forced_colours(page)


@pytest.mark.parametrize(
    "body", ['<a href="#x" style="outline: none">Lanjut</a>', '<a href="#x">Ya</a><button tabindex="-1">Tidak</button>']
)
def test_a_stop_that_is_not_seen_or_not_reached_is_found(open_page: OpenPage, body: str) -> None:
    page = open_page(size=DESK)
    page.set_content(HEAD + body)
    with pytest.raises(AssertionError, match=r"focus is not seen|does not reach"):
        inspection.walk_by_keyboard(page)
