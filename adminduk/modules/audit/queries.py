"""Read the audit trail: the person's own log, the chain's state and its verification."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from adminduk.modules.audit.actions import leaf_of
from adminduk.modules.audit.models import Link, Pending


@dataclass(frozen=True, slots=True)
class Look:
    """One line of "who looked at my data"."""

    at: datetime
    actor_kind: str
    act: str
    region_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ChainState:
    """Head of a region's chain. `broken_at` is the first number that does not verify, None when all do."""

    region_id: int
    length: int
    head: str
    root: str
    waiting: int
    broken_at: int | None


def list_looks(subject_index: bytes, *, limit: int = 100) -> tuple[Look, ...]:
    """What was done with a person's data, newest first, over all regions (narrow function: the index is the key)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, actor_kind, act, region_id, reason FROM sec.looks_at(%s, %s)", [subject_index, limit]
        )
        return tuple(Look(*row) for row in cursor.fetchall())


def merkle_root(leaves: list[bytes]) -> bytes:
    """Tree hash of RFC 6962 over leaf hashes; SHA-256 of nothing for none."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    while len(leaves) > 1:
        paired = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in zip(leaves[::2], leaves[1::2], strict=False)]
        leaves = paired + ([leaves[-1]] if len(leaves) % 2 else [])
    return leaves[0]


def verify_chain(region_id: int) -> ChainState:
    """Recompute every leaf and hash of a region from the entries themselves."""
    previous, leaves, broken, expected = b"", [], None, 0
    links = Link.objects.filter(region_id=region_id).select_related("entry").order_by("number")
    for link in links.iterator(chunk_size=2000):
        expected += 1
        leaf = leaf_of(link.entry)
        previous = hashlib.sha256(previous + leaf).digest()
        leaves.append(leaf)
        intact = link.number == expected and bytes(link.leaf) == leaf and bytes(link.hash) == previous
        if not intact and broken is None:
            broken = expected
    return ChainState(
        region_id=region_id,
        length=expected,
        head=previous.hex(),
        root=merkle_root(leaves).hex(),
        waiting=Pending.objects.filter(region_id=region_id).count(),
        broken_at=broken,
    )
