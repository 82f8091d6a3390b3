"""Every refusal has words in both languages, with the values that they name; and no words wait for a refusal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from adminduk.catalogue.problems import names_in, read_problems
from tests.architecture.tree import ROOT, product_trees

WORDS = read_problems(ROOT / "definitions" / "reference" / "problems.yaml")
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_RAISED_BY_DJANGO = frozenset(
    {"password_entirely_numeric", "password_too_common", "password_too_short", "password_too_similar"}
)
_KNOWN = _RAISED_BY_DJANGO | {"unknown"}


@dataclass(frozen=True)
class Raised:
    """One place that refuses: `code` is a pattern where a part of the code is filled in while running."""

    place: str
    code: str
    values: frozenset[str] | None


def _codes(node: ast.expr) -> Iterator[str]:
    """Code patterns that the first argument may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from _codes(node.body)
        yield from _codes(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z0-9_]+" for p in node.values)


def _is_error(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id in {"DomainError", "NotFound"} for base in node.bases)


def _raised() -> Iterator[Raised]:
    for name, tree in product_trees():
        if name.startswith("sandbox/"):
            continue
        errors = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and _is_error(node)]
        own = {id(call) for node in errors for call in ast.walk(node) if isinstance(call, ast.Call)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            target = ast.unparse(node.func)
            if target not in {"DomainError", "Problem"} and not (id(node) in own and target == "super().__init__"):
                continue
            given = {keyword.arg for keyword in node.keywords}
            open_ended = None in given or target == "Problem"
            values = None if open_ended else frozenset(str(key) for key in given)
            for code in _codes(node.args[0]):
                yield Raised(f"{name}:{node.lineno}", code, values)


RAISED = sorted(set(_raised()), key=lambda each: (each.place, each.code))


def test_refusals_are_found() -> None:
    assert {"nik_length", "not_found"} <= {code for code in WORDS if any(re.fullmatch(r.code, code) for r in RAISED)}


@pytest.mark.parametrize("raised", RAISED, ids=lambda raised: f"{raised.place} {raised.code}")
def test_a_refusal_has_words(raised: Raised) -> None:
    words = [code for code in WORDS if re.fullmatch(raised.code, code)]
    assert words, f"definitions/reference/problems.yaml lacks {raised.code}"
    if raised.values is not None:
        named = set().union(*(names_in(WORDS[code].id) for code in words))
        assert named <= raised.values, "the words name a value that the refusal does not carry"


def test_no_words_wait_for_a_refusal() -> None:
    """A code that stands nowhere in the code, neither whole nor as a pattern, is a leftover."""
    texts = {
        node.value
        for name, tree in product_trees()
        if not name.startswith("sandbox/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    patterns = [raised.code for raised in RAISED if "[" in raised.code]
    idle = {
        code
        for code in WORDS
        if code not in texts | _KNOWN and not any(re.fullmatch(pattern, code) for pattern in patterns)
    }
    assert not idle
