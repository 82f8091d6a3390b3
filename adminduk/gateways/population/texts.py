"""Values out of a record of the register: believed only after a check, whatever type they come in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode

OLDEST_YEARS: Final = 130
_LONGEST_RAW: Final = 2_000
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[T ].*)?")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})(?:[T ].*)?")
_SEXES: Final = {
    **dict.fromkeys(("L", "LK", "1", "LAKI-LAKI", "LAKI - LAKI", "LAKI LAKI"), "L"),
    **dict.fromkeys(("P", "PR", "2", "PEREMPUAN"), "P"),
}


class BadRecord(Exception):
    """A record that cannot be read: something needed is missing, or is not what it claims to be."""


def text_of(raw: Mapping[str, Any], name: str, *, limit: int) -> str:
    """Text or whole number as one line of at most `limit` characters; missing or null is empty.

    Control, direction and other invisible characters are dropped. Raises BadRecord for another type or an absurd
    length.
    """
    value = raw.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadRecord
    if isinstance(value, int) and not -(10**18) < value < 10**18:
        raise BadRecord
    text = str(value)
    if len(text) > _LONGEST_RAW:
        raise BadRecord
    visible = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return " ".join(visible.split())[:limit].rstrip()


def birth_date_of(raw: Mapping[str, Any], name: str, *, today: date) -> date:
    """A date written 1990-08-17, 17-08-1990 or with slashes, a time of day after it ignored. Raises BadRecord."""
    text = text_of(raw, name, limit=40)
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise BadRecord
    try:
        born = date(year, month, day)
    except ValueError:
        raise BadRecord from None
    # One day more: in Jayapura it is tomorrow while the server still counts today.
    if not today.year - OLDEST_YEARS <= born.year or born > today + timedelta(days=1):
        raise BadRecord
    return born


def sex_of(raw: Mapping[str, Any], name: str) -> str:
    """L or P. Raises BadRecord."""
    try:
        return _SEXES[text_of(raw, name, limit=20).upper()]
    except KeyError:
        raise BadRecord from None


def three_digits_of(raw: Mapping[str, Any], name: str) -> str:
    """RT and RW with leading zeros; empty when it is no number of one to three digits."""
    text = text_of(raw, name, limit=10).lstrip("0")
    return text.zfill(3) if text.isascii() and text.isdigit() and len(text) <= 3 else ""


def places_of(raw: Mapping[str, Any]) -> tuple[RegionCode | None, str, str]:
    """Kabupaten/kota, and the dotted codes of kecamatan and desa; None and empty from the first part that is odd."""
    parts = [_part(raw, name, width) for name, width in (("NO_PROP", 2), ("NO_KAB", 2), ("NO_KEC", 2), ("NO_KEL", 4))]
    try:
        region = RegionCode.parse(f"{parts[0]}.{parts[1]}")
    except DomainError:
        return None, "", ""
    if not parts[2]:
        return region, "", ""
    district = f"{region}.{parts[2]}"
    return region, district, f"{district}.{parts[3]}" if parts[3] else ""


def _part(raw: Mapping[str, Any], name: str, width: int) -> str:
    text = text_of(raw, name, limit=10).lstrip("0")
    return text.zfill(width) if text.isascii() and text.isdigit() and len(text) <= width else ""
