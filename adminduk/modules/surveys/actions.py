"""Note that somebody was asked, and add his scores to the sums."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from adminduk.foundation.database.statements import run
from adminduk.foundation.ids import uuid7

_ADD = """
INSERT INTO surveys_tally (id, region_id, service_id, month, element, score, count)
VALUES (%s, %s, %s, %s, %s, %s, 1)
ON CONFLICT (region_id, month, service_id, element, score) DO UPDATE SET count = surveys_tally.count + 1"""


def note_asked(application_id: UUID, *, region_id: int, owner_id: UUID) -> bool:
    """Note that this application's owner was asked; False if he had been before."""
    return bool(
        run(
            "INSERT INTO surveys_asked (application_id, region_id, owner_id) VALUES (%s, %s, %s)"
            " ON CONFLICT (application_id) DO NOTHING",
            [application_id, region_id, owner_id],
        )
    )


def count(scores: Mapping[str, int], *, region_id: int, service_id: str, today: date) -> None:
    """Add one answer to the sums of the month, in one order everywhere so that two answers never wait crosswise."""
    for element, score in sorted(scores.items()):
        run(_ADD, [uuid7(), region_id, service_id, today.replace(day=1), element, score])
