"""A citizen applies: begins, answers group by group, sends. Read downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from adminduk.catalogue.conditions import Answer
from adminduk.catalogue.region_schema import Region
from adminduk.catalogue.release import Release
from adminduk.foundation import clock
from adminduk.foundation.idempotency import once
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import DomainError, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act, State
from adminduk.modules.applications.types import Case
from adminduk.modules.audit import actions as audit
from adminduk.modules.documents import queries as documents
from adminduk.modules.releases import actions as release_rows
from adminduk.modules.releases import queries as releases
from adminduk.modules.workqueue import actions as workqueue
from adminduk.usecases import notify
from adminduk.usecases.calendar import calendar_of
from adminduk.usecases.case_record import record
from adminduk.usecases.entitlement import refuse_not_entitled
from adminduk.usecases.outside import catalogue
from adminduk.usecases.subject import Subject, match_again, read_subject

DRAFT_LIFETIME = timedelta(days=30)
SCREENING = "screening"
Raw = Mapping[str, str | list[str]]


# --- begin ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a draft begins with."""

    release: Release
    region: Region
    subject: Subject
    answers: Mapping[str, Answer]
    at: datetime


def start(actor: Actor, *, service_id: str, region: RegionCode, screening: Raw, member: str = "", key: str) -> UUID:
    """Begin an application for oneself, or for a member of one's family by his token; the same again goes on.

    Raises NotEntitled with the reasons when the law says no for certain; NotFound for a stranger; DomainError:
    region_not_joined, screening_open (problems), already_open (application: the one under way), family_unknown.
    """
    place = joined_region(region)
    today = clock.today(place.time_zone)
    subject = read_subject(actor, region=region, member=member, today=today)
    release = catalogue().release(service_id, region, today)
    answers, problems = release.check_answers(SCREENING, screening, {}, subject.facts)
    if problems:
        raise DomainError("screening_open", problems=problems)
    refuse_not_entitled(release, answers, subject.facts, today)
    beginning = Beginning(release, place, subject, answers, clock.now())
    here = acting_in(actor, region)
    return UUID(once(here, key, lambda: str(begin(here, beginning))))


def joined_region(code: RegionCode) -> Region:
    """The region, if it takes applications. Raises DomainError("region_not_joined"), NotFound."""
    region = catalogue().region(code)
    if not region.joined:
        raise DomainError("region_not_joined")
    return region


def acting_in(actor: Actor, region: RegionCode) -> Actor:
    """The citizen with one more region to act in."""
    return replace(actor, regions=tuple(sorted({*actor.regions, region.number})))


def begin(actor: Actor, beginning: Beginning) -> UUID:
    """Make the draft, or go on with the one that is there, inside the caller's transaction."""
    release, subject, number = beginning.release, beginning.subject, beginning.region.code.number
    accounts.act_in(actor.id, region_id=number)
    index = accounts.nik_index(str(subject.identity.nik))
    refuse_already_open(actor, service_id=release.service_id, subject_index=index)
    draft = cases.find_draft(actor.id, region_id=number, service_id=release.service_id, subject_index=index)
    if draft is None:
        try:
            return _new_draft(actor, beginning, index)
        except DomainError as refusal:
            if refusal.code != "draft_exists":
                raise
        draft = cases.find_draft(actor.id, region_id=number, service_id=release.service_id, subject_index=index)
        assert draft is not None, "the other tab's draft is committed"
    return _go_on(actor, draft, beginning)


def refuse_already_open(actor: Actor, *, service_id: str, subject_index: bytes) -> None:
    """Raise DomainError("already_open", application=…) when the actor himself has one under way for this person."""
    other = cases.find_open(actor.id, service_id=service_id, subject_index=subject_index, regions=actor.regions)
    if other is not None:
        raise DomainError("already_open", application=str(other.id), number=other.number)


def _new_draft(actor: Actor, beginning: Beginning, subject_index: bytes) -> UUID:
    release, region, subject, at = beginning.release, beginning.region, beginning.subject, beginning.at
    application_id, number = uuid7(), region.code.number
    release_rows.keep(release.id, region_id=number, service_id=release.service_id, body=release.to_json(), at=at)
    applications.create_draft(
        application_id,
        actor=actor,
        region_id=number,
        number=ApplicationNumber.new(release.prefix, today=clock.today(region.time_zone)).text,
        service_id=release.service_id,
        release_id=release.id,
        subject=subject.identity.to_json(),
        indexes=(subject_index, accounts.kk_index(str(subject.identity.no_kk))),
        facts=subject.facts,
        answers=beginning.answers,
        is_matched=subject.is_matched,
        needs_consent=subject.needs_consent,
        ends_at=at + DRAFT_LIFETIME,
        at=at,
    )
    about = ("application", application_id)
    audit.record("case.start", actor=actor, at=at, region_id=number, about=about, subject_index=subject_index)
    return application_id


def _go_on(actor: Actor, draft: Case, beginning: Beginning) -> UUID:
    """The draft of before, with what was answered now, and with what the register says if it speaks again."""
    if beginning.subject.is_matched:
        draft = keep_match(draft, beginning.subject)
    release = releases.get_release(draft.release_id)
    facts = draft.facts_on(clock.today(beginning.region.time_zone))
    answers = release.prune({**draft.answers, **beginning.answers}, facts)
    applications.store_answers(draft.id, region_id=draft.region_id, answers=answers, at=beginning.at)
    applications.keep_draft(draft.id, region_id=draft.region_id, ends_at=beginning.at + DRAFT_LIFETIME)
    record("case.resume", draft, actor=actor, at=beginning.at)
    return draft.id


# --- answer -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Saved:
    """All answers of the draft now, and what is wrong with those that were just typed."""

    answers: Mapping[str, Answer]
    problems: tuple[Problem, ...]


def save_answers(actor: Actor, application_id: UUID, *, group_id: str, raw: Raw) -> tuple[Problem, ...]:
    """As `keep_answers`, where only the problems matter."""
    return keep_answers(actor, application_id, group_id=group_id, raw=raw).problems


def keep_answers(actor: Actor, application_id: UUID, *, group_id: str, raw: Raw) -> Saved:
    """Keep what was typed into one group ("screening": the first questions), and tell what is wrong with it.

    What is right is kept even beside something wrong: who stops here loses nothing that can be kept. It takes no key:
    saying the same twice is harmless, and after Back the last one holds. Raises NotFound, DomainError("not_open").
    """
    at = clock.now()
    with acting_as(actor):
        case = cases.get_case(application_id, lock=True)
        if case.state is not State.DRAFT:
            raise DomainError("not_open")
        release = releases.get_release(case.release_id)
        facts = case.facts_on(local_day(case))
        clean, problems = release.check_answers(group_id, raw, case.answers, facts)
        members = release.screening if group_id == SCREENING else release.group(group_id).questions
        kept = {key: value for key, value in case.answers.items() if key not in {item.id for item in members}}
        answers = release.prune(kept | clean, facts)
        applications.store_answers(
            case.id, region_id=case.region_id, answers=answers, at=at, ends_at=at + DRAFT_LIFETIME
        )
        record("case.answer", case, actor=actor, at=at)
    return Saved(answers, problems)


# --- send -------------------------------------------------------------------------------------------------------------


def submit(actor: Actor, application_id: UUID, *, key: str, known: Case | None = None) -> UUID:
    """Send a complete draft. Sending again, by any key, gives the same receipt. Returns the application's id.

    `known`: the case as its owner's page has just read it.

    Raises NotFound; NotEntitled; DomainError: not_complete (problems name groups and documents), consent_needed,
    already_open (somebody has one under way for this person and service), not_possible.
    """
    with acting_as(actor):
        case = known or cases.get_case(application_id)
    fresh = _match_now(actor, case)
    return UUID(once(actor, key, lambda: str(_send(actor, application_id, fresh=fresh, at=clock.now()))))


def _match_now(actor: Actor, case: Case) -> Subject | None:
    """The register, asked before the transaction, when it was silent at the beginning."""
    if case.is_matched or case.state is not State.DRAFT:
        return None
    region = RegionCode.from_number(case.region_id)
    return match_again(actor, subject=case.subject, region=region, today=local_day(case))


def _send(actor: Actor, application_id: UUID, *, fresh: Subject | None, at: datetime) -> UUID:
    case = cases.get_case(application_id, lock=True)
    if case.submitted_at is not None:
        return case.id  # another tab was quicker: the same receipt
    if case.state is State.DRAFT:
        refuse_incomplete(case)
    if fresh is not None and not case.is_matched:
        case = keep_match(case, fresh)
    refuse_not_entitled(releases.get_release(case.release_id), case.answers, case.facts, local_day(case))
    refuse_already_open(actor, service_id=case.service_id, subject_index=case.subject_index)
    applications.transition(
        case.id, Act.SUBMIT, actor=actor, region_id=case.region_id, at=at, submitted_at=at, ends_at=None
    )
    if case.is_matched:  # who is not matched takes nobody's place
        claim(case)
    if case.is_matched or region_of(case).register == "manual":
        due_at = queue_for_review(case, at)
        notify.tell("application_received", case=case, at=at, expected=due_at)
    else:
        notify.tell("application_unmatched", case=case, at=at)
    record("case.send", case, actor=actor, at=at)
    return case.id


def refuse_incomplete(case: Case) -> None:
    """Raise DomainError("not_complete") with one problem for each group and document that lacks something.

    Judged by the facts under which the form was filled in. Raises DomainError("consent_needed") before that.
    """
    if case.needs_consent:
        raise DomainError("consent_needed")
    release, facts = releases.get_release(case.release_id), case.facts_on(local_day(case))
    pages = documents.count_pages(case.id, region_id=case.region_id)
    problems = [Problem("group_open", group) for group in release.open_groups(case.answers, facts)]
    problems += [Problem("document_open", item.id) for item in release.lacking_documents(case.answers, facts, pages)]
    if problems:
        raise DomainError("not_complete", problems=tuple(problems))


def queue_for_review(case: Case, at: datetime, *, is_escalated: bool = False) -> datetime:
    """Let the office's clock begin, and the case wait at the place of its first sending. Returns when it is due.

    For a case that was just sent, and for one that the register has confirmed since. `is_escalated`: it waits for
    the head of office.
    """
    minutes = releases.get_release(case.release_id).deadline_minutes
    due_at = calendar_of(region_of(case)).add_minutes(at, minutes)
    applications.set_due(case.id, region_id=case.region_id, due_at=due_at)
    workqueue.enqueue(
        case.id,
        region_id=case.region_id,
        owner_id=case.owner_id,
        queued_at=case.submitted_at or at,
        due_at=due_at,
        kk_index=case.kk_index,
        is_escalated=is_escalated,
    )
    return due_at


# --- shared by the acts on a case -------------------------------------------------------------------------------------


def claim(case: Case) -> None:
    """Take the person's one open place for the service. Raises DomainError("already_open")."""
    applications.claim(
        case.id,
        service_id=case.service_id,
        subject_index=case.subject_index,
        region_id=case.region_id,
        owner_id=case.owner_id,
    )


def keep_match(case: Case, subject: Subject) -> Case:
    """The register has confirmed the person since the application began."""
    applications.store_facts(case.id, region_id=case.region_id, facts=subject.facts)
    applications.mark_matched(case.id, region_id=case.region_id)
    return replace(case, facts=subject.facts, is_matched=True)


def region_of(case: Case) -> Region:
    """Where the case is decided."""
    return catalogue().region(RegionCode.from_number(case.region_id))


def local_day(case: Case) -> date:
    """Today where the case is decided."""
    return clock.today(region_of(case).time_zone)
