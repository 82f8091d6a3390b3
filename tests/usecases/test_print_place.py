"""Cards of a region in which no place prints: they wait where the office sees them, and go on once there is one."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.offices import queries as offices
from adminduk.modules.printing import queries as line
from adminduk.readmodels import print_floor, way_printing
from adminduk.usecases import fulfil, outside, print_watch
from tests.database import superuser_connection
from tests.making import system
from tests.pages.application.walking import text_of
from tests.pages.officer.clients import browser_of
from tests.usecases.approving import events_of, make_begun, product_of
from tests.usecases.floor import Floor
from tests.usecases.reviewing import STRICT, staff
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database", "no_place")
_SET = "UPDATE offices_site SET {column} = %s WHERE region_id = %s AND id = ANY (%s)"


@pytest.fixture(params=["prints", "is_active"])
def no_place(request: pytest.FixtureRequest, database: None, register: Register) -> Iterator[None]:
    """Semarang's places do not print, or Semarang has none at all; a register that does not answer."""
    register.is_down = True
    with acting_as(system(STRICT)):
        before = [site.id for site in offices.list_sites(STRICT) if site.prints or request.param == "is_active"]
    _set(request.param, before, is_so=False)
    yield
    _set(request.param, before, is_so=True)


def _set(column: str, sites: list[UUID], *, is_so: bool) -> None:
    with superuser_connection() as connection:
        connection.execute(_SET.format(column=column), [is_so, STRICT, sites])


def _place_in_line(product: ProductView) -> int | None:
    with acting_as(system(STRICT)):
        return line.place_of(product.id)


def _told(case: Case, product: ProductView) -> str:
    with acting_as(system(STRICT)):
        return " ".join(one.id for one in way_printing.tell(case, product, outside.catalogue(), clock.now()).lines)


def test_a_card_without_a_place_waits_visibly_and_joins_the_line_by_itself() -> None:
    (first, one), (_, other) = make_begun(), make_begun()
    admin = staff(role="admin")
    assert (one.step_kind, one.site_id, _place_in_line(one)) == ("printing", None, None)
    assert print_floor.count_placeless(admin) >= 2
    office = browser_of(admin).get("/petugas/kantor")
    assert "kartu menunggu tempat cetak" in text_of(office)
    assert 'href="/petugas/kantor/tempat">Tambah' in office.content.decode()
    floor = browser_of(staff(role="operator")).get("/petugas/cetak")
    assert "kartu menunggu tempat cetak" in text_of(floor) and "Minta admin atau kepala kantor" in text_of(floor)
    assert "belum punya tempat mencetak" in _told(first, one)

    print_watch.begin_placeless(system(STRICT))
    assert _place_in_line(one) is None, "there is still no place"

    site = Floor().site
    assert print_floor.count_placeless(admin) == 0, "nobody is told any more that no place prints"
    for _ in range(2):
        print_watch.begin_placeless(system(STRICT))
    places = [_place_in_line(one), _place_in_line(other)]
    assert places == [places[0], (places[0] or 0) + 1] and places[0], "who came first is first"
    now = product_of(first)
    assert now and now.site_id == site
    assert [event.act for event in events_of(now)] == ["entered"]
    assert "kartu menunggu tempat cetak" not in text_of(browser_of(admin).get("/petugas/kantor"))


def test_a_card_that_is_stopped_while_it_waits_for_a_place_joins_no_line() -> None:
    _, product = make_begun()
    operator = staff(role="operator")
    with acting_as(operator):
        fulfil.stop(product.id, region_id=STRICT, reason="died", actor=operator, at=clock.now())
    Floor()
    print_watch.begin_placeless(system(STRICT))
    assert _place_in_line(product) is None
