"""The kind of a page: by titles, through misreadings, and not by words that only mention a paper."""

from __future__ import annotations

import random

import pytest

from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.reading import read_paper
from tests.catalogue.papers.pages import read_text, sample_page, slanted, with_texts

ASKED = ("kk", "ktp", "akta_kelahiran", "surat_lahir", "lapor_hilang", "pengantar")


def test_what_services_ask_for(papers: Papers) -> None:
    assert {paper.id for paper in papers.all.values() if paper.kinds} == set(ASKED)
    assert {papers.doc_type(name) for name in papers.all} == {*ASKED, "other"}
    assert papers.paper_for("ktp_rusak") is papers.paper("ktp")
    assert papers.paper_for("pas_foto") is None


@pytest.mark.parametrize("paper", ASKED)
@pytest.mark.parametrize("slope", [-0.06, 0.06])
def test_askew(papers: Papers, paper: str, slope: float) -> None:
    assert read_paper(slanted(sample_page(papers, paper), slope), papers).kind == paper


@pytest.mark.parametrize("paper", ASKED)
@pytest.mark.parametrize("seed", range(5))
def test_every_tenth_letter_is_wrong(papers: Papers, paper: str, seed: int) -> None:
    chance = random.Random(seed)
    alike = {"O": "0", "I": "1", "S": "5", "B": "8", "E": "F", "A": "4", "a": "e", "n": "m", "t": "l"}
    page = sample_page(papers, paper)
    texts = {
        line.text: "".join(alike.get(char, char) if chance.random() < 0.3 else char for char in line.text)
        for line in page.lines
    }
    assert read_paper(with_texts(page, texts), papers).kind == paper


def test_a_mentioned_paper_is_no_title(papers: Papers) -> None:
    read = read_text(
        papers,
        """
           KEPOLISIAN NEGARA REPUBLIK INDONESIA
                 #SURAT TANDA PENERIMAAN
                 #LAPORAN KEHILANGAN BARANG
                   Nomor : STPL/12/XI/2026
           Nama      : SRI RAHAYU
           Barang yang hilang :
             KARTU KELUARGA
             KUTIPAN AKTA KELAHIRAN
             KARTU TANDA PENDUDUK
        """,
    )
    assert read.kind == "lapor_hilang"


@pytest.mark.parametrize(
    "title", ["KARTU KELUARG", "RTU KELUARGA", "KARTUKELUARGA", "KARTV KELUARCA", "K A R T U K E L U A R G A"]
)
def test_titles_cut_and_misread(papers: Papers, title: str) -> None:
    assert read_text(papers, f"                       #{title}\n              No. 3374010501209001").kind == "kk"


def test_the_excerpt_of_a_death_is_no_birth_deed(papers: Papers) -> None:
    assert read_text(papers, "            PENCATATAN SIPIL\n          #KUTIPAN AKTA KEMAT1AN").kind == "akta_kematian"


def test_hardly_any_text_is_no_document(papers: Papers) -> None:
    read = read_text(papers, "   x\n\n        10\n                 SAMPO")
    assert read.kind == "other" and not read.is_document


def test_much_text_without_a_title_is_a_document(papers: Papers) -> None:
    read = read_text(papers, "\n".join(f"   baris tulisan yang panjang nomor {n}" for n in range(9)))
    assert read.kind == "other" and read.is_document
