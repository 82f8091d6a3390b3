"""Write recordings and attempts. Only `move` writes a state."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.recordings import models
from adminduk.modules.recordings.queries import attempt_of, recording_of
from adminduk.modules.recordings.states import Act, Result, State, follows
from adminduk.modules.recordings.types import SILENT, Attempt, Recording

_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
# Later and later: the centre takes hours to weeks. A duplicate that an officer clears shows within a day.
PAUSES: Final = (
    *(timedelta(minutes=minutes) for minutes in (5, 15, 60, 120, 240, 480)),
    timedelta(hours=12),
)


def new_reference() -> str:
    """What the centre will know a recording by: says nothing about the person."""
    return "RK-" + "".join(secrets.choice(_LETTERS) for _ in range(10))


def enter(
    product_id: UUID,
    *,
    region_id: int,
    application_id: UUID,
    owner_id: UUID,
    subject_index: bytes,
    step_id: str,
    at: datetime,
) -> Recording:
    """The product waits for a recording. Entering twice changes nothing; a product that comes back goes on."""
    made = models.Recording(
        product_id=product_id,
        region_id=region_id,
        application_id=application_id,
        owner_id=owner_id,
        subject_index=subject_index,
        step_id=step_id,
        state=State.WANTED,
        entered_at=at,
        changed_at=at,
    )
    models.Recording.objects.bulk_create([made], ignore_conflicts=True)
    row = _locked(product_id, region_id)
    if row.state in (State.DONE, State.LEFT):
        return move(recording_of(row), Act.ENTER, at=at, step_id=step_id)
    return recording_of(row)


def lock(product_id: UUID, *, region_id: int) -> Recording:
    """The recording, held to the end of the transaction. Raises NotFound."""
    return recording_of(_locked(product_id, region_id))


def _locked(product_id: UUID, region_id: int) -> models.Recording:
    row = models.Recording.objects.select_for_update().filter(product_id=product_id, region_id=region_id).first()
    if row is None:
        raise NotFound("recording")
    return row


def move(recording: Recording, act: Act, *, at: datetime, **changes: Any) -> Recording:
    """Move a locked recording by the table and set `changes`; reminders of its person begin anew.

    Raises DomainError("recording_elsewhere").
    """
    following = follows(recording.state, act)
    if following is None:
        raise DomainError("recording_elsewhere")
    attention = "" if recording.attention == SILENT else recording.attention
    values = {
        "state": following, "changed_at": at, "attention": attention, "reminders": 0, "remind_at": None, **changes,
    }  # fmt: skip
    models.Recording.objects.filter(product_id=recording.product_id, region_id=recording.region_id).update(**values)
    known = {name: value for name, value in values.items() if name in Recording.__dataclass_fields__}
    return replace(recording, **known)


def begin_attempt(
    recording: Recording,
    *,
    operator_id: UUID,
    site_id: UUID | None,
    visit_id: UUID | None,
    exceptions: Sequence[str],
    at: datetime,
) -> Attempt:
    """An operator begins. Raises DomainError: recording_elsewhere (somebody else was quicker, or it is not due)."""
    number = recording.attempts + 1
    moved = move(recording, Act.BEGIN, at=at, attempts=number)
    row = models.Attempt(
        id=uuid7(),
        region_id=recording.region_id,
        product_id=recording.product_id,
        owner_id=recording.owner_id,
        number=number,
        reference=new_reference(),
        operator_id=operator_id,
        site_id=site_id,
        visit_id=visit_id,
        exceptions=list(exceptions),
        began_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError("recording_elsewhere") from error
    models.Recording.objects.filter(product_id=moved.product_id).update(reference=row.reference)
    return attempt_of(row)


def end_attempt(attempt: Attempt, *, result: Result, photographs: int, is_photo_approved: bool, at: datetime) -> None:
    """What came of it. Raises DomainError("recording_elsewhere") when it has ended already."""
    ended = models.Attempt.objects.filter(id=attempt.id, region_id=attempt.region_id, ended_at__isnull=True).update(
        ended_at=at, result=result, photographs=photographs, is_photo_approved=is_photo_approved
    )
    if not ended:
        raise DomainError("recording_elsewhere")


def mark_sent(attempt_id: UUID, *, region_id: int, at: datetime) -> None:
    """The centre has been told of the recording."""
    models.Attempt.objects.filter(id=attempt_id, region_id=region_id, sent_at__isnull=True).update(sent_at=at)


def hear(
    recording: Recording,
    *,
    raw: str,
    outcome: str,
    source: str,
    reference: str,
    said_on: date | None,
    actor_id: UUID,
    at: datetime,
) -> Recording:
    """Keep one word of the national system, raw and mapped, on a locked recording."""
    models.StatusHeard(
        id=uuid7(),
        region_id=recording.region_id,
        product_id=recording.product_id,
        owner_id=recording.owner_id,
        reference=reference,
        raw=raw,
        outcome=outcome,
        source=source,
        said_on=said_on,
        actor_id=actor_id,
        at=at,
    ).save(force_insert=True)
    models.Recording.objects.filter(product_id=recording.product_id, region_id=recording.region_id).update(
        raw=raw, outcome=outcome, source=source, heard_at=at, asks=0
    )
    return replace(recording, raw=raw, source=source, heard_at=at, asks=0)


def ask_later(product_id: UUID, *, region_id: int, asks: int, at: datetime) -> datetime:
    """Set when the centre is asked again, after longer and longer pauses; returns the moment."""
    ask_at = at + PAUSES[min(asks, len(PAUSES) - 1)]
    models.Recording.objects.filter(product_id=product_id, region_id=region_id).update(
        ask_at=ask_at, asks=min(asks + 1, 1000)
    )
    return ask_at


def ask_no_more(product_id: UUID, *, region_id: int) -> None:
    """Nothing is awaited from the centre."""
    models.Recording.objects.filter(product_id=product_id, region_id=region_id).update(ask_at=None)


def remind_later(product_id: UUID, *, region_id: int, reminders: int, at: datetime) -> None:
    """Its person has been reminded so often; looked at again `at`."""
    models.Recording.objects.filter(product_id=product_id, region_id=region_id).update(
        reminders=reminders, remind_at=at
    )


def set_attention(product_id: UUID, *, region_id: int, attention: str) -> None:
    """Put it on the officer's list, or with empty text take it off."""
    models.Recording.objects.filter(product_id=product_id, region_id=region_id).update(attention=attention)


def note_look(product_id: UUID, *, region_id: int, at: datetime) -> None:
    """An officer has done what he can: it leaves his list, for the time being."""
    models.Recording.objects.filter(product_id=product_id, region_id=region_id).update(attention="", changed_at=at)


def forget(application_id: UUID, *, region_id: int) -> None:
    """Delete all about the recordings of an application whose time of keeping is over."""
    products = list(
        models.Recording.objects.filter(application_id=application_id, region_id=region_id).values_list(
            "product_id", flat=True
        )
    )
    models.StatusHeard.objects.filter(product_id__in=products, region_id=region_id).delete()
    models.Attempt.objects.filter(product_id__in=products, region_id=region_id).delete()
    models.Recording.objects.filter(product_id__in=products, region_id=region_id).delete()
