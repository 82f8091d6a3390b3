"""What one child may use."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Protocol


class Bounds(Protocol):
    """`memory_mb` comes on top of what the warm zygote has mapped; `cpu_seconds` is user and system time."""

    @property
    def memory_mb(self) -> int: ...

    @property
    def cpu_seconds(self) -> int: ...


@dataclass(frozen=True, slots=True)
class WorkBounds:
    """`Bounds` and the seconds on the clock after which a child is ended, however little it did."""

    memory_mb: int
    cpu_seconds: int
    wall_seconds: int

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> WorkBounds:
        return cls(**json.loads(text))
