"""When a card may be expected: quantiles of what a place has printed on its past days, nothing promised beyond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile
from math import ceil
from typing import Final

from adminduk.catalogue.working_time import WorkingCalendar

FEWEST_DAYS: Final = 5  # of history, before anything is said
HISTORY_DAYS: Final = 30
FURTHEST: Final = 250  # open days: about a year
LIKELY, LATE = 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Outlook:
    """`likely_on`: the day by which half of like cases were printed; `late_on`: nine of ten. None: nobody can say.

    `is_short`: there are fewer blank cards than people up to this place.
    """

    place: int
    likely_on: date | None
    late_on: date | None
    is_short: bool
    has_history: bool


def history_of(used: Mapping[date, int], *, calendar: WorkingCalendar, today: date) -> list[int]:
    """Cards of each past open day, oldest first. It begins with the first card: a day before that tells nothing."""
    past = [used[day] for day in sorted(used) if calendar.opens_on(day) and day < today]
    return list(dropwhile(lambda count: not count, past[-HISTORY_DAYS:]))


def outlook(place: int, *, stock: int, history: Sequence[int], open_days: Sequence[date]) -> Outlook:
    """`history`: cards of the past open days, oldest first. `open_days`: the coming ones on which can be printed.

    What is short and has no day on which more should come gets no days: `open_days` is then empty.
    """
    is_short = stock < place
    has_history = len(history) >= FEWEST_DAYS and sum(history) > 0
    if not has_history:
        return Outlook(place, None, None, is_short, False)
    lasted = sorted(_days_until(place, history, begin) for begin in range(len(history)))
    return Outlook(
        place, _day(lasted, LIKELY, open_days), _day(lasted, LATE, open_days), is_short, has_history=True
    )  # fmt: skip


def _days_until(place: int, history: Sequence[int], begin: int) -> int:
    """How many days it takes to print `place` cards, if the days from `begin` on come again, round and round."""
    rounds, left = divmod(place, sum(history))
    days = rounds * len(history)
    while left > 0:
        left -= history[(begin + days) % len(history)]
        days += 1
    return max(days, 1)


def _day(lasted: Sequence[int], share: float, open_days: Sequence[date]) -> date | None:
    days = lasted[ceil(share * len(lasted)) - 1]
    return open_days[days - 1] if days <= len(open_days) else None
