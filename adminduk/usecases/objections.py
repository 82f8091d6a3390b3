"""After a refusal or an end: object once, or apply anew with what was filled in before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adminduk.catalogue.conditions import Answer
from adminduk.catalogue.release import Release
from adminduk.foundation import clock
from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Problem, Unavailable
from adminduk.kernel.identifiers import Nik, RegionCode
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act, State
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import actions as pages
from adminduk.modules.documents import origins
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents.origin import Origin
from adminduk.modules.documents.ports import RewrittenPage
from adminduk.modules.documents.types import NewPage, StoredPage
from adminduk.modules.releases import queries as releases
from adminduk.usecases import apply, check_documents, notify
from adminduk.usecases.attach import store
from adminduk.usecases.case_record import record
from adminduk.usecases.entitlement import refuse_not_entitled
from adminduk.usecases.outside import catalogue, storage
from adminduk.usecases.subject import read_subject, token_of

LONGEST_WORDS = 1000
_ENDED = frozenset({State.REFUSED, State.WITHDRAWN, State.CLOSED})
Copies = tuple[tuple[StoredPage, NewPage], ...]


def object_to_refusal(actor: Actor, application_id: UUID, *, words: str, key: str) -> UUID:
    """Ask the head of office to look again, once, with the citizen's own words. The office's clock begins anew.

    Raises NotFound; DomainError: answer_needed or answer_too_long (problem at "words"), objected_already,
    already_open (a new application is under way), not_possible.
    """
    text = words.strip()
    if not text or len(text) > LONGEST_WORDS:
        code = "answer_too_long" if text else "answer_needed"
        problem = Problem(code, "words", {"count": len(text), "limit": LONGEST_WORDS})
        raise DomainError(code, problems=(problem,))
    return UUID(once(actor, key, lambda: str(_object(actor, application_id, words=text, at=clock.now()))))


def _object(actor: Actor, application_id: UUID, *, words: str, at: datetime) -> UUID:
    case = cases.get_case(application_id, lock=True)
    if case.state is State.REFUSED and case.settles_at and case.settles_at > at:
        raise DomainError("not_possible", state=State.SUBMITTED, act=Act.OBJECT)  # it may still be undone
    events = cases.list_events(case.id, region_id=case.region_id, internal=False)
    if any(event.act == Act.OBJECT for event in events):
        if case.state is State.SUBMITTED:
            return case.id  # another tab was quicker
        raise DomainError("objected_already")
    applications.transition(
        case.id,
        Act.OBJECT,
        actor=actor,
        region_id=case.region_id,
        at=at,
        words=words,
        decided_at=None,
        decided_by=None,
        settles_at=None,
    )
    if case.is_matched:
        apply.claim(case)
    apply.queue_for_review(case, at, is_escalated=True)
    notify.tell("objection_received", case=case, at=at)
    record("case.object", case, actor=actor, at=at)
    return case.id


def apply_anew(actor: Actor, application_id: UUID, *, key: str) -> UUID:
    """Begin again after an end, with the answers and pages of before; statements have to be made anew.

    The definition that holds now applies, and the register is asked again. Returns the draft's id. Raises as
    `apply.start` does, NotFound, DomainError("not_possible") while the old one is under way.
    """
    with acting_as(actor):
        old = cases.get_case(application_id)
        before = documents.list_pages(old.id, region_id=old.region_id)
        told = origins.list_of_application(old.id, region_id=old.region_id)
    if old.state not in _ENDED or not old.subject:  # an emptied case has nothing to go on with
        raise DomainError("not_possible", state=old.state, act="apply_anew")
    beginning = _beginning(actor, old)
    copies = _copied(old, before, told)
    here = apply.acting_in(actor, beginning.region.code)
    return UUID(once(here, key, lambda: str(_begin_anew(here, beginning, copies))))


def _beginning(actor: Actor, old: Case) -> apply.Beginning:
    region = apply.joined_region(RegionCode.from_number(old.region_id))
    today = clock.today(region.time_zone)
    member = token_of(Nik.parse(old.subject["nik"]))
    subject = read_subject(actor, region=region.code, member=member, today=today)
    release = catalogue().release(old.service_id, region.code, today)
    answers = release.prune(_without_statements(old, release), subject.facts)
    refuse_not_entitled(release, answers, subject.facts, today)
    return apply.Beginning(release, region, subject, answers, clock.now())


def _without_statements(old: Case, release: Release) -> dict[str, Answer]:
    stated = {q.id for group in release.groups for q in group.questions if q.type == "statement"}
    return {key: value for key, value in old.answers.items() if key not in stated}


def _copied(old: Case, before: tuple[StoredPage, ...], told: Mapping[UUID, Origin]) -> Copies:
    """New objects for the pages of before: an object belongs to one application. A page that is gone is left out."""
    copies: list[tuple[StoredPage, NewPage]] = []
    for page in before:
        try:
            pictures = [
                pages.unseal(storage().get(name), object_key=name, region_id=page.region_id)
                for name in (page.object_key, page.preview_key)
            ]
            same = RewrittenPage(pictures[0], page.width, page.height, pictures[1])
            copy = replace(store(same, case=old, kind=page.kind), cheap=page.cheap, origin=told.get(page.id))
        except (DomainError, Unavailable):
            continue
        copies.append((page, copy))
    return tuple(copies)


def _begin_anew(actor: Actor, beginning: apply.Beginning, copies: Copies) -> UUID:
    application_id = apply.begin(actor, beginning)
    draft = cases.get_case(application_id, lock=True)
    if documents.count_pages(draft.id, region_id=draft.region_id):
        return draft.id  # a draft of before has its own pages
    release = releases.get_release(draft.release_id)
    asked = {item.id: item for item in release.requirements(draft.answers, draft.facts_on(apply.local_day(draft)))}
    for page, copy in copies:
        requirement = asked.get(page.requirement)
        if requirement and page.kind in requirement.kinds:
            added = pages.add_pages(
                draft.id,
                region_id=draft.region_id,
                owner_id=draft.owner_id,
                requirement=(page.requirement, page.kind),
                pages=(copy,),
                max_pages=requirement.max_pages,
                at=beginning.at,
            )
            check_documents.enqueue(added, region_id=draft.region_id)
    return draft.id
