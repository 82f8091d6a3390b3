"""The satisfaction survey as data: its elements, its scores, and where they come from."""

from __future__ import annotations

from pathlib import Path

import msgspec

from adminduk.catalogue.text import Text
from adminduk.catalogue.yaml_reader import read_struct


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Frozen, and a typing mistake in a key is an error."""


class Score(_Part, frozen=True, kw_only=True):
    """An answer that can be given to every question."""

    value: int
    label: Text


class Element(_Part, frozen=True, kw_only=True):
    """One of the elements: what it is called in results, and what is asked."""

    id: str
    name: Text
    question: Text


class Survey(_Part, frozen=True, kw_only=True):
    """`is_verified`: whether the text of the source was read; else pages say that it was not."""

    source: str
    is_verified: bool
    scores: tuple[Score, ...]
    elements: tuple[Element, ...]

    def __post_init__(self) -> None:
        if len({element.id for element in self.elements}) != len(self.elements) or not self.elements:
            raise ValueError("elements: there are some, and no two have one id")
        if len({score.value for score in self.scores}) < 2:
            raise ValueError("scores: there are at least two")

    @property
    def highest(self) -> int:
        """The best score."""
        return max(score.value for score in self.scores)


def read_survey(path: Path) -> Survey:
    """Read survey.yaml. Raises DefinitionError."""
    return read_struct(path, Survey)[0]
