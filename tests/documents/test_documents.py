"""What the documents say is there: variables, verbs, files, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from adminduk.config import environment
from tests.architecture.tree import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "sandbox" / "README.md"])
RUN = (ROOT / "run").read_text(encoding="utf-8")
COMMANDS = {path.stem for path in (ROOT / "adminduk" / "config" / "management" / "commands").glob("[!_]*.py")}
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_PATH = re.compile(
    r"`((?:adminduk|definitions|docs|tests|sandbox|benchmarks|foundation|usecases|catalogue|config)/[\w./-]*)`"
)
_INSIDE = ("foundation/", "usecases/", "catalogue/", "config/")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = [link for link in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    lost = [target for target in targets if not (document.parent / target).exists()]
    assert not lost


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if _name(d) != "docs/map.md"], ids=_name)
def test_named_files_exist(document: Path) -> None:
    named = _PATH.findall(document.read_text(encoding="utf-8"))
    full = [f"adminduk/{path}" if path.startswith(_INSIDE) else path for path in named]
    lost = [path for path in full if "…" not in path and not list(ROOT.glob(path.rstrip("/") + "*"))]
    assert not lost


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_named_commands_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    verbs = set(re.findall(r"\./run ([a-z]+)", text))
    assert {verb for verb in verbs if not re.search(rf"(?m)^    (\w+ \| )*{verb}( \| \w+)*\)", RUN)} == set()
    commands = set(re.findall(r"(?:`|    |\$ )adminduk ([a-z_]+)", text)) | set(
        re.findall(r"\./run manage ([a-z_]+)", text)
    )
    assert commands <= COMMANDS | {"keys", "help", "collectstatic"}


def test_every_variable_of_the_environment_is_documented() -> None:
    code = (ROOT / "adminduk" / "config" / "environment.py").read_text(encoding="utf-8")
    read = set(re.findall(r'environ\.get\("([A-Z_]+)"', code))
    documented = (ROOT / "docs" / "operations" / "environment.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([A-Z_]+)`", documented, re.MULTILINE))
    elsewhere = {"ADMINDUK_DATABASE_SUPERUSER_URL", "ADMINDUK_PG_BIN", "ADMINDUK_PYTHON"}
    assert read <= told and told - read <= elsewhere


def test_what_production_needs_is_marked() -> None:
    documented = (ROOT / "docs" / "operations" / "environment.md").read_text(encoding="utf-8")
    marked = set(re.findall(r"^\| `([A-Z_]+)` \| \*\*needed\*\*", documented, re.MULTILINE))
    assert marked == set(environment._NEEDED_IN_PRODUCTION)


def test_retention_is_documented_as_it_is_done() -> None:
    kinds = yaml.safe_load((ROOT / "definitions" / "reference" / "retention.yaml").read_text(encoding="utf-8"))["kinds"]
    table = (ROOT / "docs" / "operations" / "retention.md").read_text(encoding="utf-8")
    told = {name: int(days) for name, days in re.findall(r"^\| `([a-z_]+)` \| ([0-9]+) \|", table, re.MULTILINE)}
    assert told == {name: kind["days"] for name, kind in kinds.items()}


def test_every_decision_is_listed() -> None:
    pages = {path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")}
    assert pages == set(_LINK.findall((ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")))
    assert all((ROOT / "docs" / "adr" / page).read_text(encoding="utf-8").count("\n") <= 90 for page in pages)


def test_the_run_script_has_few_verbs() -> None:
    verbs = re.findall(r"(?m)^\./run [a-z|&. ]+?(?=  | \[| [A-Z])", RUN.split("VERBS'\n")[1].split("\nVERBS")[0])
    assert 5 < len(verbs) <= 15


def test_publiccode_has_what_version_0_needs() -> None:
    data = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    needed = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal",
        "maintenance", "localisation",
    }  # fmt: skip
    assert needed <= set(data) and data["publiccodeYmlVersion"] == "0"
    for text in data["description"].values():
        assert 1 <= len(text["shortDescription"]) <= 150 <= len(text["longDescription"]) <= 10_000 and text["features"]
    assert set(data["localisation"]["availableLanguages"]) == set(data["description"])
    assert data["legal"]["license"] == "Apache-2.0" and data["maintenance"]["contacts"]


def test_the_licence_is_whole() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "END OF TERMS AND CONDITIONS" in licence and len(licence) > 11_000
