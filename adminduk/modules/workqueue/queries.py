"""Read the queue: small lists by key, capped counts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation.database.prepared import Question
from adminduk.foundation.database.statements import fetch, fetch_one
from adminduk.modules.workqueue.types import Waiting

COUNT_UP_TO = 1000
_WAITING = """
SELECT queued_at, due_at, holder_id, held_until, is_escalated FROM workqueue_item
WHERE application_id = %s AND region_id = %s"""


def find_waiting(application_id: UUID, *, region_id: int) -> Waiting | None:
    """The waiting case, or None."""
    row = fetch_one(_WAITING, [application_id, region_id])
    return Waiting(application_id, region_id, *row) if row else None


def find_held(region_id: int, *, officer_id: UUID, at: datetime) -> UUID | None:
    """The case that the officer holds now."""
    row = fetch_one(
        "SELECT application_id FROM workqueue_item WHERE region_id = %s AND holder_id = %s AND held_until > %s"
        " ORDER BY queued_at LIMIT 1",
        [region_id, officer_id, at],
    )
    return row[0] if row else None


def count_late(region_id: int, *, at: datetime) -> int:
    """How many are past their deadline, counted up to COUNT_UP_TO."""
    return _count(
        "SELECT 1 FROM workqueue_item WHERE region_id = %s AND due_at < %s ORDER BY region_id, due_at", region_id, at
    )


def count_waiting(region_id: int) -> int:
    """How many wait, counted up to COUNT_UP_TO: more is told as "more than"."""
    return _count(  # by the index
        "SELECT 1 FROM workqueue_item WHERE region_id = %s ORDER BY region_id, is_escalated, queued_at", region_id
    )


def _count(rows: str, *values: object) -> int:
    (count,) = fetch_one(f"SELECT count(*) FROM ({rows} LIMIT {COUNT_UP_TO}) AS counted", values) or (0,)  # noqa: S608 - texts of this file
    return int(count)


def place_of(application_id: UUID) -> int | None:
    """Place in the queue from 1, counted up to COUNT_UP_TO; None when the case does not wait.

    A narrow function of the database counts, because a citizen sees nobody else's rows.
    """
    return fetch(question_of_place(application_id))


def question_of_place(application_id: UUID) -> Question[int | None]:
    """`place_of`, to be asked with others."""
    statement = "SELECT sec.place_in_queue(%s, %s)"
    return Question(statement, [application_id, COUNT_UP_TO], lambda rows: rows[0][0] if rows else None)
