"""A lot that anybody can draw again: the order follows from a published seed and list, and from nothing else.

The office commits to a secret (its SHA-256 is published) before anybody has entered. When the list is complete its
SHA-256 is published. Only then is the secret told; the seed is the SHA-256 of both. So neither the office, which did
not know the list, nor anybody on it, who did not know the secret, can have chosen the outcome.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """Somebody on the list. `id` is a random word that he knows; `need` 0 to 9, the greater comes first."""

    id: str
    need: int = 0

    def __post_init__(self) -> None:
        if not self.id or not self.id.isalnum() or not 0 <= self.need <= 9:
            raise ValueError("an entry has letters and digits, and a need from 0 to 9")


def commitment(secret: bytes) -> str:
    """What the office publishes of its secret when the round opens: hexadecimal SHA-256."""
    return hashlib.sha256(secret).hexdigest()


def list_hash(entries: Iterable[Entry]) -> str:
    """SHA-256 of the list: one line `id,need` for each entry, sorted, each ended by a line feed."""
    lines = "".join(f"{entry.id},{entry.need}\n" for entry in sorted(entries))
    return hashlib.sha256(lines.encode()).hexdigest()


def seed_of(secret: bytes, listed: str) -> str:
    """SHA-256 of the secret followed by the hash of the list, as hexadecimal text."""
    return hashlib.sha256(secret + listed.encode()).hexdigest()


def draw(entries: Iterable[Entry], *, seed: str) -> tuple[Entry, ...]:
    """The order: greater need first, and among equals by the SHA-256 of seed and id."""

    def place(entry: Entry) -> tuple[int, bytes]:
        return -entry.need, hashlib.sha256(f"{seed}{entry.id}".encode()).digest()

    return tuple(sorted(entries, key=place))


def is_true(entries: Iterable[Entry], *, committed: str, listed: str, secret: bytes) -> bool:
    """Whether list and secret are those that were published before the draw."""
    return commitment(secret) == committed and list_hash(entries) == listed
