"""Expectations: quantiles of the past, nothing said without it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.modules.printing.forecast import outlook

DAYS = tuple(date(2026, 12, 1) + timedelta(days=number) for number in range(250))


def test_a_steady_place_is_told_one_day() -> None:
    seen = outlook(25, stock=100, history=[10] * 10, open_days=DAYS)
    assert (seen.likely_on, seen.late_on, seen.is_short) == (DAYS[2], DAYS[2], False)


def test_bad_days_make_the_late_day_later() -> None:
    seen = outlook(10, stock=100, history=[10, 10, 10, 10, 0, 0, 0, 10, 10, 10], open_days=DAYS)
    assert seen.likely_on == DAYS[0]
    assert seen.late_on is not None and seen.late_on > DAYS[1]


@pytest.mark.parametrize("history", [[], [5] * 4, [0] * 30])
def test_without_a_past_nothing_is_said(history: list[int]) -> None:
    seen = outlook(1, stock=5, history=history, open_days=DAYS)
    assert (seen.likely_on, seen.late_on, seen.has_history) == (None, None, False)


def test_without_days_to_come_nothing_is_said() -> None:
    assert outlook(1, stock=0, history=[5] * 9, open_days=()).likely_on is None


@given(st.integers(1, 5000), st.lists(st.integers(0, 40), min_size=4, max_size=30).map(lambda days: [*days, 7]))
def test_who_comes_later_is_never_expected_earlier(place: int, history: list[int]) -> None:
    here = outlook(place, stock=0, history=history, open_days=DAYS)
    behind = outlook(place + 1, stock=0, history=history, open_days=DAYS)
    for ours, theirs in ((here.likely_on, behind.likely_on), (here.late_on, behind.late_on)):
        assert theirs is None or (ours is not None and ours <= theirs)
