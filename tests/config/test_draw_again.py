"""Anybody draws a published round again: with its file, and without an installation, a database or a key."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adminduk.kernel import lot
from tests.architecture.tree import ROOT

SECRET = b"a secret of thirty-two bytes, yes"
ENTRIES = [lot.Entry(f"{number:016x}", number % 3) for number in range(20)]


def published() -> dict[str, Any]:
    listed = lot.list_hash(ENTRIES)
    order = lot.draw(ENTRIES, seed=lot.seed_of(SECRET, listed))
    return {
        "commitment": lot.commitment(SECRET),
        "list_hash": listed,
        "secret": SECRET.hex(),
        "entries": [{"entry": entry.id, "need": entry.need} for entry in ENTRIES],
        "order": [entry.id for entry in order],
    }


def drawn_again(file: Path, told: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """As on the machine of somebody who only has the program and the file."""
    file.write_text(json.dumps(told), "utf-8")
    ours = ("ADMINDUK", "DJANGO", "DATABASE")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [sys.executable, "-m", "adminduk.config.manage", "draw_again", str(file)]
    return subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)


def test_a_true_draw_is_told_as_true(tmp_path: Path) -> None:
    done = drawn_again(tmp_path / "undian.json", published())
    assert (done.returncode, done.stdout) == (0, "true: 20 entries, drawn in the order that was published\n")


@pytest.mark.parametrize("changed", ["entries", "secret", "order"])
def test_a_changed_list_seed_or_order_is_noticed(tmp_path: Path, changed: str) -> None:
    told = published()
    told[changed] = "00" * 32 if changed == "secret" else told[changed][1:]
    done = drawn_again(tmp_path / "undian.json", told)
    assert done.returncode == 1
    assert "that was" in done.stderr
