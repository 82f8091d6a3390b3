"""What a clerk runs after changing a file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from adminduk.catalogue.__main__ import main


def test_good_definitions_are_counted(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["catalogue", str(copy)])
    assert main() == 0
    assert capsys.readouterr().out.startswith("fine: 3 services with ")


def test_a_mistake_is_told_with_its_line(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = copy / "regions" / "33.74.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('region: "33.74"', "region: 33.74"), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["catalogue", str(copy)])
    assert main() == 1
    assert capsys.readouterr().err.startswith(f"{file}:2: '33.74' can be read in two ways")
