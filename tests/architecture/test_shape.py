"""Budgets and habits that keep a newcomer able to read: sizes, names, no catch-all, nothing unfinished."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import PRODUCT, ROOT, called, files, name_of, product_trees, python, tree_of

MOST_LINES = 500
MOST_LINES_OF_A_FUNCTION = 60
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "services"})
EXPECTING = frozenset({"raises", "expect", "refused", "must_refuse", "run_state_machine_as_test"})
CATCH_ALL = frozenset({"Exception", "BaseException"})
MODULE_FILES = frozenset(
    {
        "__init__", "actions", "admin", "apps", "errors", "models", "ports", "queries", "states", "types",
    }
)  # fmt: skip
# Written in halves, so that this file does not find itself.
_PENDING = (("TO", "DO"), ("FIX", "ME"), ("X", "XX"), ("HA", "CK"), ("NotImplemented", "Error"))
_ELSEWHERE = (("/wo", "rk/"), ("/fa", "rm/"), ("../sha", "red"))
_AUTHORS_TOOLS = (("cla", "ude"), ("anth", "ropic"), ("chat", "gpt"), ("sub", "agent"))


def _halves(words: tuple[tuple[str, str], ...]) -> str:
    return "|".join(re.escape(first + last) for first, last in words)


UNFINISHED = re.compile(rf"\b({_halves(_PENDING)})\b")
FOREIGN = re.compile(rf"(?<![\w/])({_halves(_ELSEWHERE)})|\b({_halves(_AUTHORS_TOOLS)})", re.IGNORECASE)


def _is_code(path: Path) -> bool:
    return (
        path.suffix in {".py", ".js", ".css", ".html", ".sql", ".yaml", ".toml", ".sh", ""} and path.name != "LICENSE"
    )


@pytest.mark.parametrize("path", [p for p in files() if _is_code(p)], ids=name_of)
def test_no_file_is_too_long(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= MOST_LINES


def test_no_function_is_too_long() -> None:
    too_long = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in python()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert not too_long


def test_complexity_is_bounded_by_the_linter() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    selected = [*lint.get("select", []), *lint.get("extend-select", [])]
    assert any("C901".startswith(rule) for rule in selected) and lint["mccabe"]["max-complexity"] <= 10
    assert "C901" not in lint.get("ignore", []), "complexity must not be switched off"


def test_names_say_what_is_inside() -> None:
    places = {part for path in files() for part in path.relative_to(ROOT).with_suffix("").parts[:-1]}
    assert "definitions" in places and "services" in places  # definitions/services are layanan, data for citizens
    empty = [
        name_of(path)
        for path in files()
        if path.relative_to(ROOT).parts[0] not in {"definitions", "docs"}
        and EMPTY_NAMES & set(path.relative_to(ROOT).with_suffix("").parts)
    ]
    assert not empty


def test_modules_use_the_same_file_names() -> None:
    """Another file of a module is plain calculation, without tables: else it needs a decision in docs/adr."""

    def imports(path: Path) -> set[str]:
        found = [node.module or "" for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom)]
        found += [name.name for node in ast.walk(tree_of(path)) if isinstance(node, ast.Import) for name in node.names]
        return {name for name in found if name.startswith("django") or name.endswith(".models")}

    others = [
        path
        for path in python("adminduk/modules")
        if len(path.relative_to(ROOT).parts) == 4 and path.stem not in MODULE_FILES
    ]
    assert {name_of(path): imports(path) for path in others if imports(path)} == {}


def test_nothing_catches_everything() -> None:
    """Only who cleans up and raises again may name everything; a test that collects results says why."""

    def names(node: ast.expr | None) -> set[str]:
        if node is None:
            return set(CATCH_ALL)
        parts = node.elts if isinstance(node, ast.Tuple) else [node]
        return {part.id for part in parts if isinstance(part, ast.Name)}

    caught = [
        f"{name_of(path)}:{node.lineno}"
        for path in python()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and names(node.type) & CATCH_ALL and not _raises_again(node)
        if not (path.parts[len(ROOT.parts)] == "tests" and "noqa: BLE001 - " in _line(path, node.lineno))
    ]
    assert not caught


def _line(path: Path, number: int) -> str:
    return path.read_text(encoding="utf-8").splitlines()[number - 1]


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_every_public_part_of_the_product_says_what_it_is() -> None:
    silent = [
        name
        for name, tree in product_trees()
        if tree.body
        and not ast.get_docstring(tree)
        and not name.endswith(("__init__.py", "apps.py"))
        and "/migrations/" not in name
    ]
    assert not silent, "a module begins with a sentence that docs/map.md can show"


def test_nothing_is_left_unfinished() -> None:
    pending = [
        f"{name_of(path)}:{number}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert not pending


def test_nothing_points_outside_the_repository() -> None:
    pointing = [
        f"{name_of(path)}:{number}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert not pointing


def test_every_test_asserts() -> None:
    """A test that cannot fail is none: it asserts, expects an error, or calls a function of the tests that does."""
    functions = [
        (f"{name_of(path)}:{node.lineno}", node)
        for path in python()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "tests" in path.parts
    ]
    asserting = {function.name for _, function in functions if _asserts(function)}
    empty = [
        f"{place} {function.name}"
        for place, function in functions
        if function.name.startswith("test_") and not _asserts(function) and not _calls(function) & asserting
    ]
    assert not empty


def _asserts(function: ast.AST) -> bool:
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or bool(_calls(function) & EXPECTING)


def _calls(function: ast.AST) -> set[str]:
    return {called(node).rpartition(".")[2] for node in ast.walk(function) if isinstance(node, ast.Call)} - {""}


def test_no_test_is_skipped() -> None:
    skipping = [
        f"{name_of(path)}:{node.lineno}"
        for path in python()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"skip", "skipif", "xfail", "importorskip"}
        and isinstance(node.value, ast.Name | ast.Attribute)
        and "pytest" in ast.unparse(node.value)
    ]
    assert not skipping


def test_the_product_folders_exist() -> None:
    assert all((ROOT / folder / "__init__.py").is_file() for folder in PRODUCT)
