"""Read applications: frozen, opened, only what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from adminduk.foundation import crypto
from adminduk.kernel.errors import NotFound
from adminduk.modules.applications.actions import context_of, status_index
from adminduk.modules.applications.models import Application, Correction, Event
from adminduk.modules.applications.states import FINISHED, OPEN, Kept, State
from adminduk.modules.applications.types import Case, CorrectionItem, Happened


def opened(row: Application) -> Case:
    """Decrypt a row."""

    def column(name: str, value: bytes | memoryview | None) -> dict[str, str]:
        return crypto.decrypt_json(value, context=context_of(row.id, name, row.region_id)) if value else {}

    return Case(
        id=row.id,
        region_id=row.region_id,
        owner_id=row.owner_id,
        number=row.number,
        service_id=row.service_id,
        release_id=row.release_id,
        state=State(row.state),
        is_matched=row.is_matched,
        needs_consent=row.needs_consent,
        subject_index=bytes(row.subject_index),
        kk_index=bytes(row.kk_index),
        subject=column("subject", row.subject),
        answers=column("answers", row.answers),
        facts=column("facts", row.facts),
        round=row.round,
        created_at=row.created_at,
        changed_at=row.changed_at,
        submitted_at=row.submitted_at,
        due_at=row.due_at,
        remaining_minutes=row.remaining_minutes,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        settles_at=row.settles_at,
        ends_at=row.ends_at,
        reason=row.reason,
    )


def get_case(application_id: UUID, *, lock: bool = False) -> Case:
    """One application that the actor may see; `lock` holds its row to the end of the transaction. Raises NotFound."""
    rows = Application.objects.filter(id=application_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotFound("application")
    return opened(row)


def list_of_owner(owner_id: UUID, *, regions: tuple[int, ...], limit: int = 50) -> tuple[Case, ...]:
    """A citizen's applications, newest first."""
    rows = Application.objects.filter(owner_id=owner_id, region_id__in=regions).order_by("-created_at")
    return tuple(opened(row) for row in rows[:limit])


def list_by_ids(application_ids: Iterable[UUID], *, region_id: int) -> dict[UUID, Case]:
    """Several applications of a region by id."""
    rows = Application.objects.filter(region_id=region_id, id__in=list(application_ids))
    return {row.id: opened(row) for row in rows}


def find_draft(owner_id: UUID, *, region_id: int, service_id: str, subject_index: bytes) -> Case | None:
    """The draft that this person already has for this service and subject."""
    row = Application.objects.filter(
        owner_id=owner_id, region_id=region_id, service_id=service_id, subject_index=subject_index, state=State.DRAFT
    ).first()
    return opened(row) if row else None


def find_open(owner_id: UUID, *, service_id: str, subject_index: bytes, regions: tuple[int, ...]) -> Case | None:
    """The owner's application for this service and subject that is under way, matched or not."""
    row = Application.objects.filter(
        region_id__in=regions, owner_id=owner_id, service_id=service_id, subject_index=subject_index, state__in=OPEN
    ).first()
    return opened(row) if row else None


def find_by_number(number: str, *, region_id: int) -> Case | None:
    """An officer's look-up when a citizen calls (the use case asks for a reason and records it)."""
    row = Application.objects.filter(number=number, region_id=region_id).exclude(state=State.DRAFT).first()
    return opened(row) if row else None


def list_unmatched_ids(region_id: int, *, limit: int = 200) -> tuple[UUID, ...]:
    """Sent applications whose subject the register has not confirmed yet, oldest first."""
    rows = Application.objects.filter(region_id=region_id, state=State.SUBMITTED, is_matched=False)
    return tuple(rows.order_by("submitted_at").values_list("id", flat=True)[:limit])


def list_ended_ids(region_id: int, *, now: datetime, limit: int = 200) -> tuple[UUID, ...]:
    """Drafts and corrections that nobody went on with in time."""
    rows = Application.objects.filter(region_id=region_id, ends_at__lt=now).order_by("ends_at")
    return tuple(rows.values_list("id", flat=True)[:limit])


def list_ids_to_remind(region_id: int, *, now: datetime, ahead: timedelta, limit: int = 200) -> tuple[UUID, ...]:
    """Drafts and corrections that end within `ahead` and whose owner was not told so yet."""
    rows = Application.objects.filter(region_id=region_id, ends_at__range=(now, now + ahead)).filter(
        Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("ends_at") - ahead)
    )
    return tuple(rows.order_by("ends_at").values_list("id", flat=True)[:limit])


def list_finished_ids(region_id: int, *, kept: Kept, before: datetime, limit: int = 200) -> tuple[UUID, ...]:
    """Finished applications of which so much is kept, and which have not moved since `before`."""
    rows = Application.objects.filter(region_id=region_id, kept=kept, state__in=FINISHED, changed_at__lt=before)
    return tuple(rows.order_by("changed_at").values_list("id", flat=True)[:limit])


def has_any(owner_id: UUID, *, regions: tuple[int, ...]) -> bool:
    """Whether an owner still has applications of which more than the frame is kept."""
    rows = Application.objects.filter(owner_id=owner_id, region_id__in=regions)
    return rows.exclude(kept=Kept.FRAME).exists()


def list_events(application_id: UUID, *, region_id: int, internal: bool) -> tuple[Happened, ...]:
    """What happened, oldest first; `internal` notes are for staff."""
    rows = Event.objects.filter(application_id=application_id, region_id=region_id)
    if not internal:
        rows = rows.filter(is_internal=False)
    return tuple(
        Happened(
            at=row.at,
            act=row.act,
            state=State(row.state),
            actor_kind=row.actor_kind,
            actor_id=row.actor_id,
            reason=row.reason,
            words=crypto.decrypt(row.words, context=f"applications_event|words|{row.id}|{region_id}").decode()
            if row.words
            else "",
            is_internal=row.is_internal,
        )
        for row in rows.order_by("at", "id")
    )


def list_corrections(application_id: UUID, *, region_id: int, round_number: int) -> tuple[CorrectionItem, ...]:
    """The items of one round."""
    rows = Correction.objects.filter(application_id=application_id, region_id=region_id, round=round_number)
    return tuple(
        CorrectionItem(
            kind=row.kind,
            item=row.item,
            reason=row.reason,
            words=crypto.decrypt(row.words, context=f"applications_correction|words|{row.id}|{region_id}").decode()
            if row.words
            else "",
            answered_at=row.answered_at,
        )
        for row in rows.order_by("id")
    )


def find_public(number: str, *, birth_date: str) -> tuple[UUID, int, UUID] | None:
    """(application, region, owner) by number and birth date together, for the status page without sign-in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_id, region_id, owner_id FROM sec.public_status(%s)", [status_index(number, birth_date)]
        )
        row = cursor.fetchone()
    return (row[0], row[1], row[2]) if row else None
