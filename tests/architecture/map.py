"""Writes docs/map.md: what stands where, from the first sentence of every file. Run: ./run map."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from tests.architecture.tree import ROOT, files, tree_of

MAP = ROOT / "docs" / "map.md"
HEAD = """# Map of the code

Made by `./run map` from the first sentence of every file; a test fails when it is stale. Levels stand from what people
see down to what all rests on: a file may import what stands below its level, never what stands above or beside
(`.importlinter`). The way of one act: a view in `channels` → one function in `usecases` → the `modules` it writes to.
"""
LEVELS = (
    ("adminduk/config", "Settings, addresses, processes and commands. Knows everything, is known by nobody."),
    ("adminduk/channels", "How people reach us: views and templates. Thin; none knows another."),
    ("adminduk/gateways", "How we reach outside systems; each fulfils a port of a module."),
    ("adminduk/usecases", "The verbs: one function per act, the transaction is here. Read it downwards."),
    ("adminduk/readmodels", "Lists and dashboards that join modules. They only read."),
    ("adminduk/modules", "The nouns, each with its own tables. None knows another."),
    ("adminduk/catalogue", "Reads `definitions/`: services, regions, messages. Plain Python."),
    ("adminduk/foundation", "Plumbing without domain: database, keys, clock, jobs, pages."),
    ("adminduk/kernel", "Value types and errors. Plain Python."),
    ("sandbox", "Stand-ins for outside systems, processes of their own; no code shared with `adminduk/`."),
    ("tests", "What no module owns. Tests of one module stand in its own `tests/` folder."),
    ("benchmarks", "Measure speed, and what the check of documents reaches."),
)
SILENT = frozenset({"migrations", "data", "static", "samples"})
MODULE_FILES = {
    "models.py": "tables", "states.py": "states", "actions.py": "writes", "queries.py": "reads", "types.py": "types",
    "ports.py": "what it needs from outside", "errors.py": "errors",
}  # fmt: skip


def text_of_map() -> str:
    """The whole map as it should stand in docs/map.md."""
    parts = [HEAD, _definitions()]
    for folder, purpose in LEVELS:
        rows = _rows(ROOT / folder)
        if rows:
            parts.append(f"## {folder}\n\n{purpose}\n\n| file | what it is |\n|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _definitions() -> str:
    folders = sorted(path for path in (ROOT / "definitions").iterdir() if path.is_dir())
    lines = [f"- `definitions/{folder.name}/`: {len(list(folder.glob('*.yaml')))} files" for folder in folders]
    return (
        "## definitions\n\nWhat is offered: data, edited by people who need not program.\n\n" + "\n".join(lines) + "\n"
    )


def _rows(folder: Path) -> list[str]:
    rows: list[str] = []
    for path in files():
        inside = path.relative_to(folder).parts if folder in path.parents else ()
        if not inside or SILENT & set(inside) or path.name == "apps.py":
            continue
        said = _first_sentence(path)
        if said:
            rows.append(f"| `{'/'.join(inside)}` | {said} |")
    return rows


def _first_sentence(path: Path) -> str:
    if path.suffix == ".py":
        return _short(ast.get_docstring(tree_of(path)) or MODULE_FILES.get(path.name, ""))
    if path.suffix == ".html":
        return _of_template(path.read_text(encoding="utf-8"))
    return _short(path.read_text(encoding="utf-8").partition("*/")[0].strip("/* \n")) if path.suffix == ".js" else ""


def _of_template(text: str) -> str:
    said = re.match(r"\{#-?\s*(.*?)\s*-?#\}", text, re.DOTALL)
    if said:
        return _short(said.group(1))
    block = re.search(r"block title.*?endblock", text, re.DOTALL)
    title = re.search(r't\("[^"]*",\s*"([^"]*)"', block.group() if block else "")
    return f"page: {title.group(1)}" if title else "page"


def _short(said: str) -> str:
    paragraph = " ".join(said.split("\n\n", maxsplit=1)[0].split())
    sentence = re.split(r"(?<=[.!?])\s", paragraph)[0]
    return sentence.replace("|", "\\|")


def main() -> int:
    """Write the map."""
    MAP.write_text(text_of_map(), encoding="utf-8")
    print(f"{MAP.relative_to(ROOT)} is written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
