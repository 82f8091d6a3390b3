"""Fields, members and certainty on drawn pages: askew, bent, with cells read together and lines missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.reading import read_paper
from adminduk.catalogue.papers.samples import defects_of_samples
from adminduk.catalogue.papers.types import Box, ReadPage, ReadPaper, TextLine
from tests.catalogue.papers.pages import read_text, sample_page, slanted, values, with_texts

MEMBERS = ["3374010203809001", "3374014507829002", "3374011109099003"]


def niks(read: ReadPaper) -> list[str]:
    return [member.fields["nik"].value for member in read.members]


def test_every_sample_is_read_as_it_says(papers: Papers) -> None:
    assert [defect for paper in papers.all.values() for defect in defects_of_samples(paper, papers)] == []


@pytest.mark.parametrize(("slope", "bend"), [(0.05, 0.0), (-0.08, 0.0), (0.03, 0.15), (-0.02, -0.2)])
def test_a_family_photographed_askew(papers: Papers, slope: float, bend: float) -> None:
    read = read_paper(slanted(sample_page(papers, "kk"), slope, bend), papers)
    straight = read_paper(sample_page(papers, "kk"), papers)
    assert values(read) == values(straight)
    for member, expected in zip(read.members, straight.members, strict=True):
        assert {name: field.value for name, field in member.fields.items()} == {
            name: field.value for name, field in expected.fields.items()
        }


def test_a_member_whose_nik_was_not_read_is_there(papers: Papers) -> None:
    read = read_paper(with_texts(sample_page(papers, "kk"), {MEMBERS[1]: "33740145078"}), papers)
    assert [member.fields["nama"].value for member in read.members] == ["BUDI SANTOSO", "SITI AMINAH", "ANDI SANTOSO"]
    assert "nik" not in read.members[1].fields
    assert [member.fields["shdk"].value for member in read.members] == ["KEPALA KELUARGA", "ISTRI", "ANAK"]


def test_a_members_number_is_not_the_familys(papers: Papers) -> None:
    page = sample_page(papers, "kk")
    page = replace(page, lines=tuple(line for line in page.lines if "3374010501209001" not in line.text))
    read = read_paper(page, papers)
    assert "no_kk" not in read.fields and niks(read) == MEMBERS


def test_a_relation_that_was_not_read_shifts_nobody(papers: Papers) -> None:
    page = sample_page(papers, "kk")
    page = replace(page, lines=tuple(line for line in page.lines if line.text != "ISTRI"))
    read = read_paper(page, papers)
    assert [member.fields["shdk"].value if "shdk" in member.fields else "" for member in read.members] == [
        "KEPALA KELUARGA",
        "",
        "ANAK",
    ]


def test_certain_is_what_the_date_confirms(papers: Papers) -> None:
    read = read_paper(sample_page(papers, "ktp"), papers)
    assert read.fields["nik"].is_certain and read.numbers16[0].is_certain


@pytest.mark.parametrize(
    "changes",
    [
        {"17-08-1990": "18-08-1990"},  # the printed date says otherwise
        {"PEREMPUAN": "LAKI-LAKI"},  # the sex says otherwise
        {"17-08-1990": ""},  # nothing says the same
        {"3374015708909001": "3374O15708909001"},  # a letter was taken for a digit
        {"3374015708909001": "9974015708909001"},  # no such region
    ],
)
def test_not_certain(papers: Papers, changes: dict[str, str]) -> None:
    read = read_paper(with_texts(sample_page(papers, "ktp"), changes), papers)
    assert not any(number.is_certain for number in read.numbers16)
    assert "nik" not in read.fields or not read.fields["nik"].is_certain


def test_a_doubtful_letter_makes_it_uncertain(papers: Papers) -> None:
    page = sample_page(papers, "ktp")
    page = replace(page, lines=tuple(replace(line, weakest=0.5) for line in page.lines))
    assert not read_paper(page, papers).fields["nik"].is_certain


@pytest.mark.parametrize(
    ("read", "told"), [("/IX/2026", "/X/2026"), ("/N/2026", "/X/2026"), ("/III/2026", "/III/2026")]
)
def test_the_month_in_a_letters_number_is_that_of_its_date(papers: Papers, read: str, told: str) -> None:
    page = read_paper(with_texts(sample_page(papers, "pengantar"), {"/X/2026": read}), papers)
    assert page.fields["nomor_surat"].value == f"109/RT.003/RW.001{told}"


@pytest.mark.parametrize(("read", "told"), [("X/026", "X/2026"), ("X/2025", "X/2025"), ("X/126", "X/126")])
def test_a_digit_lost_from_the_year_in_a_letters_number_is_that_of_its_date(
    papers: Papers, read: str, told: str
) -> None:
    page = with_texts(sample_page(papers, "pengantar"), {"X/2026": read})
    assert values(read_paper(page, papers))["nomor_surat"] == f"109/RT.003/RW.001/{told}"


def test_specks_over_letters_and_a_streets_lost_hook_are_put_right(papers: Papers) -> None:
    page = with_texts(sample_page(papers, "pengantar"), {"SRI RAHAYU": "SRÍ RAHAYU", "JL. PEMUDA": "IL. PEMUDA"})
    read = values(read_paper(page, papers))
    assert (read["nama"], read["alamat"]) == ("SRI RAHAYU", "JL. PEMUDA 118")


def test_names_are_words_only(papers: Papers) -> None:
    name = "<script>alert(1)</script>=HYPERLINK"
    read = read_paper(with_texts(sample_page(papers, "ktp"), {"SRI RAHAYU": name}), papers)
    assert not set("<>=()/") & set(read.fields["nama"].value)


def test_no_value_is_a_command(papers: Papers) -> None:
    command = '=HYPERLINK("http://x") <b>@{x}'
    changes = {"JL. PEMUDA 118": command, "KARYAWAN SWASTA": command}
    read = read_paper(with_texts(sample_page(papers, "ktp"), changes), papers)
    assert "HYPERLINK" in read.fields["alamat"].value
    assert not [field for field in read.fields.values() if set(field.value) & set("<>={}@")]


def test_a_birth_letter_in_sentences(papers: Papers) -> None:
    read = read_text(
        papers,
        """
                  PUSKESMAS MIROTO
              #SURAT KETERANGAN KELAHIRAN
                 Nomor : 12/PKM/2010
           Telah lahir seorang bayi perempuan pada hari Selasa tanggal 17 Agustus 2010 pukul 04.35
           Diberi nama  : CITRA AYU
           Nama Ibu     : ENDANG SULASTRI
        """,
    )
    assert read.kind == "surat_lahir"
    assert values(read)["tanggal_lahir"] == "2010-08-17" and values(read)["nama"] == "CITRA AYU"


_FRACTIONS = some.floats(0, 1)
_BOXES = some.builds(Box, _FRACTIONS, _FRACTIONS, _FRACTIONS, _FRACTIONS)
_TEXTS = some.one_of(
    some.text(max_size=40),
    some.sampled_from(
        ["NIK", "Nama", "KARTU KELUARGA", "No. 3374010501209001", "3374015708909001", "17-08-1990", "PEREMPUAN", "1",
         "KEPALA KELUARGA", "telah lahir", "bahwa di", "Nama : BUDI", "LAKI-LAKI", "Jenis Kelamin", "Tanggal Lahir"]
    ),
)  # fmt: skip
_LINES = some.builds(
    TextLine, _TEXTS, _FRACTIONS, _BOXES, _FRACTIONS, _BOXES, tilt=some.floats(-3, 3), weakest=_FRACTIONS
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(lines=some.lists(_LINES, max_size=30))
def test_any_lines_are_survived_and_no_number_is_invented(papers: Papers, lines: list[TextLine]) -> None:
    read = read_paper(ReadPage(tuple(lines), 0, len(lines), is_complete=True), papers)
    printed = " ".join(line.text for line in lines)
    fields = [*read.fields.values(), *(field for member in read.members for field in member.fields.values())]
    for number in (*read.numbers16, *fields):
        if number.is_certain and number.value.isdigit():
            assert number.value in printed


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(data=some.data(), paper=some.sampled_from(["kk", "ktp", "akta_kelahiran", "pengantar", "lapor_hilang"]))
def test_noise_makes_no_number_certain_that_is_not_printed(papers: Papers, data: some.DataObject, paper: str) -> None:
    page = sample_page(papers, paper)
    true = {number.value for number in read_paper(page, papers).numbers16}
    digits = data.draw(
        some.dictionaries(some.integers(0, 11), some.sampled_from("0123456789OIlSB"), min_size=1, max_size=3)
    )

    def spoiled(line: TextLine) -> TextLine:
        for number in true:
            wrong = "".join(digits.get(place, char) for place, char in enumerate(number))
            line = replace(line, text=line.text.replace(number, wrong))
        return line

    read = read_paper(replace(page, lines=tuple(spoiled(line) for line in page.lines)), papers)
    # Region and date stand elsewhere on the page too; the last four digits do so nowhere, and are left as they are.
    # The number of a Kartu Keluarga has only its region in common with others: there the reading itself must be sure.
    family = read.fields["no_kk"].value if "no_kk" in read.fields else ""
    for number in read.numbers16:
        if number.is_certain and number.value != family:
            assert number.value in true or number.value[6:12] in {each[6:12] for each in true}


def test_a_word_of_relation_outside_its_column_is_nobodys(papers: Papers) -> None:
    page = sample_page(papers, "kk")
    lines = tuple(line for line in page.lines if line.text not in {"KEPALA KELUARGA", "ISTRI", "ANAK"})
    father = next(line for line in reversed(lines) if line.text == "SLAMET")
    lines = tuple(replace(line, text="ANAK") if line is father else line for line in lines)
    assert niks(read_paper(replace(page, lines=lines), papers)) == MEMBERS
