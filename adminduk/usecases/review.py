"""An officer's desk: take the oldest case, look at it, give it back. Decisions stand in review_decisions.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adminduk.catalogue.release import Release
from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case, CorrectionItem, Happened
from adminduk.modules.audit import actions as audit
from adminduk.modules.documents import examined
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents.examined import Examined
from adminduk.modules.documents.types import StoredPage
from adminduk.modules.notifications import queries as notifications
from adminduk.modules.notifications.types import PlannedMessage
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import StaffMember
from adminduk.modules.releases import queries as releases
from adminduk.modules.workqueue import actions as workqueue
from adminduk.modules.workqueue import queries as queue
from adminduk.modules.workqueue.types import Waiting
from adminduk.usecases.case_record import record

DECIDERS = frozenset({ActorKind.OFFICER, ActorKind.HEAD})
LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """All that the desk shows of one case. `waiting` is None when it is not the office's turn (the head looks back)."""

    case: Case
    release: Release
    waiting: Waiting | None
    is_mine: bool
    me: StaffMember
    pages: tuple[StoredPage, ...]
    examined: Examined
    events: tuple[Happened, ...]
    messages: tuple[PlannedMessage, ...]
    corrections: tuple[CorrectionItem, ...]


def take_next(actor: Actor, *, at: datetime) -> UUID | None:
    """Hold the oldest free case for half an hour; None when nothing waits. Nobody picks.

    It takes no key: whoever holds a case gets that one again, and whoever gave it back meanwhile gets the next. Cases
    of the officer's own family never come to him; what was escalated comes to the head of office first.
    """
    region_id = region_of_decider(actor)
    with acting_as(actor):
        me = offices.get_member(actor.id, region_id=region_id)
        taken = workqueue.take_next(
            region_id=region_id,
            officer_id=actor.id,
            at=at,
            own_kk_index=me.kk_index,
            is_head=actor.kind is ActorKind.HEAD,
        )
        if taken is not None:
            audit.record("case.take", actor=actor, at=at, region_id=region_id, about=("application", taken))
    return taken


def hold_on(actor: Actor, application_id: UUID, *, at: datetime) -> None:
    """The officer is still at it: the hold begins anew. Raises DomainError("not_holding")."""
    region_id = region_of_decider(actor)
    with acting_as(actor):
        workqueue.hold_on(application_id, region_id=region_id, officer_id=actor.id, at=at)


def hand_back(actor: Actor, application_id: UUID, *, key: str, at: datetime) -> None:
    """Let the case go to whoever asks next; an objection stays with the head of office.

    Raises DomainError("not_holding"), NotFound.
    """
    once(actor, key, lambda: _let_go(actor, application_id, words="", is_escalated=False, at=at))


def escalate(actor: Actor, application_id: UUID, *, words: str, key: str, at: datetime) -> None:
    """Give the case up to the head of office. Raises DomainError: not_holding, words_missing, words_long."""
    said = checked_words(words, needed=True)
    once(actor, key, lambda: _let_go(actor, application_id, words=said, is_escalated=True, at=at))


def add_note(actor: Actor, application_id: UUID, *, words: str, key: str, at: datetime) -> None:
    """Write a note that only the office reads. Raises DomainError: not_holding, words_missing, words_long."""
    said = checked_words(words, needed=True)

    def act() -> str:
        case = held_case(actor, application_id, at=at)
        write_internal("note", case, actor=actor, words=said, at=at)
        record("case.note", case, actor=actor, at=at)
        return ""

    once(actor, key, act)


def open_case(actor: Actor, application_id: UUID, *, at: datetime) -> OpenedCase:
    """Read a case that the actor holds, or any of the office for its head; the look is recorded and the hold goes on.

    Raises DomainError("not_holding") when the hold has ended; NotFound for anything else that is not his to see.
    """
    region_id = region_of_decider(actor)
    with acting_as(actor):
        case, me, waiting = _readable(actor, application_id, at=at)
        is_mine = holds(waiting, actor, at=at)
        if is_mine:
            workqueue.hold_on(case.id, region_id=region_id, officer_id=actor.id, at=at)
        record("case.read", case, actor=actor, at=at, reason="pemeriksaan" if is_mine else "pengawasan")
        pages = documents.list_pages(case.id, region_id=region_id)
        return OpenedCase(
            case=case,
            release=releases.get_release(case.release_id),
            waiting=waiting,
            is_mine=is_mine,
            me=me,
            pages=pages,
            examined=examined.find(pages),
            events=cases.list_events(case.id, region_id=region_id, internal=True),
            messages=notifications.list_of_application(case.id, region_id=region_id),
            corrections=cases.list_corrections(case.id, region_id=region_id, round_number=case.round),
        )


# --- shared by the acts of review -----------------------------------------------------------------------------------


def region_of_decider(actor: Actor) -> int:
    """The one region of an officer or head. Raises NotFound for everybody else."""
    if actor.kind not in DECIDERS:
        raise NotFound("application")
    (region_id,) = actor.regions
    return region_id


def holds(waiting: Waiting | None, actor: Actor, *, at: datetime) -> bool:
    """Whether the actor holds the case now."""
    return (
        waiting is not None
        and waiting.holder_id == actor.id
        and waiting.held_until is not None
        and waiting.held_until > at
    )


def readable_case(actor: Actor, application_id: UUID, *, at: datetime) -> Case:
    """A case whose data the actor may read, inside his transaction.

    An officer reads what he holds, the head all of the office; nobody his own family's. Raises NotFound, and
    DomainError("not_holding") to an officer whose case waits again.
    """
    case, _, _ = _readable(actor, application_id, at=at)
    return case


def _readable(actor: Actor, application_id: UUID, *, at: datetime) -> tuple[Case, StaffMember, Waiting | None]:
    region_id = region_of_decider(actor)
    case = cases.get_case(application_id)
    if case.region_id != region_id or case.state is State.DRAFT:
        raise NotFound("application")
    me = offices.get_member(actor.id, region_id=region_id)
    if me.kk_index == case.kk_index:
        raise NotFound("application")
    waiting = queue.find_waiting(case.id, region_id=region_id)
    if actor.kind is not ActorKind.HEAD and not holds(waiting, actor, at=at):
        raise DomainError("not_holding")
    return case, me, waiting


def is_own_family(actor: Actor, case: Case) -> bool:
    """Whether the case is of the family that the office has noted for this member of its staff."""
    return offices.get_member(actor.id, region_id=case.region_id).kk_index == case.kk_index


def refuse_own_family(actor: Actor, case: Case) -> None:
    """At the station and at the counter a colleague serves one's own family. Raises DomainError("own_family")."""
    if is_own_family(actor, case):
        raise DomainError("own_family")


def held_case(actor: Actor, application_id: UUID, *, at: datetime) -> Case:
    """The case with its row locked, if the actor holds it. Raises NotFound, DomainError("not_holding")."""
    region_id = region_of_decider(actor)
    case = cases.get_case(application_id, lock=True)
    if case.region_id != region_id or case.state is State.DRAFT or is_own_family(actor, case):
        raise NotFound("application")
    if not holds(queue.find_waiting(case.id, region_id=region_id), actor, at=at):
        raise DomainError("not_holding")
    return case


def checked_words(words: str, *, needed: bool) -> str:
    """What an officer wrote, trimmed. Raises DomainError: words_missing, words_long (limit)."""
    said = words.strip()
    if needed and not said:
        raise DomainError("words_missing")
    if len(said) > LONGEST_WORDS:
        raise DomainError("words_long", limit=LONGEST_WORDS)
    return said


def write_internal(act: str, case: Case, *, actor: Actor, words: str, at: datetime) -> None:
    """Append something to the case's history that only the office reads."""
    applications.write_event(
        case.id,
        region_id=case.region_id,
        owner_id=case.owner_id,
        act=act,
        state=case.state,
        actor=actor,
        at=at,
        words=words,
        is_internal=True,
    )


def _let_go(actor: Actor, application_id: UUID, *, words: str, is_escalated: bool, at: datetime) -> str:
    case = held_case(actor, application_id, at=at)
    for_head = is_escalated or cases.was_objected(case.id, region_id=case.region_id)
    workqueue.hand_back(case.id, region_id=case.region_id, officer_id=actor.id, is_escalated=for_head)
    act = "escalate" if is_escalated else "hand_back"
    write_internal(act, case, actor=actor, words=words, at=at)
    record(f"case.{act}", case, actor=actor, at=at)
    return ""
