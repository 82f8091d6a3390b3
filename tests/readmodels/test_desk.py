"""Answers beside the register: what agrees, what differs and where, what cannot be compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from adminduk.modules.applications.types import Case
from adminduk.readmodels import desk
from tests.usecases.reviewing import make_waiting, release_of

pytestmark = pytest.mark.usefixtures("database")
TODAY = date(2026, 11, 24)


def row(case: Case, name: str) -> desk.Compared:
    return next(each for each in desk.compare(case, release_of()) if each.id == name)


def typed(case: Case, **answers: str) -> Case:
    return replace(case, answers={**case.answers, **answers})


def test_what_the_citizen_confirmed_agrees() -> None:
    found = row(make_waiting(), "alamat")
    assert (found.agrees, found.typed) == (True, ())
    assert [piece.text for piece in found.known] == ["JALAN CONTOH 1"]


def test_case_and_choice_labels_do_not_count() -> None:
    case = typed(make_waiting(), alamat="Jalan Contoh 1", status_kawin="kawin")
    assert row(case, "alamat").agrees is True
    assert row(case, "status_kawin").agrees is True


def test_the_words_that_differ_are_marked_on_both_sides() -> None:
    found = row(typed(make_waiting(), alamat="Jalan Contoh Nomor 21"), "alamat")
    assert found.agrees is False
    assert [(piece.text, piece.differs) for piece in found.typed] == [("Jalan Contoh", False), ("Nomor 21", True)]
    assert [(piece.text, piece.differs) for piece in found.known] == [("JALAN CONTOH", False), ("1", True)]


def test_the_four_answers_agree_once_matched() -> None:
    case = make_waiting()
    assert [row(case, name).agrees for name in ("name", "nik", "no_kk", "birth_date")] == [True] * 4


def test_nothing_is_compared_with_nothing() -> None:
    case = typed(make_waiting(is_matched=False), alamat="Jalan Contoh 1")
    rows = desk.compare(case, release_of())
    assert {each.agrees for each in rows} == {None}
    assert not any(each.known for each in rows)


def test_documents_have_keys_in_order_and_missing_ones_show() -> None:
    case = make_waiting()
    laid = desk.arrange(case, release_of(), pages=(), mended=frozenset(), today=TODAY)
    assert [paper.number for paper in laid.papers] == list(range(1, len(laid.papers) + 1))
    assert all(paper.is_missing for paper in laid.papers)
    assert [paper.requirement.id for paper in laid.papers if paper.requirement.is_regional_extra]


def test_answers_stand_in_words_and_what_was_mended_is_told() -> None:
    case = make_waiting(due_in=timedelta(days=1))
    laid = desk.arrange(case, release_of(), pages=(), mended=frozenset({"tempat_hilang"}), today=TODAY)
    answered = {each.id: each for each in laid.answered}
    assert answered["sebab_hilang"].words[0].id == "Tercecer atau lupa ditaruh"
    assert answered["tanggal_hilang"].words[0].id == "01-11-2026"
    assert [each.id for each in laid.answered if each.was_mended] == ["tempat_hilang"]
    assert "alamat" not in answered
