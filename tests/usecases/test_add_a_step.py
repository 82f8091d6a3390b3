"""docs/how-to/add-a-step.md, done: a kind of step comes by a definition and one file, and by nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.loading import load_catalogue
from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.usecases import fulfil, outside, steps
from tests.architecture.tree import ROOT
from tests.making import SERVICE, make_owner, system
from tests.pages.application.walking import signed_in, text_of
from tests.pages.officer.clients import browser_of
from tests.usecases.approving import events_of, make_begun
from tests.usecases.at_hand_over import events_about, site_of
from tests.usecases.reviewing import STRICT, staff

GUIDE = (ROOT / "docs" / "how-to" / "add-a-step.md").read_text(encoding="utf-8")
MESSAGE = """event: bring_old_card
examples: {number: "KTP-2611-7F3KQ9-92"}
subject: {id: "Bawa kartu lama untuk {number}", en: "Bring the old card for {number}"}
body: {id: "Bawa kartu lama ke kantor. GRATIS.", en: "Bring the old card to the office. It is FREE."}
short: {id: "Adminduk: {number}, bawa kartu lama ke kantor. GRATIS.", en: "Adminduk: {number}, bring the card. FREE."}
"""
_made: dict[str, Catalogue] = {}


def catalogue() -> Catalogue:
    """Named in the settings of this test."""
    return _made["catalogue"]


def in_guide(begins: str) -> str:
    """A piece of code of the guide, without its indentation, up to the next text."""
    lines = GUIDE.splitlines()
    first = next(number for number, line in enumerate(lines) if line.strip().startswith(begins))
    margin = len(lines[first]) - len(lines[first].lstrip())
    piece = []
    for line in lines[first:]:
        if line.strip() and len(line) - len(line.lstrip()) < margin:
            break
        piece.append(line[margin:])
    return "\n".join(piece).strip() + "\n"


@pytest.fixture
def with_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    """The definitions and the folder of steps, each with what the guide adds."""
    from django.conf import settings

    shutil.copytree(ROOT / "definitions", tmp_path / "definitions")
    service = tmp_path / "definitions" / "services" / f"{SERVICE}.yaml"
    added = "".join(f"  {line}\n" for line in in_guide("- id: kartu_lama").splitlines())
    head, after_approval = service.read_text(encoding="utf-8").split("\nfulfilment:\n", 1)
    after_approval = re.sub(r"(?m)^(?=  - id: cetak$)", added, after_approval, count=1)
    service.write_text(f"{head}\nfulfilment:\n{after_approval}", encoding="utf-8")
    (tmp_path / "definitions" / "messages" / "bring_old_card.yaml").write_text(MESSAGE, encoding="utf-8")
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "old_card.py").write_text(in_guide("class _OldCard"), encoding="utf-8")
    _made["catalogue"] = load_catalogue(tmp_path / "definitions")
    monkeypatch.setattr(settings, "CATALOGUE", f"{__name__}.catalogue")
    monkeypatch.setattr(steps, "__path__", [*steps.__path__, str(tmp_path / "steps")])
    outside.forget()
    steps.known_steps.cache_clear()
    yield _made["catalogue"]
    monkeypatch.undo()
    outside.forget()
    steps.known_steps.cache_clear()


def test_a_step_comes_by_its_definition_and_one_file(database: None, with_step: Catalogue) -> None:
    assert steps.unknown_steps(with_step) == ()
    owner, _ = make_owner(STRICT), site_of("dinas")
    case, product = make_begun(owner)
    assert (product.step_id, product.step_kind) == ("kartu_lama", "old_card")
    assert len(events_about(case, "bring_old_card")) == 1
    page = text_of(signed_in(owner).get(f"/permohonan/{case.id}/status"))
    assert "Penyerahan kartu lama" in page and "Bawa kartu lama ke kantor." in page
    assert "Penyerahan kartu lama" in text_of(browser_of(staff(STRICT, "operator")).get("/petugas/langkah"))
    with acting_as(system(STRICT)):
        after = fulfil.advance(
            product.id, region_id=STRICT, step_id=product.step_id, actor=system(STRICT), at=clock.now()
        )
    assert after.step_kind == "printing"
    assert [event.act for event in events_of(product)] == ["entered", "done", "entered"]


def test_a_step_that_nobody_has_built_is_noticed(with_step: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "__path__", steps.__path__[:1])
    steps.known_steps.cache_clear()
    assert steps.unknown_steps(with_step) == (f"{SERVICE}: old_card",)
