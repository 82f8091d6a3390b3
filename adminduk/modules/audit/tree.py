"""The tree hash of RFC 6962 over a growing list: what is kept is one hash for each full subtree, not the leaves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

EMPTY = hashlib.sha256(b"").digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class GrowingTree:
    """`subtrees` are the full subtrees from left to right: their sizes are the powers of two that make up `size`."""

    size: int = 0
    subtrees: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        if len(self.subtrees) != self.size.bit_count():
            raise ValueError("the subtrees do not make up the size")

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash."""
        self.subtrees.append(leaf)
        merges = (~self.size & (self.size + 1)).bit_length() - 1  # trailing ones of the old size
        for _ in range(merges):
            right = self.subtrees.pop()
            self.subtrees.append(_node(self.subtrees.pop(), right))
        self.size += 1

    @property
    def root(self) -> bytes:
        """The Merkle tree hash of all leaves so far."""
        if not self.subtrees:
            return EMPTY
        root = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            root = _node(left, root)
        return root
