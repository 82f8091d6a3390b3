"""What an officer does, act by act, in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from adminduk.foundation import totp
from adminduk.usecases.office_setup import DEMO_PASSWORD, demo_secret
from tests.journeys.visitor import Visitor


@dataclass
class Officer:
    """One of the demo's staff with a browser."""

    visitor: Visitor
    email: str

    def sign_in(self) -> None:
        """Password and the code of the authenticator."""
        page = self.visitor.page
        self.visitor.open("/petugas/masuk")
        page.fill("input[name=email]", self.email)
        page.fill("input[name=password]", DEMO_PASSWORD)
        page.fill("input[name=code]", totp.code_at(demo_secret(self.email), totp.step_of(datetime.now(UTC))))
        self.visitor.press("Masuk", "Sign in")
        assert self.visitor.path.startswith("/petugas/"), self.visitor.path
        assert not self.visitor.path.endswith("/masuk"), self.visitor.page.inner_text("main")

    def take_next(self) -> None:
        """The oldest case."""
        self._press_key_button("Ambil berikutnya", "Take the next one")
        assert "/petugas/kasus/" in self.visitor.path, self.visitor.page.inner_text("main")

    def _press_key_button(self, indonesian: str, english: str) -> None:
        """Buttons with a shortcut carry its letter in their name."""
        words = self.visitor.says(indonesian, english)
        with self.visitor.page.expect_navigation(wait_until="load"):
            self.visitor.page.get_by_role("button", name=words).first.click()
        self.visitor.arrived()

    def ask_for(self, item: str, reason: str, words: str) -> None:
        """A correction of one item, for example "document-kk"."""
        page = self.visitor.page
        self.visitor.follow("Minta perbaikan", "Ask for corrections")
        page.check(f"input[name='pilih-{item}']")
        page.select_option(f"[name='alasan-{item}']", reason)
        page.fill(f"[name='kata-{item}']", words)
        self.visitor.press("Kirim permintaan perbaikan", "Send the request")

    def approve(self) -> None:
        """Tick the whole checklist, approve."""
        for box in self.visitor.page.locator(".checklist input[type=checkbox]").all():
            box.check()
        self._press_key_button("Setujui, buka berikutnya", "Approve, open the next")

    def undo(self) -> None:
        """Take the decision back while the bar is there."""
        self._press_key_button("Urungkan", "Undo")
