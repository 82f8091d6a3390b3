"""Read the audit trail: the person's own log, the chain's state and its verification."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef

from adminduk.foundation.database.statements import fetch_all
from adminduk.modules.audit.actions import leaf_of
from adminduk.modules.audit.models import Entry, Link, Pending
from adminduk.modules.audit.tree import GrowingTree


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
    """Head of a region's chain.

    `broken_at` is the first number that does not verify, None when all do. `unchained` counts entries that neither
    have a number nor wait for one: not 0 means that links were removed.
    """

    region_id: int
    length: int
    head: str
    root: str
    waiting: int
    unchained: int
    broken_at: int | None

    @property
    def is_intact(self) -> bool:
        return self.broken_at is None and self.unchained == 0


def list_regions_with_entries(regions: Sequence[int]) -> tuple[int, ...]:
    """Those of `regions` of which the trail has anything, in their order."""
    rows = fetch_all(
        "SELECT r FROM unnest(%s::int[]) WITH ORDINALITY AS wanted (r, place)"
        " WHERE EXISTS (SELECT 1 FROM audit_entry WHERE region_id = r) ORDER BY place",
        [list(regions)],
    )
    return tuple(int(region) for (region,) in rows)


def list_looks(subject_index: bytes, *, limit: int = 100) -> tuple[Look, ...]:
    """What was done with a person's data, newest first, over all regions (narrow function: the index is the key)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, actor_kind, act, region_id, reason FROM sec.looks_at(%s, %s)", [subject_index, limit]
        )
        return tuple(Look(*row) for row in cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Mark:
    """What the chain must be at `length`, as a checkpoint says: hash of that link and root of the tree so far."""

    length: int
    head: bytes
    root: bytes


def chain_head(region_id: int) -> tuple[int, bytes]:
    """Length and last hash of a region's chain; (0, b"") for none."""
    last = Link.objects.filter(region_id=region_id).order_by("-number").first()
    return (last.number, bytes(last.hash)) if last else (0, b"")


def list_leaves(region_id: int, *, after: int, upto: int) -> Iterator[bytes]:
    """Leaf hashes in their order, of the links after number `after` up to `upto`."""
    links = Link.objects.filter(region_id=region_id, number__gt=after, number__lte=upto).order_by("number")
    for leaf in links.values_list("leaf", flat=True).iterator(chunk_size=5000):
        yield bytes(leaf)


def verify_chain(region_id: int, *, marks: Iterable[Mark] = ()) -> ChainState:
    """Recompute every leaf, hash and root of a region from the entries themselves, and compare with `marks`."""
    wanted: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        wanted[mark.length].append(mark)
    previous, tree, broken = b"", GrowingTree(), None
    links = Link.objects.filter(region_id=region_id).select_related("entry").order_by("number")
    for link in links.iterator(chunk_size=2000):
        leaf = leaf_of(link.entry)
        previous = hashlib.sha256(previous + leaf).digest()
        tree.add(leaf)
        is_intact = link.number == tree.size and bytes(link.leaf) == leaf and bytes(link.hash) == previous
        found = all((mark.head, mark.root) == (previous, tree.root) for mark in wanted.pop(tree.size, ()))
        if broken is None and not (is_intact and found):
            broken = tree.size
    if broken is None and any(mark.length for marks_there in wanted.values() for mark in marks_there):
        broken = tree.size + 1  # a checkpoint has seen a longer chain
    return ChainState(
        region_id=region_id,
        length=tree.size,
        head=previous.hex(),
        root=tree.root.hex(),
        waiting=Pending.objects.filter(region_id=region_id).count(),
        unchained=_count_unchained(region_id),
        broken_at=broken,
    )


def _count_unchained(region_id: int) -> int:
    """One statement, so that entries which arrive meanwhile are not taken for lost ones."""
    entry = OuterRef("id")
    lost = Entry.objects.filter(region_id=region_id).exclude(Exists(Link.objects.filter(entry_id=entry)))
    return lost.exclude(Exists(Pending.objects.filter(entry_id=entry))).count()
