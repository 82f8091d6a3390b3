"""Do the same thing in many threads at the same moment, each with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Result = TypeVar("Result")
_START_WITHIN = 30.0  # seconds until all threads stand at the line


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
