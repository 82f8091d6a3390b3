"""Who could not be confirmed when he sent is matched once the register answers; a match that fails tells nothing."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from uuid import UUID

import pytest

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.models import Application
from adminduk.modules.applications.states import Act, State
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import queries as documents
from adminduk.modules.notifications import queries as notifications
from adminduk.modules.workqueue import queries as queue
from adminduk.usecases import apply, review, review_decisions, review_match, upkeep_match
from adminduk.usecases.upkeep_match import match_waiting
from tests import making
from tests.making import Owner, fresh_identity, make_owner
from tests.usecases import citizen
from tests.usecases.reviewing import every_tick, staff
from tests.usecases.stand_ins import SEMARANG, Register

SYSTEM = jobs.system_actor(SEMARANG.number)


@pytest.fixture
def stranger(database: None, register: Register) -> Owner:
    """Somebody who came in while the register was silent."""
    register.is_down = True
    return make_owner(SEMARANG.number, is_matched=False)


def send_unmatched(owner: Owner) -> UUID:
    return apply.submit(owner.actor, citizen.complete_draft(owner.actor, by_hand=True), key="")


def case_of(case_id: UUID) -> Case:
    with acting_as(SYSTEM):
        return cases.get_case(case_id)


def told(case_id: UUID) -> list[str]:
    with acting_as(SYSTEM):
        return [m.event for m in notifications.list_of_application(case_id, region_id=SEMARANG.number)]


def is_waiting(case_id: UUID) -> bool:
    with acting_as(SYSTEM):
        return queue.find_waiting(case_id, region_id=SEMARANG.number) is not None


def has_account(owner: Owner) -> bool:
    with acting_as(owner.actor):
        try:
            accounts.get_person(owner.actor.id)
        except NotFound:
            return False
        return True


def test_while_the_register_is_silent_nothing_changes(stranger: Owner, register: Register) -> None:
    case_id = send_unmatched(stranger)
    match_waiting(SYSTEM)
    assert (case_of(case_id).is_matched, is_waiting(case_id)) == (False, False)
    assert told(case_id) == ["application_unmatched"]


def test_once_it_answers_the_case_is_matched_queued_and_told(stranger: Owner, register: Register) -> None:
    case_id = send_unmatched(stranger)
    register.is_down = False
    register.add(stranger.identity)
    for _ in range(2):  # a repeated job changes nothing more
        match_waiting(SYSTEM)
    case = case_of(case_id)
    assert (case.state, case.is_matched, is_waiting(case_id)) == (State.SUBMITTED, True, True)
    assert case.facts["card"] == "issued" and case.due_at is not None
    assert told(case_id) == ["application_unmatched", "matched"]
    with acting_as(stranger.actor):
        assert accounts.get_person(stranger.actor.id).is_matched


def test_whose_record_cannot_be_read_holds_nobody_up(stranger: Owner, register: Register) -> None:
    garbled = make_owner(SEMARANG.number, is_matched=False)
    first, second = send_unmatched(garbled), send_unmatched(stranger)
    register.is_down = False
    register.garbled.add(garbled.identity.nik)
    register.add(stranger.identity)
    match_waiting(SYSTEM)
    assert (case_of(first).is_matched, case_of(second).is_matched) == (False, True)
    assert case_of(first).state is State.SUBMITTED


def test_whose_record_stays_unreadable_is_compared_by_an_officer_and_hears(
    stranger: Owner, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep_match, "TRIES_OF_ONE", replace(upkeep_match.TRIES_OF_ONE, times=3))
    case_id = send_unmatched(stranger)
    register.is_down = False
    register.add(stranger.identity)
    register.garbled.add(stranger.identity.nik)
    for _ in range(3):
        match_waiting(SYSTEM)
    assert (is_waiting(case_id), told(case_id)) == (False, ["application_unmatched"])
    for _ in range(2):  # once it lies with an officer, the register is not asked again
        match_waiting(SYSTEM)
        register.garbled.clear()
    case = case_of(case_id)
    assert (case.state, case.is_matched, is_waiting(case_id)) == (State.SUBMITTED, False, True)
    assert told(case_id) == ["application_unmatched", "compared_by_hand"]
    assert case.due_at is not None

    officer, at = staff(), clock.now()
    assert review.take_next(officer, at=at) == case_id
    with pytest.raises(DomainError, match="not_matched"):
        review_decisions.approve(officer, case_id, ticked=every_tick(case), key="", at=at)
    review_match.confirm_match(officer, case_id, compared=frozenset(review_match.COMPARED), key="", at=at)
    assert review_decisions.approve(officer, case_id, ticked=every_tick(case), key="", at=at)
    assert case_of(case_id).state is State.APPROVED


def test_a_silent_register_uses_up_no_try(stranger: Owner, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep_match, "TRIES_OF_ONE", replace(upkeep_match.TRIES_OF_ONE, times=1))
    case_id = send_unmatched(stranger)
    for _ in range(3):
        match_waiting(SYSTEM)
    assert (is_waiting(case_id), told(case_id)) == (False, ["application_unmatched"])


@pytest.mark.parametrize("changed", ["name", "no_kk", "birth_date", "nobody"])
def test_when_an_answer_differs_it_ends_and_what_was_typed_is_forgotten(
    stranger: Owner, register: Register, changed: str
) -> None:
    case_id = send_unmatched(stranger)
    register.is_down = False
    other = fresh_identity("Orang Lain")
    values = {"name": other.name, "no_kk": other.no_kk, "birth_date": other.birth_date.replace(year=1970)}
    if changed != "nobody":
        register.add(stranger.identity, **{changed: values[changed]})
    match_waiting(SYSTEM)
    case = case_of(case_id)
    assert (case.state, case.reason) == (State.CLOSED, "match_failed")
    assert (case.subject, case.answers, case.facts) == ({}, {}, {})
    assert told(case_id) == ["application_unmatched", "match_failed"]
    assert not has_account(stranger)
    with acting_as(SYSTEM):
        assert documents.list_pages(case_id, region_id=SEMARANG.number) == ()
        assert documents.list_removed(SEMARANG.number) != ()


def test_whose_nik_has_an_account_already_gets_the_same_answer_as_a_stranger(
    stranger: Owner, register: Register
) -> None:
    case_id = send_unmatched(stranger)
    register.is_down = False
    register.add(stranger.identity)
    rightful = make_owner(SEMARANG.number, identity=stranger.identity)
    match_waiting(SYSTEM)
    assert (case_of(case_id).state, case_of(case_id).reason) == (State.CLOSED, "match_failed")
    assert told(case_id) == ["application_unmatched", "match_failed"]
    assert (has_account(stranger), has_account(rightful)) == (False, True)


def test_who_is_confirmed_but_has_one_under_way_keeps_account_and_is_told_why(
    stranger: Owner, register: Register
) -> None:
    first = send_unmatched(stranger)
    register.is_down = False
    register.add(stranger.identity)
    match_waiting(SYSTEM)
    register.is_down = True
    case_id = _second(stranger, first)
    register.is_down = False
    match_waiting(SYSTEM)
    assert (case_of(case_id).state, case_of(case_id).reason) == (State.CLOSED, "already_open")
    assert told(case_id)[-1] == "match_already_open"
    assert case_of(case_id).answers != {}
    assert (has_account(stranger), is_waiting(first)) == (True, True)


def _second(owner: Owner, first: UUID) -> UUID:
    """Another unmatched application for the same person, as a second tab could have sent it."""
    case_id, region, now = making.make_draft(owner), SEMARANG.number, clock.now()
    with acting_as(owner.actor):
        Application.objects.filter(id=case_id).update(is_matched=False, release_id=case_of(first).release_id)
        applications.store_answers(case_id, region_id=region, answers={"a": "b"}, at=now)
        applications.transition(case_id, Act.SUBMIT, actor=owner.actor, region_id=region, at=now, submitted_at=now)
    return case_id


def test_a_region_without_the_register_is_left_to_its_officers(
    stranger: Owner, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = send_unmatched(stranger)
    register.is_down = False
    asked = register.asked
    by_hand = SimpleNamespace(region=lambda _: SimpleNamespace(register="manual"))
    monkeypatch.setattr(upkeep_match, "catalogue", lambda: by_hand)
    match_waiting(SYSTEM)
    assert (register.asked, case_of(case_id).state) == (asked, State.SUBMITTED)


def test_one_odd_case_does_not_keep_the_others_waiting(
    stranger: Owner, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd, case_id = send_unmatched(make_owner(SEMARANG.number, is_matched=False)), send_unmatched(stranger)
    register.is_down = False
    register.add(stranger.identity)
    match_one = upkeep_match.match_one

    def refuse_the_odd(actor: Actor, application_id: UUID) -> None:
        if application_id == odd:
            raise NotFound("account")
        match_one(actor, application_id)

    monkeypatch.setattr(upkeep_match, "match_one", refuse_the_odd)
    match_waiting(SYSTEM)
    assert (case_of(odd).is_matched, case_of(case_id).is_matched) == (False, True)


def test_another_region_matches_nobody_elses_cases(stranger: Owner, register: Register) -> None:
    case_id = send_unmatched(stranger)
    register.is_down = False
    register.add(stranger.identity)
    match_waiting(jobs.system_actor(5171))
    assert not case_of(case_id).is_matched
