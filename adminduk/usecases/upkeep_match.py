"""Applications of people whom the register could not confirm when they sent: matched as soon as it answers.

Who is not matched learns nothing about anybody: whatever the reason, a match that fails ends the same way.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from adminduk.foundation import clock, jobs, limits
from adminduk.foundation.limits import Limit
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries as account_queries
from adminduk.modules.accounts.ports import RegisterPerson, RegisterUnavailable
from adminduk.modules.accounts.types import Identity, Person
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act, State
from adminduk.modules.applications.types import Case
from adminduk.modules.audit import actions as audit
from adminduk.modules.documents import actions as documents
from adminduk.usecases import apply, notify
from adminduk.usecases.facts import SELF, facts_of
from adminduk.usecases.identity_match import agree, identity_in
from adminduk.usecases.outside import catalogue, register

log = logging.getLogger(__name__)
NO_MATCH, ALREADY_OPEN = "match_failed", "already_open"
# Somebody else has signed in as this person, or from this address as another family: he learns neither.
_SAID_AS_NO_MATCH = frozenset({"account_exists", "address_taken"})
# An hour of minutes: time to mend a record at its source, not so long that the citizen gives up.
TRIES_OF_ONE = Limit("match_of_one", times=60, window=timedelta(days=1))


@jobs.job("upkeep.match", every_minutes=1)
def match_waiting(actor: Actor) -> None:
    """Compare all that wait, oldest first, until the register is silent again."""
    code = RegionCode.from_number(actor.regions[0])
    if catalogue().region(code).register == "manual":
        return  # an officer compares
    with acting_as(actor):
        waiting = cases.list_unmatched_ids(code.number)
    for application_id in waiting:
        try:
            match_one(actor, application_id)
        except RegisterUnavailable as silence:
            log.info(
                "the register tells nothing yet, matching goes on later",
                extra={"region": code.number, "code": silence.code},
            )
            if not silence.is_about_one_person:
                return
            if not _may_try_again(application_id):
                _leave_to_officers(actor, application_id)
        except DomainError as refusal:  # one odd case must not keep the others waiting
            log.exception("a case could not be matched", extra={"region": code.number, "code": refusal.code})


def _may_try_again(application_id: UUID) -> bool:
    try:
        limits.spend(TRIES_OF_ONE, str(application_id))
    except DomainError:
        return False
    return True


def _leave_to_officers(actor: Actor, application_id: UUID) -> None:
    """Nobody waits for ever on a record that cannot be read: an officer compares by hand, and the citizen hears."""
    at = clock.now()
    with acting_as(actor):
        case = cases.get_case(application_id, lock=True)
        if not _still_waits(case):
            return
        due_at = apply.queue_for_review(case, at)
        applications.write_event(
            case.id,
            region_id=case.region_id,
            owner_id=case.owner_id,
            act="by_hand",
            state=case.state,
            actor=actor,
            at=at,
            words="",
            is_internal=True,
        )
        notify.tell("compared_by_hand", case=case, at=at, expected=due_at)
        _record("case.by_hand", actor, case, at)


def match_one(actor: Actor, application_id: UUID) -> None:
    """Ask the register about the subject of one application and draw the consequence. Raises RegisterUnavailable."""
    with acting_as(actor):
        case = cases.get_case(application_id)
        owner = account_queries.get_person(case.owner_id)
    found = register().find_person(Identity.from_json(dict(case.subject)).nik, region=apply.region_of(case).code)
    at = clock.now()
    if found is None or not is_subject(found, case, owner):
        with acting_as(actor):
            _end(actor, application_id, reason=NO_MATCH, at=at)
        return
    try:
        with acting_as(actor):
            _confirm(actor, application_id, found=found, at=at)
    except DomainError as refusal:
        if refusal.code not in _SAID_AS_NO_MATCH:
            raise
        with acting_as(actor):
            _end(actor, application_id, reason=NO_MATCH, at=at)


def is_subject(found: RegisterPerson, case: Case, owner: Person) -> bool:
    """Whether the register's person is the one the application is about.

    Whom a sign-in has confirmed before may have got a new No. KK or name since; everybody else has typed all four.
    """
    typed = Identity.from_json(dict(case.subject))
    if owner.is_matched and owner.identity.nik == typed.nik:
        return found.nik == typed.nik and found.birth_date == typed.birth_date
    return agree(typed, identity_in(found))


def _confirm(actor: Actor, application_id: UUID, *, found: RegisterPerson, at: datetime) -> None:
    case = cases.get_case(application_id, lock=True)
    if not _still_waits(case):
        return
    owner = account_queries.get_person(case.owner_id)
    if not owner.is_matched and owner.identity.nik == found.nik:
        accounts.become_matched(owner.id, identity=identity_in(found))
    region = apply.region_of(case)
    facts = facts_of(
        found,
        region=region.code,
        today=apply.local_day(case),
        applies_for=str(case.facts.get("applies_for") or SELF),
    )
    applications.store_facts(case.id, region_id=case.region_id, facts=facts)
    try:
        apply.claim(case)
    except DomainError:  # he himself, or somebody of his family, has another one under way
        _end(actor, application_id, reason=ALREADY_OPEN, at=at)
        return
    applications.mark_matched(case.id, region_id=case.region_id)
    due_at = apply.queue_for_review(case, at)
    notify.tell("matched", case=case, at=at, expected=due_at)
    _record("case.match", actor, case, at)


def _end(actor: Actor, application_id: UUID, *, reason: str, at: datetime) -> None:
    """Close it, tell the address that sent it, and forget what somebody unknown has typed."""
    case = cases.get_case(application_id, lock=True)
    if not _still_waits(case):
        return
    owner = account_queries.get_person(case.owner_id)
    applications.transition(case.id, Act.FAIL_MATCH, actor=actor, region_id=case.region_id, at=at, reason=reason)
    if reason == ALREADY_OPEN:
        notify.tell("match_already_open", case=case, at=at, link=f"{settings.ENVIRONMENT.base_url}/permohonan/")
    else:
        notify.tell("match_failed", case=case, at=at, link=service_link(case))
    _record("case.fail_match", actor, case, at)
    if owner.is_matched:
        return
    documents.remove_all(case.id, region_id=case.region_id, at=at)
    applications.empty_case(case.id, region_id=case.region_id)
    if not cases.has_any(owner.id, regions=owner.regions):
        accounts.delete_account(owner.id)
        audit.record("account.forget", actor=actor, at=at, region_id=case.region_id, about=("account", owner.id))


def service_link(case: Case) -> str:
    """Where the same service begins in the same region."""
    return f"{settings.ENVIRONMENT.base_url}/d/{RegionCode.from_number(case.region_id)}/{case.service_id}/"


def _still_waits(case: Case) -> bool:
    return case.state is State.SUBMITTED and not case.is_matched and case.due_at is None


def _record(act: str, actor: Actor, case: Case, at: datetime) -> None:
    audit.record(
        act,
        actor=actor,
        at=at,
        region_id=case.region_id,
        about=("application", case.id),
        subject_index=case.subject_index,
    )
