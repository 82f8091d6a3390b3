from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError

TODAY = date(2026, 11, 24)
births = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(BirthDate)


@given(births, st.integers(0, 120))
def test_the_birthday_is_the_first_day_of_an_age(born: BirthDate, age: int) -> None:
    birthday = born.birthday(age)
    assert born.age_on(birthday) == age
    if age:
        assert born.age_on(birthday - timedelta(days=1)) == age - 1


@given(births, st.integers(0, 40_000), st.integers(0, 400))
def test_nobody_gets_younger(born: BirthDate, days: int, more: int) -> None:
    first = born.day + timedelta(days=days)
    assert born.age_on(first) <= born.age_on(first + timedelta(days=more))


def test_born_on_29_february_is_seventeen_on_1_march() -> None:
    born = BirthDate(date(2008, 2, 29))
    assert born.birthday(17) == date(2025, 3, 1)
    assert (born.age_on(date(2025, 2, 28)), born.age_on(date(2025, 3, 1))) == (16, 17)
    assert born.birthday(16) == date(2024, 2, 29)


def test_seventeen_tomorrow_is_sixteen_today() -> None:
    assert BirthDate(date(2009, 11, 25)).age_on(TODAY) == 16


def test_not_yet_born() -> None:
    with pytest.raises(DomainError, match="birth_date_future"):
        BirthDate(TODAY).age_on(TODAY - timedelta(days=1))


def test_unknown_days_are_written_as_the_register_does() -> None:
    assert str(BirthDate.of_month(1960, 3)) == "15-03-1960"
    assert str(BirthDate.of_year(1960)) == "01-07-1960"
    assert [BirthDate(date(1960, *day)).may_lack_day for day in ((3, 15), (7, 1), (7, 2))] == [True, True, False]


@pytest.mark.parametrize("text", ["17-08-1990", "17/8/1990", " 17.08.1990", "17 8 1990", "1990-08-17"])
def test_ways_to_write_a_date(text: str) -> None:
    assert BirthDate.parse(text, today=TODAY).day == date(1990, 8, 17)


@given(births.filter(lambda born: born.day <= TODAY))
def test_what_is_written_is_read_again(born: BirthDate) -> None:
    assert BirthDate.parse(str(born), today=TODAY) == born == BirthDate.parse(born.day.isoformat(), today=TODAY)


@given(st.text(alphabet="0123456789-/. x", max_size=12))
def test_whatever_is_typed_is_a_date_or_a_refusal(text: str) -> None:
    try:
        assert BirthDate.parse(text, today=TODAY).day <= TODAY
    except DomainError as refusal:
        assert refusal.code.startswith("birth_date_")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1990", "birth_date_format"),
        ("17-08-90", "birth_date_format"),
        ("31-02-1990", "birth_date_impossible"),
        ("00-00-1990", "birth_date_impossible"),
        ("01-01-0000", "birth_date_impossible"),
        ("25-11-2026", "birth_date_future"),
        ("01-01-1890", "birth_date_too_old"),
    ],
)
def test_refused_dates(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        BirthDate.parse(text, today=TODAY)
    assert refused.value.code == code
