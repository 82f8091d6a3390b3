"""Read parcels and the lists they travel on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.deliveries.states import ENDED, ParcelState
from adminduk.modules.deliveries.types import Manifest, Parcel

COUNT_UP_TO = 1000
_ROW = (
    "SELECT application_id, region_id, owner_id, product_id, site_id, manifest_id, state, courier, cost_rupiah,"
    " tracking, attempts, last_attempt_on, old_card, old_card_taken, chosen_at, changed_at FROM deliveries_parcel"
    " WHERE region_id = %s"
)
_MANIFEST = (
    "SELECT id, region_id, site_id, number, courier, parcels, made_at, sent_at FROM deliveries_manifest"
    " WHERE region_id = %s"
)


def _parcel(row: tuple[Any, ...]) -> Parcel:
    application_id, region_id, owner_id, product_id, site_id, manifest_id, state, *rest = row
    return Parcel(application_id, region_id, owner_id, product_id, site_id, manifest_id, ParcelState(state), *rest)


def find_parcel(application_id: UUID, *, region_id: int, lock: bool = False) -> Parcel | None:
    """The parcel of an application, in whatever state."""
    row = fetch_one(f"{_ROW} AND application_id = %s{' FOR UPDATE' if lock else ''}", [region_id, application_id])
    return _parcel(row) if row else None


def get_parcel(application_id: UUID, *, region_id: int, lock: bool = False) -> Parcel:
    """The parcel of an application. Raises NotFound."""
    found = find_parcel(application_id, region_id=region_id, lock=lock)
    if found is None:
        raise NotFound("parcel")
    return found


def find_by_tracking(tracking: str, *, region_id: int) -> Parcel | None:
    """The parcel with this number of the courier's."""
    row = fetch_one(f"{_ROW} AND tracking = %s", [region_id, tracking])
    return _parcel(row) if row else None


def list_in(region_id: int, *states: ParcelState, limit: int = COUNT_UP_TO, lock: bool = False) -> tuple[Parcel, ...]:
    """Parcels in these states, longest first."""
    rows = fetch_all(
        f"{_ROW} AND state = ANY(%s) ORDER BY changed_at, application_id LIMIT %s{' FOR UPDATE' if lock else ''}",
        [region_id, [str(state) for state in states], limit],
    )
    return tuple(_parcel(row) for row in rows)


def count_from(region_id: int, *, site_id: UUID) -> int:
    """How many parcels lie at a place for the courier, or might come back to it."""
    row = fetch_one(
        "SELECT count(*) FROM deliveries_parcel WHERE region_id = %s AND site_id = %s AND NOT state = ANY (%s)",
        [region_id, site_id, [str(state) for state in ENDED]],
    )
    return int(row[0]) if row else 0


def list_of_manifest(manifest_id: UUID, *, region_id: int) -> tuple[Parcel, ...]:
    """What stands on a list, in its order."""
    rows = fetch_all(f"{_ROW} AND manifest_id = %s ORDER BY chosen_at, application_id", [region_id, manifest_id])
    return tuple(_parcel(row) for row in rows)


def get_manifest(manifest_id: UUID, *, region_id: int) -> Manifest:
    """One list. Raises NotFound."""
    row = fetch_one(f"{_MANIFEST} AND id = %s", [region_id, manifest_id])
    if row is None:
        raise NotFound("manifest")
    return Manifest(*row)


def list_manifests(region_id: int, *, limit: int = 50) -> tuple[Manifest, ...]:
    """Lists that no courier has taken yet, oldest first, then the newest of the others."""
    order = "sent_at IS NOT NULL, CASE WHEN sent_at IS NULL THEN made_at END, made_at DESC"
    rows = fetch_all(f"{_MANIFEST} ORDER BY {order} LIMIT %s", [region_id, limit])
    return tuple(Manifest(*row) for row in rows)
