"""Read messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from adminduk.foundation import clock, crypto
from adminduk.foundation.database.prepared import Question
from adminduk.foundation.database.statements import fetch, fetch_one
from adminduk.modules.notifications.actions import context_of
from adminduk.modules.notifications.models import Message
from adminduk.modules.notifications.types import GIVEN_UP, GIVEN_UP_AFTER, PlannedMessage

_NAMES = (
    "id", "region_id", "owner_id", "application_id", "event", "language", "channel", "address", "params", "status",
    "planned_at", "due_at", "sent_at",
)  # fmt: skip
_PLANNED = f"""
SELECT {", ".join(_NAMES)} FROM notifications_message
WHERE id = %s AND region_id = %s AND status = 'planned' FOR UPDATE"""  # noqa: S608 - above
_OF_APPLICATION = f"""
SELECT {", ".join(_NAMES)} FROM notifications_message
WHERE application_id = %s AND region_id = ANY (%s) AND status <> 'cancelled' ORDER BY planned_at, id"""  # noqa: S608 - above


def _opened(message: Message) -> PlannedMessage:
    region_id = message.region_id
    return PlannedMessage(
        id=message.id,
        region_id=region_id,
        owner_id=message.owner_id,
        application_id=message.application_id,
        event=message.event,
        language=message.language,
        channel=message.channel,
        address=crypto.decrypt(
            message.address, context=context_of(message.id, column="address", region_id=region_id)
        ).decode(),
        params=crypto.decrypt_json(
            message.params, context=context_of(message.id, column="params", region_id=region_id)
        ),
        status=message.status,
        planned_at=message.planned_at,
        due_at=message.due_at,
        sent_at=message.sent_at,
    )


def find_planned(message_id: UUID, *, region_id: int) -> PlannedMessage | None:
    """The message if it still has to leave; waits for who is about to cancel it. Only within a transaction."""
    row = fetch_one(_PLANNED, [message_id, region_id])
    return _opened(Message(**dict(zip(_NAMES, row, strict=True)))) if row else None


def list_of_application(application_id: UUID, *, region_id: int) -> tuple[PlannedMessage, ...]:
    """What was sent about an application, oldest first; cancelled ones never existed for the person.

    What should have left and did not is GIVEN_UP here. Its row stays planned: when the operator lets the jobs that
    gave up begin anew, it leaves after all.
    """
    return fetch(messages_of(application_id, regions=(region_id,)))


def messages_of(application_id: UUID, *, regions: tuple[int, ...]) -> Question[tuple[PlannedMessage, ...]]:
    """`list_of_application`, to be asked with others, by one who does not know yet in which of his regions it lies."""
    return Question(_OF_APPLICATION, [application_id, list(regions)], _told_truly)


def _told_truly(rows: list[tuple[Any, ...]]) -> tuple[PlannedMessage, ...]:
    messages = (_opened(Message(**dict(zip(_NAMES, row, strict=True)))) for row in rows)
    given_up_before = clock.now() - GIVEN_UP_AFTER
    return tuple(
        replace(message, status=GIVEN_UP)
        if message.status == Message.Status.PLANNED and message.due_at < given_up_before
        else message
        for message in messages
    )
