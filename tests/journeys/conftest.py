"""People with browsers in front of the running portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.browser import DESK, OpenPage
from tests.portal import Portal

if TYPE_CHECKING:  # pytest reads this file before Django's settings
    from tests.journeys.citizen import Citizen
    from tests.journeys.officer import Officer
    from tests.journeys.visitor import Visitor

MakeVisitor: TypeAlias = "Callable[..., Visitor]"
MakeCitizen: TypeAlias = "Callable[..., Citizen]"
MakeOfficer: TypeAlias = "Callable[..., Officer]"


@pytest.fixture
def visitor(portal: Portal, open_page: OpenPage, request: pytest.FixtureRequest) -> Iterator[MakeVisitor]:
    """Somebody with a browser of his own: visitor(size=…, scheme=…, javascript=…, language="en").

    After a test that passed: no page has a fault, and those that inspected.py says it inspects were.
    """
    from tests.journeys.inspected import pages_of
    from tests.journeys.visitor import Visitor

    def make(*, language: str = "id", is_staff: bool = False, is_looked_at: bool = True, **looks: object) -> Visitor:
        locale = "en-GB" if language == "en" else "id-ID"
        page = open_page(base_url=portal.base_url, language=locale, **looks)
        made.append(Visitor(page, portal, language, is_staff, is_looked_at))
        return made[-1]

    made: list[Visitor] = []
    failed = request.session.testsfailed
    yield make
    faults = [fault for one in made for fault in one.faults]
    assert not faults, "\n".join(faults)
    missed = pages_of(request.node.originalname) - {page for one in made for page in one.inspected}
    assert not missed or request.session.testsfailed > failed, f"not inspected, as inspected.py says: {sorted(missed)}"


@pytest.fixture
def citizen(visitor: MakeVisitor, portal: Portal) -> MakeCitizen:
    """A person of the stories: citizen("lost_card", …)."""
    from tests.journeys import people
    from tests.journeys.citizen import Citizen

    def make(key: str, *, address: str = "", **looks: object) -> Citizen:
        return Citizen(visitor(**looks), people.person(portal, key), address)

    return make


@pytest.fixture
def officer(visitor: MakeVisitor) -> MakeOfficer:
    """One of the staff, signed in: officer("petugas1", "33.74")."""
    from adminduk.foundation import clock
    from adminduk.usecases import office_setup
    from tests.journeys.officer import Officer

    office_setup.demo_offices()
    staff = {one.email: one for one in office_setup.demo_officers()}

    def make(user: str, region: str, **looks: object) -> Officer:
        email = f"{user}.{region.replace('.', '')}@adminduk.example"
        office_setup.demo_officer(staff[email], at=clock.now())
        return Officer(visitor(is_staff=True, **({"size": DESK} | looks)), email)

    return make
