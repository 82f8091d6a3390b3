"""Approve, ask for corrections, refuse: who may, what follows, and what the law forbids."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import actions as documents
from adminduk.modules.documents.types import NewPage
from adminduk.modules.notifications import queries as notifications
from adminduk.modules.workqueue import queries as queue
from adminduk.usecases import corrections, review, review_decisions, review_match, review_undo
from adminduk.usecases.apply import region_of
from adminduk.usecases.calendar import calendar_of
from adminduk.usecases.review_decisions import Asked, Refusal
from tests.at_once import at_once
from tests.making import SERVICE, Owner, make_owner
from tests.usecases.reviewing import STRICT, case_now, every_tick, make_waiting, release_of, staff
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database", "down")
KK = Asked("document", "kk", "unreadable", "Buram")
PLACE = Asked("question", "tempat_hilang", "unclear", "Pasar yang mana?")
NOT_HIS = Refusal("not_the_person", "KK milik orang lain", ("kk",))


@pytest.fixture
def down(register: Register) -> Register:
    """A register that does not answer: what it said when the case began holds."""
    register.is_down = True
    return register


def taken(case: Case, officer: Actor | None = None) -> Actor:
    officer = officer or staff()
    assert review.take_next(officer, at=clock.now()) == case.id
    return officer


def approve(officer: Actor, case: Case, key: str = "") -> str:
    return review_decisions.approve(officer, case.id, ticked=every_tick(case), key=key or str(uuid4()), at=clock.now())


def ask(officer: Actor, case: Case, *items: Asked) -> None:
    review_decisions.ask_corrections(officer, case.id, items=items, key=str(uuid4()), at=clock.now())


def refuse(officer: Actor, case: Case, refusal: Refusal = NOT_HIS) -> None:
    review_decisions.refuse(officer, case.id, refusal=refusal, key=str(uuid4()), at=clock.now())


def messages(case: Case) -> list[str]:
    with acting_as(staff()):
        return [message.event for message in notifications.list_of_application(case.id, region_id=case.region_id)]


def test_approved_says_what_comes_next_and_keeps_the_claim() -> None:
    case = make_waiting()
    officer = taken(case)
    assert approve(officer, case) == "printing"
    now = case_now(officer, case.id)
    assert (now.state, now.reason, now.decided_by) == (State.APPROVED, "printing", officer.id)
    assert messages(case) == ["approved_printing"]
    with acting_as(officer), pytest.raises(DomainError, match="already_open"):
        applications.claim(
            case.id, service_id=SERVICE, subject_index=case.subject_index, region_id=STRICT, owner_id=case.owner_id
        )


def test_the_register_of_now_decides_what_comes_next(register: Register) -> None:
    owner = make_owner(STRICT)
    case = make_waiting(owner=owner)
    register.is_down = False
    register.add(owner.identity, card_status="UNREGISTERED")
    assert approve(taken(case), case) == "recording"
    assert messages(case) == ["approved_recording"]


def test_the_time_to_undo_begins_when_the_register_has_answered() -> None:
    case = make_waiting()
    officer = taken(case)
    pressed = clock.now()
    clock.move_forward(timedelta(seconds=4))  # as long as a question to the register may take
    review_decisions.approve(officer, case.id, ticked=every_tick(case), key="", at=pressed)
    settles_at = case_now(officer, case.id).settles_at
    assert settles_at is not None and settles_at >= pressed + timedelta(seconds=4) + review_decisions.UNDO


def test_whom_the_register_does_not_know_any_more_is_not_approved(register: Register) -> None:
    case = make_waiting()
    officer = taken(case)
    register.is_down = False
    with pytest.raises(DomainError, match="register_denies"):
        approve(officer, case)
    assert case_now(officer, case.id).state is State.SUBMITTED


def test_every_item_of_the_checklist_must_be_ticked() -> None:
    case = make_waiting()
    officer, ticks = taken(case), every_tick(case)
    for missing in ticks:
        with pytest.raises(DomainError, match="checklist_open") as refused:
            review_decisions.approve(officer, case.id, ticked=ticks - {missing}, key="", at=clock.now())
        assert [problem.field for problem in refused.value.problems] == [f"cek-{missing}"]


def test_only_the_holder_decides(register: Register) -> None:
    case = make_waiting()
    taken(case)
    other = staff()
    for act in (lambda: approve(other, case), lambda: ask(other, case, KK), lambda: refuse(other, case)):
        with pytest.raises(DomainError, match="not_holding"):
            act()
    assert register.asked == 0, "the register is asked only about a case that one holds"


def test_an_officer_of_another_region_finds_nothing_to_decide() -> None:
    case = make_waiting()
    taken(case)
    stranger = staff(5171)
    for act in (lambda: approve(stranger, case), lambda: ask(stranger, case, KK), lambda: refuse(stranger, case)):
        with pytest.raises(NotFound):
            act()


def test_twice_the_same_key_is_one_decision() -> None:
    case = make_waiting()
    officer, key = taken(case), str(uuid4())
    assert [approve(officer, case, key) for _ in range(2)] == ["printing", "printing"]
    assert messages(case) == ["approved_printing"]


def test_several_decisions_at_once_come_to_one() -> None:
    case = make_waiting()
    officer = taken(case)
    came = at_once(6, lambda n: approve(officer, case) if n % 2 else refuse(officer, case))
    assert sum(not isinstance(each, Exception) for each in came) == 1
    assert len(messages(case)) == 1


def test_not_matched_is_compared_first() -> None:
    case = make_waiting(is_matched=False)
    officer = taken(case)
    with pytest.raises(DomainError, match="not_matched"):
        approve(officer, case)
    with pytest.raises(DomainError, match="comparison_open"):
        review_match.confirm_match(officer, case.id, compared=frozenset({"nik"}), key="", at=clock.now())
    review_match.confirm_match(
        officer, case.id, compared=frozenset(review_match.COMPARED), key=str(uuid4()), at=clock.now()
    )
    assert case_now(officer, case.id).is_matched
    approve(officer, case)


def test_comparing_takes_the_persons_one_place() -> None:
    owner = make_owner(STRICT)
    make_waiting(owner=owner)
    twin = make_owner(STRICT, is_matched=False, identity=owner.identity)
    second = make_waiting(owner=twin, is_matched=False)
    first_officer, officer = staff(), staff()
    review.take_next(first_officer, at=clock.now())
    assert review.take_next(officer, at=clock.now()) == second.id
    with pytest.raises(DomainError, match="already_open"):
        review_match.confirm_match(
            officer, second.id, compared=frozenset(review_match.COMPARED), key="", at=clock.now()
        )
    assert not case_now(officer, second.id).is_matched


def test_corrections_stop_the_clock() -> None:
    case = make_waiting(due_in=timedelta(days=30))
    officer = taken(case)
    ask(officer, case, KK, PLACE)
    now = case_now(officer, case.id)
    assert (now.state, now.round) == (State.CORRECTION, 1)
    assert now.remaining_minutes is not None and now.remaining_minutes > 8 * 60
    assert now.ends_at is not None and now.ends_at > clock.now() + timedelta(days=14)
    with acting_as(officer):
        items = cases.list_corrections(case.id, region_id=STRICT, round_number=1)
        assert queue.find_waiting(case.id, region_id=STRICT) is None
    assert [(item.item, item.words) for item in items] == [("kk", "Buram"), ("tempat_hilang", "Pasar yang mana?")]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (Asked("document", "akta_nikah", "unreadable"), "item_unknown"),
        (Asked("question", "catatan_data", "unclear"), "item_unknown"),  # not asked of this person
        (Asked("document", "kk", "unclear"), "reason_missing"),  # a reason for questions
        (Asked("document", "kk", ""), "reason_missing"),
        (Asked("document", "kk", "unreadable", "x" * 501), "words_long"),
    ],
)
def test_what_cannot_be_asked(item: Asked, code: str) -> None:
    case = make_waiting()
    officer = taken(case)
    with pytest.raises(DomainError, match="corrections_wrong") as refused:
        ask(officer, case, PLACE, item)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert case_now(officer, case.id).state is State.SUBMITTED


def test_asking_for_nothing_is_refused() -> None:
    case = make_waiting()
    officer = taken(case)
    with pytest.raises(DomainError, match="nothing_to_mend"):
        ask(officer, case)


def test_refused_has_a_reason_and_frees_the_place() -> None:
    owner = make_owner(STRICT)
    case = make_waiting(owner=owner)
    officer = taken(case)
    refuse(officer, case)
    now = case_now(officer, case.id)
    assert (now.state, now.reason) == (State.REFUSED, "not_the_person")
    assert messages(case) == ["refused"]
    assert make_waiting(owner=owner).state is State.SUBMITTED  # applies anew at once


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (Refusal("because", "Tidak mau"), "reason_missing"),
        (Refusal("too_young", "Tidak untuk layanan ini"), "reason_missing"),
        (Refusal("never_recorded", " "), "words_missing"),
        (Refusal("false_document", "Stempel palsu"), "documents_missing"),
        (Refusal("false_document", "Palsu", ("akta_nikah",)), "item_unknown"),
        (Refusal("not_the_person", "Tidak ada surat RT/RW", ("surat_pengantar",)), "extra_is_no_ground"),
        (Refusal("false_document", "Tambahan daerah", ("surat_pengantar", "pas_foto")), "extra_is_no_ground"),
    ],
)
def test_what_is_no_refusal(refusal: Refusal, code: str) -> None:
    case = make_waiting()
    officer = taken(case)
    with pytest.raises(DomainError, match=code):
        refuse(officer, case, refusal)
    with pytest.raises(DomainError, match=code):
        review_decisions.check_refusal(officer, case.id, refusal=refusal, at=clock.now())
    assert case_now(officer, case.id).state is State.SUBMITTED


def test_no_reason_for_refusal_is_a_missing_regional_extra() -> None:
    extras = {item.id for item in release_of().requirements({}, {"is_matched": True}) if item.is_regional_extra}
    assert "surat_pengantar" in extras
    assert not extras & {reason.code for reason in release_of().refusal_reasons}


def test_messages_leave_after_the_ten_seconds() -> None:
    case = make_waiting()
    officer = taken(case)
    approve(officer, case)
    now = case_now(officer, case.id)
    with acting_as(officer):
        (message,) = notifications.list_of_application(case.id, region_id=STRICT)
    assert now.settles_at is not None and message.due_at > now.settles_at
    assert message.due_at - message.planned_at <= timedelta(seconds=12)


@pytest.mark.parametrize("decide", [approve, lambda o, c: ask(o, c, KK, PLACE), refuse])
def test_undone_is_as_if_it_had_not_been(decide: object) -> None:
    owner = make_owner(STRICT)
    case = make_waiting(owner=owner, queued_at=clock.now() - timedelta(hours=3))
    officer = taken(case)
    before = case_now(officer, case.id)
    decide(officer, case)  # type: ignore[operator]
    review_undo.undo(officer, case.id, key=str(uuid4()), at=clock.now())
    after = case_now(officer, case.id)
    assert (after.state, after.round, after.due_at) == (State.SUBMITTED, 0, before.due_at)
    assert (after.decided_by, after.settles_at, after.remaining_minutes, after.ends_at) == (None, None, None, None)
    assert messages(case) == []
    with acting_as(officer):
        waiting = queue.find_waiting(case.id, region_id=STRICT)
        assert cases.list_corrections(case.id, region_id=STRICT, round_number=1) == ()
    assert waiting is not None
    assert (waiting.holder_id, waiting.queued_at) == (officer.id, case.submitted_at)
    with pytest.raises(DomainError, match="already_open"):
        make_waiting(owner=Owner(actor=owner.actor, identity=owner.identity, address=owner.address))
    assert approve(officer, case) == "printing"


def test_undo_ends_after_ten_seconds() -> None:
    case = make_waiting()
    officer = taken(case)
    approve(officer, case)
    decided = case_now(officer, case.id).settles_at
    assert decided is not None
    with pytest.raises(DomainError, match="undo_too_late"):
        review_undo.undo(officer, case.id, key="", at=decided)


def test_undo_is_for_who_decided() -> None:
    case = make_waiting()
    officer = taken(case)
    approve(officer, case)
    for other in (staff(), staff(role="head"), staff(5171)):
        with pytest.raises(NotFound):
            review_undo.undo(other, case.id, key="", at=clock.now())


def test_undone_of_the_head_stays_with_the_head() -> None:
    case = make_waiting()
    officer, head = taken(case), staff(role="head")
    review.escalate(officer, case.id, words="Dua NIK", key="", at=clock.now())
    taken(case, head)
    approve(head, case)
    review_undo.undo(head, case.id, key="", at=clock.now())
    with acting_as(head):
        waiting = queue.find_waiting(case.id, region_id=STRICT)
    assert waiting is not None and waiting.is_escalated


def test_the_stopped_clock_goes_on_after_mending() -> None:
    owner = make_owner(STRICT)
    case = make_waiting(owner=owner, due_in=timedelta(days=30))
    officer = taken(case)
    ask(officer, case, PLACE)
    stopped = case_now(officer, case.id)
    corrections.answer_group(
        owner.actor, case.id, group_id="kehilangan", raw={**as_sent(case), "tempat_hilang": "Pasar Johar"}
    )
    pages_of(owner, case)
    corrections.resubmit(owner.actor, case.id, key=str(uuid4()))
    back = case_now(officer, case.id)
    assert back.remaining_minutes is None and back.due_at is not None
    with acting_as(officer):
        left = calendar_of(region_of(back)).minutes_between(back.changed_at, back.due_at)
        waiting = queue.find_waiting(case.id, region_id=STRICT)
    assert left == stopped.remaining_minutes
    assert waiting is not None and waiting.queued_at == case.submitted_at
    assert review.open_case(taken(case), case.id, at=clock.now()).case.answers["tempat_hilang"] == "Pasar Johar"


def as_sent(case: Case) -> dict[str, str]:
    return {"sebab_hilang": "tercecer", "tanggal_hilang": "01-11-2026"}


def pages_of(owner: Owner, case: Case) -> None:
    """One page for each document that the form wants."""
    with acting_as(owner.actor):
        for number, needed in enumerate(release_of().requirements(case.answers, case.facts)):
            page = NewPage(uuid7(), f"k{number}", f"p{number}", 10, 10, 10, bytes([number]))
            documents.add_pages(
                case.id,
                region_id=STRICT,
                owner_id=owner.actor.id,
                requirement=(needed.id, needed.kinds[0]),
                pages=(page,),
                max_pages=1,
                at=clock.now(),
            )


def test_a_note_is_for_the_office_alone() -> None:
    case = make_waiting()
    officer = taken(case)
    review.add_note(officer, case.id, words="Sudah ditelepon", key="", at=clock.now())
    with acting_as(officer):
        shown = cases.list_events(case.id, region_id=STRICT, internal=False)
        kept = cases.list_events(case.id, region_id=STRICT, internal=True)
    assert [event.act for event in shown] == ["submit"]
    assert [(event.act, event.words) for event in kept][-1] == ("note", "Sudah ditelepon")
