"""Dates, times and numbers as people here write them, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names
from babel.numbers import format_decimal

from adminduk.foundation.pages.words import current_page, t

ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


@dataclass(frozen=True, slots=True)
class _Names:
    """Weekdays from 0 (Monday) and months from 1, in one language: Babel looks them up anew for each date."""

    days: Mapping[int, str]
    months: Mapping[int, str]
    short_months: Mapping[int, str]


@cache
def _names(lang: str) -> _Names:
    return _Names(
        dict(get_day_names("wide", locale=lang)),
        dict(get_month_names("wide", locale=lang)),
        dict(get_month_names("abbreviated", locale=lang)),
    )


def _day(value: date | datetime | str) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value.date() if isinstance(value, datetime) else value


def date_long(value: date | str) -> str:
    """Rabu, 25 November 2026. Pass a moment through `local` first: a date has no zone."""
    return f"{_names(current_page().language).days[_day(value).weekday()]}, {date_plain(value)}"


def date_plain(value: date | str) -> str:
    """25 November 2026."""
    day = _day(value)
    return f"{day.day} {_names(current_page().language).months[day.month]} {day.year}"


def date_short(value: date | str) -> str:
    """25 Nov 2026."""
    day = _day(value)
    return f"{day.day} {_names(current_page().language).short_months[day.month]} {day.year}"


def local(value: datetime, zone: str) -> datetime:
    """The moment on the clocks of a zone such as "Asia/Makassar"."""
    return value.astimezone(ZoneInfo(zone))


def clock_time(value: time | datetime) -> str:
    """15.30, and 15:30 in English."""
    return value.strftime("%H:%M" if current_page().language == "en" else "%H.%M")


def zone_name(zone: str) -> str:
    """WIB, WITA or WIT."""
    return ZONES[zone]


def moment(value: datetime, zone: str) -> str:
    """Selasa, 24 November 2026 15.30 WIB: local time of the region whose zone it is."""
    there = local(value, zone)
    return f"{date_long(there)} {clock_time(there)} {ZONES[zone]}"


def number(value: float | Decimal, digits: int | None = None) -> str:
    """1.234,5, and 1,234.5 in English. `digits`: so many behind the comma, also noughts; else as many as it has."""
    pattern = None if digits is None else f"#,##0.{'0' * digits}"
    return format_decimal(value, format=pattern, locale=current_page().language)


def working_time(minutes: int) -> str:
    """Working minutes in words, up to the half hour: "2 jam kerja", "7,5 jam kerja"."""
    if minutes < 60:
        return str(t("{n} menit kerja", "{n} working minutes", n=minutes))
    hours = Decimal(round(minutes / 30)) / 2
    return str(t("{n} jam kerja", "{n} working hours", n=number(hours)))


def grouped(value: str, size: int = 4) -> str:
    """Digits in groups of four, as people compare them: 3374 0117 0890 0001. Other text as it is."""
    digits = value.replace(" ", "").replace(".", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit():
        return value
    return " ".join(digits[i : i + size] for i in range(0, len(digits), size))


def date_parts(value: date | str | None) -> tuple[str, str, str]:
    """Day, month and year as typed: of a date, of ISO text, and of "31-2-2026" from three fields that failed."""
    if value is None or value == "":
        return ("", "", "")
    if isinstance(value, date):
        return (str(value.day), str(value.month), str(value.year))
    parts = [*value.split("-"), "", ""][:3]
    if len(parts[0]) == 4:
        parts = [parts[2].lstrip("0"), parts[1].lstrip("0"), parts[0]]
    return (parts[0], parts[1], parts[2])
