"""Every page that somebody can come to is inspected in a browser by a journey."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.access.table import NO_PAGES, TABLE
from tests.journeys.inspected import INSPECTED, pages_of

JOURNEYS = Path(__file__).parents[1] / "journeys"


def test_every_page_is_inspected_by_a_journey() -> None:
    pages = {name for name, row in TABLE.items() if row.method == "get" and name not in NO_PAGES}
    assert sorted(page for journey in INSPECTED for page in pages_of(journey)) == sorted(pages)


def test_every_journey_of_the_table_is_there_once() -> None:
    trees = [ast.parse(file.read_text("utf-8")) for file in JOURNEYS.glob("test_*.py")]
    there = [each.name for tree in trees for each in tree.body if isinstance(each, ast.FunctionDef)]
    assert sorted(name for name in there if name in INSPECTED) == sorted(INSPECTED)


def test_what_is_no_page_is_an_address() -> None:
    assert NO_PAGES.keys() <= TABLE.keys()
