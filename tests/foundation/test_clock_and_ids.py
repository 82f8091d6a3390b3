"""The one clock, and keys that sort by time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError


@pytest.fixture
def clock_file(tmp_path: Path) -> Iterator[Path]:
    """A clock of this test's own."""
    file = tmp_path / "clock"
    clock.configure(file)
    yield file
    clock.configure(settings.ENVIRONMENT.data_dir / "clock")


def test_without_a_file_it_is_real_time_and_cannot_be_moved() -> None:
    clock.configure(None)
    try:
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
        with pytest.raises(DomainError):
            clock.move_forward(timedelta(days=1))
    finally:
        clock.configure(settings.ENVIRONMENT.data_dir / "clock")


def test_moves_add_up_and_are_seen_by_who_reads_the_file(clock_file: Path) -> None:
    clock.move_forward(timedelta(days=1))
    clock.move_forward(timedelta(hours=2))
    assert clock.offset() == timedelta(days=1, hours=2)
    clock.configure(clock_file)  # as another process does when it starts
    assert clock.offset() == timedelta(days=1, hours=2)


def test_it_never_goes_back(clock_file: Path) -> None:
    with pytest.raises(DomainError):
        clock.move_forward(timedelta(seconds=-1))


def test_a_moment_shown_in_future_is_due_earlier_in_real_time(clock_file: Path) -> None:
    clock.move_forward(timedelta(days=3))
    shown = clock.now() + timedelta(minutes=1)
    assert timedelta(seconds=50) < clock.real(shown) - datetime.now(UTC) <= timedelta(minutes=1)


def test_the_date_is_the_regions_own(clock_file: Path) -> None:
    days = [clock.today(zone) for zone in ("Etc/GMT-14", "Etc/GMT+10")]  # 24 hours apart
    assert days[0] - days[1] == timedelta(days=1)


def test_ids_are_version_7_distinct_and_each_is_later_than_the_one_before() -> None:
    made = [uuid7() for _ in range(10_000)]
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert made == sorted(set(made))
    assert abs((made[-1].int >> 80) / 1000 - time.time()) < 5


def test_ids_of_many_threads_are_distinct() -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: [uuid7() for _ in range(1_000)], range(8)))
    assert len({one for ids in made for one in ids}) == 8_000
    assert all(ids == sorted(ids) for ids in made)
