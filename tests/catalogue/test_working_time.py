from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue.working_time import WorkingCalendar

ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
WEEK = {day: ((time(8), time(12)), (time(13), time(16))) for day in range(4)} | {4: ((time(8), time(11, 30)),)}
HOLIDAYS = frozenset({date(2026, 12, 24), date(2026, 12, 25)})
MOMENTS = st.datetimes(datetime(2026, 10, 1), datetime(2027, 1, 31), timezones=st.just(UTC))


def _calendar(zone: str = "Asia/Jakarta", **more: object) -> WorkingCalendar:
    return WorkingCalendar(hours=WEEK, time_zone=zone, holidays=HOLIDAYS, **more)  # type: ignore[arg-type]


def _local(text: str, zone: str = "Asia/Jakarta") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-24T09:00", 60, "2026-11-24T10:00"),
        ("2026-11-24T11:30", 60, "2026-11-24T13:30"),  # over the break
        ("2026-11-24T11:30", 30, "2026-11-24T12:00"),  # ends with the span, not after the break
        ("2026-11-24T12:30", 1, "2026-11-24T13:01"),
        ("2026-11-24T15:30", 60, "2026-11-25T08:30"),  # over night
        ("2026-11-24T20:00", 60, "2026-11-25T09:00"),
        ("2026-11-27T11:00", 60, "2026-11-30T08:30"),  # over the weekend
        ("2026-12-23T15:30", 60, "2026-12-28T08:30"),  # over Christmas and the weekend
        ("2026-11-24T08:00", 420, "2026-11-24T16:00"),  # a whole day
        ("2026-11-24T08:00", 421, "2026-11-25T08:01"),
        ("2026-11-24T09:00", 0, "2026-11-24T09:00"),
    ],
)
def test_minutes_run_while_the_office_is_open(start: str, minutes: int, end: str) -> None:
    assert _calendar().add_minutes(_local(start), minutes) == _local(end)


@given(MOMENTS, st.integers(0, 6000), st.sampled_from(sorted(ZONES)))
def test_what_was_added_is_what_lies_between(start: datetime, minutes: int, zone: str) -> None:
    calendar = _calendar(zone)
    end = calendar.add_minutes(start, minutes)
    assert end >= start
    assert calendar.minutes_between(start, end) == minutes
    assert minutes == 0 or calendar.is_open(end - timedelta(microseconds=1))


@given(MOMENTS, st.integers(1, 3000), st.integers(1, 3000))
def test_two_stretches_are_one(start: datetime, first: int, second: int) -> None:
    calendar = _calendar()
    assert calendar.add_minutes(calendar.add_minutes(start, first), second) == calendar.add_minutes(
        start, first + second
    )


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)), st.timedeltas(timedelta(0), timedelta(days=40)))
def test_time_adds_up_and_never_runs_backwards(start: datetime, one: timedelta, other: timedelta) -> None:
    calendar, middle, end = _calendar(), start + one, start + one + other
    parts = calendar.minutes_between(start, middle) + calendar.minutes_between(middle, end)
    assert 0 <= calendar.minutes_between(start, end) - parts <= 1  # two parts lose at most one begun minute
    assert calendar.minutes_between(end, start) == 0


@given(MOMENTS, st.integers(1, 2000))
def test_the_same_hours_come_two_hours_earlier_in_the_east(start: datetime, minutes: int) -> None:
    west, east = _calendar("Asia/Jakarta"), _calendar("Asia/Jayapura")
    moved = east.add_minutes(start - timedelta(hours=2), minutes)
    assert moved == west.add_minutes(start, minutes) - timedelta(hours=2)


@pytest.mark.parametrize(("zone", "offset"), ZONES.items())
def test_a_zone_opens_by_its_own_clock(zone: str, offset: int) -> None:
    calendar = _calendar(zone)
    opening = datetime(2026, 11, 24, 8 - offset, tzinfo=UTC) if offset <= 8 else datetime(2026, 11, 23, 23, tzinfo=UTC)
    assert calendar.is_open(opening) and not calendar.is_open(opening - timedelta(seconds=1))


@given(MOMENTS, st.integers(1, 3000))
def test_breaks_are_the_same_as_hours_without_them(start: datetime, minutes: int) -> None:
    whole = {day: ((spans[0][0], spans[-1][1]),) for day, spans in WEEK.items()}
    breaks = {day: ((time(12), time(13)),) for day in range(4)}
    broken = WorkingCalendar(hours=whole, breaks=breaks, holidays=HOLIDAYS, time_zone="Asia/Jakarta")
    assert broken.add_minutes(start, minutes) == _calendar().add_minutes(start, minutes)


def test_closing_time_is_closed_and_opening_time_is_open() -> None:
    calendar = _calendar()
    assert calendar.is_open(_local("2026-11-24T08:00")) and not calendar.is_open(_local("2026-11-24T12:00"))


def test_holidays_and_empty_days_are_no_working_days() -> None:
    calendar = _calendar()
    assert calendar.is_open(_local("2026-11-24T09:00"))
    assert not calendar.is_open(_local("2026-12-24T09:00"))
    assert not calendar.is_open(_local("2026-11-28T09:00"))


@pytest.mark.parametrize(
    "spans", [((time(12), time(8)),), ((time(8), time(8)),), ((time(8), time(12)), (time(11), time(16)))]
)
def test_hours_that_run_backwards_or_overlap_are_refused(spans: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="opening hours"):
        WorkingCalendar(hours={0: spans}, time_zone="Asia/Jakarta")


def test_what_cannot_be_counted_is_refused() -> None:
    calendar = _calendar()
    with pytest.raises(ValueError, match="negative"):
        calendar.add_minutes(_local("2026-11-24T08:00"), -1)
    with pytest.raises(ValueError, match="time zone"):
        calendar.add_minutes(datetime(2026, 11, 24), 1)
    with pytest.raises(ValueError, match="three years"):
        WorkingCalendar(hours={}, time_zone="Asia/Jakarta").add_minutes(_local("2026-11-24T08:00"), 1)
