"""Very many hands at one moment, over HTTP: one form pressed 200 times is sent once, 100 officers get 100 cases."""

from __future__ import annotations

import pytest

from benchmarks.browser import Browser, Form
from tests import database as test_database
from tests.at_once import at_once
from tests.chaos import outcome
from tests.chaos.senders import REGION, browser_of, make_senders
from tests.pages.officer import clients
from tests.portal import Portal
from tests.usecases.reviewing import make_waiting, staff


@pytest.fixture
def is_full(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("full"))


def press(browser: Browser, form: Form, **values: str) -> str:
    """Where it led to."""
    try:
        return browser.post(form, step="press", **values).url
    finally:
        browser.close()


def test_one_form_pressed_by_many_hands_is_sent_once(portal: Portal, is_full: bool) -> None:
    hands = 200 if is_full else 40
    (sender,) = make_senders(1)
    first = browser_of(portal.base_url, sender)
    form = first.get(f"/permohonan/{sender.case_id}/periksa", step="check page").form("/periksa")
    others = [first, *(first.twin() for _ in range(hands - 1))]
    receipts = at_once(hands, lambda number: press(others[number], form, benar="ya"))
    assert set(receipts) == {f"/permohonan/{sender.case_id}/terkirim"}
    with test_database.superuser_connection() as above:
        outcome.assert_each_is_there_once(above, [sender])
    assert outcome.wait_until_all_are_told(portal.mail, [sender]) == {sender.email: 1}


def test_many_officers_who_take_the_next_case_get_different_ones(portal: Portal, is_full: bool) -> None:
    hands = 100 if is_full else 20
    cases = {make_waiting(REGION).id for _ in range(hands)}
    at_the_desk = [officer_at(portal.base_url) for _ in range(hands)]
    taken = at_once(hands, lambda number: press(*at_the_desk[number]))
    assert sorted(map(str, taken)) == sorted(f"/petugas/kasus/{case}" for case in cases)


def officer_at(base_url: str) -> tuple[Browser, Form]:
    """Somebody of the office in front of the queue, and its one button."""
    browser = Browser(base_url)
    browser.remember("sesi", clients.browser_of(staff(REGION)).cookies["sesi"].value)
    form = browser.get("/petugas/", step="queue").form("/berikutnya")
    browser.close()
    return browser.twin(), form  # a connection of before would have been closed until all stand at the line
