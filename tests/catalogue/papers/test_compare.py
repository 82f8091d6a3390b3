"""Findings: agrees, differs, unsure; never more sure than the reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from adminduk.catalogue.papers.compare import Against, Agreement, Finding, Known, compare, missing_pages
from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.reading import read_paper
from adminduk.catalogue.papers.types import ReadPaper
from tests.catalogue.papers.pages import sample_page, with_texts

TODAY = date(2026, 11, 30)
KNOWN = Known(today=TODAY)


def read(papers: Papers, paper: str, number: int = 0, **texts: str) -> ReadPaper:
    changes = {key.replace("_", " "): value for key, value in texts.items()}
    return read_paper(with_texts(sample_page(papers, paper, number), changes), papers)


def findings(papers: Papers, page: ReadPaper, known: Known = KNOWN) -> dict[tuple[str, str, int | None], Finding]:
    paper = papers.paper(page.kind)
    assert paper is not None
    return {(each.check, each.field, each.member): each for each in compare(page, paper, known)}


def test_the_nik_says_date_and_sex(papers: Papers) -> None:
    found = findings(papers, read(papers, "kk"))
    for member in range(3):
        assert found["nik_birth_date", "tanggal_lahir", member].agreement is Agreement.AGREES
        assert found["nik_sex", "jenis_kelamin", member].agreement is Agreement.AGREES


def test_another_printed_date_differs(papers: Papers) -> None:
    page = read_paper(with_texts(sample_page(papers, "ktp"), {"17-08-1990": "18-08-1990"}), papers)
    finding = findings(papers, page)["nik_birth_date", "tanggal_lahir", None]
    assert (finding.agreement, finding.against, finding.known) == (Agreement.DIFFERS, Against.NIK, "17-08-90")
    assert finding.found is not None and finding.found.value == "1990-08-18"


def test_a_doubtful_reading_is_never_a_difference(papers: Papers) -> None:
    page = sample_page(papers, "ktp")
    page = replace(page, lines=tuple(replace(line, confidence=0.7) for line in page.lines))
    page = with_texts(page, {"17-08-1990": "18-08-1990"})
    assert (
        findings(papers, read_paper(page, papers))["nik_birth_date", "tanggal_lahir", None].agreement
        is Agreement.UNSURE
    )


@pytest.mark.parametrize(
    ("name", "agreement"),
    [
        ("Sri Rahayu", Agreement.AGREES),
        ("SRIRAHAYU", Agreement.AGREES),
        ("SRI RAHAJU", Agreement.UNSURE),
        ("SRI RAHAYU NINGSIH", Agreement.UNSURE),
        ("DEWI LESTARI", Agreement.DIFFERS),
    ],
)
def test_names_beside_the_register(papers: Papers, name: str, agreement: Agreement) -> None:
    known = replace(KNOWN, register={"nama": name})
    assert findings(papers, read(papers, "ktp"), known)["same_as_register", "nama", None].agreement is agreement


def test_the_form(papers: Papers) -> None:
    known = replace(KNOWN, form={"tempat_lahir": "Semarang", "alamat": "Jl. Pemuda 118 RT 003/001 Sekayu"})
    found = findings(papers, read(papers, "ktp"), known)
    assert found["same_as_form", "tempat_lahir", None].agreement is Agreement.AGREES
    assert found["same_as_form", "alamat", None].agreement is Agreement.AGREES


@pytest.mark.parametrize(
    ("nik", "agreement"),
    [
        ("3374014507829002", Agreement.AGREES),
        ("3374014507829802", Agreement.UNSURE),  # two digits may be misread
        ("3374015708909001", Agreement.DIFFERS),
    ],
)
def test_the_applicant_is_on_the_family_card(papers: Papers, nik: str, agreement: Agreement) -> None:
    known = replace(KNOWN, applicant_nik=nik)
    assert findings(papers, read(papers, "kk"), known)["applicant_is_on_it", "nik", None].agreement is agreement


def test_nobody_is_missed_on_a_page_that_is_not_there(papers: Papers) -> None:
    known = replace(KNOWN, applicant_nik="3374015708909001")
    second = read(papers, "kk", 1)
    assert findings(papers, second, known)["applicant_is_on_it", "nik", None].agreement is Agreement.UNSURE
    with_first = replace(known, applicant_nik="3374014507829002", papers=(replace(read(papers, "kk"), page_number=1),))
    assert findings(papers, second, with_first)["applicant_is_on_it", "nik", None].agreement is Agreement.AGREES


def test_the_same_person_on_another_paper(papers: Papers) -> None:
    card = read_paper(with_texts(sample_page(papers, "ktp"), {"3374015708909001": "3374014507829002",
                                                              "17-08-1990": "06-07-1982"}), papers)  # fmt: skip
    found = findings(papers, card, replace(KNOWN, papers=(read(papers, "kk"),)))
    assert found["same_as_papers", "tanggal_lahir", None].agreement is Agreement.DIFFERS
    assert found["same_as_papers", "tanggal_lahir", None].paper == "kk"
    assert found["same_as_papers", "nama", None].known == "SITI AMINAH"


@pytest.mark.parametrize(
    ("today", "agreement"),
    [
        (date(2026, 11, 28), Agreement.AGREES),
        (date(2027, 2, 26), Agreement.AGREES),
        (date(2027, 2, 27), Agreement.DIFFERS),
        (date(2026, 11, 27), Agreement.DIFFERS),  # a letter of tomorrow
    ],
)
def test_the_age_of_the_police_letter(papers: Papers, today: date, agreement: Agreement) -> None:
    found = findings(papers, read(papers, "lapor_hilang"), replace(KNOWN, today=today))
    assert found["letter_age", "tanggal_surat", None].agreement is agreement


def test_a_letter_without_a_readable_date_is_unsure(papers: Papers) -> None:
    page = read_paper(with_texts(sample_page(papers, "lapor_hilang"), {"28 November 2026": ""}), papers)
    assert findings(papers, page)["letter_age", "tanggal_surat", None].agreement is Agreement.UNSURE


def test_a_correction_that_is_no_date_is_not_compared(papers: Papers) -> None:
    letter, card = read(papers, "lapor_hilang"), read(papers, "ktp")
    letter.fields["tanggal_surat"] = replace(letter.fields["tanggal_surat"], value="tidak terbaca")
    card.fields["tanggal_lahir"] = replace(card.fields["tanggal_lahir"], value="tidak terbaca")
    assert findings(papers, letter)["letter_age", "tanggal_surat", None].agreement is Agreement.UNSURE
    assert ("nik_birth_date", "tanggal_lahir", None) not in findings(papers, card)


def test_missing_pages(papers: Papers) -> None:
    second, first = read(papers, "kk", 1), read(papers, "kk")
    assert missing_pages([second]) == (1,)
    assert missing_pages([first]) == ()
    assert missing_pages([replace(second, page_number=1), second]) == ()
    assert missing_pages([first, second]) == ()  # two pages are there; the first does not say its number
    assert missing_pages([second, second]) == (1,)  # the same page twice
    assert missing_pages([second], unread=1) == ()  # the other may be it
    assert missing_pages([second, read(papers, "lapor_hilang")]) == (1,)
    assert missing_pages([]) == ()
