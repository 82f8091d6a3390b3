"""After approval: what an application yields goes from step to step until it is in the person's hands.

Which steps there are says the service's definition (`fulfilment`), how each is done a file of usecases/steps/. What is
here moves a product from one to the next, within the transaction of whoever has done the work.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from adminduk.catalogue.schema import FulfilmentStep
from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act, State
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance import actions as issuance
from adminduk.modules.issuance import queries as products
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.releases import queries as releases
from adminduk.usecases import notify
from adminduk.usecases.apply import local_day
from adminduk.usecases.case_record import record
from adminduk.usecases.steps import known_steps


def begin_later(case: Case, *, at: datetime) -> None:
    """Within an approval: what follows begins `at`, when the approval can no longer be undone."""
    jobs.enqueue("fulfil.begin", region=case.region_id, at=at, application_id=str(case.id))


@jobs.job("fulfil.begin")
def begin(actor: Actor, application_id: str) -> None:
    """Make the product of an approved application and enter its first step. Harmless when repeated or undone."""
    at = clock.now()
    with acting_as(actor):
        case = cases.get_case(UUID(application_id), lock=True)
        is_settled = case.settles_at is not None and case.settles_at <= at
        if case.state is not State.APPROVED or not is_settled:
            return
        release = releases.get_release(case.release_id)
        if not release.output or products.find_of_application(case.id, region_id=case.region_id):
            return
        product = issuance.create(
            region_id=case.region_id,
            application_id=case.id,
            owner_id=case.owner_id,
            subject_index=case.subject_index,
            service_id=case.service_id,
            output=release.output,
            at=at,
        )
        _go_on(case, product, after="", actor=actor, at=at)


@jobs.job("fulfil.look", every_minutes=5)
def look(actor: Actor) -> None:
    """Wake the products whose step has waited for a moment that has come, each by a job of its own."""
    region_id = actor.regions[0]
    with acting_as(actor):
        for product in products.list_waking(region_id, now=clock.now()):
            product_id, step_id = str(product.id), product.step_id
            once = f"{product_id}:{step_id}"
            jobs.enqueue("fulfil.wake", region=region_id, once=once, product_id=product_id, step_id=step_id)


@jobs.job("fulfil.wake")
def wake(actor: Actor, product_id: str, step_id: str) -> None:
    """Go on with a product that has waited at this step."""
    with acting_as(actor):
        advance(UUID(product_id), region_id=actor.regions[0], step_id=step_id, actor=actor, at=clock.now())


def advance(product_id: UUID, *, region_id: int, step_id: str, actor: Actor, at: datetime) -> ProductView:
    """The step `step_id` is done: go on with the next one that applies. Within the caller's transaction.

    Said twice it is done once: a product that is no longer at this step is left as it is. Returns where it is now.
    Raises NotFound; DomainError("not_possible") when the application is no longer approved.
    """
    case, product = _opened(product_id, region_id=region_id)
    if not product.is_open or product.step_id != step_id:
        return product
    issuance.write_event(product, act="done", actor=actor, at=at)
    record("product.step_done", case, actor=actor, at=at, reason=product.step_kind)
    return _go_on(case, product, after=step_id, actor=actor, at=at)


def back_to(product_id: UUID, *, region_id: int, kind: str, reason: str, actor: Actor, at: datetime) -> ProductView:
    """Do an earlier kind of step again (a recording that failed, a card printed wrongly), for a coded reason.

    Within the caller's transaction. Raises NotFound; DomainError: not_possible.
    """
    case, product = _opened(product_id, region_id=region_id)
    release = releases.get_release(case.release_id)
    steps = release.fulfilment(case.facts_on(local_day(case)), case.answers)
    wanted = next((step for step in steps if step.step == kind), None)
    if wanted is None or not product.is_open:
        raise DomainError("not_possible", state=product.state, act=f"back_to_{kind}")
    known_steps()[product.step_kind].leave(case, product, at=at)
    issuance.write_event(product, act="sent_back", actor=actor, at=at, reason=reason)
    record("product.sent_back", case, actor=actor, at=at, reason=reason)
    return _enter(case, product, wanted, actor=actor, at=at)


def begin_here(product_id: UUID, *, region_id: int, step_kind: str, places: Collection[UUID], at: datetime) -> None:
    """A step that is at none of the `places` where it is done begins anew; elsewhere or said twice: nothing.

    Within the caller's transaction. Raises NotFound; DomainError("not_possible").
    """
    case, product = _opened(product_id, region_id=region_id)
    if product.is_open and product.site_id not in places and product.step_kind == step_kind:
        step = releases.get_release(case.release_id).fulfilment_step(product.step_id)
        known_steps()[step.step].enter(case, product, step, at=at)


def stop(product_id: UUID, *, region_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """It will not be made: the person has died, moved away, is recorded twice. The application ends with `reason`.

    Within the caller's transaction. Raises NotFound; DomainError: not_possible.
    """
    case, product = _opened(product_id, region_id=region_id)
    if not product.is_open:
        raise DomainError("not_possible", state=product.state, act="stop")
    known_steps()[product.step_kind].leave(case, product, at=at)
    issuance.write_event(product, act="stopped", actor=actor, at=at, reason=reason)
    issuance.end(product, is_done=False, reason=reason, at=at)
    applications.transition(case.id, Act.STOP, actor=actor, region_id=region_id, at=at, reason=reason)
    applications.release_claim(case.id)
    record("case.stop", case, actor=actor, at=at, reason=reason)


def _opened(product_id: UUID, *, region_id: int) -> tuple[Case, ProductView]:
    """Case and product, both locked, always in this order."""
    seen = products.get_product(product_id, region_id=region_id)
    case = cases.get_case(seen.application_id, lock=True)
    return case, products.get_product(product_id, region_id=region_id, lock=True)


def _go_on(case: Case, product: ProductView, *, after: str, actor: Actor, at: datetime) -> ProductView:
    step = releases.get_release(case.release_id).next_step(after, case.facts_on(local_day(case)), case.answers)
    return _enter(case, product, step, actor=actor, at=at) if step else _complete(case, product, actor=actor, at=at)


def _enter(case: Case, product: ProductView, step: FulfilmentStep, *, actor: Actor, at: datetime) -> ProductView:
    entered = issuance.enter_step(product, step_id=step.id, kind=step.step, actor=actor, at=at)
    if not known_steps()[step.step].enter(case, entered, step, at=at):
        return _go_on(case, entered, after=step.id, actor=actor, at=at)
    if step.message:
        notify.tell(step.message, case=case, at=at)
    return products.get_product(product.id, region_id=product.region_id)


def _complete(case: Case, product: ProductView, *, actor: Actor, at: datetime) -> ProductView:
    issuance.end(product, is_done=True, reason="", at=at)
    applications.transition(case.id, Act.COMPLETE, actor=actor, region_id=case.region_id, at=at)
    applications.release_claim(case.id)
    record("case.complete", case, actor=actor, at=at)
    return products.get_product(product.id, region_id=product.region_id)
