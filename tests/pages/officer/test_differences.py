"""What the officer sees where pages, answers and the register differ: in words, beside each other."""

from __future__ import annotations

import pytest

from tests.making import make_owner
from tests.pages.application.walking import text_of
from tests.pages.officer.clients import browser_of, send
from tests.usecases import differences
from tests.usecases.differences import DIFFERENCES, Difference
from tests.usecases.reviewing import STRICT, make_waiting, staff

pytestmark = pytest.mark.usefixtures("database", "register")


@pytest.mark.parametrize("one", DIFFERENCES, ids=lambda one: one.id)
def test_a_difference_is_shown(one: Difference) -> None:
    owner = make_owner(STRICT, is_matched=one.is_matched)
    case = make_waiting(owner=owner, is_matched=one.is_matched)
    differences.add_pages(case, owner, one)
    browser = browser_of(staff())
    send(browser, "/petugas/berikutnya")
    answer = browser.get(f"/petugas/kasus/{case.id}")
    said = text_of(answer)
    assert differences.told(one.officer, owner).casefold() in said.casefold()
    is_told = "verdict differs" in answer.content.decode() or "Berbeda:" in said
    assert is_told == (one.id not in {"all-agrees", "unsure"})
