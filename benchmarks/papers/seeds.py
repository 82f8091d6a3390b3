"""Which seed belongs where. A seed makes one picture, the same every time.

Of each five seeds two are for tuning, two for the test, and the fifth is for the family of layouts, typefaces and
backgrounds that tuning never sees.
"""

from __future__ import annotations

from collections.abc import Iterator

TUNING, TEST, UNSEEN = "tuning", "test", "unseen"
SETS = (TUNING, TEST, UNSEEN)
_RESTS = {TUNING: (0, 1), TEST: (2, 3), UNSEEN: (4,)}
_OF_FIVE = 5


def set_of(seed: int) -> str:
    """The one set this seed belongs to."""
    return next(name for name, rests in _RESTS.items() if seed % _OF_FIVE in rests)


def seeds_of(name: str, count: int, start: int = 0) -> Iterator[tuple[int, int]]:
    """The first `count` places of a set from `start` on, each with its seed."""
    rests = _RESTS[name]
    for place in range(start, start + count):
        yield place, place // len(rests) * _OF_FIVE + rests[place % len(rests)]
