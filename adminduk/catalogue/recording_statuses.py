"""What the national system's word on a recording means: in plain words, what happens next, and who acts."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from adminduk.catalogue.text import Text
from adminduk.catalogue.yaml_reader import read_struct

Outcome = Literal["waiting", "ready", "failed", "duplicate", "office", "unknown"]
Who = Literal["citizen", "office", "centre"]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Frozen, and a typing mistake in a key is an error."""


class RecordingStatus(_Part, frozen=True, kw_only=True):
    """One status. `label` and `next` are for the person, `office` says what an officer does."""

    outcome: Outcome
    who: Who
    label: Text
    next: Text
    office: Text


class RecordingStatuses(_Part, frozen=True, kw_only=True):
    """All that are known. Their list is not closed: `of` has an answer for any text."""

    statuses: dict[str, RecordingStatus]
    prefixes: dict[str, RecordingStatus]
    unknown: RecordingStatus

    def __post_init__(self) -> None:
        if self.unknown.outcome != "unknown":
            raise ValueError("a text that is not known has the outcome unknown")

    def of(self, raw: str) -> RecordingStatus:
        """What a text means, however it is spaced and written."""
        key = "_".join(raw.upper().replace("-", " ").replace("_", " ").split())
        if key in self.statuses:
            return self.statuses[key]
        return next((status for prefix, status in self.prefixes.items() if key.startswith(prefix)), self.unknown)


class StationItem(_Part, frozen=True, kw_only=True):
    """Something that an operator ticks."""

    label: Text
    hint: Text


class RecordingStation(_Part, frozen=True, kw_only=True):
    """What is checked before a recording begins, and what may be unusual."""

    checks: dict[str, StationItem]
    exceptions: dict[str, StationItem]


def read_recording_station(path: Path) -> RecordingStation:
    """Read recording_station.yaml. Raises DefinitionError."""
    return read_struct(path, RecordingStation)[0]


def read_recording_statuses(path: Path) -> RecordingStatuses:
    """Read recording_statuses.yaml. Raises DefinitionError."""
    return read_struct(path, RecordingStatuses)[0]
