"""Read applications: frozen, opened, only what the actor may see."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from adminduk.foundation import crypto
from adminduk.foundation.database.prepared import Question
from adminduk.foundation.database.statements import fetch, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.applications.actions import context_of, status_index
from adminduk.modules.applications.models import Application
from adminduk.modules.applications.states import FINISHED, OPEN, Act, Kept, State
from adminduk.modules.applications.types import Case, CorrectionItem, Happened

_COLUMNS = tuple(field.name for field in fields(Case))  # a Case has the names of the table's columns
_CASE = f"SELECT {', '.join(_COLUMNS)} FROM applications_application"  # noqa: S608 - names stand in types.py
_EVENTS = """
SELECT id, region_id, words, state, at, act, actor_kind, actor_id, reason, is_internal FROM applications_event
WHERE application_id = %(application)s AND region_id = ANY (%(regions)s) AND (%(internal)s OR NOT is_internal)
ORDER BY at, id"""
_CORRECTIONS = """
SELECT id, words, answered_at, kind, item, reason FROM applications_correction
WHERE application_id = %s AND region_id = %s AND round = %s ORDER BY id"""
_SEALED = ("subject", "answers", "facts")


def opened(row: Application) -> Case:
    """Decrypt a row."""
    return _opened(tuple(getattr(row, name) for name in _COLUMNS))


def _opened(row: tuple[Any, ...]) -> Case:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name in _SEALED:
        context = context_of(values["id"], name, values["region_id"])
        values[name] = crypto.decrypt_json(values[name], context=context) if values[name] else {}
    values["state"] = State(values["state"])
    values["subject_index"], values["kk_index"] = bytes(values["subject_index"]), bytes(values["kk_index"])
    return Case(**values)


def _one_case(rows: list[tuple[Any, ...]]) -> Case:
    if not rows:
        raise NotFound("application")
    return _opened(rows[0])


def case_of(application_id: UUID) -> Question[Case]:
    """`get_case`, to be asked with others."""
    return Question(f"{_CASE} WHERE id = %(id)s", {"id": application_id}, _one_case)


def _find(condition: str, values: dict[str, Any]) -> Case | None:
    row = fetch_one(f"{_CASE} WHERE {condition}", values)  # conditions stand in this file
    return _opened(row) if row else None


def get_case(application_id: UUID, *, lock: bool = False) -> Case:
    """One application that the actor may see; `lock` holds its row to the end of the transaction. Raises NotFound."""
    case = _find("id = %(id)s FOR UPDATE" if lock else "id = %(id)s", {"id": application_id})
    if case is None:
        raise NotFound("application")
    return case


def list_of_owner(owner_id: UUID, *, regions: tuple[int, ...], limit: int = 50) -> tuple[Case, ...]:
    """A citizen's applications, newest first."""
    rows = Application.objects.filter(owner_id=owner_id, region_id__in=regions).order_by("-created_at")
    return tuple(opened(row) for row in rows[:limit])


def find_draft(owner_id: UUID, *, region_id: int, service_id: str, subject_index: bytes) -> Case | None:
    """The draft that this person already has for this service and subject."""
    return _find(
        "owner_id = %(owner)s AND region_id = %(region)s AND service_id = %(service)s"
        " AND subject_index = %(subject)s AND state = 'draft'",
        {"owner": owner_id, "region": region_id, "service": service_id, "subject": subject_index},
    )


def find_open(owner_id: UUID, *, service_id: str, subject_index: bytes, regions: tuple[int, ...]) -> Case | None:
    """The owner's application for this service and subject that is under way, matched or not.

    An approved one counts until retention has thinned it.
    """
    return _find(
        "region_id = ANY (%(regions)s) AND owner_id = %(owner)s AND service_id = %(service)s"
        " AND subject_index = %(subject)s AND state = ANY (%(open)s) AND kept = 'whole' LIMIT 1",
        {
            "regions": list(regions),
            "owner": owner_id,
            "service": service_id,
            "subject": subject_index,
            "open": [str(state) for state in OPEN],
        },
    )


def find_by_number(number: str, *, region_id: int) -> Case | None:
    """An officer's look-up when a citizen calls (the use case asks for a reason and records it)."""
    row = Application.objects.filter(number=number, region_id=region_id).exclude(state=State.DRAFT).first()
    return opened(row) if row else None


def list_unmatched_ids(region_id: int, *, limit: int = 200) -> tuple[UUID, ...]:
    """Sent applications that wait for the register to confirm their subject, oldest first.

    What is due at some moment lies with an officer, who compares.
    """
    rows = Application.objects.filter(region_id=region_id, state=State.SUBMITTED, is_matched=False, due_at__isnull=True)
    return tuple(rows.order_by("submitted_at").values_list("id", flat=True)[:limit])


def list_ended_ids(region_id: int, *, now: datetime, ahead: timedelta, limit: int = 200) -> tuple[UUID, ...]:
    """Drafts and corrections that nobody went on with in time, although their owners were reminded."""
    rows = Application.objects.filter(region_id=region_id, ends_at__lt=now).filter(~_not_reminded(ahead))
    return tuple(rows.order_by("ends_at").values_list("id", flat=True)[:limit])


def list_ids_to_remind(region_id: int, *, now: datetime, ahead: timedelta, limit: int = 200) -> tuple[UUID, ...]:
    """Drafts and corrections that end within `ahead`, or should have ended, and whose owner was not told so yet."""
    rows = Application.objects.filter(region_id=region_id, ends_at__lte=now + ahead).filter(_not_reminded(ahead))
    return tuple(rows.order_by("ends_at").values_list("id", flat=True)[:limit])


def _not_reminded(ahead: timedelta) -> Q:
    return Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("ends_at") - ahead)


def list_finished_ids(
    region_id: int, *, kept: Kept, before: datetime, but_not: Set[UUID], limit: int = 200
) -> tuple[UUID, ...]:
    """Finished applications of which so much is kept, and which have not moved since `before`.

    `but_not` may be longer than a statement may have values.
    """
    rows = Application.objects.filter(region_id=region_id, kept=kept, state__in=FINISHED, changed_at__lt=before)
    first = rows.order_by("changed_at").values_list("id", flat=True)[: limit + len(but_not)]
    return tuple(one for one in first if one not in but_not)[:limit]


def has_any(owner_id: UUID, *, regions: tuple[int, ...]) -> bool:
    """Whether an owner still has applications of which more than the frame is kept."""
    rows = Application.objects.filter(owner_id=owner_id, region_id__in=regions)
    return rows.exclude(kept=Kept.FRAME).exists()


def list_events(application_id: UUID, *, region_id: int, internal: bool) -> tuple[Happened, ...]:
    """What happened, oldest first; `internal` notes are for staff."""
    return fetch(events_of(application_id, regions=(region_id,), internal=internal))


def events_of(application_id: UUID, *, regions: tuple[int, ...], internal: bool) -> Question[tuple[Happened, ...]]:
    """`list_events`, to be asked with others, by one who does not know yet in which of his regions it lies."""
    values = {"application": application_id, "regions": list(regions), "internal": internal}
    return Question(_EVENTS, values, lambda rows: tuple(_happened(*row) for row in rows))


def _happened(event_id: UUID, region_id: int, words: bytes | None, state: str, *rest: Any) -> Happened:
    context = f"applications_event|words|{event_id}|{region_id}"
    at, act, actor_kind, actor_id, reason, is_internal = rest
    return Happened(
        at=at,
        act=act,
        state=State(state),
        actor_kind=actor_kind,
        actor_id=actor_id,
        reason=reason,
        words=crypto.decrypt(words, context=context).decode() if words else "",
        is_internal=is_internal,
    )


def was_objected(application_id: UUID, *, region_id: int) -> bool:
    """Whether its owner objected to a refusal: then it is the head of office's, not of who refused it."""
    events = list_events(application_id, region_id=region_id, internal=False)
    return any(event.act == Act.OBJECT for event in events)


def list_corrections(application_id: UUID, *, region_id: int, round_number: int) -> tuple[CorrectionItem, ...]:
    """The items of one round."""
    return fetch(corrections_of(application_id, region_id=region_id, round_number=round_number))


def corrections_of(application_id: UUID, *, region_id: int, round_number: int) -> Question[tuple[CorrectionItem, ...]]:
    """`list_corrections`, to be asked with others."""
    values = [application_id, region_id, round_number]
    return Question(_CORRECTIONS, values, lambda rows: tuple(_asked_for(region_id, *row) for row in rows))


def _asked_for(
    region_id: int, item_id: UUID, words: bytes | None, answered_at: datetime | None, *rest: str
) -> CorrectionItem:
    kind, item, reason = rest
    context = f"applications_correction|words|{item_id}|{region_id}"
    return CorrectionItem(
        kind=kind,
        item=item,
        reason=reason,
        words=crypto.decrypt(words, context=context).decode() if words else "",
        answered_at=answered_at,
    )


def find_public(number: str, *, birth_date: str) -> tuple[UUID, int, UUID] | None:
    """(application, region, owner) by number and birth date together, for the status page without sign-in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_id, region_id, owner_id FROM sec.public_status(%s)", [status_index(number, birth_date)]
        )
        row = cursor.fetchone()
    return (row[0], row[1], row[2]) if row else None
