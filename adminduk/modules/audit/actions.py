"""Write audit entries, in the business transaction, and chain them afterwards."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from adminduk.foundation.database.statements import run_later
from adminduk.foundation.ids import uuid7
from adminduk.foundation.logs import scrub
from adminduk.kernel.actor import Actor
from adminduk.modules.audit.models import Entry, Link, Pending

BATCH = 1000
_RECORD = """
WITH entry AS (
    INSERT INTO audit_entry
        (id, region_id, at, actor_kind, actor_id, act, object_kind, object_id, subject_index, reason)
    VALUES (%(id)s, %(region)s, %(at)s, %(kind)s, %(actor)s, %(act)s, %(object_kind)s, %(object)s, %(subject)s,
        %(reason)s))
INSERT INTO audit_pending (entry_id, region_id) VALUES (%(id)s, %(region)s)"""


def record(
    act: str,
    *,
    actor: Actor,
    at: datetime,
    region_id: int,
    about: tuple[str, UUID],
    subject_index: bytes | None = None,
    reason: str = "",
) -> None:
    """Write one entry: `act` by `actor` on the object `about` = (kind, id), concerning the person `subject_index`.

    `reason` stands in clear and is never removed, so that numbers as long as a NIK are hidden in it.
    """
    entry_id = uuid7()
    run_later(
        _RECORD,
        {
            "id": entry_id, "region": region_id, "at": at, "kind": str(actor.kind), "actor": actor.id, "act": act,
            "object_kind": about[0], "object": about[1], "subject": subject_index, "reason": scrub(reason)[:200],
        },
    )  # fmt: skip


def leaf_of(entry: Entry) -> bytes:
    """RFC 6962 leaf hash of an entry's canonical text."""
    subject = bytes(entry.subject_index).hex() if entry.subject_index else ""
    text = "|".join(
        (
            str(entry.id),
            str(entry.region_id),
            entry.at.isoformat(),
            entry.actor_kind,
            str(entry.actor_id),
            entry.act,
            entry.object_kind,
            str(entry.object_id),
            subject,
            entry.reason,
        )
    )
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def chain_pending(region_id: int) -> int:
    """Give waiting entries their numbers and hashes; returns how many. One sequencer per region at a time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [0xAD17, region_id])
        (is_ours,) = cursor.fetchone() or (False,)
        if not is_ours:
            return 0
        waiting = list(Pending.objects.filter(region_id=region_id).order_by("entry_id").values_list("entry_id")[:BATCH])
        entries = Entry.objects.filter(region_id=region_id, id__in=[row[0] for row in waiting]).order_by("id")
        last = Link.objects.filter(region_id=region_id).order_by("-number").first()
        number, previous = (last.number, bytes(last.hash)) if last else (0, b"")
        links = []
        for entry in entries:
            number, leaf = number + 1, leaf_of(entry)
            previous = hashlib.sha256(previous + leaf).digest()
            links.append(Link(region_id=region_id, number=number, entry=entry, leaf=leaf, hash=previous))
        Link.objects.bulk_create(links)
        Pending.objects.filter(region_id=region_id, entry_id__in=[link.entry_id for link in links]).delete()
    return len(links)
