"""Drafts and corrections end when nobody goes on with them: announced once, then ended once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.audit import queries as audit
from adminduk.modules.documents import queries as documents
from adminduk.modules.notifications import queries as notifications
from adminduk.usecases import apply, attach, corrections, review, review_decisions
from adminduk.usecases.upkeep_endings import end_unanswered, remind
from tests.making import Owner
from tests.usecases import citizen, reviewing
from tests.usecases.stand_ins import SEMARANG, Register

SYSTEM = jobs.system_actor(SEMARANG.number)


@pytest.fixture
def owner(database: None, register: Register) -> Owner:
    return citizen.somebody(register)


def run(days: float) -> None:
    """Let time pass and do what the system does by itself, twice: repeating is harmless."""
    clock.move_forward(timedelta(days=days))
    for _ in range(2):
        remind(SYSTEM)
        end_unanswered(SYSTEM)


def told(case_id: UUID) -> list[str]:
    with acting_as(SYSTEM):
        return [m.event for m in notifications.list_of_application(case_id, region_id=SEMARANG.number)]


def state_of(case_id: UUID) -> State:
    with acting_as(SYSTEM):
        return cases.get_case(case_id).state


def asked_to_mend(owner: Owner) -> UUID:
    """A sent application with one item to mend."""
    case_id, officer = citizen.sent(owner.actor), reviewing.staff()
    at = clock.now()
    assert review.take_next(officer, at=at) == case_id
    item = review_decisions.Asked("document", "kk", "unreadable")
    review_decisions.ask_corrections(officer, case_id, items=(item,), key="", at=at)
    return case_id


def test_a_draft_is_announced_and_then_deleted_with_its_pages(owner: Owner) -> None:
    case_id = citizen.complete_draft(owner.actor)
    run(days=24)
    assert told(case_id) == []
    run(days=2)
    assert told(case_id) == ["draft_reminder"]
    run(days=5)
    assert told(case_id) == ["draft_reminder", "draft_deleted"]
    assert state_of(case_id) is State.CLOSED
    with acting_as(SYSTEM):
        assert cases.get_case(case_id).answers == {}
        assert documents.list_pages(case_id, region_id=SEMARANG.number) == ()


def test_who_goes_on_after_the_reminder_is_reminded_anew(owner: Owner) -> None:
    case_id = citizen.start(owner.actor)
    run(days=26)
    apply.save_answers(owner.actor, case_id, group_id="data_diri", raw={"data_benar": "semua_benar"})
    run(days=10)
    assert (told(case_id), state_of(case_id)) == (["draft_reminder"], State.DRAFT)
    run(days=16)
    assert told(case_id) == ["draft_reminder"] * 2


def test_a_correction_is_announced_and_ends_without_being_a_refusal(owner: Owner) -> None:
    case_id = asked_to_mend(owner)
    run(days=10)
    assert told(case_id)[-1] == "correction_reminder"
    run(days=5)
    assert told(case_id)[-1] == "correction_expired"
    with acting_as(SYSTEM):
        case = cases.get_case(case_id)
    assert (case.state, case.reason) == (State.CLOSED, "expired")
    assert case.answers != {}


def test_after_the_end_the_person_may_apply_again(owner: Owner) -> None:
    asked_to_mend(owner)
    run(days=10)
    run(days=5)
    assert state_of(citizen.sent(owner.actor)) is State.SUBMITTED


def test_an_answered_correction_does_not_end(owner: Owner) -> None:
    case_id = asked_to_mend(owner)
    attach.attach(owner.actor, case_id, requirement_id="kk", kind="", data=citizen.picture())
    corrections.resubmit(owner.actor, case_id, key=str(uuid4()))
    run(days=40)
    assert state_of(case_id) is State.SUBMITTED
    assert "correction_expired" not in told(case_id)


def test_an_ended_draft_cannot_be_sent(owner: Owner) -> None:
    case_id = citizen.complete_draft(owner.actor)
    run(days=26)
    run(days=5)
    with pytest.raises(DomainError):
        apply.submit(owner.actor, case_id, key="")


@pytest.mark.parametrize("outage", [29.9, 40])
def test_after_an_outage_nothing_ends_unannounced(owner: Owner, outage: float) -> None:
    case_id = citizen.complete_draft(owner.actor)
    clock.move_forward(timedelta(days=outage))
    for _ in range(2):
        end_unanswered(SYSTEM)
        remind(SYSTEM)
    assert (told(case_id), state_of(case_id)) == (["draft_reminder"], State.DRAFT)
    run(days=2.9)
    assert (told(case_id), state_of(case_id)) == (["draft_reminder"], State.DRAFT)
    run(days=0.2)
    assert (told(case_id), state_of(case_id)) == (["draft_reminder", "draft_deleted"], State.CLOSED)


def test_reminder_and_end_stand_in_the_persons_log(owner: Owner) -> None:
    case_id = citizen.complete_draft(owner.actor)
    run(days=26)
    run(days=5)
    with acting_as(SYSTEM):
        looks = audit.list_looks(cases.get_case(case_id).subject_index)
    assert [look.act for look in looks if look.actor_kind == "system"] == ["case.expire", "case.remind"]
