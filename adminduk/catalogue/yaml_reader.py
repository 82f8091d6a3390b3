"""YAML without surprises: no doubled keys, no yes/no booleans, no codes read as numbers, a line for each value.

Plain YAML reads `32.10` as 32.1, `no` as false and 2026-01-01 as a date. Whoever writes a region's file does not know
that. So an unquoted scalar is a whole number, true, false, null or text, and what looks like something else is refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import yaml

from adminduk.catalogue.errors import DefinitionError

Lines = dict[str, int]
S = TypeVar("S")

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTED: Final = ("'", '"', "|", ">")
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_AMBIGUOUS: Final = re.compile(
    r"yes|no|on|off|y|n|~|[-+]?[0-9][0-9_]*\.[0-9_.]*([eE][-+]?[0-9]+)?|0[0-9xo][0-9a-f_]*|[0-9]+(:[0-9]+)+",
    re.IGNORECASE,
)
_CONSTANTS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}
_UNKNOWN_FIELD: Final = re.compile(r"unknown field `([^`]+)`")
_AT: Final = re.compile(r" - at `([^`]+)`$")


def read_yaml(path: Path) -> tuple[Any, Lines]:
    """Return the file's data and the line of each value under its path, such as `$.groups[0].id`.

    Raises DefinitionError for whatever is not plain, unambiguous YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=_LOADER)
    except OSError as error:
        raise DefinitionError(path, 0, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DefinitionError(path, 0, "is not UTF-8 text") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise DefinitionError(path, line, f"is not YAML: {error.problem}") from None
    if node is None:
        raise DefinitionError(path, 0, "is empty")
    lines: Lines = {}
    return _Plain(path, lines).build(node, "$", ()), lines


def read_struct(path: Path, kind: type[S]) -> tuple[S, Lines]:
    """Read `path` as one `kind` (a msgspec struct). Raises DefinitionError with the line of what does not fit."""
    data, lines = read_yaml(path)
    return convert(data, kind, path=path, lines=lines), lines


def convert(data: Any, kind: type[S], *, path: Path, lines: Lines) -> S:
    """Turn plain data into `kind`. Raises DefinitionError with the line of what does not fit."""
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        reason = str(error)
        at = _AT.search(reason)
        where = at.group(1) if at else "$"
        unknown = _UNKNOWN_FIELD.search(reason)
        line = lines.get(f"{where}.{unknown.group(1)}", 0) if unknown else 0
        raise DefinitionError(path, line or line_of(lines, where), reason) from None


def line_of(lines: Lines, where: str) -> int:
    """The line of the value at `where`, or of the nearest value around it; 0 when unknown."""
    while where and where not in lines:
        where = where[: max(where.rfind("."), where.rfind("["), 0)]
    return lines.get(where, 0)


class _Plain:
    """Builds plain data from nodes; refuses what two readers could read in two ways."""

    def __init__(self, path: Path, lines: Lines) -> None:
        self._path = path
        self._lines = lines

    def build(self, node: yaml.Node, where: str, above: tuple[int, ...]) -> Any:
        if id(node) in above or len(above) > 30:
            raise self._refuse(node, "is nested too deeply or contains itself")
        self._lines[where] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where, (*above, id(node)))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, f"{where}[{index}]", (*above, id(node))) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, where: str, above: tuple[int, ...]) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._scalar(key_node)
            if not isinstance(key, str):
                raise self._refuse(key_node, f"the key {key_node.value!r} must be text: put it in quotes")
            if key in built:
                raise self._refuse(key_node, f"the key {key!r} stands twice")
            built[key] = self.build(value_node, f"{where}.{key}", above)
            self._lines[f"{where}.{key}"] = key_node.start_mark.line + 1
        return built

    def _scalar(self, node: yaml.Node) -> str | int | bool | None:
        if not isinstance(node, yaml.ScalarNode):
            raise self._refuse(node, "a key must be text")
        text = str(node.value)
        if node.style in _QUOTED:  # text, whatever it looks like
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _NUMBER.fullmatch(text):
            return int(text)
        if _AMBIGUOUS.fullmatch(text) or text.lower() in _CONSTANTS or not text:
            raise self._refuse(node, f"{text!r} can be read in two ways: put it in quotes, or write true or false")
        return text

    def _refuse(self, node: yaml.Node, reason: str) -> DefinitionError:
        return DefinitionError(self._path, node.start_mark.line + 1, reason)
