"""A person in front of a browser: goes to pages, presses what has a name; every page is looked at on arrival."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page, Response, expect

from tests.journeys import inspection
from tests.journeys.wire import FIRST_ROUND_TRIP, Wire
from tests.portal import Portal


@dataclass
class Visitor:
    """Speaks `language`; a name is given as on the page in both languages.

    `is_staff`: no budget of bytes. `is_looked_at`: whether new pages are inspected.
    """

    page: Page
    portal: Portal
    language: str = "id"
    is_staff: bool = False
    is_looked_at: bool = True
    wire: Wire = field(init=False)
    faults: list[str] = field(default_factory=list)
    on_arrival: list[Callable[[Page], None]] = field(default_factory=list)
    inspected: set[str] = field(default_factory=set)  # addresses by name, with what they answer

    def __post_init__(self) -> None:
        self.wire = Wire(self.page)

    def says(self, indonesian: str, english: str) -> str:
        """What stands on the page, in the visitor's language."""
        return english if self.language == "en" else indonesian

    def open(self, path: str, status: int = 200) -> None:
        """Type an address."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        self.arrived(is_found=status == 200)

    def press(self, indonesian: str, english: str) -> None:
        """Press a button; the page that follows is looked at."""
        self.go(self.page.get_by_role("button", name=self.says(indonesian, english), exact=True).first.click)

    def follow(self, indonesian: str, english: str) -> None:
        """Follow a link by its words."""
        self.go(self.page.get_by_role("link", name=self.says(indonesian, english)).first.click)

    def go(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation(wait_until="load"):
            act()
        self.arrived()

    def key(self, key: str) -> None:
        """Press a key that leads to another page."""
        self.go(lambda: self.page.keyboard.press(key))

    def arrived(self, *, is_found: bool = True) -> None:
        expect(self.page.locator("h1").first).to_be_visible()
        if not self.is_staff and self.wire.blocking > FIRST_ROUND_TRIP:
            self.faults.append(f"{self.path}: {self.wire.blocking} bytes")
        if self.is_looked_at:
            self._inspect(is_found=is_found)
        for look in self.on_arrival:
            look(self.page)

    def look(self, state: str) -> None:
        """Inspect the page as it stands, though one of its name was looked at: its content is another, `state`."""
        self._inspect(state)

    def _inspect(self, state: str = "", *, is_found: bool = True) -> None:
        if is_found:
            self.inspected.add(inspection.view_of(self.page))
        self.faults += inspection.faults_of(self.page, state)

    @contextmanager
    def walking(self) -> Iterator[None]:
        """Each page that comes meanwhile is walked through by keyboard."""
        self.on_arrival.append(inspection.walk_by_keyboard)
        yield
        self.on_arrival.remove(inspection.walk_by_keyboard)

    def heading(self) -> str:
        """The page's first heading."""
        return self.page.locator("h1").first.inner_text()

    @property
    def path(self) -> str:
        """Where the visitor is."""
        return self.page.url.removeprefix(self.portal.base_url)


def status_of(answer: Response | None) -> int:
    """The status of an answer."""
    assert answer is not None
    return answer.status
