"""What the audit module needs from outside: a place for checkpoints that the database's administrator cannot reach."""

from __future__ import annotations

from typing import Protocol


class CheckpointLog(Protocol):
    """Signed lines per region, append-only. Called outside any transaction; every method raises Unavailable."""

    def append(self, region_id: int, line: str) -> None:
        """Add a line; when this returns it is on stable storage."""

    def read(self, region_id: int) -> tuple[str, ...]:
        """All lines of a region, oldest first; empty if there are none."""

    def last(self, region_id: int) -> str | None:
        """The newest line, or None."""

    def regions(self) -> tuple[int, ...]:
        """The regions that have lines."""
