"""Runs of sixteen digits: what is one, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adminduk.catalogue.papers.numbers import runs_in

NUMBER = "3374015708909001"


@pytest.mark.parametrize(
    "text",
    [
        f"NIK:{NUMBER}",
        f"No. {NUMBER}",
        f"：{NUMBER}",
        f"2 {NUMBER} PEREMPUAN",
        "3374 0157 0890 9001",
        "337401 570890 9001",
        "NIK 3374O15708909OO1",
        "337401570890900I",
        "33740157O89O9001",
    ],
)
def test_a_run(text: str) -> None:
    assert [run.digits for run in runs_in(text)] == [NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "NIP. 19810524 199203 1 009",
        "NIP 196809102010012006",
        "NIP. 1968091020100120",
        f"{NUMBER}2",
        f"1{NUMBER}",
        NUMBER[:15],
        "LAKI-LAKI ISLAM BOLLOSISSI",
        "OOOOSSSSIIII1234",
        "08123456789 / 0812345",
    ],
)
def test_no_run(text: str) -> None:
    assert not list(runs_in(text))


def test_letters_for_digits_are_told() -> None:
    assert [run.is_literal for run in runs_in(f"{NUMBER} 33740157O8909001")] == [True, False]


@given(some.text(alphabet="0123456789OIlSB .-:ANK", max_size=60))
def test_a_run_is_in_the_text(text: str) -> None:
    for run in runs_in(text):
        assert len(run.digits) == 16 and run.digits.isdigit()
        assert sum(char.isdigit() for char in text[run.begin : run.end]) >= 12
        assert not text[max(run.begin - 1, 0) : run.begin].isdigit()
        assert not text[run.end : run.end + 1].isdigit()
