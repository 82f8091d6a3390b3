"""Do the same thing in many threads at the same moment, each with a database connection of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

from tests.database import superuser_connection

Result = TypeVar("Result")
_START_WITHIN = 30.0  # seconds until all threads stand at the line
_BLOCKED = """
SELECT count(*) >= %s FROM pg_stat_activity
WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"""


def at_once(times: int, act: Callable[[int], Result]) -> list[Result | Exception]:
    """What `act(0)` … `act(times - 1)` returned or raised, begun together, in their order."""
    line = threading.Barrier(times)

    def run(number: int) -> Result | Exception:
        line.wait(_START_WITHIN)
        try:
            return act(number)
        except Exception as error:  # noqa: BLE001 - the caller asks what happened to each
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def wait_until_blocked(sessions: int = 1) -> None:
    """Return once at least so many sessions of the test's database stand before a lock that another one holds."""
    deadline = time.monotonic() + _START_WITHIN
    with superuser_connection() as above:
        while above.execute(_BLOCKED, [sessions]).fetchone() != (True,):
            assert time.monotonic() < deadline, "nobody waits for a lock"
            time.sleep(0.01)  # a session that waits tells nobody
