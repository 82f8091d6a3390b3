"""Words for refusals: what happened and what to do, for every code that is raised anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Final

import msgspec
from babel.dates import format_date

from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.text import Text
from adminduk.catalogue.yaml_reader import line_of, read_struct

_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNKNOWN: Final = "unknown"


class _Problems(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    problems: dict[str, Text]


def read_problems(path: Path) -> dict[str, Text]:
    """Read problems.yaml. Raises DefinitionError where the two languages do not name the same values."""
    read, lines = read_struct(path, _Problems)
    for code, text in read.problems.items():
        if names_in(text.id) != names_in(text.en):
            raise DefinitionError(path, line_of(lines, f"$.problems.{code}"), "the languages name different values")
    if _UNKNOWN not in read.problems:
        raise DefinitionError(path, 1, f"lacks {_UNKNOWN!r}, the words for a code that has none")
    return read.problems


def names_in(text: str) -> frozenset[str]:
    """The values that a text names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def problem_text(problems: Mapping[str, Text], code: str, lang: str, params: Mapping[str, str | int]) -> str:
    """The sentence for a refusal. ISO dates among the values become dates in words."""
    text = problems.get(code, problems[_UNKNOWN])
    return text.get(lang).format_map(_Values({name: _shown(value, lang) for name, value in params.items()}))


def _shown(value: str | int, lang: str) -> str:
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return format_date(date.fromisoformat(value), "d MMMM y", locale="en" if lang == "en" else "id")
    return str(value)
