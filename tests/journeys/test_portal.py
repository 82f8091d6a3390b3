"""The portal comes up as a whole: web, worker, stand-ins, and a browser in front."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser import OpenPage
from tests.portal import Portal


def test_the_first_page_speaks_indonesian_and_english(portal: Portal, open_page: OpenPage) -> None:
    page = open_page(base_url=portal.base_url)
    page.goto("/")
    expect(page).to_have_title(re.compile("."))
    assert page.locator("html").get_attribute("lang") == "id"
    english = open_page(base_url=portal.base_url, language="en-GB")
    english.goto("/")
    assert english.locator("html").get_attribute("lang") == "en"


def test_a_killed_web_process_comes_back_and_serves(portal: Portal, open_page: OpenPage) -> None:
    portal.kill(portal.web)
    portal.start(portal.web)
    page = open_page(base_url=portal.base_url, javascript=False)
    answer = page.goto("/")
    assert answer is not None
    assert answer.status == 200
