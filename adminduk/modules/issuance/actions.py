"""Make products and move them along. Which step comes next is the use case's (usecases/fulfil.py)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation.database.statements import run
from adminduk.foundation.ids import uuid7
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.issuance.models import Product
from adminduk.modules.issuance.queries import get_product
from adminduk.modules.issuance.types import ProductView


def create(
    *, region_id: int, application_id: UUID, owner_id: UUID, subject_index: bytes, service_id: str, output: str,
    at: datetime,
) -> ProductView:  # fmt: skip
    """Begin what an application yields. A second one for the same application breaks a constraint."""
    product = Product(
        id=uuid7(), region_id=region_id, application_id=application_id, owner_id=owner_id, subject_index=subject_index,
        service_id=service_id, output=output, step_id="", step_kind="", entered_at=at, created_at=at,
    )  # fmt: skip
    product.save(force_insert=True)
    return get_product(product.id, region_id=region_id)


def enter_step(product: ProductView, *, step_id: str, kind: str, actor: Actor, at: datetime) -> ProductView:
    """The product is now at this step, at the place of the one before until it gets another.

    Raises DomainError("not_possible") when it has ended.
    """
    changed = run(
        "UPDATE issuance_product SET step_id = %s, step_kind = %s, entered_at = %s, wakes_at = NULL"
        " WHERE id = %s AND region_id = %s AND state = 'open'",
        [step_id, kind, at, product.id, product.region_id],
    )
    if not changed:
        raise DomainError("not_possible", state=product.state, act="enter")
    entered = get_product(product.id, region_id=product.region_id)
    write_event(entered, act="entered", actor=actor, at=at)
    return entered


def wait_until(product_id: UUID, *, region_id: int, wakes_at: datetime | None) -> None:
    """The step waits for a moment; None: for nothing of the kind any more."""
    run(
        "UPDATE issuance_product SET wakes_at = %s WHERE id = %s AND region_id = %s AND state = 'open'",
        [wakes_at, product_id, region_id],
    )


def set_site(product_id: UUID, *, region_id: int, site_id: UUID | None) -> None:
    """Where the present step is done."""
    run("UPDATE issuance_product SET site_id = %s WHERE id = %s AND region_id = %s", [site_id, product_id, region_id])


def end(product: ProductView, *, is_done: bool, reason: str, at: datetime) -> None:
    """Nothing is left to do, or it is stopped for `reason`."""
    run(
        "UPDATE issuance_product SET state = %s, reason = %s, ended_at = %s, wakes_at = NULL"
        " WHERE id = %s AND region_id = %s AND state = 'open'",
        ["done" if is_done else "stopped", reason, at, product.id, product.region_id],
    )


def write_event(product: ProductView, *, act: str, actor: Actor, at: datetime, reason: str = "") -> None:
    """Append what happened at the present step."""
    run(
        "INSERT INTO issuance_stepevent (id, region_id, owner_id, product_id, at, step_id, step_kind, act, actor_kind,"
        " actor_id, reason) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            uuid7(), product.region_id, product.owner_id, product.id, at, product.step_id, product.step_kind, act,
            str(actor.kind), actor.id, reason,
        ],
    )  # fmt: skip
