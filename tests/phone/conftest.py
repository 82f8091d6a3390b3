"""A citizen at the page of a document, in a real browser in front of the running portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import pytest
from playwright.sync_api import BrowserContext

from tests.browser import PHONE, OpenPage
from tests.portal import Portal

if TYPE_CHECKING:  # pytest reads this file before Django's settings
    from tests.phone.phone import Phone

MakePhone: TypeAlias = "Callable[..., Phone]"


@pytest.fixture
def phone(portal: Portal, open_page: OpenPage) -> Iterator[MakePhone]:
    """Somebody with a draft that lacks documents: phone(size=…, requirement="kk", language="en")."""
    from tests.phone.phone import Phone, begin

    def make(*, requirement: str = "kk", size: tuple[int, int] = PHONE, language: str = "id") -> Phone:
        sender = begin()
        page = open_page(base_url=portal.base_url, size=size, language="en-GB" if language == "en" else "id-ID")
        _sign_in(page.context, portal, sender.session_key)
        made.append(Phone(page, sender, requirement))
        made[-1].open()
        return made[-1]

    made: list[Phone] = []
    yield make
    assert not [error for one in made for error in one.errors]


def _sign_in(context: BrowserContext, portal: Portal, session_key: str) -> None:
    context.add_cookies([{"name": "sesi", "value": session_key, "url": portal.base_url}])
