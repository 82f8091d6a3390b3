"""What comes over the wire, counted by the browser: headers and packed content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

FIRST_ROUND_TRIP = 10_000  # bytes: HTML and the CSS that holds up the first paint
WHOLE_APPLICATION = 100_000  # bytes, besides photographs


@dataclass
class Wire:
    """Listens to one page's traffic."""

    page: Page
    total: int = 0
    blocking: int = 0
    pictures: int = 0
    _types: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        redirect = event.get("redirectResponse")
        if redirect:
            self.total += int(redirect["encodedDataLength"])
        if event.get("type") == "Document":
            self.blocking = 0

    def _answered(self, event: dict[str, Any]) -> None:
        self._types[event["requestId"]] = (event["type"], event["response"]["mimeType"])

    def _finished(self, event: dict[str, Any]) -> None:
        kind, mime = self._types.pop(event["requestId"], ("Other", ""))
        size = int(event["encodedDataLength"])
        if mime == "image/jpeg":
            self.pictures += size
            return
        self.total += size
        if kind in ("Document", "Stylesheet"):
            self.blocking += size
