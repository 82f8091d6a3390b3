"""docs/map.md tells a newcomer where each capability lives, and is never stale."""

from __future__ import annotations

from tests.architecture.map import LEVELS, MAP, text_of_map
from tests.architecture.tree import ROOT


def test_the_map_is_fresh() -> None:
    assert MAP.read_text(encoding="utf-8") == text_of_map(), "run: ./run map"


def test_the_map_shows_every_level() -> None:
    levels = {path.parent.name for path in (ROOT / "adminduk").glob("*/__init__.py")}
    assert levels == {folder.removeprefix("adminduk/") for folder, _ in LEVELS if folder.startswith("adminduk/")}
