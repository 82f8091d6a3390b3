"""The templates of all channels; calls of t() and Text() in them and in Python: tests of words walk over them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from django.conf import settings
from jinja2 import Environment, nodes

CODE = Path(settings.ROOT) / "adminduk"


@dataclass(frozen=True, slots=True)
class Pair:
    """One call of t() or Text(): both texts and the values that it gives them."""

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


def texts_of_code(file: Path) -> Iterator[Pair]:
    """The calls of Text() in Python whose texts are written out. A value that is put in counts as one word."""
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Text":
            written = [_written(part) for part in (*call.args, *(keyword.value for keyword in call.keywords))]
            indonesian, english = (*written, None, None)[:2]
            if indonesian is not None and english is not None:
                where, names = f"{file.relative_to(CODE)}:{call.lineno}", Formatter().parse(indonesian)
                yield Pair(where, indonesian, english, frozenset(name for _, name, _, _ in names if name))


def _written(part: ast.expr) -> str | None:
    """None for what is made elsewhere, and where no word stands beside the values."""
    parts = part.values if isinstance(part, ast.JoinedStr) else [part]
    words = [str(each.value) if isinstance(each, ast.Constant) else "…" for each in parts]
    return "".join(words) if any(character.isalpha() for character in "".join(words)) else None


def all_pairs() -> tuple[Pair, ...]:
    """Every call of t() and Text() in the product."""
    code = [file for folder in (CODE / "channels", CODE / "foundation" / "pages") for file in folder.rglob("*.py")]
    speaking = [file for folder in ("channels", "readmodels", "usecases") for file in (CODE / folder).rglob("*.py")]
    return (
        *(pair for file in sorted(speaking) for pair in texts_of_code(file)),
        *(pair for file in templates() for pair in pairs_of_template(file)),
        *(pair for file in sorted(code) for pair in pairs_of_code(file)),
    )
