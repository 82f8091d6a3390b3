"""The keys of an installation: one file outside the database, readable by its owner alone.

A key service (Vault, PKCS#11) can replace the file by giving the same five values.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path


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
    # Written beside and linked, so that no process ever reads half a file.
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(content, file, indent=1)
        os.link(unfinished, path)
    finally:
        unfinished.unlink()


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
