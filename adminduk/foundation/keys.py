"""The keys of an installation: one file outside the database, readable by its owner alone.

A key service (Vault, PKCS#11) can replace the file by giving the same five values.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LARGEST_ID = 255  # one byte before each value


@dataclass(frozen=True, slots=True)
class Keys:
    """`data` maps key id (1–255) to an AES-256 key; new values use `current`, old ones stay readable."""

    current: int
    data: dict[int, bytes]
    blind_index: bytes
    context: bytes
    django: str
    audit: bytes  # Ed25519 seed, signs checkpoints

    def __repr__(self) -> str:
        return f"Keys(current={self.current}, …)"


def create(path: Path) -> None:
    """Write a new key file with mode 600. Raises FileExistsError: keys are never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "current": 1,
        "data": {"1": secrets.token_hex(32)},
        "blind_index": secrets.token_hex(32),
        "context": secrets.token_hex(32),
        "django": secrets.token_urlsafe(48),
        "audit": secrets.token_hex(32),
    }
    with _written_beside(path, content) as unfinished:
        os.link(unfinished, path)


def rotate(path: Path) -> int:
    """Add a data key and use it for new values; returns its id. Old values stay readable with the old ones.

    Processes read the file when they start. The other keys do not rotate: indexes and signatures hang on them. Raises
    ValueError when all 255 ids are used.
    """
    content = json.loads(path.read_text("ascii"))
    number = max(int(known) for known in content["data"]) + 1
    if number > LARGEST_ID:
        raise ValueError("all key ids are used")
    content["data"][str(number)] = secrets.token_hex(32)
    content["current"] = number
    with _written_beside(path, content) as unfinished:
        os.link(path, path.with_name(f"{path.name}.before-{number}"))
        unfinished.rename(path)
    return number


@contextmanager
def _written_beside(path: Path, content: dict[str, Any]) -> Iterator[Path]:
    """A whole file that can be put in place at once, so that no process ever reads half of one."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)


def load(path: Path) -> Keys:
    """Read a key file."""
    raw = json.loads(path.read_text("ascii"))
    return Keys(
        current=int(raw["current"]),
        data={int(number): bytes.fromhex(key) for number, key in raw["data"].items()},
        blind_index=bytes.fromhex(raw["blind_index"]),
        context=bytes.fromhex(raw["context"]),
        django=str(raw["django"]),
        audit=bytes.fromhex(raw["audit"]),
    )
