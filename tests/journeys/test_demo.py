"""What a newcomer sees first: the demo's own pages, and the two doors that only the demo has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from adminduk.config.children import Child
from adminduk.foundation import clock
from adminduk.usecases import office_setup
from tests.browser import DESK, OpenPage
from tests.journeys import citizen as acts
from tests.journeys import people
from tests.journeys.citizen import Citizen
from tests.journeys.inspected import pages_of
from tests.journeys.test_lost_card import SERVICE
from tests.journeys.visitor import Visitor
from tests.portal import Portal


@pytest.fixture
def demo(portal: Portal) -> Iterator[Portal]:
    """The same portal in the mode of `./run demo`: a second web process."""
    from tests.processes import free_port

    port = free_port()
    words = tuple(f"--port={port}" if word.startswith("--port=") else word for word in portal.web.words)
    base_url = f"http://127.0.0.1:{port}"
    environ = {**portal.web.environ, "ADMINDUK_MODE": "demo", "ADMINDUK_BASE_URL": base_url}
    web = Child("demo", words, portal.web.log.with_name("demo.log"), environ, portal.web.folder, health=(port, "/"))
    office_setup.demo_staff(at=clock.now())
    portal.start(web)
    yield replace(portal, base_url=base_url, web=web)
    web.stop()


@pytest.mark.full
def test_a_newcomer_tries_the_whole_story(demo: Portal, open_page: OpenPage) -> None:
    visitor = Visitor(open_page(base_url=demo.base_url, size=DESK), demo)
    page = visitor.page
    visitor.open("/demo/")
    page.get_by_role("listitem").filter(has_text="RATNA").get_by_text("Berkas, data, masuk dengan kode").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Masuk dengan kode (RATNA KUSUMASTUTI)").click()
    visitor.arrived()
    expect(page.locator("#name")).to_have_value("RATNA KUSUMASTUTI")
    visitor.press("Kirim kode", "Send code")
    mailbox = Visitor(open_page(base_url=demo.base_url, size=DESK), demo)
    people.mails(demo, "lost-card@contoh.example")
    mailbox.open("/demo/kotak-surat")
    code = people.code_in({"text": mailbox.page.locator("article").first.inner_text()})
    ratna = Citizen(visitor, people.person(demo, "lost_card"), "lost-card@contoh.example")
    ratna.type_code(code)
    visitor.open("/d/33.74/")
    ratna.see_requirements(SERVICE, acts.LOST)
    ratna.begin()
    ratna.fill_in()
    ratna.send()

    visitor.open("/demo/")
    with page.expect_navigation():
        page.get_by_role("listitem").filter(has_text="Kota Semarang").get_by_role("button", name="Petugas 1").click()
    expect(page.get_by_role("button", name="Ambil berikutnya")).to_be_visible()
    visitor.open("/demo/")
    with page.expect_navigation():
        page.get_by_role("button", name="Langsung masuk (YOHANES WAMBRAISA)").click()
    visitor.arrived()
    assert visitor.path == "/d/91.71/ktp_el_rusak/"
    visitor.open("/demo/")
    with page.expect_navigation():
        page.get_by_role("button", name="Langsung masuk (RATNA KUSUMASTUTI)").click()
    visitor.arrived()
    assert visitor.path == "/permohonan/"
    visitor.open("/demo/jam")
    visitor.press("+ 10 detik", "+ 10 seconds")
    assert not visitor.faults + mailbox.faults, visitor.faults + mailbox.faults
    assert pages_of("test_a_newcomer_tries_the_whole_story") <= visitor.inspected | mailbox.inspected
