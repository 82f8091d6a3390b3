"""Plan messages in the business transaction and keep what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from adminduk.foundation import clock, crypto, jobs
from adminduk.foundation.database.statements import run_later
from adminduk.foundation.ids import uuid7
from adminduk.modules.notifications.models import Message
from adminduk.modules.notifications.types import Recipient

DELIVER = "notifications.deliver"


def context_of(message_id: UUID, *, column: str, region_id: int) -> str:
    """The place that an encrypted column is bound to."""
    return f"notifications_message|{column}|{message_id}|{region_id}"


def plan(
    event: str,
    *,
    to: Recipient,
    region_id: int,
    application_id: UUID | None,
    params: Mapping[str, str],
    due_at: datetime,
    at: datetime,
) -> UUID:
    """Plan one message and its delivery job, in the present transaction. Returns its id."""
    message_id = uuid7()
    run_later(
        "INSERT INTO notifications_message (id, region_id, owner_id, application_id, event, language, channel, address,"
        " params, status, planned_at, due_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 'planned', %s, %s)",
        [
            message_id, region_id, to.owner_id, application_id, event, to.language, to.channel,
            crypto.encrypt(to.address.encode(), context=context_of(message_id, column="address", region_id=region_id)),
            crypto.encrypt_json(dict(params), context=context_of(message_id, column="params", region_id=region_id)),
            at, due_at,
        ],
    )  # fmt: skip
    jobs.enqueue(DELIVER, region=region_id, at=due_at if due_at > at else None, message_id=str(message_id))
    return message_id


def cancel_planned(application_id: UUID, *, region_id: int, after: datetime) -> int:
    """Cancel what was planned since `after` and is not yet due (undo). Returns how many.

    What is due may be on its way already, so it stays; see queries.find_planned for the other side of this line.
    """
    return Message.objects.filter(
        application_id=application_id,
        region_id=region_id,
        status=Message.Status.PLANNED,
        planned_at__gte=after,
        due_at__gt=clock.now(),
    ).update(status=Message.Status.CANCELLED)


def mark_sent(message_id: UUID, *, region_id: int, at: datetime) -> None:
    """The outside system took it."""
    run_later(
        "UPDATE notifications_message SET status = 'sent', sent_at = %s"
        " WHERE id = %s AND region_id = %s AND status = 'planned'",
        [at, message_id, region_id],
    )


def mark_undeliverable(message_id: UUID, *, region_id: int) -> None:
    """The outside system refused the address for good."""
    Message.objects.filter(id=message_id, region_id=region_id, status=Message.Status.PLANNED).update(
        status=Message.Status.UNDELIVERABLE
    )


def forget_messages(region_id: int, *, before: datetime, limit: int = 1000) -> int:
    """Delete messages that were planned before; returns how many, at most `limit`.

    What has not left by then never will: no delivery job tries so long. Only what is not due yet stays.
    """
    old = Message.objects.filter(region_id=region_id, planned_at__lt=before).exclude(
        status=Message.Status.PLANNED, due_at__gte=before
    )
    count, _ = Message.objects.filter(id__in=list(old.values_list("id", flat=True)[:limit])).delete()
    return count
