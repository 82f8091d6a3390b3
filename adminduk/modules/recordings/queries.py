"""Read recordings, attempts and what the national system said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from adminduk.kernel.errors import NotFound
from adminduk.modules.recordings import models
from adminduk.modules.recordings.states import TO_COME, Result, State
from adminduk.modules.recordings.types import Attempt, Recording, StatusHeard

MOST_LISTED = 200


def recording_of(row: models.Recording) -> Recording:
    """A row as a value."""
    return Recording(
        product_id=row.product_id,
        region_id=row.region_id,
        application_id=row.application_id,
        owner_id=row.owner_id,
        step_id=row.step_id,
        state=State(row.state),
        raw=row.raw,
        source=row.source,
        attention=row.attention,
        attempts=row.attempts,
        reference=row.reference,
        entered_at=row.entered_at,
        changed_at=row.changed_at,
        captured_at=row.captured_at,
        heard_at=row.heard_at,
        ask_at=row.ask_at,
        asks=row.asks,
        reminders=row.reminders,
        remind_at=row.remind_at,
    )


def attempt_of(row: models.Attempt) -> Attempt:
    """A row as a value."""
    return Attempt(
        id=row.id,
        region_id=row.region_id,
        product_id=row.product_id,
        owner_id=row.owner_id,
        number=row.number,
        reference=row.reference,
        operator_id=row.operator_id,
        site_id=row.site_id,
        visit_id=row.visit_id,
        exceptions=tuple(row.exceptions),
        began_at=row.began_at,
        ended_at=row.ended_at,
        result=Result(row.result) if row.result else None,
        photographs=row.photographs,
        sent_at=row.sent_at,
    )


def find(product_id: UUID, *, region_id: int) -> Recording | None:
    """The recording of a product, or None."""
    row = models.Recording.objects.filter(product_id=product_id, region_id=region_id).first()
    return recording_of(row) if row else None


def get(product_id: UUID, *, region_id: int) -> Recording:
    """The recording of a product. Raises NotFound."""
    found = find(product_id, region_id=region_id)
    if found is None:
        raise NotFound("recording")
    return found


def find_of_application(application_id: UUID, *, region_id: int) -> Recording | None:
    """The recording of an application's product, or None."""
    row = models.Recording.objects.filter(application_id=application_id, region_id=region_id).first()
    return recording_of(row) if row else None


def list_of_references(references: Sequence[str], *, region_id: int) -> tuple[Recording, ...]:
    """Those whose last attempt has one of the references."""
    rows = models.Recording.objects.filter(region_id=region_id, reference__in=list(references)).exclude(reference="")
    return tuple(recording_of(row) for row in rows)


def list_of_person(subject_index: bytes, *, region_id: int) -> tuple[Recording, ...]:
    """Recordings of a person that are not finished."""
    rows = models.Recording.objects.filter(region_id=region_id, subject_index=subject_index)
    return tuple(recording_of(row) for row in rows.exclude(state__in=[State.DONE, State.LEFT]))


def list_to_come(region_id: int, *, limit: int = MOST_LISTED) -> tuple[Recording, ...]:
    """Who has to be recorded, longest waiting first."""
    rows = models.Recording.objects.filter(region_id=region_id, state__in=list(TO_COME)).order_by("entered_at")
    return tuple(recording_of(row) for row in rows[:limit])


def list_to_remind_ids(region_id: int, *, at: datetime, limit: int = MOST_LISTED) -> tuple[UUID, ...]:
    """Products whose person has to come and may have to be reminded: never looked at, or due by `at`."""
    rows = models.Recording.objects.filter(region_id=region_id, state__in=list(TO_COME))
    due = rows.filter(Q(remind_at__isnull=True) | Q(remind_at__lte=at)).order_by(F("remind_at").asc(nulls_first=True))
    return tuple(due.values_list("product_id", flat=True)[:limit])


def count_to_come(region_id: int, *, most: int = 1000) -> int:
    """How many have to be recorded, counted up to `most`."""
    return models.Recording.objects.filter(region_id=region_id, state__in=list(TO_COME))[:most].count()


def list_with_attention(region_id: int, *, limit: int = MOST_LISTED) -> tuple[Recording, ...]:
    """What waits for an officer, longest waiting first."""
    rows = models.Recording.objects.filter(region_id=region_id).exclude(attention="").order_by("changed_at")
    return tuple(recording_of(row) for row in rows[:limit])


def list_due_ids(region_id: int, *, at: datetime, limit: int = MOST_LISTED) -> tuple[UUID, ...]:
    """Products about which the centre should have been asked by `at`."""
    rows = models.Recording.objects.filter(region_id=region_id, ask_at__lte=at).order_by("ask_at")
    return tuple(rows.values_list("product_id", flat=True)[:limit])


def list_unsent_ids(region_id: int, *, before: datetime, limit: int = MOST_LISTED) -> tuple[UUID, ...]:
    """Attempts that ended before in a recording of which the centre has not been told, and that is still awaited."""
    awaited = models.Recording.objects.filter(region_id=region_id, state=State.AT_CENTRE).values("reference")
    rows = models.Attempt.objects.filter(
        region_id=region_id, result=Result.RECORDED, sent_at__isnull=True, ended_at__lt=before, reference__in=awaited
    )
    return tuple(rows.order_by("ended_at").values_list("id", flat=True)[:limit])


def list_late_ids(
    region_id: int, *, before: datetime, looked_at_before: datetime, limit: int = MOST_LISTED
) -> tuple[UUID, ...]:
    """Products recorded before, of which the centre still says nothing final, and which no officer looks at yet.

    Whoever was looked at since `looked_at_before` is left out.
    """
    rows = models.Recording.objects.filter(
        region_id=region_id,
        state=State.AT_CENTRE,
        attention="",
        captured_at__lt=before,
        changed_at__lt=looked_at_before,
    )
    return tuple(rows.order_by("captured_at").values_list("product_id", flat=True)[:limit])


def find_open_attempt(product_id: UUID, *, region_id: int) -> Attempt | None:
    """The attempt that is under way."""
    row = models.Attempt.objects.filter(product_id=product_id, region_id=region_id, ended_at__isnull=True).first()
    return attempt_of(row) if row else None


def list_unfinished(region_id: int, *, before: datetime, limit: int = MOST_LISTED) -> tuple[Attempt, ...]:
    """Attempts that began before and of which nobody has said how they ended, oldest first."""
    rows = models.Attempt.objects.filter(region_id=region_id, ended_at__isnull=True, began_at__lt=before)
    return tuple(attempt_of(row) for row in rows.order_by("began_at", "id")[:limit])


def get_attempt(attempt_id: UUID, *, region_id: int) -> Attempt:
    """One attempt. Raises NotFound."""
    row = models.Attempt.objects.filter(id=attempt_id, region_id=region_id).first()
    if row is None:
        raise NotFound("attempt")
    return attempt_of(row)


def list_attempts(product_id: UUID, *, region_id: int) -> tuple[Attempt, ...]:
    """All attempts, first to last."""
    rows = models.Attempt.objects.filter(product_id=product_id, region_id=region_id).order_by("number")
    return tuple(attempt_of(row) for row in rows)


def list_heard(product_id: UUID, *, region_id: int) -> tuple[StatusHeard, ...]:
    """What the national system said, oldest first."""
    rows = models.StatusHeard.objects.filter(product_id=product_id, region_id=region_id).order_by("at", "id")
    return tuple(StatusHeard(row.at, row.raw, row.source, row.reference, row.said_on) for row in rows[:MOST_LISTED])
