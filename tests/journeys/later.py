"""Time that passes for the portal and its worker, not for the test."""

from __future__ import annotations

import time
from datetime import timedelta

from adminduk.foundation import clock, jobs
from tests.database import superuser_connection

_DONE_WITHIN = 120.0  # seconds


def in_ten_seconds() -> None:
    """Nobody can undo any more: messages of a decision fall due."""
    later(timedelta(seconds=10))


def later(by: timedelta) -> None:
    """What waits falls due earlier, as in the demo."""
    clock.move_forward(by)
    jobs.follow_clock(by)


def by_the_worker(name: str, *, region: int) -> None:
    """The running worker does now what it does by itself every few minutes; waits until it has.

    Put in as the worker's own tick puts it.
    """
    jobs.enqueue(name, region=region, once=str(region))
    wait_for_worker()


def wait_for_worker() -> None:
    """Until the portal's worker has done what is due now: nothing tells a reader that it has."""
    deadline = time.monotonic() + _DONE_WITHIN
    while (due := _count_due()) > 0:
        assert time.monotonic() < deadline, f"the worker leaves {due} jobs undone"
        time.sleep(0.1)


def _count_due() -> int:
    with superuser_connection() as connection:
        row = connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name <> 'pictures'"
            " AND task_name LIKE 'adminduk:%' AND (scheduled_at IS NULL OR scheduled_at <= now())"
        ).fetchone()
    assert row is not None
    return int(row[0])
