"""Dates in figures, with the month's name, and in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adminduk.catalogue.papers.dates import date_in, written_date

_ONES = ("", "SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN")
_MONTHS = (
    "JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER", "NOVEMBER",
    "DESEMBER",
)  # fmt: skip


def in_words(number: int) -> str:
    if number >= 1000:
        head = "SERIBU" if number < 2000 else f"{in_words(number // 1000)} RIBU"
        return f"{head} {in_words(number % 1000)}".strip()
    if number >= 100:
        head = "SERATUS" if number < 200 else f"{in_words(number // 100)} RATUS"
        return f"{head} {in_words(number % 100)}".strip()
    if number >= 20:
        return f"{_ONES[number // 10]} PULUH {_ONES[number % 10]}".strip()
    if number in (10, 11):
        return "SEPULUH" if number == 10 else "SEBELAS"
    return f"{_ONES[number - 10]} BELAS" if number > 10 else _ONES[number]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("SEMARANG, 23-08-2007", date(2007, 8, 23)),
        ("23/08/2007", date(2007, 8, 23)),
        ("23.08.2007", date(2007, 8, 23)),
        ("23 - 08 - 2007", date(2007, 8, 23)),
        ("2O-O7-2O07", date(2007, 7, 20)),
        ("23 Agustus 2007", date(2007, 8, 23)),
        ("Sekayu, 3Mei2026", date(2026, 5, 3)),
        ("12 Nopember 1981", date(1981, 11, 12)),
        ("12042001", date(2001, 4, 12)),
        ("2007-08-23", date(2007, 8, 23)),
    ],
)
def test_figures(text: str, day: date) -> None:
    found = date_in(text)
    assert found is not None and found[0] == day


@pytest.mark.parametrize(
    "text", ["31-02-2000", "3374011708900001", "SKTLK/2136/XI/2026", "JL. PEMUDA 118", "45-13-1999"]
)
def test_what_is_no_date(text: str) -> None:
    assert date_in(text) is None


@given(some.dates(date(1930, 1, 1), date(2030, 12, 31)), some.booleans())
def test_every_day_in_words(day: date, with_spaces: bool) -> None:
    text = f"{in_words(day.day)} {_MONTHS[day.month - 1]} tahun {in_words(day.year)}"
    assert written_date(text if with_spaces else text.replace(" ", "")) == day


@pytest.mark.parametrize(
    "text", ["DUAPULUH DELAPANAGUSTUS DUA RIBU LIMA", "dua puluh delapan Agutus dua ribv lima", "28 Agustus tahun 2005"]
)
def test_words_with_mistakes(text: str) -> None:
    assert written_date(text) == date(2005, 8, 28)


@given(some.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    for found in (written_date(text), (date_in(text) or (None,))[0]):
        assert found is None or 1850 <= found.year <= 2200
