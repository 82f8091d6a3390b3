"""Read the queue: small lists by key, capped counts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from adminduk.modules.workqueue.models import Item
from adminduk.modules.workqueue.types import Waiting

COUNT_UP_TO = 1000


def _waiting(item: Item) -> Waiting:
    return Waiting(
        application_id=item.application_id,
        region_id=item.region_id,
        queued_at=item.queued_at,
        due_at=item.due_at,
        holder_id=item.holder_id,
        held_until=item.held_until,
        is_escalated=item.is_escalated,
    )


def find_waiting(application_id: UUID, *, region_id: int) -> Waiting | None:
    """The waiting case, or None."""
    item = Item.objects.filter(application_id=application_id, region_id=region_id).first()
    return _waiting(item) if item else None


def find_held(region_id: int, *, officer_id: UUID, at: datetime) -> UUID | None:
    """The case that the officer holds now."""
    held = Item.objects.filter(region_id=region_id, holder_id=officer_id, held_until__gt=at)
    return held.values_list("application_id", flat=True).first()


def count_late(region_id: int, *, at: datetime) -> int:
    """How many are past their deadline, counted up to COUNT_UP_TO."""
    return Item.objects.filter(region_id=region_id, due_at__lt=at).order_by("region_id", "due_at")[:COUNT_UP_TO].count()


def count_waiting(region_id: int) -> int:
    """How many wait, counted up to COUNT_UP_TO: more is told as "more than"."""
    items = Item.objects.filter(region_id=region_id).order_by("region_id", "is_escalated", "queued_at")  # by the index
    return items[:COUNT_UP_TO].count()


def place_of(application_id: UUID) -> int | None:
    """Place in the queue from 1, counted up to COUNT_UP_TO; None when the case does not wait.

    A narrow function of the database counts, because a citizen sees nobody else's rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.place_in_queue(%s, %s)", [application_id, COUNT_UP_TO])
        (place,) = cursor.fetchone() or (None,)
    return place
