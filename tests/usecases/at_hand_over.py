"""Cards that are printed and come to the last step: to a counter, or to the courier."""

from __future__ import annotations

from uuid import UUID, uuid4

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance import queries as products
from adminduk.modules.notifications import queries as notifications
from adminduk.modules.notifications.types import PlannedMessage
from adminduk.modules.offices import queries as offices
from adminduk.usecases import choose_delivery, fulfil, office_setup
from adminduk.usecases.outside import catalogue
from tests import database as test_database
from tests.making import Owner, make_owner, system
from tests.usecases.approving import make_begun
from tests.usecases.reviewing import STRICT


def site_of(code: str) -> UUID:
    """A place of the region's file, which becomes a row when it is first asked for."""
    with acting_as(system(STRICT)):
        office_setup.seed_office(catalogue().region(RegionCode.from_number(STRICT)))
        return next(site.id for site in offices.list_sites(STRICT) if site.code == code)


def card_ready(*, site: str = "dinas", delivery: bool = False, owner: Owner | None = None) -> tuple[Owner, Case]:
    """An approved application whose card is printed at `site`; with `delivery` the owner chose the courier before."""
    owner, site_id = owner or make_owner(STRICT), site_of(site)
    case, product = make_begun(owner)
    if delivery:
        choose_delivery.choose(owner.actor, case.id, key=str(uuid4()), at=clock.now())
    with test_database.superuser_connection() as above:
        above.execute("UPDATE issuance_product SET site_id = %s WHERE id = %s", [site_id, product.id])
    passed_to_hand_over(case)
    return owner, case


def passed_to_hand_over(case: Case) -> None:
    """Whatever stands before the hand-over is done."""
    actor = system(STRICT)
    with acting_as(actor):
        product = products.find_of_application(case.id, region_id=STRICT)
        assert product is not None
        while product.step_kind != "hand_over":
            product = fulfil.advance(product.id, region_id=STRICT, step_id=product.step_id, actor=actor, at=clock.now())


def events_about(case: Case, event: str) -> list[PlannedMessage]:
    """What was told about a case under this name."""
    with acting_as(system(STRICT)):
        told = notifications.list_of_application(case.id, region_id=STRICT)
    return [message for message in told if message.event == event]
