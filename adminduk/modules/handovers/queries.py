"""Read which cards wait where."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.handovers.actions import receipt_context
from adminduk.modules.handovers.types import OldCard, Pickup, PickupState, Receipt

COUNT_UP_TO = 1000
_ROW = (
    "SELECT product_id, region_id, application_id, owner_id, site_id, state, generation, old_card, ready_at, reminders,"
    " ended_at, receipt FROM handovers_pickup WHERE region_id = %s"
)


def _pickup(row: tuple[Any, ...]) -> Pickup:
    product_id, region_id, application_id, owner_id, site_id, state, generation, old_card, *rest = row
    ready_at, reminders, ended_at, sealed = rest
    context = receipt_context(product_id, region_id=region_id)
    return Pickup(
        product_id=product_id,
        region_id=region_id,
        application_id=application_id,
        owner_id=owner_id,
        site_id=site_id,
        state=PickupState(state),
        generation=generation,
        old_card=OldCard(old_card),
        ready_at=ready_at,
        reminders=reminders,
        ended_at=ended_at,
        receipt=Receipt.from_json(crypto.decrypt_json(sealed, context=context)) if sealed else None,
    )


def get_pickup(product_id: UUID, *, region_id: int, lock: bool = False) -> Pickup:
    """One card, wherever it is. Raises NotFound."""
    row = fetch_one(f"{_ROW} AND product_id = %s{' FOR UPDATE' if lock else ''}", [region_id, product_id])
    if row is None:
        raise NotFound("card")
    return _pickup(row)


def find_of_application(application_id: UUID, *, region_id: int) -> Pickup | None:
    """The card of an application, if it has ever come to a counter."""
    row = fetch_one(f"{_ROW} AND application_id = %s", [region_id, application_id])
    return _pickup(row) if row else None


def list_ready(region_id: int, *, before: datetime | None = None, limit: int = COUNT_UP_TO) -> tuple[Pickup, ...]:
    """Cards that wait, longest first; with `before`, those that came before."""
    rows = fetch_all(
        f"{_ROW} AND state = 'ready' AND ready_at < coalesce(%s::timestamptz, 'infinity')"
        " ORDER BY ready_at, product_id LIMIT %s",
        [region_id, before, limit],
    )
    return tuple(_pickup(row) for row in rows)


def list_ready_at(region_id: int, *, site_id: UUID, limit: int) -> tuple[Pickup, ...]:
    """Cards that wait at a place, by application: whoever locks them all does so in one order."""
    rows = fetch_all(
        f"{_ROW} AND site_id = %s AND state = 'ready' ORDER BY application_id LIMIT %s", [region_id, site_id, limit]
    )
    return tuple(_pickup(row) for row in rows)


def count_by_site(region_id: int, *, before: datetime | None = None) -> dict[UUID, int]:
    """How many cards wait at each place, also where no counter is any more; with `before`, those that came before."""
    rows = fetch_all(
        "SELECT site_id, count(*) FROM handovers_pickup WHERE region_id = %s AND state = 'ready'"
        " AND ready_at < coalesce(%s::timestamptz, 'infinity') GROUP BY site_id",
        [region_id, before],
    )
    return {site_id: int(count) for site_id, count in rows}


def count_ready(region_id: int, *, site_id: UUID) -> int:
    """How many cards wait at a counter."""
    row = fetch_one(
        "SELECT count(*) FROM handovers_pickup WHERE region_id = %s AND site_id = %s AND state = 'ready'",
        [region_id, site_id],
    )
    return int(row[0]) if row else 0


def list_to_remind(region_id: int, *, reminders: int, before: datetime, limit: int = 200) -> tuple[Pickup, ...]:
    """Cards that came before and whose owners have been reminded so often."""
    rows = fetch_all(
        f"{_ROW} AND state = 'ready' AND reminders = %s AND ready_at < %s ORDER BY ready_at LIMIT %s",
        [region_id, reminders, before, limit],
    )
    return tuple(_pickup(row) for row in rows)
