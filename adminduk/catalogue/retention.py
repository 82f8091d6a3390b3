"""What is kept, why and how long: shown to people, and obeyed by the jobs that delete."""

from __future__ import annotations

from pathlib import Path

import msgspec

from adminduk.catalogue.text import Text
from adminduk.catalogue.yaml_reader import read_struct


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of data. `days` after the event that `until` names; 0: at that event."""

    days: int
    what: Text
    why: Text
    until: Text

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError("days are not negative")

    @property
    def limit(self) -> Text:
        """`until` with the number of days in it."""
        return Text(id=self.until.id.format(days=self.days), en=self.until.en.format(days=self.days))


class _Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    kinds: dict[str, Retention]


def read_retention(path: Path) -> dict[str, Retention]:
    """Read retention.yaml. Raises DefinitionError."""
    return read_struct(path, _Kinds)[0].kinds
