"""Sums of answers, and whether somebody has been asked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.modules.surveys.types import Counted


def was_asked(application_id: UUID, *, region_id: int) -> bool:
    """Whether the owner has answered or does not want to."""
    return bool(
        fetch_one(
            "SELECT 1 FROM surveys_asked WHERE application_id = %s AND region_id = %s", [application_id, region_id]
        )
    )


def list_counts(region_id: int, *, since: date) -> tuple[Counted, ...]:
    """Sums over all services from the month of `since` on."""
    rows = fetch_all(
        "SELECT element, score, sum(count)::int FROM surveys_tally WHERE region_id = %s AND month >= %s"
        " GROUP BY element, score",
        [region_id, since.replace(day=1)],
    )
    return tuple(Counted(*row) for row in rows)
