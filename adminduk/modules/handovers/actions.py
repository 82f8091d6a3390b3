"""A card comes to a counter, is handed over, or leaves it otherwise."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import run
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError
from adminduk.modules.handovers.models import Pickup as Row
from adminduk.modules.handovers.types import OldCard, Receipt

_PUT = """
INSERT INTO handovers_pickup (product_id, region_id, application_id, owner_id, site_id, state, generation, old_card,
    ready_at, reminders)
VALUES (%s, %s, %s, %s, %s, 'ready', 1, %s, %s, 0)
ON CONFLICT (product_id) DO UPDATE SET state = 'ready', generation = handovers_pickup.generation + 1,
    site_id = excluded.site_id, old_card = excluded.old_card, ready_at = excluded.ready_at, reminders = 0,
    ended_at = NULL, receipt = NULL
WHERE handovers_pickup.state = 'left'"""


def receipt_context(product_id: UUID, *, region_id: int) -> str:
    """The place that a receipt is bound to."""
    return f"handovers_pickup|receipt|{product_id}|{region_id}"


def put_ready(
    product_id: UUID,
    *,
    region_id: int,
    application_id: UUID,
    owner_id: UUID,
    site_id: UUID,
    old_card: OldCard,
    at: datetime,
) -> None:
    """A card waits at a counter; again after it had left, with a new code. Twice changes nothing."""
    run(_PUT, [product_id, region_id, application_id, owner_id, site_id, str(old_card), at])


def renew_code(product_id: UUID, *, region_id: int) -> None:
    """Make the code worthless; the next one holds. Raises DomainError("card_not_here")."""
    _change("generation = generation + 1", [], product_id, region_id=region_id)


def move(product_id: UUID, *, region_id: int, site_id: UUID) -> None:
    """The card lies at another counter now. Raises DomainError("card_not_here")."""
    _change("site_id = %s", [site_id], product_id, region_id=region_id)


def count_reminders(product_id: UUID, *, region_id: int, count: int) -> None:
    """A reminder has been planned, the `count`th that was due. Raises DomainError("card_not_here")."""
    _change("reminders = %s", [count], product_id, region_id=region_id)


def hand_over(product_id: UUID, receipt: Receipt, *, region_id: int, at: datetime) -> None:
    """Keep how it was handed over. Raises DomainError("card_not_here") if it is not at a counter."""
    sealed = crypto.encrypt_json(receipt.to_json(), context=receipt_context(product_id, region_id=region_id))
    _change("state = 'handed_over', ended_at = %s, receipt = %s", [at, sealed], product_id, region_id=region_id)


def leave(product_id: UUID, *, region_id: int, at: datetime) -> bool:
    """The card leaves the counter without being handed over; False if it was at none."""
    return bool(
        run(
            "UPDATE handovers_pickup SET state = 'left', ended_at = %s"
            " WHERE product_id = %s AND region_id = %s AND state = 'ready'",
            [at, product_id, region_id],
        )
    )


def note(
    product_id: UUID, act: str, *, region_id: int, owner_id: UUID, actor_id: UUID, at: datetime, reason: str = ""
) -> None:
    """Write down what happened, in codes."""
    run(
        "INSERT INTO handovers_happening (id, product_id, region_id, owner_id, act, reason, actor_id, at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [uuid7(), product_id, region_id, owner_id, act, reason, actor_id, at],
    )


def forget_receipts(region_id: int, *, before: datetime, limit: int = 1000) -> int:
    """Take away who took cards that were handed over before; returns how many, at most `limit`."""
    old = Row.objects.filter(region_id=region_id, ended_at__lt=before, receipt__isnull=False).exclude(state="ready")
    return Row.objects.filter(product_id__in=list(old.values_list("product_id", flat=True)[:limit])).update(
        receipt=None
    )


def _change(what: str, values: list[object], product_id: UUID, *, region_id: int) -> None:
    changed = run(
        f"UPDATE handovers_pickup SET {what} WHERE product_id = %s AND region_id = %s AND state = 'ready'",  # noqa: S608 - texts of this file
        [*values, product_id, region_id],
    )
    if not changed:
        raise DomainError("card_not_here")
