"""Days and moments as sentences write them, in an office's own time zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

_ABBREVIATIONS: Final = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def zone_name(time_zone: str) -> str:
    """WIB, WITA or WIT; a zone outside Indonesia keeps its own name."""
    return _ABBREVIATIONS.get(time_zone, time_zone)


def long_day(day: date, lang: str = "id", *, weekday: bool = True) -> str:
    """Rabu, 25 November 2026 (Wednesday, 25 November 2026)."""
    return format_date(day, "EEEE, d MMMM y" if weekday else "d MMMM y", locale="en" if lang == "en" else "id")


def long_moment(at: datetime, time_zone: str, lang: str = "id") -> str:
    """Selasa, 24 November 2026 15.30 WIB: `at` is aware, shown in `time_zone`."""
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{long_day(local.date(), lang)} {local:%H.%M} {zone_name(time_zone)}"
