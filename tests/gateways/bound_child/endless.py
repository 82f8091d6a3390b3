"""Work for a child that answers once and then goes on for ever."""

from __future__ import annotations

import itertools
from collections.abc import Iterator


def warm_up(setting: str) -> None:
    """Nothing to load."""


def work(order: str, data: bytes) -> Iterator[bytes]:
    """The order and the data back, then nothing more."""
    yield order.encode() + data
    for _ in itertools.count():
        pass
