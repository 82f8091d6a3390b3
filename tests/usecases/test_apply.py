"""Begin, answer, send: the acts of the citizen one by one."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.notifications import queries as messages
from adminduk.modules.workqueue import queries as workqueue
from adminduk.usecases import apply
from adminduk.usecases.entitlement import NotEntitled
from adminduk.usecases.subject import token_of
from adminduk.usecases.withdraw import withdraw
from tests.making import make_owner, system
from tests.usecases import citizen
from tests.usecases.stand_ins import SEMARANG, Register

pytestmark = pytest.mark.usefixtures("database")


def case_of(actor: Actor, application_id: UUID) -> Case:
    with acting_as(actor):
        return cases.get_case(application_id)


def events_told(actor: Actor, application_id: UUID) -> list[str]:
    with acting_as(actor):
        return [message.event for message in messages.list_of_application(application_id, region_id=SEMARANG.number)]


class TestStart:
    def test_a_draft_is_made_with_what_the_register_says(self, register: Register) -> None:
        owner = citizen.somebody(register)
        case = case_of(owner.actor, citizen.start(owner.actor))
        assert (case.state, case.is_matched, case.needs_consent) == (State.DRAFT, True, False)
        assert case.facts["biometrics"] == "stored"
        assert case.answers == citizen.SCREENING

    def test_the_same_again_goes_on_with_the_same_draft(self, register: Register) -> None:
        owner = citizen.somebody(register)
        first = citizen.start(owner.actor, key=str(uuid4()))
        assert citizen.start(owner.actor, key=str(uuid4())) == first

    def test_register_down_nobody_is_turned_away(self, register: Register) -> None:
        owner = citizen.somebody(register)
        register.is_down = True
        case = case_of(owner.actor, citizen.start(owner.actor))
        assert case.is_matched is False
        assert "biometrics" not in case.facts
        assert "address" not in case.facts

    def test_going_on_after_the_register_came_back_takes_what_it_says(self, register: Register) -> None:
        owner = citizen.somebody(register)
        register.is_down = True
        draft = citizen.start(owner.actor)
        register.is_down = False
        assert citizen.start(owner.actor) == draft
        assert case_of(owner.actor, draft).is_matched

    def test_who_was_never_compared_sees_nothing_of_the_register(self, register: Register) -> None:
        owner = make_owner(SEMARANG.number, is_matched=False)
        register.add(owner.identity)
        assert "address" not in case_of(owner.actor, citizen.start(owner.actor)).facts
        assert register.asked == 0

    def test_what_the_law_refuses_is_told_with_the_reason_and_no_draft_is_made(self, register: Register) -> None:
        owner = citizen.somebody(register, card_status="BELUM_REKAM")
        with pytest.raises(NotEntitled) as refusal:
            citizen.start(owner.actor)
        assert [reason.code for reason in refusal.value.reasons] == ["never_recorded"]
        with acting_as(owner.actor):
            assert cases.list_of_owner(owner.actor.id, regions=(SEMARANG.number,)) == ()

    def test_where_an_officer_decides_the_person_may_begin(self, register: Register) -> None:
        owner = citizen.somebody(register, region=RegionCode("51.71"))
        assert case_of(owner.actor, citizen.start(owner.actor)).facts["is_resident"] is False

    def test_a_region_that_has_not_joined_takes_no_application(self, register: Register) -> None:
        with pytest.raises(DomainError, match="region_not_joined"):
            citizen.start(citizen.somebody(register).actor, region=RegionCode("32.73"))

    def test_in_another_region_the_account_acts_there_too(self, register: Register) -> None:
        owner = citizen.somebody(register)
        draft = citizen.start(owner.actor, region=RegionCode("51.71"))
        there = Actor(owner.actor.kind, owner.actor.id, (3374, 5171))
        assert case_of(there, draft).region_id == 5171

    def test_screening_must_be_answered(self, register: Register) -> None:
        with pytest.raises(DomainError) as refusal:
            citizen.start(citizen.somebody(register).actor, screening={"pernah_punya": "pernah"})
        assert refusal.value.problems[0] == Problem("answer_needed", "data_berubah")

    def test_one_that_is_under_way_is_named(self, register: Register) -> None:
        owner = citizen.somebody(register)
        sent = apply.submit(owner.actor, citizen.complete_draft(owner.actor), key="")
        with pytest.raises(DomainError, match="already_open") as refusal:
            citizen.start(owner.actor)
        assert refusal.value.params["application"] == str(sent)


class TestFamily:
    def test_for_an_adult_of_the_family_his_consent_is_needed(self, register: Register) -> None:
        owner = citizen.somebody(register)
        other = make_owner(SEMARANG.number).identity
        register.add(other, no_kk=owner.identity.no_kk)
        draft = citizen.start(owner.actor, member=token_of(other.nik))
        assert case_of(owner.actor, draft).needs_consent
        with pytest.raises(DomainError, match="consent_needed"):
            apply.submit(owner.actor, draft, key="")

    def test_for_somebody_of_another_family_nothing_begins(self, register: Register) -> None:
        owner, stranger = citizen.somebody(register), citizen.somebody(register)
        with pytest.raises(NotFound):
            citizen.start(owner.actor, member=token_of(stranger.identity.nik))


class TestAnswers:
    def test_what_is_right_is_kept_beside_what_is_wrong(self, register: Register) -> None:
        owner = citizen.somebody(register)
        draft = citizen.start(owner.actor)
        raw = {"sebab_hilang": "tercecer", "tanggal_hilang": "31-02-2026", "tempat_hilang": "Pasar"}
        problems = apply.save_answers(owner.actor, draft, group_id="kehilangan", raw=raw)
        assert problems == (Problem("date_impossible", "tanggal_hilang"),)
        answers = case_of(owner.actor, draft).answers
        assert answers["tempat_hilang"] == "Pasar"
        assert "tanggal_hilang" not in answers

    def test_a_changed_answer_closes_what_hung_on_it(self, register: Register) -> None:
        owner = citizen.somebody(register)
        draft = citizen.start(owner.actor)
        raw = {"data_benar": "ada_yang_salah", "catatan_data": "Alamat saya pindah"}
        apply.save_answers(owner.actor, draft, group_id="data_diri", raw=raw)
        apply.save_answers(owner.actor, draft, group_id="data_diri", raw={**raw, "data_benar": "semua_benar"})
        assert "catatan_data" not in case_of(owner.actor, draft).answers

    def test_what_nobody_asked_is_dropped(self, register: Register) -> None:
        owner = citizen.somebody(register)
        draft = citizen.start(owner.actor)
        raw = {**citizen.ANSWERS["kehilangan"], "alamat": "Jalan Palsu", "is_matched": "true", "__class__": "x"}
        apply.save_answers(owner.actor, draft, group_id="kehilangan", raw=raw)
        assert set(case_of(owner.actor, draft).answers) == {*citizen.SCREENING, *citizen.ANSWERS["kehilangan"]}

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("x" * 121, "answer_too_long"),
            ("\x00\x00", "answer_needed"),
            ("\u202e\u200b", "answer_needed"),
            ("   ", "answer_needed"),
        ],
    )
    def test_hostile_text_is_told_and_not_kept(self, register: Register, typed: str, code: str) -> None:
        owner = citizen.somebody(register)
        draft = citizen.start(owner.actor)
        raw = {**citizen.ANSWERS["kehilangan"], "tempat_hilang": typed}
        problems = apply.save_answers(owner.actor, draft, group_id="kehilangan", raw=raw)
        assert [problem.code for problem in problems] == [code]

    def test_markup_is_text(self, register: Register) -> None:
        owner = citizen.somebody(register)
        draft = citizen.start(owner.actor)
        raw = {**citizen.ANSWERS["kehilangan"], "tempat_hilang": "<script>alert(1)</script>'; DROP TABLE x; --"}
        assert apply.save_answers(owner.actor, draft, group_id="kehilangan", raw=raw) == ()
        assert case_of(owner.actor, draft).answers["tempat_hilang"] == raw["tempat_hilang"]

    def test_another_citizen_finds_nothing(self, register: Register) -> None:
        draft = citizen.start(citizen.somebody(register).actor)
        other = citizen.somebody(register)
        with pytest.raises(NotFound):
            apply.save_answers(other.actor, draft, group_id="kehilangan", raw={})

    def test_a_group_that_there_is_not(self, register: Register) -> None:
        owner = citizen.somebody(register)
        with pytest.raises(NotFound):
            apply.save_answers(owner.actor, citizen.start(owner.actor), group_id="tidak_ada", raw={})

    def test_a_sent_application_is_not_changed(self, register: Register) -> None:
        owner = citizen.somebody(register)
        sent = apply.submit(owner.actor, citizen.complete_draft(owner.actor), key="")
        with pytest.raises(DomainError, match="not_open"):
            apply.save_answers(owner.actor, sent, group_id="kehilangan", raw=citizen.ANSWERS["kehilangan"])


class TestSubmit:
    def test_a_complete_one_waits_in_the_queue_and_its_owner_is_told(self, register: Register) -> None:
        owner = citizen.somebody(register)
        sent = apply.submit(owner.actor, citizen.complete_draft(owner.actor), key="")
        case = case_of(owner.actor, sent)
        assert case.state is State.SUBMITTED
        assert case.due_at is not None
        assert case.submitted_at is not None
        with acting_as(owner.actor):
            assert workqueue.place_of(sent) == 1
        assert events_told(owner.actor, sent) == ["application_received"]

    def test_what_lacks_is_named(self, register: Register) -> None:
        owner = citizen.somebody(register)
        with pytest.raises(DomainError, match="not_complete") as refusal:
            apply.submit(owner.actor, citizen.start(owner.actor), key="")
        assert Problem("group_open", "kehilangan") in refusal.value.problems
        assert Problem("document_open", "kk") in refusal.value.problems
        assert Problem("document_open", "surat_pengantar") not in refusal.value.problems  # only where a person has one

    def test_sent_again_by_any_key_it_is_the_same_receipt(self, register: Register) -> None:
        owner = citizen.somebody(register)
        draft = citizen.complete_draft(owner.actor)
        keys = [str(uuid4()), str(uuid4())]
        receipts = {apply.submit(owner.actor, draft, key=key) for key in (*keys, *keys)}
        assert receipts == {draft}
        assert events_told(owner.actor, draft) == ["application_received"]

    def test_matched_at_last_when_the_register_came_back(self, register: Register) -> None:
        owner = citizen.somebody(register)
        register.is_down = True
        draft = citizen.complete_draft(owner.actor, by_hand=True)
        register.is_down = False
        case = case_of(owner.actor, apply.submit(owner.actor, draft, key=""))
        assert case.is_matched
        assert case.answers["alamat"] == "Jalan Contoh 1"  # what was typed stays, to be compared

    def test_not_matched_it_takes_no_place_and_waits_outside_the_queue(self, register: Register) -> None:
        owner = citizen.somebody(register)
        register.is_down = True
        sent = apply.submit(owner.actor, citizen.complete_draft(owner.actor, by_hand=True), key="")
        assert events_told(owner.actor, sent) == ["application_unmatched"]
        with acting_as(owner.actor):
            assert workqueue.place_of(sent) is None
        with acting_as(system(SEMARANG.number)):
            assert cases.list_unmatched_ids(SEMARANG.number) == (sent,)
        assert case_of(owner.actor, sent).due_at is None

    def test_one_open_application_of_a_person_over_all_regions_and_accounts(self, register: Register) -> None:
        owner, parent = citizen.somebody(register), citizen.somebody(register)
        apply.submit(owner.actor, citizen.complete_draft(owner.actor), key="")
        register.add(owner.identity, no_kk=parent.identity.no_kk)
        with pytest.raises(DomainError, match="already_open"):
            _send_for(parent.actor, token_of(owner.identity.nik))

    def test_after_withdrawal_the_person_may_send_anew(self, register: Register) -> None:
        owner = citizen.somebody(register)
        first = apply.submit(owner.actor, citizen.complete_draft(owner.actor), key="")
        withdraw(owner.actor, first, key="")
        second = apply.submit(owner.actor, citizen.complete_draft(owner.actor), key="")
        assert second != first
        assert events_told(owner.actor, first) == ["application_received", "withdrawn"]
        with acting_as(owner.actor):
            assert workqueue.place_of(first) is None


def _send_for(actor: Actor, member: str) -> UUID:
    draft = citizen.start(actor, member=member)
    with acting_as(actor):
        applications.mark_consented(draft, region_id=SEMARANG.number)
    citizen.fill_in(actor, draft)
    citizen.send_documents(actor, draft)
    return apply.submit(actor, draft, key="")
