"""Keys that sort by time: UUID version 7 (RFC 9562), made here because PostgreSQL 15 to 17 have none."""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID


class _Ticks:
    """Unix time in 1/4096 ms, later each time it is asked, also where the machine's clock is set back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            self._last = max(time.time_ns() * 4096 // 1_000_000, self._last + 1)
            return self._last


_ticks = _Ticks()


def uuid7() -> UUID:
    """60 bits of Unix time (RFC 9562, 6.2, method 3), then 62 random bits; each later than the one before.

    Rows of one transaction have one moment, and `ORDER BY at, id` must tell what came first: so a process never makes
    a smaller key than its last. Real time: a moved clock must not collide with the past.
    """
    ticks = _ticks.next()
    value = ticks >> 12 << 80 | 0x7 << 76 | (ticks & 0xFFF) << 64 | 0x2 << 62
    return UUID(int=value | int.from_bytes(os.urandom(8), "big") >> 2)
