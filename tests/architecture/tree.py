"""What stands in the repository, read once: text files, and Python files as syntax trees."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("adminduk", "sandbox")
_NOT_OURS = frozenset({"node_modules", "__pycache__", "staticfiles", "data"})
_BINARY = frozenset({".heic", ".jpg", ".jpeg", ".png", ".webp", ".pdf", ".csv", ".lock", ".pyc", ".gz", ".br", ".mo"})


@cache
def files() -> tuple[Path, ...]:
    """Every text file of the repository, without environments, caches and data of a running portal."""
    found: list[Path] = []
    for folder, names, members in os.walk(ROOT):
        here = Path(folder)
        names[:] = [n for n in names if n not in _NOT_OURS and not (n.startswith(".") and n != ".ci")]
        found += [here / m for m in members if Path(m).suffix not in _BINARY and not (here / m).is_symlink()]
    return tuple(sorted(found))


@cache
def python(*folders: str) -> tuple[Path, ...]:
    """Python files under the named folders of the repository; without names, all of them."""
    places = [ROOT / folder for folder in folders] or [ROOT]
    return tuple(p for p in files() if p.suffix == ".py" and any(place in p.parents for place in places))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    """The path as the repository knows it."""
    return path.relative_to(ROOT).as_posix()


def product_trees() -> Iterator[tuple[str, ast.Module]]:
    """Name and tree of every Python file of the product, its own tests left out."""
    for path in python(*PRODUCT):
        if "tests" not in path.parts:
            yield name_of(path), tree_of(path)


def called(node: ast.AST) -> str:
    """The dotted name that a call calls ("jobs.enqueue"), "" for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    parts: list[str] = []
    target: ast.expr = node.func
    while isinstance(target, ast.Attribute):
        parts.append(target.attr)
        target = target.value
    return ".".join(reversed([*parts, target.id])) if isinstance(target, ast.Name) else ""
