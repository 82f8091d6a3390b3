"""A circuit breaker: while an outside system fails, do not make everybody wait for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

FAILURES_TO_OPEN: Final = 5
SECONDS_OPEN: Final = 15.0


class CircuitBreaker:
    """Opens after five failures in a row; after fifteen seconds one caller at a time may try.

    Safe for threads; one for a process and outside system. `monotonic` gives seconds.
    """

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._failures = 0
        self._next_try = 0.0

    def may_try(self) -> bool:
        """Whether to call now. A yes while open is for this caller alone: he must report how it went."""
        with self._lock:
            if self._failures < FAILURES_TO_OPEN:
                return True
            if self._monotonic() < self._next_try:
                return False
            # The next caller waits another while even when this one never reports.
            self._next_try = self._monotonic() + SECONDS_OPEN
            return True

    @property
    def is_open(self) -> bool:
        """Whether callers are turned away; asking changes nothing."""
        with self._lock:
            return self._failures >= FAILURES_TO_OPEN

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES_TO_OPEN:
                self._next_try = self._monotonic() + SECONDS_OPEN
