"""Take a decision back within ten seconds: as if it had never been made, the case lies on the same desk again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act, State
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import words
from adminduk.modules.notifications import actions as notifications
from adminduk.modules.workqueue import actions as workqueue
from adminduk.usecases.apply import claim, local_day
from adminduk.usecases.case_record import record
from adminduk.usecases.review import region_of_decider

_DECIDED = frozenset({State.APPROVED, State.REFUSED, State.CORRECTION})


def undo(actor: Actor, application_id: UUID, *, key: str, at: datetime) -> None:
    """Undo the actor's own last decision. Raises NotFound for others' cases; DomainError: undo_too_late, already_open.

    Messages that were planned are cancelled, items to mend deleted, the claim is taken back, and the case is held by
    the same officer at its old place in the queue.
    """
    once(actor, key, lambda: _undo(actor, application_id, at=at))


def _undo(actor: Actor, application_id: UUID, *, at: datetime) -> str:
    region_id = region_of_decider(actor)
    case = cases.get_case(application_id, lock=True)
    if case.region_id != region_id or case.decided_by != actor.id:
        raise NotFound("application")
    if case.state not in _DECIDED or case.decided_at is None or case.settles_at is None or at >= case.settles_at:
        raise DomainError("undo_too_late")
    if not notifications.cancel_planned(case.id, region_id=region_id, after=case.decided_at):
        raise DomainError("undo_too_late")  # the message has left
    words.untally(case.id, region_id=region_id, day=local_day(case), at=case.decided_at)
    if case.state is State.CORRECTION:
        applications.forget_corrections(case.id, round_number=case.round)
    if case.state is State.REFUSED and case.is_matched:
        claim(case)
    applications.transition(
        case.id,
        Act.UNDO,
        actor=actor,
        region_id=region_id,
        at=at,
        decided_at=None,
        decided_by=None,
        settles_at=None,
        remaining_minutes=None,
        ends_at=None,
        round=case.round - (case.state is State.CORRECTION),
    )
    workqueue.hand_back_all(actor.id, region_id=region_id)  # the next one, taken meanwhile
    _put_back(actor, case, at=at)
    record("case.undo", case, actor=actor, at=at)
    return ""


def _put_back(actor: Actor, case: Case, *, at: datetime) -> None:
    workqueue.enqueue(
        case.id,
        region_id=case.region_id,
        owner_id=case.owner_id,
        queued_at=case.submitted_at or at,
        due_at=case.due_at or at,
        kk_index=case.kk_index,
        is_escalated=_was_escalated(case),
    )
    workqueue.retake(case.id, region_id=case.region_id, officer_id=actor.id, at=at)


def _was_escalated(case: Case) -> bool:
    """Whether the case had been given up to the head of office when it was decided."""
    events = cases.list_events(case.id, region_id=case.region_id, internal=True)
    moves = [event.act for event in events if event.act in ("escalate", "hand_back", Act.OBJECT, Act.RESUBMIT)]
    return Act.OBJECT in moves or moves[-1:] == ["escalate"]  # an objection stays with the head
