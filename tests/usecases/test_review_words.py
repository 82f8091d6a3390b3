"""An officer's word against the machine is counted once, when the case is decided, and taken out again by an undo."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import words
from adminduk.modules.documents.types import Said, Word
from adminduk.readmodels import machine_rates
from adminduk.usecases import review, review_decisions, review_undo, review_words
from adminduk.usecases.outside import catalogue
from adminduk.usecases.review_decisions import Asked
from tests import database
from tests.making import Owner, make_owner
from tests.usecases import read_pages
from tests.usecases.reviewing import STRICT, every_tick, make_waiting, staff
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database", "down")


@pytest.fixture
def down(register: Register) -> Register:
    register.is_down = True
    return register


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


def say(officer: Actor, case: Case, page: UUID, subject: str, said: Said) -> None:
    review_words.say(officer, case.id, word=Word(page, subject, said), key=str(uuid4()), at=clock.now())


def approve(officer: Actor, case: Case) -> None:
    review_decisions.approve(officer, case.id, ticked=every_tick(case), key=str(uuid4()), at=clock.now())


def ask_again(officer: Actor, case: Case, reason: str) -> None:
    items = (Asked("document", "kk", reason),)
    review_decisions.ask_corrections(officer, case.id, items=items, key=str(uuid4()), at=clock.now())


def counted(officer: Actor) -> dict[tuple[str, str], tuple[int, int]]:
    """By subject and cause, where anything was wrong or pictures are meant."""
    with acting_as(officer):
        rows = words.rates(STRICT, since=clock.now().date() - timedelta(days=1))
    return {(row.subject, row.cause): (row.seen, row.wrong) for row in rows if row.wrong or not row.subject}


def test_a_refused_picture_that_can_be_read(officer: Actor, case: Case) -> None:
    page = read_pages.add(case, read_pages.draw("kk", {}), requirement="kk", verdict=read_pages.BLURRED, as_is=True)
    say(officer, case, page, "", Said.READABLE)
    say(officer, case, page, "", Said.READABLE)
    assert counted(officer) == {}
    approve(officer, case)
    assert counted(officer) == {("", "blurred"): (1, 1)}


def test_values_that_were_misread_are_counted_by_name(officer: Actor, case: Case, owner: Owner) -> None:
    who = read_pages.of_applicant(owner)
    page = read_pages.add(case, read_pages.draw("kk", {"no_kk": "1"}, (who, who)), requirement="kk")
    for subject in ("no_kk", "anggota.1.nik", "anggota.2.nik", "anggota.2.nama"):
        say(officer, case, page, subject, Said.MISREAD)
    approve(officer, case)
    expected = {("", ""): (1, 0), ("no_kk", ""): (1, 1), ("anggota.nik", ""): (2, 2), ("anggota.nama", ""): (2, 1)}
    assert counted(officer) == expected


def test_an_undo_takes_out_what_the_decision_counted(officer: Actor, case: Case) -> None:
    page = read_pages.add(case, read_pages.draw("kk", {}), requirement="kk")
    ask_again(officer, case, "unreadable")
    assert counted(officer) == {("", ""): (1, 1)}  # it follows from what he asked for
    review_undo.undo(officer, case.id, key=str(uuid4()), at=clock.now())
    assert counted(officer) == {}
    with acting_as(officer):
        assert words.list_of_application(case.id, region_id=STRICT) == ()
    say(officer, case, page, "", Said.UNREADABLE)
    approve(officer, case)
    assert counted(officer) == {("", ""): (1, 1)}


def test_another_reason_says_nothing_of_the_picture(officer: Actor, case: Case) -> None:
    read_pages.add(case, read_pages.draw("kk", {}), requirement="kk")
    ask_again(officer, case, "wrong_document")
    assert counted(officer) == {("", ""): (1, 0)}


def test_a_page_that_the_machine_refused_too_is_no_mistake_of_its(officer: Actor, case: Case) -> None:
    read_pages.add(case, read_pages.draw("kk", {}), requirement="kk", verdict=read_pages.BLURRED)
    ask_again(officer, case, "unreadable")
    assert counted(officer) == {("", "blurred"): (1, 0)}


def test_a_page_is_counted_once_over_several_rounds(officer: Actor, case: Case) -> None:
    read_pages.add(case, read_pages.draw("kk", {}), requirement="kk")
    at = clock.now()
    with acting_as(officer):
        for _ in range(2):
            words.tally(case.id, region_id=STRICT, day=at.date(), at=at)
    assert counted(officer) == {("", ""): (1, 0)}


def test_every_word_stands_in_the_audit_trail(officer: Actor, case: Case) -> None:
    page = read_pages.add(case, read_pages.draw("kk", {}), requirement="kk")
    say(officer, case, page, "", Said.UNREADABLE)
    review_words.take_back(officer, case.id, page_id=page, subject="", key=str(uuid4()), at=clock.now())
    with database.superuser_connection() as connection:
        rows = connection.execute("SELECT reason FROM audit_entry WHERE act = 'case.correct_reading' ORDER BY at")
        assert [reason for (reason,) in rows] == ["unreadable", "taken_back"]


def test_few_pictures_have_no_percentage() -> None:
    assert machine_rates.Rate(None, 19, 1).percent is None
    assert machine_rates.Rate(None, 100, 4).percent == 4.0


def test_the_head_reads_his_own_office_only(officer: Actor, case: Case) -> None:
    read_pages.add(case, read_pages.draw("kk", {}), requirement="kk")
    approve(officer, case)
    today = clock.now().date()
    here = machine_rates.rates_of(staff(role="head"), catalogue().papers, today=today)
    assert (here.accepted.seen, here.accepted.wrong) == (1, 0)
    assert machine_rates.rates_of(staff(5171, role="head"), catalogue().papers, today=today).is_empty
