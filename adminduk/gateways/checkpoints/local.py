"""Checkpoints as files, one per region, one line each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from adminduk.kernel.errors import Unavailable

_TAIL: Final = 65_536  # bytes; a line has about two thousand at most


class LocalCheckpoints:
    """`CheckpointLog` in `directory` (made when first needed). Files are opened for appending only."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def append(self, region_id: int, line: str) -> None:
        """Raises Unavailable, ValueError for a line with a break in it."""
        if "\n" in line:
            raise ValueError("a checkpoint is one line")
        with _outside():
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._path(region_id)
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "ab", buffering=0) as file:
                # A line that a power cut left unfinished stays a line of its own, which nothing can read.
                file.write((b"" if _ends_with_break(path) else b"\n") + line.encode() + b"\n")
                os.fsync(descriptor)

    def read(self, region_id: int) -> tuple[str, ...]:
        """Raises Unavailable."""
        with _outside():
            try:
                return tuple(self._path(region_id).read_text("utf-8").splitlines())
            except FileNotFoundError:
                return ()

    def last(self, region_id: int) -> str | None:
        """Raises Unavailable."""
        with _outside():
            try:
                with self._path(region_id).open("rb") as file:
                    file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
                    lines = file.read().decode().splitlines()
            except FileNotFoundError:
                return None
        return lines[-1] if lines else None

    def regions(self) -> tuple[int, ...]:
        """Raises Unavailable."""
        with _outside():
            return tuple(sorted(int(path.stem) for path in self._directory.glob("*.jsonl") if path.stem.isdigit()))

    def _path(self, region_id: int) -> Path:
        return self._directory / f"{region_id}.jsonl"


def _ends_with_break(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


@contextmanager
def _outside() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"checkpoints: {error.strerror or type(error).__name__}") from error
