"""Applications that an officer has approved, and what has begun for them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance import queries as products
from adminduk.modules.issuance.types import ProductView, StepHappened
from adminduk.usecases import fulfil, review, review_decisions
from tests.making import Owner, system
from tests.usecases.reviewing import STRICT, every_tick, make_waiting, staff


def pass_time(by: timedelta) -> None:
    """The clock moves, and what waits in the outbox falls due with it."""
    clock.move_forward(by)
    jobs.follow_clock(by)


def make_approved(owner: Owner | None = None, *, officer: Actor | None = None) -> Case:
    """Approved, and past the ten seconds in which that can be undone; nothing has begun yet."""
    case, officer = make_waiting(owner=owner), officer or staff()
    assert review.take_next(officer, at=clock.now()) == case.id
    review_decisions.approve(officer, case.id, ticked=every_tick(case), key=str(uuid4()), at=clock.now())
    pass_time(review_decisions.UNDO + 2 * review_decisions.MESSAGE_MARGIN)
    return case


def make_begun(owner: Owner | None = None) -> tuple[Case, ProductView]:
    """Approved, and the first step has been entered."""
    case = make_approved(owner)
    fulfil.begin(system(STRICT), application_id=str(case.id))
    product = product_of(case)
    assert product is not None
    return case, product


def product_of(case: Case) -> ProductView | None:
    """What the case yields, as the system sees it."""
    with acting_as(system(STRICT)):
        return products.find_of_application(case.id, region_id=STRICT)


def events_of(product: ProductView) -> list[StepHappened]:
    """The way of a product so far."""
    with acting_as(system(STRICT)):
        return list(products.list_events(product.id, region_id=STRICT))
