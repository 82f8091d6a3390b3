"""Ages, the seventeenth birthday, and birth dates of which the register does not know the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from adminduk.kernel.errors import DomainError

OLDEST_YEARS: Final = 130
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[\s./\-]+([0-9]{1,2})[\s./\-]+([0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class BirthDate:
    """A birth date as the register writes it.

    Where only the month is known the register writes the 15th, where only the year is known the 1st of July
    (instructions to form F-1.01). Such a date may also be the true one, so it is counted like any other.
    """

    day: date

    @classmethod
    def parse(cls, text: str, *, today: date) -> Self:
        """Read DD-MM-YYYY (also with / . or spaces) or YYYY-MM-DD.

        Raises DomainError: birth_date_format, birth_date_impossible (no such day), birth_date_future,
        birth_date_too_old (more than 130 years).
        """
        stripped = text.strip()
        if match := _DAY_FIRST.fullmatch(stripped):
            day, month, year = (int(part) for part in match.groups())
        elif match := _YEAR_FIRST.fullmatch(stripped):
            year, month, day = (int(part) for part in match.groups())
        else:
            raise DomainError("birth_date_format")
        try:
            found = date(year, month, day)
        except ValueError:
            raise DomainError("birth_date_impossible") from None
        if found > today:
            raise DomainError("birth_date_future")
        if today.year - found.year > OLDEST_YEARS:
            raise DomainError("birth_date_too_old")
        return cls(found)

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """The day is unknown: the register writes the 15th."""
        return cls(date(year, month, 15))

    @classmethod
    def of_year(cls, year: int) -> Self:
        """Day and month are unknown: the register writes the 1st of July."""
        return cls(date(year, 7, 1))

    @property
    def may_lack_day(self) -> bool:
        """Whether the date has a form that also stands for "day unknown": an officer may want to ask."""
        return self.day.day == 15 or (self.day.month, self.day.day) == (7, 1)

    def birthday(self, age: int) -> date:
        """The day on which the person turns `age`. Born on 29 February: 1 March in a year without that day."""
        year = self.day.year + age
        try:
            return self.day.replace(year=year)
        except ValueError:
            return date(year, 3, 1)

    def age_on(self, day: date) -> int:
        """Completed years on `day` (local to the office). Raises DomainError birth_date_future if not yet born."""
        if day < self.day:
            raise DomainError("birth_date_future")
        years = day.year - self.day.year
        return years if self.birthday(years) <= day else years - 1

    def __str__(self) -> str:
        """DD-MM-YYYY as on the card."""
        return f"{self.day.day:02d}-{self.day.month:02d}-{self.day.year:04d}"
