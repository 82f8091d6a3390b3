"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a score was given to an element."""

    element: str
    score: int
    count: int
