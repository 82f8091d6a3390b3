"""The citizen mends what an officer asked for, item by item, and sends it back to its first place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from adminduk.catalogue.conditions import Answer
from adminduk.catalogue.release import Release
from adminduk.foundation import clock
from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act, State
from adminduk.modules.applications.types import Case, CorrectionItem
from adminduk.modules.documents import queries as documents
from adminduk.modules.releases import queries as releases
from adminduk.modules.workqueue import actions as workqueue
from adminduk.usecases import notify
from adminduk.usecases.apply import Raw, local_day, region_of
from adminduk.usecases.calendar import calendar_of
from adminduk.usecases.case_record import record

QUESTION = "question"


def answer_group(actor: Actor, application_id: UUID, *, group_id: str, raw: Raw) -> tuple[Problem, ...]:
    """Answer the questions of a group that an officer asked to mend, and those that the new answers open.

    Everything else in the group stays as it was, whatever was sent. Nothing is stored while something is wrong; the
    problems are returned. Raises NotFound, DomainError("not_open") when nothing of the group is asked.
    """
    with acting_as(actor):
        case = cases.get_case(application_id, lock=True)
        if case.state is not State.CORRECTION:
            raise DomainError("not_open")
        release = releases.get_release(case.release_id)
        asked = asked_questions(release, group_id, _items(case))
        if not asked:
            raise DomainError("not_open")
        clean, problems = check_again(release, case, group_id=group_id, asked=asked, raw=raw)
        if not problems:
            _keep(actor, case, clean, asked)
    return problems


def asked_questions(release: Release, group_id: str, items: tuple[CorrectionItem, ...]) -> frozenset[str]:
    """The questions of a group that are to be mended. Raises NotFound for no such group."""
    members = release.screening if group_id == "screening" else release.group(group_id).questions
    return frozenset({question.id for question in members} & {item.item for item in items if item.kind == QUESTION})


def check_again(
    release: Release, case: Case, *, group_id: str, asked: frozenset[str], raw: Raw
) -> tuple[dict[str, Answer], tuple[Problem, ...]]:
    """Clean the group with `raw` where it may change: what is to be mended, and what has no answer yet."""
    kept = {key: as_typed(value) for key, value in case.answers.items() if key not in asked}
    typed = {**raw, **kept}
    return release.check_answers(group_id, typed, case.answers, case.facts_on(local_day(case)))


def as_typed(answer: Answer) -> str | list[str]:
    """A clean answer as a form would send it."""
    if isinstance(answer, list):
        return answer
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


def resubmit(actor: Actor, application_id: UUID, *, key: str) -> UUID:
    """Send the mended application back: first place in the queue as before, the stopped clock goes on.

    Twice is harmless. Raises NotFound, DomainError: not_complete (problems name what is still open), not_possible.
    """
    return UUID(once(actor, key, lambda: str(_resubmit(actor, application_id, at=clock.now()))))


def _resubmit(actor: Actor, application_id: UUID, *, at: datetime) -> UUID:
    case = cases.get_case(application_id, lock=True)
    if case.state is State.SUBMITTED and case.round:
        return case.id  # another tab was quicker
    if case.state is State.CORRECTION:
        _refuse_open_items(case)
    due_at = calendar_of(region_of(case)).add_minutes(at, case.remaining_minutes or 0)
    applications.transition(
        case.id,
        Act.RESUBMIT,
        actor=actor,
        region_id=case.region_id,
        at=at,
        due_at=due_at,
        remaining_minutes=None,
        ends_at=None,
        decided_at=None,
        decided_by=None,
        settles_at=None,
    )
    workqueue.enqueue(
        case.id,
        region_id=case.region_id,
        owner_id=case.owner_id,
        queued_at=case.submitted_at or at,
        due_at=due_at,
        kk_index=case.kk_index,
        is_escalated=cases.was_objected(case.id, region_id=case.region_id),
    )
    notify.tell("correction_received", case=case, at=at, expected=due_at)
    record("case.resend", case, actor=actor, at=at)
    return case.id


def _refuse_open_items(case: Case) -> None:
    release, facts = releases.get_release(case.release_id), case.facts_on(local_day(case))
    items = _items(case)
    problems = [Problem(f"{item.kind}_open", item.item) for item in items if item.answered_at is None]
    mended = {group.id for group in release.groups if asked_questions(release, group.id, items)}
    open_groups = [group for group in release.open_groups(case.answers, facts) if group in mended]
    problems += [Problem("group_open", group) for group in open_groups]
    pages = documents.count_pages(case.id, region_id=case.region_id)
    lacking = release.lacking_documents(case.answers, facts, pages)
    problems += [Problem("document_open", document.id) for document in lacking]
    if problems:
        raise DomainError("not_complete", problems=tuple(problems))


def _items(case: Case) -> tuple[CorrectionItem, ...]:
    return cases.list_corrections(case.id, region_id=case.region_id, round_number=case.round)


def _keep(actor: Actor, case: Case, clean: Mapping[str, Answer], asked: frozenset[str]) -> None:
    """Answers that the register's facts have made needless since stay: an officer compares them."""
    at = clock.now()
    kept = {key: value for key, value in case.answers.items() if key not in asked}
    applications.store_answers(case.id, region_id=case.region_id, answers={**kept, **clean}, at=at)
    for question_id in asked:
        applications.answer_correction(case.id, round_number=case.round, kind=QUESTION, item=question_id, at=at)
    record("case.answer", case, actor=actor, at=at)
