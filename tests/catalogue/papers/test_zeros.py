"""Zeros with a stroke that were read as 8."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.reading import read_paper
from adminduk.catalogue.papers.types import ReadPage, ReadPaper
from adminduk.catalogue.papers.values import Wanted, value_of
from tests.catalogue.papers.pages import sample_page, with_texts

FIRST, SECOND = "3374010203809001", "3374014507829002"


def read(page: ReadPage, papers: Papers, changes: dict[str, str], doubtful: dict[str, tuple[int, ...]]) -> ReadPaper:
    page = with_texts(page, changes)
    lines = (
        replace(line, doubtful=doubtful[line.text], weakest=0.6) if line.text in doubtful else line
        for line in page.lines
    )
    return read_paper(replace(page, lines=tuple(lines)), papers)


def member_niks(read: ReadPaper) -> list[str]:
    return [member.fields["nik"].value for member in read.members]


@pytest.mark.parametrize(
    "wrong",
    [
        "3374810203809001",  # the region of the other numbers
        "3374810283809001",
        "3374010283809001",  # month 83
    ],
)
def test_a_number_that_cannot_be(papers: Papers, wrong: str) -> None:
    page = read(sample_page(papers, "kk"), papers, {FIRST: wrong}, {})
    assert member_niks(page)[:2] == [FIRST, SECOND]


@pytest.mark.parametrize(("wrong", "at"), [("3374010263809001", 8), ("3374010293809001", 8)])
def test_another_digit_that_was_not_read_surely(papers: Papers, wrong: str, at: int) -> None:
    page = read(sample_page(papers, "kk"), papers, {FIRST: wrong}, {wrong: (at,)})
    assert member_niks(page)[:2] == [FIRST, SECOND]
    assert not page.members[0].fields["nik"].is_certain
    page = read(sample_page(papers, "kk"), papers, {FIRST: wrong}, {})
    assert FIRST not in [member.fields["nik"].value for member in page.members if "nik" in member.fields], "read surely"


@pytest.mark.parametrize("wrong", ["82-03-1980", "02-83-1980", "02-03-1980", "82-83-1980"])
def test_a_date_that_cannot_be(papers: Papers, wrong: str) -> None:
    page = read(sample_page(papers, "kk"), papers, {"02-03-1980": wrong}, {})
    assert page.members[0].fields["tanggal_lahir"].value == "1980-03-02"


def test_a_birth_date_that_is_not_the_one_beside_it(papers: Papers) -> None:
    page = read(sample_page(papers, "kk"), papers, {FIRST: "3374011203809001", "02-03-1980": "10-03-1980"}, {})
    assert member_niks(page)[0] == "3374011203809001", "no 8 is to blame"
    page = read(sample_page(papers, "kk"), papers, {FIRST: "3374011803809001", "02-03-1980": "10-03-1980"}, {})
    assert member_niks(page)[0] == "3374011003809001"
    assert not page.members[0].fields["nik"].is_certain


def test_one_sign_settles_the_doubtful_ones(papers: Papers) -> None:
    changes = {SECOND: "3374014507829882", "11-09-2009": "11-89-2009"}
    page = read(sample_page(papers, "kk"), papers, changes, {"3374014507829882": (13, 14)})
    assert member_niks(page) == [FIRST, SECOND, "3374011109099003"]
    assert not page.members[1].fields["nik"].is_certain


def test_without_a_sign_a_doubtful_8_stays(papers: Papers) -> None:
    page = read(sample_page(papers, "kk"), papers, {SECOND: "3374014507829882"}, {"3374014507829882": (13, 14)})
    assert member_niks(page)[1] == "3374014507829882"
    assert not page.members[1].fields["nik"].is_certain


def test_true_eights_stay(papers: Papers) -> None:
    page = read(sample_page(papers, "kk"), papers, {"11-09-2009": "11-89-2009"}, {FIRST: (10,)})
    assert member_niks(page)[0] in (FIRST, "3374010203009001")  # year 80 or 00: both can be
    assert not page.members[0].fields["nik"].is_certain


@pytest.mark.parametrize(
    ("read_as", "number"),
    [
        ("4524/U/0KUS/1994", "4524/U/OKUS/1994"),
        ("470/00/RT.01/2024", "470/00/RT.01/2024"),
        ("3374-LU-25082010-0004", "3374-LU-25082010-0004"),
        ("B/0/2020", "B/0/2020"),
    ],
)
def test_a_zero_within_a_word_of_a_papers_number_is_a_letter(read_as: str, number: str) -> None:
    assert value_of(read_as, Wanted("number")) == number
