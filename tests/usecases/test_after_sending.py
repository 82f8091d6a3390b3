"""Corrections, withdrawal, objection, applying anew: with an officer who really decides."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import queries as documents
from adminduk.modules.notifications import queries as messages
from adminduk.modules.workqueue import queries as workqueue
from adminduk.usecases import apply, attach, corrections, objections, review, review_decisions, review_undo
from adminduk.usecases.review_decisions import Asked, Refusal
from adminduk.usecases.withdraw import withdraw
from tests.usecases import citizen
from tests.usecases.reviewing import every_tick, staff
from tests.usecases.stand_ins import SEMARANG, Register

pytestmark = pytest.mark.usefixtures("database")
KK = Asked("document", "kk", "unreadable", "Buram")
PLACE = Asked("question", "tempat_hilang", "unclear", "Pasar yang mana?")


def case_of(actor: Actor, application_id: UUID) -> Case:
    with acting_as(actor):
        return cases.get_case(application_id)


def told(actor: Actor, application_id: UUID) -> list[str]:
    with acting_as(actor):
        return [m.event for m in messages.list_of_application(application_id, region_id=SEMARANG.number)]


def taken_by_officer(application_id: UUID, role: str = "officer") -> Actor:
    officer = staff(role=role)
    assert review.take_next(officer, at=clock.now()) == application_id
    return officer


def settle() -> None:
    """A decision can no longer be undone."""
    clock.move_forward(timedelta(seconds=30))


def asked_to_mend(actor: Actor, *items: Asked) -> UUID:
    sent = citizen.sent(actor)
    review_decisions.ask_corrections(taken_by_officer(sent), sent, items=items, key="", at=clock.now())
    settle()
    return sent


def refused(actor: Actor) -> UUID:
    sent = citizen.sent(actor)
    refusal = Refusal("not_the_person", "KK milik orang lain", ("kk",))
    review_decisions.refuse(taken_by_officer(sent), sent, refusal=refusal, key="", at=clock.now())
    settle()
    return sent


@pytest.fixture
def actor(register: Register) -> Actor:
    return citizen.somebody(register).actor


class TestCorrections:
    def test_mended_item_by_item_it_goes_back_to_its_first_place(self, register: Register, actor: Actor) -> None:
        sent = asked_to_mend(actor, KK, PLACE)
        before = case_of(actor, sent)
        citizen.sent(citizen.somebody(register).actor)  # somebody later
        attach.attach(actor, sent, requirement_id="kk", kind="", data=citizen.picture())
        assert corrections.answer_group(actor, sent, group_id="kehilangan", raw={"tempat_hilang": "Pasar Johar"}) == ()
        clock.move_forward(timedelta(days=7))
        corrections.resubmit(actor, sent, key="")
        after = case_of(actor, sent)
        assert (after.state, after.remaining_minutes, after.ends_at) == (State.SUBMITTED, None, None)
        assert after.due_at is not None
        assert before.due_at is not None
        assert after.due_at > before.due_at  # the clock stood still
        assert after.answers["tempat_hilang"] == "Pasar Johar"
        assert after.answers["sebab_hilang"] == "tercecer"
        with acting_as(actor):
            assert workqueue.place_of(sent) == 1
        assert told(actor, sent)[-1] == "correction_received"

    def test_what_is_not_mended_keeps_it_here(self, actor: Actor) -> None:
        sent = asked_to_mend(actor, KK, PLACE)
        with pytest.raises(DomainError, match="not_complete") as refusal:
            corrections.resubmit(actor, sent, key="")
        named = {(problem.code, problem.field) for problem in refusal.value.problems}
        assert named == {("document_open", "kk"), ("question_open", "tempat_hilang")}

    def test_sent_back_twice_is_once(self, actor: Actor) -> None:
        sent = asked_to_mend(actor, PLACE)
        corrections.answer_group(actor, sent, group_id="kehilangan", raw={"tempat_hilang": "Johar"})
        assert {corrections.resubmit(actor, sent, key=str(uuid4())) for _ in range(3)} == {sent}
        assert told(actor, sent).count("correction_received") == 1

    def test_only_what_was_asked_is_changed(self, actor: Actor) -> None:
        sent = asked_to_mend(actor, PLACE)
        raw = {"tempat_hilang": "Johar", "sebab_hilang": "dicuri", "tanggal_hilang": "01-01-2020"}
        corrections.answer_group(actor, sent, group_id="kehilangan", raw=raw)
        assert case_of(actor, sent).answers["sebab_hilang"] == "tercecer"
        with pytest.raises(DomainError, match="not_open"):
            corrections.answer_group(actor, sent, group_id="layanan", raw={"cara_terima": "antar"})
        with pytest.raises(DomainError, match="not_open"):
            attach.attach(actor, sent, requirement_id="kk", kind="", data=citizen.picture())

    def test_a_new_answer_may_open_a_question_that_is_then_needed(self, actor: Actor) -> None:
        sent = asked_to_mend(actor, Asked("question", "sebab_hilang", "unclear", ""))
        raw = {"sebab_hilang": "lainnya"}
        assert corrections.answer_group(actor, sent, group_id="kehilangan", raw=raw) == (
            Problem("answer_needed", "cerita_hilang"),
        )
        assert case_of(actor, sent).answers["sebab_hilang"] == "tercecer"
        raw["cerita_hilang"] = "Jatuh di laut"
        assert corrections.answer_group(actor, sent, group_id="kehilangan", raw=raw) == ()

    def test_a_wrong_answer_is_not_kept(self, actor: Actor) -> None:
        sent = asked_to_mend(actor, Asked("question", "tanggal_hilang", "unclear", ""))
        problems = corrections.answer_group(actor, sent, group_id="kehilangan", raw={"tanggal_hilang": "31-02-2026"})
        assert [problem.code for problem in problems] == ["date_impossible"]
        assert case_of(actor, sent).answers["tanggal_hilang"] == "2026-11-20"

    def test_a_removed_page_must_be_replaced(self, actor: Actor) -> None:
        sent = asked_to_mend(actor, KK)
        attach.attach(actor, sent, requirement_id="kk", kind="", data=citizen.picture())
        with acting_as(actor):
            pages = documents.list_pages(sent, region_id=SEMARANG.number)
        for page in pages:
            if page.requirement == "kk":
                attach.remove_page(actor, sent, page_id=page.id)
        with pytest.raises(DomainError, match="not_complete"):
            corrections.resubmit(actor, sent, key="")

    def test_another_citizen_mends_nothing(self, register: Register, actor: Actor) -> None:
        sent = asked_to_mend(actor, PLACE)
        other = citizen.somebody(register).actor
        with pytest.raises(NotFound):
            corrections.answer_group(other, sent, group_id="kehilangan", raw={"tempat_hilang": "x"})
        with pytest.raises(NotFound):
            corrections.resubmit(other, sent, key="")


class TestWithdraw:
    def test_twice_is_once_and_after_a_decision_not_at_all(self, register: Register, actor: Actor) -> None:
        sent = citizen.sent(actor)
        assert {withdraw(actor, sent, key=str(uuid4())) for _ in range(2)} == {sent}
        assert told(actor, sent) == ["application_received", "withdrawn"]
        other = citizen.somebody(register).actor
        with pytest.raises(DomainError, match="not_possible"):
            withdraw(other, refused(other), key="")

    def test_a_deleted_draft_leaves_no_answer_no_page_and_no_message(self, actor: Actor) -> None:
        draft = citizen.complete_draft(actor)
        withdraw(actor, draft, key="")
        case = case_of(actor, draft)
        assert (case.subject, case.answers, case.facts) == ({}, {}, {})
        with acting_as(actor):
            assert documents.count_pages(draft, region_id=SEMARANG.number) == {}
        assert told(actor, draft) == []

    def test_while_the_citizen_has_to_mend(self, actor: Actor) -> None:
        sent = asked_to_mend(actor, KK)
        withdraw(actor, sent, key="")
        assert citizen.sent(actor) != sent  # the place is free again


class TestObjection:
    def test_the_head_of_office_gets_it_with_the_citizens_words(self, actor: Actor) -> None:
        sent = refused(actor)
        objections.object_to_refusal(actor, sent, words="KK itu milik saya", key="")
        assert review.take_next(staff(), at=clock.now()) is None
        head = taken_by_officer(sent, role="head")
        with acting_as(head):
            words = [e.words for e in cases.list_events(sent, region_id=SEMARANG.number, internal=False)]
        assert "KK itu milik saya" in words
        assert told(actor, sent)[-1] == "objection_received"

    def test_what_the_head_has_mended_comes_back_to_the_head(self, actor: Actor) -> None:
        sent = refused(actor)
        objections.object_to_refusal(actor, sent, words="KK itu milik saya", key="")
        head = taken_by_officer(sent, role="head")
        review_decisions.ask_corrections(head, sent, items=(PLACE,), key="", at=clock.now())
        settle()
        corrections.answer_group(actor, sent, group_id="kehilangan", raw={"tempat_hilang": "Johar"})
        corrections.resubmit(actor, sent, key="")
        assert review.take_next(staff(), at=clock.now()) is None
        taken_by_officer(sent, role="head")

    def test_what_the_head_gives_back_waits_for_a_head_also_after_an_undo(self, actor: Actor) -> None:
        sent = refused(actor)
        objections.object_to_refusal(actor, sent, words="KK itu milik saya", key="")
        review.hand_back(taken_by_officer(sent, role="head"), sent, key="", at=clock.now())
        assert review.take_next(staff(), at=clock.now()) is None
        head = taken_by_officer(sent, role="head")
        refusal = Refusal("not_the_person", "Tetap", ("kk",))
        review_decisions.refuse(head, sent, refusal=refusal, key="", at=clock.now())
        review_undo.undo(head, sent, key="", at=clock.now())
        review.hand_back(head, sent, key="", at=clock.now())
        assert review.take_next(staff(), at=clock.now()) is None

    def test_once_only(self, actor: Actor) -> None:
        sent = refused(actor)
        for _ in range(2):
            objections.object_to_refusal(actor, sent, words="Keliru", key=str(uuid4()))
        refusal = Refusal("not_the_person", "Tetap", ("kk",))
        head = taken_by_officer(sent, role="head")
        review_decisions.refuse(head, sent, refusal=refusal, key="", at=clock.now())
        settle()
        with pytest.raises(DomainError, match="objected_already"):
            objections.object_to_refusal(actor, sent, words="Lagi", key="")

    def test_not_while_the_decision_may_still_be_undone(self, actor: Actor) -> None:
        sent = citizen.sent(actor)
        refusal = Refusal("not_the_person", "KK milik orang lain", ("kk",))
        review_decisions.refuse(taken_by_officer(sent), sent, refusal=refusal, key="", at=clock.now())
        with pytest.raises(DomainError, match="not_possible"):
            objections.object_to_refusal(actor, sent, words="Keliru", key="")

    @pytest.mark.parametrize(("words", "code"), [("  ", "answer_needed"), ("x" * 1001, "answer_too_long")])
    def test_words_are_needed(self, actor: Actor, words: str, code: str) -> None:
        with pytest.raises(DomainError, match=code):
            objections.object_to_refusal(actor, refused(actor), words=words, key="")

    def test_not_beside_a_new_application(self, actor: Actor) -> None:
        sent = refused(actor)
        citizen.sent(actor)
        with pytest.raises(DomainError, match="already_open"):
            objections.object_to_refusal(actor, sent, words="Keliru", key="")


class TestApplyAnew:
    def test_answers_and_pages_are_there_again_and_statements_are_not(self, actor: Actor) -> None:
        sent = refused(actor)
        draft = objections.apply_anew(actor, sent, key="")
        case = case_of(actor, draft)
        assert case.state is State.DRAFT
        assert case.answers["tempat_hilang"] == "Pasar"
        assert "benar" not in case.answers
        with acting_as(actor):
            old, new = (documents.list_pages(one, region_id=SEMARANG.number) for one in (sent, draft))
        assert [page.requirement for page in new] == [page.requirement for page in old]
        assert not {page.object_key for page in new} & {page.object_key for page in old}
        assert attach.read_page(actor, draft, page_id=new[0].id) == attach.read_page(actor, sent, page_id=old[0].id)
        apply.save_answers(actor, draft, group_id="pernyataan", raw={"benar": "ya"})
        assert apply.submit(actor, draft, key="") == draft

    def test_again_is_the_same_draft(self, actor: Actor) -> None:
        sent = refused(actor)
        assert len({objections.apply_anew(actor, sent, key=str(uuid4())) for _ in range(2)}) == 1

    def test_not_while_it_is_under_way(self, actor: Actor) -> None:
        with pytest.raises(DomainError, match="not_possible"):
            objections.apply_anew(actor, citizen.sent(actor), key="")

    def test_not_from_an_emptied_case(self, actor: Actor) -> None:
        sent = refused(actor)
        with acting_as(Actor(ActorKind.SYSTEM, actor.id, (SEMARANG.number,))):
            applications.empty_case(sent, region_id=SEMARANG.number)
        with pytest.raises(DomainError, match="not_possible"):
            objections.apply_anew(actor, sent, key="")


def test_approved_means_that_the_place_stays_taken(actor: Actor) -> None:
    sent = citizen.sent(actor)
    officer = taken_by_officer(sent)
    ticked = every_tick(case_of(actor, sent))
    assert review_decisions.approve(officer, sent, ticked=ticked, key="", at=clock.now()) == "printing"
    with pytest.raises(DomainError, match="already_open"):
        citizen.start(actor)
