"""Many citizens with complete drafts who press "Kirim" over HTTP, and again until they are told that it arrived."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import UUID

from adminduk.catalogue.release import Release
from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.sessions import SessionStore
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.applications import actions as applications
from adminduk.modules.documents import actions as documents
from adminduk.modules.documents.types import NewPage
from adminduk.modules.releases import actions as releases
from adminduk.usecases import outside
from benchmarks.browser import Browser, Form, Unexpected
from tests import making
from tests.usecases import reviewing

REGION = 5171  # the lean one: Kartu Keluarga and police letter
ANSWERS = {name: value for name, value in reviewing.ANSWERS.items() if name != "benar"}
WITHIN = 240.0  # seconds until somebody who keeps pressing is called lost


@dataclass(frozen=True, slots=True)
class Sender:
    """A citizen with a complete draft and an open session."""

    owner: making.Owner
    case_id: UUID
    session_key: str

    @property
    def email(self) -> str:
        return self.owner.address.value


def make_senders(count: int) -> list[Sender]:
    """As many citizens of the lean region."""
    release = outside.catalogue().release(making.SERVICE, RegionCode.from_number(REGION))
    return [_make_sender(release) for _ in range(count)]


def _make_sender(release: Release) -> Sender:
    owner, case_id, now = making.make_owner(REGION), uuid7(), clock.now()
    with acting_as(owner.actor):
        releases.keep(release.id, region_id=REGION, service_id=making.SERVICE, body=release.to_json(), at=now)
        applications.create_draft(
            case_id,
            actor=owner.actor,
            region_id=REGION,
            number=ApplicationNumber.new(release.prefix, today=now.date()).text,
            service_id=making.SERVICE,
            release_id=release.id,
            subject=owner.identity.to_json(),
            indexes=(accounts.nik_index(str(owner.identity.nik)), accounts.kk_index(str(owner.identity.no_kk))),
            facts=reviewing.facts_of(owner),
            answers={**ANSWERS, "bantuan": "tidak", "cara_terima": "ambil"},
            is_matched=True,
            needs_consent=False,
            ends_at=now.replace(year=now.year + 1),
            at=now,
        )
        for requirement in ("kk", "surat_kehilangan"):
            _add_page(owner, case_id, requirement)
    return Sender(owner, case_id, open_session(owner))


def _add_page(owner: making.Owner, case_id: UUID, requirement: str) -> None:
    kind = {"surat_kehilangan": "surat_kehilangan_kepolisian"}.get(requirement, requirement)
    documents.add_pages(
        case_id,
        region_id=REGION,
        owner_id=owner.actor.id,
        requirement=(requirement, kind),
        pages=(NewPage(uuid7(), str(uuid7()), str(uuid7()), 10, 10, 100, uuid7().bytes),),
        max_pages=2,
        at=clock.now(),
    )


def open_session(owner: making.Owner) -> str:
    """The key of a session in which the owner is signed in."""
    session = SessionStore()
    session["citizen"] = {"id": str(owner.actor.id), "epoch": 0}
    session.save()
    assert session.session_key
    return session.session_key


def browser_of(base_url: str, sender: Sender) -> Browser:
    """The sender's browser, signed in."""
    browser = Browser(base_url)
    browser._cookies["sesi"] = sender.session_key
    return browser


def send_until_told(base_url: str, sender: Sender) -> int:
    """Press "Kirim", and the same button again after every error, until the receipt is shown; returns how often."""
    deadline, form, times = time.monotonic() + WITHIN, None, 0
    while time.monotonic() < deadline:
        browser = browser_of(base_url, sender)
        try:
            times += 1
            form, is_told = _press(browser, sender, form)
            if is_told:
                return times
        except (OSError, http.client.HTTPException, Unexpected, LookupError):
            time.sleep(0.3)  # a person waits a moment before pressing again
        finally:
            browser.close()
    raise AssertionError("never told that it arrived")


def _press(browser: Browser, sender: Sender, form: Form | None) -> tuple[Form | None, bool]:
    """Every second time with the page that is still open, else with one loaded anew: other key, same draft."""
    page = browser.get(f"/permohonan/{sender.case_id}/periksa", step="check page")
    if page.url.endswith("/terkirim"):
        return form, True
    fresh = page.form("/periksa")
    if form is not None:  # the old form's key with the new page's token
        fresh.fields["key"] = form.fields["key"]
    page = browser.post(fresh, step="send", benar="ya")
    return fresh, page.url.endswith("/terkirim")


@dataclass
class Crowd:
    """Senders at work in the background. `told` grows as receipts are shown."""

    base_url: str
    senders: list[Sender]
    hands: int = 8
    told: list[Sender] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _futures: list[Future[None]] = field(default_factory=list)

    def begin(self) -> None:
        """Let all press, as many at the same time as there are hands."""
        self._pool = ThreadPoolExecutor(self.hands)
        self._futures = [self._pool.submit(self._send, sender) for sender in self.senders]

    def when_told(self, share: float, act: Callable[[], None]) -> None:
        """Do `act` as soon as this share of the senders has a receipt."""
        wanted = max(1, round(share * len(self.senders)))
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.told) >= wanted, WITHIN), "nothing goes on"
        act()

    def finish(self) -> None:
        """Wait for everybody. Raises what any of them met."""
        for future in self._futures:
            future.result(WITHIN * 2)
        self._pool.shutdown()

    def _send(self, sender: Sender) -> None:
        send_until_told(self.base_url, sender)
        with self._changed:
            self.told.append(sender)
            self._changed.notify_all()
