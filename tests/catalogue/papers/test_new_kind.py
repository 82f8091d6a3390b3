"""A kind of document is added by a definition alone: the one in the how-to, word for word."""

from __future__ import annotations

import re
import shutil
import textwrap
from datetime import date
from pathlib import Path

import pytest

from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.papers.compare import Known, compare
from adminduk.catalogue.papers.loading import load_papers
from adminduk.catalogue.papers.reading import read_paper
from tests.architecture.tree import ROOT
from tests.catalogue.papers.pages import sample_page, values

_HOW_TO = ROOT / "docs" / "how-to" / "add-a-kind-of-document.md"
_NUMBER = "0123/045/V/2012"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped kinds with the how-to's file in the place of the marriage book that is only recognised."""
    shutil.copytree(ROOT / "definitions" / "papers", tmp_path / "papers")
    block = re.search(r"```yaml\n(.*?)```", _HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    (tmp_path / "papers" / "buku_nikah.yaml").write_text(textwrap.dedent(block.group(1)), encoding="utf-8")
    return tmp_path / "papers"


def test_before_it_is_only_recognised() -> None:
    papers = load_papers(ROOT / "definitions" / "papers", with_samples=False)
    read = read_paper(sample_page(papers, "buku_nikah"), papers)
    assert (read.kind, papers.doc_type(read.kind), read.fields) == ("buku_nikah", "other", {})


def test_with_the_definition_it_is_read_and_compared(folder: Path) -> None:
    papers = load_papers(folder)
    paper = papers.paper_for("buku_nikah")
    assert paper is not None and paper.required_fields == ("nomor_akta", "nama_suami", "nama_istri")
    read = read_paper(sample_page(papers, "buku_nikah"), papers)
    assert papers.doc_type(read.kind) == "buku_nikah"
    assert values(read)["nomor_akta"] == _NUMBER and values(read)["tanggal_nikah"] == "2012-05-12"
    assert compare(read, paper, Known(today=date(2026, 11, 24))) == ()


def test_a_sample_that_is_not_read_so_is_refused_with_its_line(folder: Path) -> None:
    file = folder / "buku_nikah.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("nama_istri: SITI AMINAH", "nama_istri: SITI"))
    with pytest.raises(DefinitionError, match="nama_istri is read as 'SITI AMINAH', not 'SITI'") as refused:
        load_papers(folder)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert refused.value.path == file and "name: buku dengan NIK" in lines[refused.value.line - 1]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("id: buku_nikah", "id: buku", "has another name"),
        ("kinds: [buku_nikah]", "kinds: [kk]", "answers 'kk' already"),
        ("titles: [BUKU NIKAH,", "titles: [BU,", "too short"),
        ("type: number,", "type: angka,", "Invalid enum value"),
        ("{check: same_as_papers, fields: [nomor_akta]}", "{check: same_as_papers, fields: [mahar]}", "does not have"),
        ('labels: [Nomor, "No."], ', "", "nothing says where"),
        ("id: nama_suami", "id: nomor_akta", "stands twice"),
    ],
)
def test_what_does_not_hold_together_is_refused(folder: Path, old: str, new: str, reason: str) -> None:
    file = folder / "buku_nikah.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=reason):
        load_papers(folder)
