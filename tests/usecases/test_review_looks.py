"""Who looks at what: every look is recorded, and nobody looks without a case or a reason."""

from __future__ import annotations

import pytest

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications.types import Case
from adminduk.modules.audit import queries as audit
from adminduk.modules.documents import actions as documents
from adminduk.modules.documents.ports import RewrittenPage
from adminduk.modules.documents.types import NewPage
from adminduk.usecases import attach, review, review_look_up, review_pages
from tests.making import Owner, make_owner
from tests.usecases.reviewing import STRICT, make_waiting, staff

pytestmark = pytest.mark.usefixtures("database")
PICTURE = RewrittenPage(jpeg=b"a picture", width=10, height=10, preview=b"small")


def looks(case: Case) -> list[tuple[str, str]]:
    with acting_as(staff()):
        return [(look.act, look.reason) for look in audit.list_looks(case.subject_index)]


@pytest.fixture
def owner() -> Owner:
    return make_owner(STRICT)


@pytest.fixture
def case(owner: Owner) -> Case:
    return make_waiting(owner=owner)


@pytest.fixture
def officer(case: Case) -> Actor:
    officer = staff()
    assert review.take_next(officer, at=clock.now()) == case.id
    return officer


@pytest.fixture
def page(owner: Owner, case: Case) -> NewPage:
    """One page of the KK."""
    stored = attach.store(PICTURE, case=case, kind="kk")
    with acting_as(owner.actor):
        documents.add_pages(
            case.id,
            region_id=STRICT,
            owner_id=owner.actor.id,
            requirement=("kk", "kk"),
            pages=(stored,),
            max_pages=2,
            at=clock.now(),
        )
    return stored


def test_reading_a_case_is_recorded_with_its_purpose(officer: Actor, case: Case) -> None:
    review.open_case(officer, case.id, at=clock.now())
    review.open_case(staff(role="head"), case.id, at=clock.now())
    assert looks(case)[:2] == [("case.read", "pengawasan"), ("case.read", "pemeriksaan")]


def test_a_picture_is_for_the_holder_and_the_head(officer: Actor, case: Case, page: NewPage) -> None:
    head = staff(role="head")
    for actor in (officer, head):
        assert review_pages.read_page(actor, case.id, page_id=page.id, at=clock.now()) == b"a picture"
    small = review_pages.read_page(officer, case.id, page_id=page.id, at=clock.now(), is_preview=True)
    assert small == b"small"
    assert looks(case)[:3] == [("case.read_page", "kk")] * 3


def test_a_picture_is_for_nobody_else(officer: Actor, case: Case, page: NewPage) -> None:
    with pytest.raises(DomainError, match="not_holding"):
        review_pages.read_page(staff(), case.id, page_id=page.id, at=clock.now())
    relative = staff(role="head", kk_index=case.kk_index)
    for stranger in (staff(role="admin"), staff(5171), staff(5171, role="head"), relative):
        with pytest.raises(NotFound):
            review_pages.read_page(stranger, case.id, page_id=page.id, at=clock.now())
    assert "case.read_page" not in [act for act, _ in looks(case)]


def test_a_page_of_another_case_is_not_read_through_ones_own(officer: Actor, case: Case, page: NewPage) -> None:
    other_officer, other = staff(), make_waiting()
    assert review.take_next(other_officer, at=clock.now()) == other.id
    for wanted in (page.id, uuid7()):
        with pytest.raises(NotFound):
            review_pages.read_page(other_officer, other.id, page_id=wanted, at=clock.now())


def test_a_look_up_needs_a_reason_and_keeps_it(case: Case) -> None:
    caller = staff()
    with pytest.raises(DomainError, match="words_missing"):
        review_look_up.find(caller, number=case.number, reason=" ", at=clock.now())
    found = review_look_up.find(caller, number=case.number, reason="Warga menelepon", at=clock.now())
    assert found == case.id
    review_look_up.find(caller, number=case.number, reason="NIK 3374 0112 0199 0001", at=clock.now())
    assert looks(case)[0] == ("case.look_up", "NIK [number]")  # what is never removed holds no NIK
    assert review_look_up.read(caller, found, reason="Warga menelepon", at=clock.now()).place == 1
    assert looks(case)[::2] == [("case.look_up", "Warga menelepon")] * 2


def test_a_look_up_finds_nothing_of_ones_own_family_or_of_others(case: Case) -> None:
    for actor in (staff(kk_index=case.kk_index), staff(5171), staff(role="admin")):
        with pytest.raises(NotFound):
            review_look_up.find(actor, number=case.number, reason="Ingin tahu", at=clock.now())
        with pytest.raises(NotFound):
            review_look_up.read(actor, case.id, reason="Ingin tahu", at=clock.now())


def test_look_ups_are_limited(case: Case) -> None:
    caller = staff()
    for _ in range(review_look_up.LOOK_UPS.times):
        review_look_up.find(caller, number=case.number, reason="Warga menelepon", at=clock.now())
    with pytest.raises(DomainError, match="too_often"):
        review_look_up.find(caller, number=case.number, reason="Warga menelepon", at=clock.now())
