"""A person with a phone at the page of one document: chooses, looks, presses, loses the network."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from playwright.sync_api import FilePayload, Locator, Page, Request, Route, expect

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.sessions import SessionStore
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.applications import actions as applications
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents.types import StoredPage
from adminduk.modules.releases import actions as releases
from adminduk.usecases import attach, outside
from tests.journeys import inspection
from tests.making import SERVICE, Owner, make_owner
from tests.usecases.reviewing import ANSWERS, STRICT, facts_of

_WAITING = """() => new Promise((done) => {
  if (!localStorage.getItem("foto")) return done([]);
  const opening = indexedDB.open("foto", 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("pictures").objectStore("pictures").getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result.map((one) => one.blob.size)); };
  };
})"""


@dataclass(frozen=True, slots=True)
class Sender:
    """A citizen with a draft and an open session."""

    owner: Owner
    draft: UUID
    session_key: str


def begin() -> Sender:
    """Somebody of Kota Semarang who has answered everything and sent no document yet."""
    owner, draft, now = make_owner(STRICT), uuid7(), clock.now()
    release = outside.catalogue().release(SERVICE, RegionCode.from_number(STRICT))
    with acting_as(owner.actor):
        releases.keep(release.id, region_id=STRICT, service_id=SERVICE, body=release.to_json(), at=now)
        applications.create_draft(
            draft,
            actor=owner.actor,
            region_id=STRICT,
            number=ApplicationNumber.new(release.prefix, today=now.date()).text,
            service_id=SERVICE,
            release_id=release.id,
            subject=owner.identity.to_json(),
            indexes=(accounts.nik_index(str(owner.identity.nik)), accounts.kk_index(str(owner.identity.no_kk))),
            facts=facts_of(owner),
            answers={**ANSWERS, "bantuan": "tidak", "cara_terima": "ambil"},
            is_matched=True,
            needs_consent=False,
            ends_at=now + timedelta(days=30),
            at=now,
        )
    session = SessionStore()
    session["citizen"] = {"id": str(owner.actor.id), "epoch": 0}
    session.save()
    assert session.session_key
    return Sender(owner, draft, session.session_key)


@dataclass
class Phone:
    """`errors`: what the browser complained about."""

    page: Page
    sender: Sender
    requirement: str
    errors: list[str] = field(default_factory=list)
    bodies: list[tuple[str, int, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listen(self.page)

    def listen(self, page: Page) -> None:
        """Note errors and what is sent."""
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.method in ("POST", "PATCH"):
            body = request.post_data_buffer or b""
            self.bodies.append((request.method, len(body), body))

    @property
    def path(self) -> str:
        return f"/permohonan/{self.sender.draft}/dokumen/{self.requirement}"

    def open(self) -> None:
        """Go to the document's page."""
        self.page.goto(self.path)

    def choose(self, *files: FilePayload) -> None:
        """Files from camera or gallery; waits until they have been looked at."""
        had = self.tray.count()
        self.page.set_input_files("#berkas", list(files))
        expect(self.tray).to_have_count(had + len(files))
        expect(self.tray.get_by_text("Menyiapkan …").or_(self.tray.get_by_text("Preparing …"))).to_have_count(0)

    @property
    def tray(self) -> Locator:
        """The chosen pictures."""
        return self.page.locator(".tray > li")

    def press(self, name: str) -> None:
        """Press a button of the page."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def wait_for_pages(self, count: int) -> None:
        """Until the page shows so many sent pages."""
        expect(self.page.locator(".pages img")).to_have_count(count)

    def sent_pages(self) -> tuple[StoredPage, ...]:
        """What the portal has."""
        actor = self.sender.owner.actor
        with acting_as(actor):
            return documents.list_pages(self.sender.draft, region_id=actor.regions[0])

    def sent_picture(self, number: int = 0) -> bytes:
        """A page as the portal keeps it."""
        page = self.sent_pages()[number]
        return attach.read_page(self.sender.owner.actor, self.sender.draft, page_id=page.id)

    def waiting(self) -> list[int]:
        """Sizes of the pictures that wait in the browser."""
        found: list[int] = self.page.evaluate(_WAITING)
        return found

    def lose_network_after(self, parts: int) -> None:
        """So many parts come through; then nothing does."""
        left = parts

        def pass_or_break(route: Route) -> None:
            nonlocal left
            if route.request.method == "PATCH":
                left -= 1
            if left < 0:
                route.abort("connectionreset")
            else:
                route.continue_()

        self.page.route("**/unggahan/**", pass_or_break)

    def find_network(self) -> None:
        """Everything comes through again."""
        self.page.unroute("**/unggahan/**")
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def photograph(self, name: str) -> None:
        """Into the folder of screenshots, if one is named."""
        folder = os.environ.get(inspection.SCREENSHOTS)
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            width = (self.page.viewport_size or {"width": 0})["width"]
            self.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    def assert_accessible(self) -> None:
        """axe finds nothing, in the light and in the dark, and nothing is wider than the screen."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            assert inspection.violations(self.page) == []
        self.page.emulate_media(color_scheme="light")
        size = self.page.viewport_size
        assert size is not None
        assert inspection.too_wide(self.page, inspection.NARROWEST) == []
        self.page.set_viewport_size(size)
