"""A parcel is chosen, listed, sent, tried, delivered or brought back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from adminduk.foundation.database.statements import fetch_one, run
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError
from adminduk.modules.deliveries.states import TRANSITIONS, ParcelAct, ParcelState
from adminduk.modules.deliveries.types import Parcel

_CHOOSE = """
INSERT INTO deliveries_parcel (application_id, region_id, owner_id, state, courier, cost_rupiah, tracking, attempts,
    old_card, chosen_at, changed_at)
VALUES (%s, %s, %s, 'wanted', %s, %s, '', 0, 'none', %s, %s)
ON CONFLICT (application_id) DO UPDATE SET state = 'wanted', courier = excluded.courier, manifest_id = NULL,
    cost_rupiah = excluded.cost_rupiah, tracking = '', attempts = 0, last_attempt_on = NULL, product_id = NULL,
    site_id = NULL, old_card_taken = NULL, chosen_at = excluded.chosen_at, changed_at = excluded.changed_at
WHERE deliveries_parcel.state = 'dropped'"""


def choose(
    application_id: UUID, *, region_id: int, owner_id: UUID, courier: str, cost_rupiah: int, at: datetime
) -> None:
    """The person wants his card brought, at this cost. Twice changes nothing."""
    run(_CHOOSE, [application_id, region_id, owner_id, courier, cost_rupiah, at, at])


def move(parcel: Parcel, act: ParcelAct, *, actor_id: UUID, at: datetime, day: date | None = None) -> ParcelState:
    """Move a parcel by the table of states. Raises DomainError("parcel_not_possible").

    `day`: on which the courier tried or delivered, as he reports it.
    """
    to = TRANSITIONS.get((parcel.state, act))
    changed = to and run(
        "UPDATE deliveries_parcel SET state = %s, changed_at = %s WHERE application_id = %s AND region_id = %s"
        " AND state = %s",
        [str(to), at, parcel.application_id, parcel.region_id, str(parcel.state)],
    )
    if to is None or not changed:
        raise DomainError("parcel_not_possible")
    if act is ParcelAct.FAIL:
        _set(parcel, "attempts = attempts + 1, last_attempt_on = %s", [day])
    run(
        "INSERT INTO deliveries_passage (id, application_id, region_id, owner_id, act, day, actor_id, at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [uuid7(), parcel.application_id, parcel.region_id, parcel.owner_id, str(act), day, actor_id, at],
    )
    return to


def place_at(parcel: Parcel, *, product_id: UUID, site_id: UUID, old_card: str) -> None:
    """The card has been printed and lies there."""
    _set(parcel, "product_id = %s, site_id = %s, old_card = %s", [product_id, site_id, old_card])


def put_on(parcel: Parcel, *, manifest_id: UUID) -> None:
    """It stands on this list."""
    _set(parcel, "manifest_id = %s", [manifest_id])


def set_tracking(parcel: Parcel, tracking: str) -> None:
    """The courier's number. Raises DomainError("tracking_taken") when another parcel of the region has it."""
    if tracking and fetch_one(
        "SELECT 1 FROM deliveries_parcel WHERE region_id = %s AND tracking = %s AND application_id <> %s",
        [parcel.region_id, tracking, parcel.application_id],
    ):
        raise DomainError("tracking_taken")
    _set(parcel, "tracking = %s", [tracking])


def note_old_card(parcel: Parcel, *, is_taken: bool) -> None:
    """Whether the courier was given the old card."""
    _set(parcel, "old_card_taken = %s", [is_taken])


def make_manifest(
    manifest_id: UUID, *, region_id: int, site_id: UUID, number: str, courier: str, parcels: int, made_by: UUID,
    at: datetime,
) -> None:  # fmt: skip
    """Begin a list."""
    run(
        "INSERT INTO deliveries_manifest (id, region_id, site_id, number, courier, parcels, made_at, made_by)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [manifest_id, region_id, site_id, number, courier, parcels, at, made_by],
    )


def mark_sent(manifest_id: UUID, *, region_id: int, at: datetime) -> None:
    """The courier has taken what stands on the list."""
    run(
        "UPDATE deliveries_manifest SET sent_at = coalesce(sent_at, %s) WHERE id = %s AND region_id = %s",
        [at, manifest_id, region_id],
    )


def _set(parcel: Parcel, what: str, values: list[object]) -> None:
    run(
        f"UPDATE deliveries_parcel SET {what} WHERE application_id = %s AND region_id = %s",  # noqa: S608 - texts of this file
        [*values, parcel.application_id, parcel.region_id],
    )
