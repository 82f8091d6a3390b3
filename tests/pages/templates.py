"""The templates of all channels and the calls of t() in them and in Python: what the tests of words walk over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from jinja2 import Environment, nodes

CODE = Path(settings.ROOT) / "adminduk"


@dataclass(frozen=True, slots=True)
class Pair:
    """One call of t(): both texts and the values that it gives them."""

    where: str
    indonesian: str
    english: str
    values: frozenset[str]


def templates() -> tuple[Path, ...]:
    """Every template, by path."""
    return tuple(sorted(file for folder in settings.PAGE_FOLDERS for file in (folder / "templates").rglob("*.html")))


def pairs_of_template(file: Path) -> Iterator[Pair]:
    """The calls of t() in a template. Raises AssertionError for one whose texts are not written out."""
    tree = Environment(autoescape=True).parse(file.read_text("utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t":
            where = f"{file.relative_to(CODE)}:{call.lineno}"
            texts = [arg.value for arg in call.args if isinstance(arg, nodes.Const)]
            assert len(texts) == len(call.args) == 2, f"{where}: t() needs two written texts"
            yield Pair(where, texts[0], texts[1], frozenset(keyword.key for keyword in call.kwargs))


def pairs_of_code(file: Path) -> Iterator[Pair]:
    """The calls of t() in Python."""
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "t":
            where = f"{file.relative_to(CODE)}:{call.lineno}"
            texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
            assert len(texts) == len(call.args) == 2, f"{where}: t() needs two written texts"
            yield Pair(where, str(texts[0]), str(texts[1]), frozenset(str(k.arg) for k in call.keywords))


def all_pairs() -> tuple[Pair, ...]:
    """Every call of t() in the product."""
    code = [file for folder in (CODE / "channels", CODE / "foundation" / "pages") for file in folder.rglob("*.py")]
    return (
        *(pair for file in templates() for pair in pairs_of_template(file)),
        *(pair for file in sorted(code) for pair in pairs_of_code(file)),
    )
