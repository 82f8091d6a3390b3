"""Counting tries: exact under threads, at the same cost whatever the number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adminduk.foundation import clock, limits
from adminduk.kernel.errors import DomainError
from tests import database as test_database
from tests.at_once import at_once

THREE = limits.Limit(name="three", times=3, window=timedelta(minutes=10))


def test_the_fourth_try_is_refused_and_told_when_to_come_back(database: None) -> None:
    for _ in range(3):
        limits.spend(THREE, "somebody")
    with pytest.raises(DomainError) as refused:
        limits.spend(THREE, "somebody")
    assert (refused.value.code, refused.value.params["minutes"]) == ("too_often", 10)


def test_another_key_and_another_limit_are_counted_apart(database: None) -> None:
    for _ in range(3):
        limits.spend(THREE, "somebody")
    limits.spend(THREE, "somebody else")
    limits.spend(limits.Limit(name="other", times=1, window=timedelta(minutes=1)), "somebody")
    with pytest.raises(DomainError):
        limits.spend(THREE, "somebody")


def test_a_new_window_begins_from_one(database: None) -> None:
    for _ in range(3):
        limits.spend(THREE, "somebody")
    clock.move_forward(timedelta(minutes=10, seconds=1))
    for _ in range(3):
        limits.spend(THREE, "somebody")
    with pytest.raises(DomainError):
        limits.spend(THREE, "somebody")


def test_parallel_tries_are_all_counted(database: None) -> None:
    outcomes = at_once(20, lambda _: limits.spend(THREE, "somebody"))
    assert sum(outcome is None for outcome in outcomes) == 3
    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 17


def test_asking_whether_a_try_is_left_spends_none(database: None) -> None:
    for _ in range(5):
        limits.refuse_if_spent(THREE, "somebody")
    for _ in range(3):
        limits.spend(THREE, "somebody")
    with pytest.raises(DomainError):
        limits.refuse_if_spent(THREE, "somebody")


def test_nothing_is_counted_while_another_limit_is_spent(database: None) -> None:
    other = limits.Limit(name="other", times=2, window=timedelta(minutes=5))
    for _ in range(2):
        limits.spend(THREE, "somebody", unless=other)
        limits.spend(other, "somebody")
    for _ in range(5):
        with pytest.raises(DomainError) as refused:
            limits.spend(THREE, "somebody", unless=other)
        assert refused.value.params == {"minutes": 5, "limit": "other"}
    clock.move_forward(timedelta(minutes=5, seconds=1))
    limits.spend(THREE, "somebody", unless=other)
    with pytest.raises(DomainError) as refused:
        limits.spend(THREE, "somebody", unless=other)
    assert refused.value.params["limit"] == "three"
    limits.spend(THREE, "somebody else", unless=other)


def test_one_row_a_key_whose_name_cannot_be_read(database: None) -> None:
    for _ in range(3):
        limits.spend(THREE, "3374011708900001")
    with test_database.superuser_connection() as above:
        rows = above.execute("SELECT l::text FROM foundation_limit l").fetchall()
    assert len(rows) == 1
    assert "3374011708900001" not in rows[0][0]
    assert b"3374011708900001".hex() not in rows[0][0]


def test_ended_counters_are_forgotten(database: None) -> None:
    limits.spend(THREE, "somebody")
    assert limits.forget_ended() == 0
    clock.move_forward(timedelta(minutes=11))
    assert limits.forget_ended() == 1
