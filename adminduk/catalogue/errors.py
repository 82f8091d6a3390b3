"""What is wrong with a definition, and where."""

from __future__ import annotations

from pathlib import Path


class DefinitionError(Exception):
    """A file under definitions/ is refused. `line` counts from 1; 0 stands for the file as a whole."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason
