"""Write applications. Only `transition` writes a state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_one, run, run_later
from adminduk.foundation.ids import uuid7
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications.models import Application, Claim, Correction, Event
from adminduk.modules.applications.states import TRANSITIONS, Act, Kept, State
from adminduk.modules.applications.types import CorrectionItem

_NEW_DRAFT = """
INSERT INTO applications_application (id, region_id, owner_id, number, service_id, release_id, state, is_matched,
    needs_consent, subject_index, kk_index, subject, answers, facts, status_index, round, created_at, changed_at,
    ends_at, reason, kept)
VALUES (%(id)s, %(region)s, %(owner)s, %(number)s, %(service)s, %(release)s, 'draft', %(is_matched)s,
    %(needs_consent)s, %(subject_index)s, %(kk_index)s, %(subject)s, %(answers)s, %(facts)s, %(status_index)s, 0,
    %(at)s, %(at)s, %(ends)s, '', 'whole')
ON CONFLICT DO NOTHING"""


def context_of(application_id: UUID, column: str, region_id: int) -> str:
    """The place that an encrypted column of an application is bound to."""
    return f"applications_application|{column}|{application_id}|{region_id}"


def status_index(number: str, birth_date: str) -> bytes:
    """How the status page without sign-in finds a case: number and birth date together."""
    return crypto.blind_index(f"{number}|{birth_date}", purpose="status")


def create_draft(
    application_id: UUID,
    *,
    actor: Actor,
    region_id: int,
    number: str,
    service_id: str,
    release_id: str,
    subject: Mapping[str, str],
    indexes: tuple[bytes, bytes],
    facts: Mapping[str, Any],
    answers: Mapping[str, Any],
    is_matched: bool,
    needs_consent: bool,
    ends_at: datetime,
    at: datetime,
) -> None:
    """Begin an application. `indexes` are the blind indexes of the subject's NIK and No. KK.

    Raises DomainError("draft_exists") when the same person began the same before.
    """
    made = run(
        _NEW_DRAFT,
        {
            "id": application_id,
            "region": region_id,
            "owner": actor.id,
            "number": number,
            "service": service_id,
            "release": release_id,
            "is_matched": is_matched,
            "needs_consent": needs_consent,
            "subject_index": indexes[0],
            "kk_index": indexes[1],
            "subject": crypto.encrypt_json(dict(subject), context=context_of(application_id, "subject", region_id)),
            "answers": crypto.encrypt_json(dict(answers), context=context_of(application_id, "answers", region_id)),
            "facts": crypto.encrypt_json(dict(facts), context=context_of(application_id, "facts", region_id)),
            "status_index": status_index(number, subject["birth_date"]),
            "at": at,
            "ends": ends_at,
        },
    )
    if not made:
        raise DomainError("draft_exists")


def store_answers(
    application_id: UUID, *, region_id: int, answers: Mapping[str, Any], at: datetime, ends_at: datetime | None = None
) -> None:
    """Replace the answers (the caller holds the row; see queries.get_case with lock=True).

    `ends_at`: until when a draft, on which somebody just works, is kept.
    """
    run_later(
        "UPDATE applications_application SET answers = %(answers)s, changed_at = %(at)s,"
        " ends_at = CASE WHEN state = 'draft' THEN coalesce(%(ends)s, ends_at) ELSE ends_at END"
        " WHERE id = %(id)s AND region_id = %(region)s",
        {
            "answers": crypto.encrypt_json(dict(answers), context=context_of(application_id, "answers", region_id)),
            "at": at,
            "ends": ends_at,
            "id": application_id,
            "region": region_id,
        },
    )


def keep_draft(application_id: UUID, *, region_id: int, ends_at: datetime) -> None:
    """Somebody works on a draft: it is kept until `ends_at`."""
    run_later(
        "UPDATE applications_application SET ends_at = %s WHERE id = %s AND region_id = %s AND state = 'draft'",
        [ends_at, application_id, region_id],
    )


def set_due(application_id: UUID, *, region_id: int, due_at: datetime) -> None:
    """The office's clock runs until `due_at`."""
    run_later(
        "UPDATE applications_application SET due_at = %s WHERE id = %s AND region_id = %s",
        [due_at, application_id, region_id],
    )


def store_facts(application_id: UUID, *, region_id: int, facts: Mapping[str, Any]) -> None:
    """Replace what the register said."""
    sealed = crypto.encrypt_json(dict(facts), context=context_of(application_id, "facts", region_id))
    Application.objects.filter(id=application_id, region_id=region_id).update(facts=sealed)


def mark_matched(application_id: UUID, *, region_id: int) -> None:
    """The subject is confirmed by the register, or by an officer's comparison."""
    Application.objects.filter(id=application_id, region_id=region_id).update(is_matched=True)


def mark_consented(application_id: UUID, *, region_id: int) -> None:
    """The adult family member agreed with a code of his own."""
    Application.objects.filter(id=application_id, region_id=region_id).update(needs_consent=False)


def transition(
    application_id: UUID,
    act: Act,
    *,
    actor: Actor,
    region_id: int,
    at: datetime,
    reason: str = "",
    words: str = "",
    **changes: Any,
) -> State:
    """Move an application by the table of states.py, write the event, and set `changes` (dates of the clock).

    Raises DomainError("not_possible", state=…) when the table has no such move for this actor, "not_found" when there
    is no such application for him.
    """
    row = fetch_one(
        "SELECT owner_id, state FROM applications_application WHERE id = %s AND region_id = %s FOR UPDATE",
        [application_id, region_id],
    )
    if row is None:
        raise DomainError("not_found", what="application")
    owner_id, before = row
    state, kinds = TRANSITIONS.get((State(before), act), (None, frozenset()))
    if state is None or actor.kind not in kinds:
        raise DomainError("not_possible", state=before, act=act)
    columns = ", ".join(f"{name} = %({name})s" for name in ("state", "changed_at", "reason", *changes))
    run_later(
        f"UPDATE applications_application SET {columns} WHERE id = %(id)s AND region_id = %(region)s",  # noqa: S608
        changes | {"state": str(state), "changed_at": at, "reason": reason, "id": application_id, "region": region_id},
    )
    write_event(
        application_id,
        region_id=region_id,
        owner_id=owner_id,
        act=act,
        state=state,
        actor=actor,
        at=at,
        reason=reason,
        words=words,
    )
    return state


def write_event(
    application_id: UUID,
    *,
    region_id: int,
    owner_id: UUID,
    act: str,
    state: State,
    actor: Actor,
    at: datetime,
    reason: str = "",
    words: str = "",
    is_internal: bool = False,
) -> None:
    """Append what happened. `words` go to the citizen unless `is_internal`."""
    event_id = uuid7()
    sealed = (
        crypto.encrypt(words.encode(), context=f"applications_event|words|{event_id}|{region_id}") if words else None
    )
    run_later(
        "INSERT INTO applications_event (id, region_id, owner_id, application_id, at, act, state, actor_kind, actor_id,"
        " reason, words, is_internal) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            event_id, region_id, owner_id, application_id, at, str(act), str(state), str(actor.kind), actor.id,
            reason, sealed, is_internal,
        ],
    )  # fmt: skip


def claim(application_id: UUID, *, service_id: str, subject_index: bytes, region_id: int, owner_id: UUID) -> None:
    """Take the person's one open place for a service. Raises DomainError("already_open")."""
    taken = run(
        "INSERT INTO applications_claim (id, service_id, subject_index, application_id, region_id, owner_id)"
        " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [uuid7(), service_id, subject_index, application_id, region_id, owner_id],
    )
    if not taken:
        raise DomainError("already_open")


def release_claim(application_id: UUID) -> None:
    """The application is no longer open."""
    Claim.objects.filter(application_id=application_id).delete()


def ask_corrections(
    application_id: UUID, *, region_id: int, owner_id: UUID, round_number: int, items: tuple[CorrectionItem, ...]
) -> None:
    """Write all items of one round; they are read in this order."""
    ids = sorted(uuid7() for _ in items)  # within a millisecond they have no order of their own
    for correction_id, item in zip(ids, items, strict=True):
        context = f"applications_correction|words|{correction_id}|{region_id}"
        Correction(
            id=correction_id,
            region_id=region_id,
            owner_id=owner_id,
            application_id=application_id,
            round=round_number,
            kind=item.kind,
            item=item.item,
            reason=item.reason,
            words=crypto.encrypt(item.words.encode(), context=context) if item.words else None,
        ).save(force_insert=True)


def answer_correction(application_id: UUID, *, round_number: int, kind: str, item: str, at: datetime) -> None:
    """The citizen mended one item (again)."""
    Correction.objects.filter(application_id=application_id, round=round_number, kind=kind, item=item).update(
        answered_at=at
    )


def forget_corrections(application_id: UUID, *, round_number: int) -> None:
    """Undo within ten seconds: the request was never made."""
    Correction.objects.filter(application_id=application_id, round=round_number).delete()


def note_reminder(application_id: UUID, *, region_id: int, at: datetime, ends_at: datetime) -> None:
    """The owner was reminded that a draft or a correction ends at `ends_at`."""
    Application.objects.filter(id=application_id, region_id=region_id).update(reminded_at=at, ends_at=ends_at)


def thin_case(application_id: UUID, *, region_id: int, facts: Mapping[str, Any]) -> None:
    """Retention, first step: of what the register said only `facts` stay (the status needs them)."""
    store_facts(application_id, region_id=region_id, facts=facts)
    Application.objects.filter(id=application_id, region_id=region_id).update(kept=Kept.THIN)


def empty_case(application_id: UUID, *, region_id: int) -> None:
    """Retention, last step: remove answers, facts and all words; number, states and dates stay for the statistics."""
    empty = {
        column: crypto.encrypt_json({}, context=context_of(application_id, column, region_id))
        for column in ("subject", "answers", "facts")
    }
    Application.objects.filter(id=application_id, region_id=region_id).update(ends_at=None, kept=Kept.FRAME, **empty)
    Correction.objects.filter(application_id=application_id).exclude(words=None).update(words=None)
    Event.objects.filter(application_id=application_id).exclude(words=None).update(words=None)
