"""What holds for every page that a person comes to, whatever it is: one look per page and run of tests.

axe finds nothing on a phone, at a desk and in the dark; nothing is lost at 320 px, with text twice as large, with
wider spaces or in forced colours; the keyboard reaches everything and shows where it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Page

from tests import database as test_database
from tests.browser import DESK, PHONE

SCREENSHOTS = "ADMINDUK_SCREENSHOTS"  # a folder: every page is photographed into it
NARROWEST = (320, 740)
_AXE: str = Axe().axe_script
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """tags => axe.run({runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}).then(found =>
  found.violations.map(one => `${one.id}: ${one.help} ` + one.nodes.map(node => node.target + " " +
  node.failureSummary.split("\\n")[1]).join("; ")))"""
_LOOKS = (Path(__file__).parent / "looks.js").read_text()
_SEEN_AS: tuple[tuple[tuple[int, int], Literal["light", "dark"]], ...] = (
    (PHONE, "light"),
    (PHONE, "dark"),
    (DESK, "light"),
)
_SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
_SPACED = """rules => {
  const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet]; }"""
_MOST_STEPS = 150


def faults_of(page: Page, state: str = "") -> list[str]:
    """What is wrong with the page as it stands, unless one like it was seen before. It is put back as it was.

    `state`: what makes its content another than that of a page with the same title.
    """
    view, title = _name_of(page)
    name = view, f"{title} {state}".rstrip()
    if not _is_first_look(name):
        return []
    with _as_inspected(page) as inspected:
        return [f"{urlsplit(page.url).path}: {fault}" for fault in _inspect(inspected, name)]


def _is_first_look(name: tuple[str, str]) -> bool:
    """Whether no process of the run has looked at the page before."""
    seen = test_database.folder() / "seen"
    seen.mkdir(exist_ok=True)
    try:
        (seen / sha256(repr(name).encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _inspect(page: Page, name: tuple[str, str]) -> list[str]:
    faults: list[str] = []
    with _put_back(page):
        for size, scheme in _SEEN_AS:
            _as_seen(page, size, scheme)
            _photograph(page, name, f"{size[0]}{'-dark' if scheme == 'dark' else ''}")
            faults += [f"{size[0]} px, {scheme}: {fault}" for fault in violations(page)]
        faults += [f"too wide at 320 px: {each}" for each in too_wide(page, NARROWEST)]
        faults += [f"with large text: {each}" for each in large_text(page)]
        faults += [f"with spaced text: {each}" for each in spaced_text(page)]
        faults += [f"in forced colours without border: {each}" for each in forced_colours(page)]
    return faults


@contextmanager
def _as_inspected(page: Page) -> Iterator[Page]:
    """The page itself, or, where its visitor has no scripts, a copy of it on which those of the inspection run.

    In a context without scripts axe would wait for ever. The copy loads the page's sheets, not its scripts.
    """
    if not page.evaluate("matchMedia('(scripting: none)').matches"):
        yield page
        return
    browser = page.context.browser
    assert browser is not None
    body = re.sub(r"</?noscript>|<meta http-equiv=.refresh.[^>]*>", "", page.content())
    with browser.new_context(viewport=page.viewport_size, reduced_motion="reduce") as context:
        copy = context.new_page()
        copy.route("**/*.js", lambda route: route.abort())
        html = {"body": body, "content_type": "text/html; charset=utf-8"}
        copy.route(lambda url: url == page.url, lambda route: route.fulfill(**html))
        copy.goto(page.url)
        yield copy


def view_of(page: Page) -> str:
    """The name of the page's address, as in config/urls.py: "citizen:home"."""
    return str(resolve(urlsplit(page.url).path).view_name)


def _name_of(page: Page) -> tuple[str, str]:
    """Pages that differ only in whose data they show have one name."""
    view = view_of(page)
    title = re.sub(r"-[0-9]{4}-[0-9A-Z\-]+", "", page.title())
    state = page.locator("main .badge").first
    shown = state.inner_text() if view == "citizen:own_status" and state.count() else ""
    return view, f"{title} {shown} {page.evaluate('document.documentElement.lang')}"


@contextmanager
def _put_back(page: Page) -> Iterator[None]:
    size, dark = page.viewport_size, page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    yield
    assert size is not None
    page.emulate_media(color_scheme="dark" if dark else "light", forced_colors="none")
    page.set_viewport_size(size)
    page.evaluate("scrollTo(0, 0)")


def _as_seen(page: Page, size: tuple[int, int], scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size[0], "height": size[1]})


def _photograph(page: Page, name: tuple[str, str], suffix: str) -> None:
    folder = os.environ.get(SCREENSHOTS)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        text = re.sub(r"[^\w.]+", "-", " ".join(name)).strip("-")[:100]
        page.screenshot(path=Path(folder) / f"{text}-{suffix}.png", full_page=True)


def violations(page: Page) -> list[str]:
    """What axe finds."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found: list[str] = page.evaluate(_RUN, _TAGS)
    return found


def _look(page: Page, name: str) -> Any:
    if not page.evaluate("'looks' in window"):
        page.evaluate(_LOOKS)
    return page.evaluate(f"looks.{name}()")


def too_wide(page: Page, size: tuple[int, int]) -> list[str]:
    """What makes the page scroll sideways in a window of this size."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    found: list[str] = _look(page, "tooWide")
    return found


def large_text(page: Page) -> list[str]:
    """What text of twice the size pushes out of the window or cuts off, at a desk."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = too_wide(page, DESK) + [f"cut off: {each}" for each in _look(page, "cutOff")]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def spaced_text(page: Page) -> list[str]:
    """What the spacing that a reader may choose (WCAG 1.4.12) pushes out of a phone's window or cuts off."""
    page.evaluate(_SPACED, _SPACING)
    found = too_wide(page, PHONE) + [f"cut off: {each}" for each in _look(page, "cutOff")]
    page.evaluate(_SPACED, "")
    return found


def forced_colours(page: Page) -> list[str]:
    """Buttons and fields that are not seen as such when the device chooses the colours."""
    page.emulate_media(forced_colors="active")
    found: list[str] = _look(page, "borderless")
    page.emulate_media(forced_colors="none")
    return found


def walk_by_keyboard(page: Page) -> None:
    """Tab through the page: each stop is seen and has a ring, and nothing that can be used is left out."""
    page.evaluate("document.activeElement.blur()")
    for key in ("Tab", "Shift+Tab"):  # from the top, and back from the end
        faults = []
        for _ in range(_MOST_STEPS):
            page.keyboard.press(key)
            stop = _look(page, "stop")
            if stop is None:
                break
            if not (stop["hasRing"] and stop["isSeen"]):
                faults.append(stop["what"])
        assert not faults, f"{page.url}: focus is not seen on\n" + "\n".join(faults)
    missed = _look(page, "notReached")
    assert not missed, f"{page.url}: the keyboard does not reach\n" + "\n".join(missed)


def said(page: Page) -> list[str]:
    """Every text of the page that is not marked as being in another language."""
    found: list[str] = _look(page, "said")
    return found
