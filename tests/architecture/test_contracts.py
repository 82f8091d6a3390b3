"""The import contracts speak of every part that exists (`./run lint` sees whether they are kept)."""

from __future__ import annotations

from configparser import ConfigParser

import pytest

from tests.architecture.tree import ROOT

CONTRACTS = ROOT / ".importlinter"


@pytest.fixture(scope="module")
def contracts() -> ConfigParser:
    parser = ConfigParser()
    parser.read(CONTRACTS, encoding="utf-8")
    return parser


def _packages(level: str) -> set[str]:
    return {path.parent.name for path in (ROOT / "adminduk" / level).glob("*/__init__.py")}


def test_every_module_keeps_its_tables(contracts: ConfigParser) -> None:
    protected = {
        section["protected_modules"].split(".")[2]
        for section in contracts.values()
        if section.get("type") == "protected"
    }
    assert protected == _packages("modules")


def test_tables_are_open_to_their_module_and_to_read_models_only(contracts: ConfigParser) -> None:
    for section in contracts.values():
        if section.get("type") == "protected":
            own = section["protected_modules"].rpartition(".")[0]
            assert section["allowed_importers"].split() == [own, "adminduk.readmodels"]


def test_every_gateway_is_named(contracts: ConfigParser) -> None:
    named = {name.rpartition(".")[2] for name in contracts["importlinter:contract:gateways"]["modules"].split()}
    assert named == _packages("gateways") - {"bound_child"}  # ground that two of them stand on; a contract of its own


def test_no_import_is_excused(contracts: ConfigParser) -> None:
    excused = [name for name, section in contracts.items() if "ignore_imports" in section]
    assert not excused
