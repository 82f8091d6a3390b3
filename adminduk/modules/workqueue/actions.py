"""Put cases into the queue, take the oldest, give them back."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from adminduk.foundation.database.statements import fetch_one, run, run_later
from adminduk.kernel.errors import DomainError
from adminduk.modules.workqueue.models import Item
from adminduk.modules.workqueue.queries import find_held

HOLD = timedelta(minutes=30)
_TAKE = """
UPDATE workqueue_item SET holder_id = %(officer)s, held_until = %(until)s WHERE application_id = (
    SELECT application_id FROM workqueue_item
    WHERE region_id = %(region)s AND is_escalated = %(escalated)s
        AND (held_until IS NULL OR held_until <= %(now)s) AND (%(own)s::bytea IS NULL OR kk_index <> %(own)s::bytea)
    ORDER BY queued_at, application_id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING application_id"""


def enqueue(
    application_id: UUID,
    *,
    region_id: int,
    owner_id: UUID,
    queued_at: datetime,
    due_at: datetime,
    kk_index: bytes,
    is_escalated: bool = False,
) -> None:
    """Let a case wait for an officer, at the place of its first submission; for the head of office if escalated."""
    run_later(
        "INSERT INTO workqueue_item (application_id, region_id, owner_id, queued_at, due_at, kk_index, is_escalated)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [application_id, region_id, owner_id, queued_at, due_at, kk_index, is_escalated],
    )


def take_next(
    *, region_id: int, officer_id: UUID, at: datetime, own_kk_index: bytes | None, is_head: bool
) -> UUID | None:
    """Hold the oldest free case for `officer_id`, or None. Two officers never get the same one (SKIP LOCKED).

    A case that the officer holds already comes first: asking twice gives the same case. The head of office also gets
    escalated cases, first.
    """
    # asking twice at the same moment must not give two cases
    fetch_one("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(officer_id)])
    mine = find_held(region_id, officer_id=officer_id, at=at)
    if mine is not None:
        hold_on(mine, region_id=region_id, officer_id=officer_id, at=at)
        return mine
    for escalated in (True, False) if is_head else (False,):
        row = fetch_one(
            _TAKE,
            {
                "officer": officer_id,
                "until": at + HOLD,
                "region": region_id,
                "escalated": escalated,
                "now": at,
                "own": own_kk_index,
            },
        )
        if row:
            return UUID(str(row[0]))
    return None


def hold_on(application_id: UUID, *, region_id: int, officer_id: UUID, at: datetime) -> None:
    """The officer is still there: the hold ends later. Raises DomainError("not_holding") if it is not his."""
    changed = run(
        "UPDATE workqueue_item SET held_until = %s"
        " WHERE application_id = %s AND region_id = %s AND holder_id = %s AND held_until > %s",
        [at + HOLD, application_id, region_id, officer_id, at],
    )
    if not changed:
        raise DomainError("not_holding")


def retake(application_id: UUID, *, region_id: int, officer_id: UUID, at: datetime) -> None:
    """Hold a certain case (after undo); nobody picks from the list with this."""
    Item.objects.filter(application_id=application_id, region_id=region_id).update(
        holder_id=officer_id, held_until=at + HOLD
    )


def hand_back(application_id: UUID, *, region_id: int, officer_id: UUID, is_escalated: bool) -> None:
    """Give a held case back, or up to the head of office. Raises DomainError("not_holding")."""
    changed = Item.objects.filter(application_id=application_id, region_id=region_id, holder_id=officer_id).update(
        holder_id=None, held_until=None, is_escalated=is_escalated
    )
    if not changed:
        raise DomainError("not_holding")


def hand_back_all(officer_id: UUID, *, region_id: int) -> int:
    """Give back everything an officer holds (he left, or was deactivated)."""
    return Item.objects.filter(region_id=region_id, holder_id=officer_id).update(holder_id=None, held_until=None)


def finish(application_id: UUID, *, region_id: int, officer_id: UUID | None, at: datetime) -> datetime:
    """Take the case out of the queue and return when it had been queued.

    With `officer_id`, only its holder may (row locked first): raises DomainError("not_holding") otherwise.
    """
    item = Item.objects.select_for_update().filter(application_id=application_id, region_id=region_id).first()
    if item is None or (officer_id and (item.holder_id != officer_id or (item.held_until or at) <= at)):
        raise DomainError("not_holding")
    queued_at = item.queued_at
    item.delete()
    return queued_at


def forget(application_id: UUID, *, region_id: int) -> None:
    """Take a case out if it waits (withdrawn by the citizen)."""
    Item.objects.filter(application_id=application_id, region_id=region_id).delete()
