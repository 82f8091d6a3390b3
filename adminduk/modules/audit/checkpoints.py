"""Signed checkpoints: what the chain of a region was at a moment, kept outside the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adminduk.foundation import crypto
from adminduk.modules.audit.tree import GrowingTree


class BadCheckpoint(Exception):
    """A line that is no checkpoint of ours: changed, cut off, or signed with another key."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`head` is the hash of link number `length`, `tree` the RFC 6962 tree over the first `length` leaves."""

    region_id: int
    length: int
    head: bytes
    tree: GrowingTree
    at: datetime

    def to_line(self) -> str:
        """One line of JSON with the signature of this installation."""
        body = self._body()
        return json.dumps({**body, "signature": _key().sign(_bytes(body)).hex()}, sort_keys=True)

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Read and check a line. Raises BadCheckpoint."""
        try:
            body = json.loads(line)
            signature = bytes.fromhex(body.pop("signature"))
            _key().public_key().verify(signature, _bytes(body))
            tree = GrowingTree(body["length"], [bytes.fromhex(subtree) for subtree in body["subtrees"]])
            return cls(
                region_id=body["region"],
                length=body["length"],
                head=bytes.fromhex(body["head"]),
                tree=tree,
                at=datetime.fromisoformat(body["at"]),
            )
        except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadCheckpoint from error

    def _body(self) -> dict[str, object]:
        return {
            "region": self.region_id,
            "length": self.length,
            "head": self.head.hex(),
            "root": self.tree.root.hex(),
            "subtrees": [subtree.hex() for subtree in self.tree.subtrees],
            "at": self.at.isoformat(),
        }


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(crypto.keys().audit)


def _bytes(body: dict[str, object]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
