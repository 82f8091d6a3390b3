"""The three decisions: approve, ask for corrections, refuse. Each can be undone for ten seconds (review_undo.py)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.catalogue.release import Release
from adminduk.catalogue.types import CodedReason
from adminduk.foundation import clock
from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Problem, Unavailable
from adminduk.kernel.identifiers import Nik, RegionCode
from adminduk.kernel.moments import long_day
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act
from adminduk.modules.applications.types import Case, CorrectionItem
from adminduk.modules.documents import words
from adminduk.modules.releases import queries as releases
from adminduk.modules.workqueue import actions as workqueue
from adminduk.modules.workqueue import queries as queue
from adminduk.usecases import fulfil, notify, review_words
from adminduk.usecases.apply import local_day, region_of
from adminduk.usecases.calendar import calendar_of
from adminduk.usecases.case_record import record
from adminduk.usecases.facts import SELF, facts_of
from adminduk.usecases.outside import register
from adminduk.usecases.review import checked_words, held_case, holds, readable_case, region_of_decider

UNDO = timedelta(seconds=10)
MESSAGE_MARGIN = timedelta(seconds=1)  # an undo of the last moment commits before its message would leave
TIME_TO_CORRECT = timedelta(days=14)
MOST_ITEMS = 40
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One item to mend: `kind` is "question" or "document", `reason` a code of the definition."""

    kind: str
    item: str
    reason: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an application is refused: a code of the definition, words, and the documents that the refusal rests on."""

    reason: str
    words: str
    documents: tuple[str, ...] = ()


# --- approve --------------------------------------------------------------------------------------------------------


def approve(actor: Actor, application_id: UUID, *, ticked: Collection[str], key: str, at: datetime) -> str:
    """Approve a case that the actor holds. Returns the id of the outcome that follows from the register's word of now.

    Raises NotFound; DomainError: not_holding, not_matched, checklist_open (problems name the items), register_denies
    (the register knows no such living person any more). The ten seconds begin when the register has answered.
    """
    fresh = _ask_register(actor, application_id, at=at)
    decided_at = max(at, clock.now())

    def act() -> str:
        case = held_case(actor, application_id, at=at)
        if not case.is_matched:
            raise DomainError("not_matched")
        release = releases.get_release(case.release_id)
        facts = {**case.facts, **(fresh or {}), "today": local_day(case).isoformat()}
        _refuse_open_checklist(release, case, facts=facts, ticked=ticked)
        if fresh is not None:
            applications.store_facts(case.id, region_id=case.region_id, facts=facts)
        outcome = release.after_approval(facts, case.answers)
        _decide(case, Act.APPROVE, actor=actor, at=decided_at, reason=outcome.id)
        notify.tell(outcome.message, case=case, at=decided_at, due_at=decided_at + UNDO + MESSAGE_MARGIN)
        fulfil.begin_later(case, at=decided_at + UNDO + MESSAGE_MARGIN)
        return outcome.id

    return once(actor, key, act)


def _ask_register(actor: Actor, application_id: UUID, *, at: datetime) -> Facts | None:
    """The person's facts as the register tells them now; None when it cannot answer, so that those of before hold."""
    region_id = region_of_decider(actor)
    with acting_as(actor):
        case = cases.get_case(application_id)
        is_mine = holds(queue.find_waiting(case.id, region_id=region_id), actor, at=at)
    if not is_mine:
        return None  # decided already: the same key gets its answer; or not his to ask about, and refused
    region = RegionCode.from_number(case.region_id)
    try:
        person = register().find_person(Nik.parse(case.subject["nik"]), region=region)
    except Unavailable:
        return None
    if person is None:
        raise DomainError("register_denies")
    for_whom = str(case.facts.get("applies_for") or SELF)
    return facts_of(person, region=region, today=local_day(case), applies_for=for_whom)


def _refuse_open_checklist(release: Release, case: Case, *, facts: Facts, ticked: Collection[str]) -> None:
    lacking = [item.id for item in release.checklist(case.answers, facts) if item.id not in ticked]
    if lacking:
        raise DomainError(
            "checklist_open", problems=tuple(Problem("checklist_item", f"cek-{item}") for item in lacking)
        )


# --- ask for corrections --------------------------------------------------------------------------------------------


def ask_corrections(actor: Actor, application_id: UUID, *, items: tuple[Asked, ...], key: str, at: datetime) -> None:
    """Ask the citizen to mend several items at once; the office's clock stands still meanwhile.

    Raises NotFound; DomainError: not_holding, nothing_to_mend, and corrections_wrong with problems for single items
    (item_unknown, reason_missing, words_long; their fields are "<kind>-<item>").
    """

    def act() -> str:
        case = held_case(actor, application_id, at=at)
        checked = _checked_items(releases.get_release(case.release_id), case, items)
        region = region_of(case)
        minutes = calendar_of(region).minutes_between(at, case.due_at) if case.due_at else 0
        last_day = at.astimezone(ZoneInfo(region.time_zone)).date() + TIME_TO_CORRECT
        ends_at = datetime.combine(last_day, time.max, tzinfo=ZoneInfo(region.time_zone))
        applications.ask_corrections(
            case.id, region_id=case.region_id, owner_id=case.owner_id, round_number=case.round + 1, items=checked
        )
        reasons = {item.item: item.reason for item in checked if item.kind == "document"}
        review_words.follow_corrections(case, reasons, actor=actor, at=at)
        _decide(
            case, Act.ASK_CORRECTIONS, actor=actor, at=at, round=case.round + 1, remaining_minutes=minutes,
            ends_at=ends_at,
        )  # fmt: skip
        language = notify.recipient_of(case.owner_id).language
        notify.tell(
            "correction_requested",
            case=case,
            at=at,
            due_at=at + UNDO + MESSAGE_MARGIN,
            items=str(len(checked)),
            until=long_day(last_day, language),
        )
        return ""

    once(actor, key, act)


def _checked_items(release: Release, case: Case, items: tuple[Asked, ...]) -> tuple[CorrectionItem, ...]:
    if not items or len(items) > MOST_ITEMS:
        raise DomainError("nothing_to_mend")
    known = mendable(release, case)
    reasons = {reason.code: reason for reason in release.correction_reasons}
    checked, problems = [], []
    for asked in {(item.kind, item.item): item for item in items}.values():
        try:
            checked.append(_checked_item(asked, known=known, reasons=reasons))
        except DomainError as refusal:
            problems.append(Problem(refusal.code, f"{asked.kind}-{asked.item}", refusal.params))
    if problems:
        raise DomainError("corrections_wrong", problems=tuple(problems))
    return tuple(checked)


def _checked_item(
    asked: Asked, *, known: Collection[tuple[str, str]], reasons: Mapping[str, CodedReason]
) -> CorrectionItem:
    if (asked.kind, asked.item) not in known:
        raise DomainError("item_unknown")
    reason = reasons.get(asked.reason)
    if reason is None or f"{asked.kind}s" not in reason.applies_to:
        raise DomainError("reason_missing")
    return CorrectionItem(asked.kind, asked.item, asked.reason, checked_words(asked.words, needed=False), None)


def mendable(release: Release, case: Case) -> tuple[tuple[str, str], ...]:
    """The items that an officer may ask to mend: (kind, id) of each document and question of this person's form."""
    facts = case.facts_on(local_day(case))
    wanted = [("document", item.id) for item in release.requirements(case.answers, facts)]
    for group in release.visible_groups(case.answers, facts):
        questions = release.visible_questions(group.id, case.answers, facts)
        wanted += [("question", question.id) for question in questions]
    return tuple(wanted)


# --- refuse ---------------------------------------------------------------------------------------------------------


def check_refusal(actor: Actor, application_id: UUID, *, refusal: Refusal, at: datetime) -> CodedReason:
    """The first of the two steps: whether this refusal could stand. Writes nothing; raises what `refuse` raises."""
    with acting_as(actor):
        case = readable_case(actor, application_id, at=at)
        return _checked_refusal(releases.get_release(case.release_id), case, refusal)


def refuse(actor: Actor, application_id: UUID, *, refusal: Refusal, key: str, at: datetime) -> None:
    """Refuse with a coded reason, its legal basis, and words to the citizen. The person may apply anew at once.

    A document that only the region asks for is never by itself a ground. Raises NotFound; DomainError: not_holding,
    reason_missing, words_missing, words_long, documents_missing, item_unknown, extra_is_no_ground.
    """

    def act() -> str:
        case = held_case(actor, application_id, at=at)
        release = releases.get_release(case.release_id)
        reason = _checked_refusal(release, case, refusal)
        _decide(case, Act.REFUSE, actor=actor, at=at, reason=reason.code, words=refusal.words.strip())
        applications.release_claim(case.id)
        language = notify.recipient_of(case.owner_id).language
        notify.tell("refused", case=case, at=at, due_at=at + UNDO + MESSAGE_MARGIN, reason=reason.label.get(language))
        return ""

    once(actor, key, act)


def _checked_refusal(release: Release, case: Case, refusal: Refusal) -> CodedReason:
    reason = next((each for each in release.refusal_reasons if each.code == refusal.reason), None)
    if reason is None:
        raise DomainError("reason_missing")
    checked_words(refusal.words, needed=True)
    asked = {item.id: item for item in release.requirements(case.answers, case.facts_on(local_day(case)))}
    if not set(refusal.documents) <= set(asked):
        raise DomainError("item_unknown")
    if reason.applies_to == ("documents",) and not refusal.documents:
        raise DomainError("documents_missing")
    if refusal.documents and all(asked[name].is_regional_extra for name in refusal.documents):
        raise DomainError("extra_is_no_ground")
    return reason


# --- shared ---------------------------------------------------------------------------------------------------------


def _decide(case: Case, act: Act, *, actor: Actor, at: datetime, reason: str = "", **changes: Any) -> None:
    """Take the case out of the queue and move it, with who decided and until when it can be undone."""
    workqueue.finish(case.id, region_id=case.region_id, officer_id=actor.id, at=at)
    words.tally(case.id, region_id=case.region_id, day=local_day(case), at=at)
    applications.transition(
        case.id,
        act,
        actor=actor,
        region_id=case.region_id,
        at=at,
        reason=reason,
        decided_at=at,
        decided_by=actor.id,
        settles_at=at + UNDO,
        **changes,
    )
    record(f"case.{act}", case, actor=actor, at=at, reason=reason)
