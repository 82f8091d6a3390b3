"""Time that passes for the portal and its worker, not for the test."""

from __future__ import annotations

from datetime import timedelta

from adminduk.foundation import clock, jobs


def in_ten_seconds() -> None:
    """Nobody can undo any more: messages of a decision fall due."""
    later(timedelta(seconds=10))


def later(by: timedelta) -> None:
    """What waits falls due earlier, as in the demo."""
    clock.move_forward(by)
    jobs.follow_clock(by)
