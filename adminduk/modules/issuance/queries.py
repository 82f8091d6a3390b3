"""Read products and their way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.issuance.types import ProductView, StepHappened

_COLUMNS = (
    "id, region_id, application_id, owner_id, subject_index, service_id, output, state, step_id, step_kind,"
    " entered_at, wakes_at, site_id, reason, created_at, ended_at"
)
_PRODUCT = f"SELECT {_COLUMNS} FROM issuance_product WHERE region_id = %(region)s AND "  # noqa: S608 - constants
_AT_STEP = _PRODUCT + "step_kind = %(kind)s AND state = 'open' ORDER BY entered_at, id LIMIT %(most)s"
_WAKING = _PRODUCT + "wakes_at <= %(now)s ORDER BY wakes_at LIMIT %(most)s"
_PLACELESS = _PRODUCT + (
    "step_kind = %(kind)s AND state = 'open' AND (site_id IS NULL OR NOT site_id = ANY (%(places)s::uuid[]))"
    " ORDER BY entered_at, id LIMIT %(most)s"
)
_COUNT = """
SELECT step_kind, count(*) FROM (SELECT step_kind FROM issuance_product WHERE region_id = %s AND state = 'open'
    AND step_kind = ANY (%s) LIMIT %s) waiting GROUP BY step_kind"""
_OPEN = "SELECT application_id FROM issuance_product WHERE region_id = %s AND state = 'open'"
COUNT_UP_TO = 100_000


def _view(row: Sequence[Any] | None) -> ProductView | None:
    return ProductView(*[*row[:4], bytes(row[4]), *row[5:]]) if row else None


def find_of_application(application_id: UUID, *, region_id: int, lock: bool = False) -> ProductView | None:
    """What an application yields, None before that has begun; `lock` holds its row for the transaction."""
    statement = _PRODUCT + "application_id = %(application)s" + (" FOR UPDATE" if lock else "")
    return _view(fetch_one(statement, {"region": region_id, "application": application_id}))


def get_product(product_id: UUID, *, region_id: int, lock: bool = False) -> ProductView:
    """One product. Raises NotFound where the actor sees none."""
    statement = _PRODUCT + "id = %(id)s" + (" FOR UPDATE" if lock else "")
    found = _view(fetch_one(statement, {"region": region_id, "id": product_id}))
    if found is None:
        raise NotFound("product")
    return found


def list_at_step(kind: str, *, region_id: int, most: int = 200) -> tuple[ProductView, ...]:
    """Open products at a kind of step, who came first is first."""
    rows = fetch_all(_AT_STEP, {"region": region_id, "kind": kind, "most": most})
    return tuple(view for row in rows if (view := _view(row)))


def list_placeless(kind: str, *, region_id: int, places: Collection[UUID], most: int = 200) -> tuple[ProductView, ...]:
    """Open products at a kind of step that are at none of the `places` where it is done, who came first is first."""
    rows = fetch_all(_PLACELESS, {"region": region_id, "kind": kind, "places": list(places), "most": most})
    return tuple(view for row in rows if (view := _view(row)))


def list_waking(region_id: int, *, now: datetime, most: int = 200) -> tuple[ProductView, ...]:
    """Products whose step has waited for a moment that has come."""
    rows = fetch_all(_WAKING, {"region": region_id, "now": now, "most": most})
    return tuple(view for row in rows if (view := _view(row)))


def list_open_applications(region_id: int) -> frozenset[UUID]:
    """Applications whose product is on its way."""
    return frozenset(row[0] for row in fetch_all(_OPEN, [region_id]))


def count_at_steps(kinds: tuple[str, ...], *, region_id: int) -> dict[str, int]:
    """How many wait at each of these kinds of step (capped in all at COUNT_UP_TO)."""
    return {kind: int(count) for kind, count in fetch_all(_COUNT, [region_id, list(kinds), COUNT_UP_TO])}


def list_events(product_id: UUID, *, region_id: int) -> tuple[StepHappened, ...]:
    """The way so far, oldest first."""
    rows = fetch_all(
        "SELECT at, step_id, step_kind, act, actor_kind, reason FROM issuance_stepevent"
        " WHERE product_id = %s AND region_id = %s ORDER BY at, id",
        [product_id, region_id],
    )
    return tuple(StepHappened(*row) for row in rows)
