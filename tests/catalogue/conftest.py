"""The shipped catalogue, read once, and a copy of its files to spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.loading import load_catalogue
from tests.architecture.tree import ROOT

DEFINITIONS = ROOT / "definitions"
Spoil = Callable[[str, str, str], DefinitionError]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(DEFINITIONS)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The definitions with a list of regions of a few rows, so that loading is quick."""
    shutil.copytree(DEFINITIONS, tmp_path / "definitions", ignore=shutil.ignore_patterns("wilayah.csv"))
    rows = (DEFINITIONS / "reference" / "wilayah.csv").read_text(encoding="utf-8").split("\n")
    wanted = ("kode", "33,", "33.74", "51,", "51.71", "91,", "91.71")
    (tmp_path / "definitions" / "reference" / "wilayah.csv").write_text(
        "\n".join(row for row in rows if row.startswith(wanted)) + "\n", encoding="utf-8"
    )
    return tmp_path / "definitions"


@pytest.fixture
def spoil(copy: Path) -> Spoil:
    """Replace a text in a file of the copy once and return the refusal, checked to name this file."""

    def spoil_one(file: str, old: str, new: str) -> DefinitionError:
        path = copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(DefinitionError) as refused:
            load_catalogue(copy)
        assert refused.value.path == path
        return refused.value

    return spoil_one
