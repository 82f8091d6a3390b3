"""NIK, number of a Kartu Keluarga, and the code of a kabupaten/kota: checked text, never printed whole by accident."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Self

from adminduk.kernel.errors import DomainError

LENGTH: Final = 16
_FEMALE_DAY_OFFSET: Final = 40
_DAYS_IN_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SEPARATORS: Final = re.compile(r"[\s.\-\u2010-\u2015\u200b\u00a0]+")
_DIGITS: Final = re.compile(r"[0-9]+")
_REGION: Final = re.compile(r"[1-9][0-9]\.[0-9][1-9]|[1-9][0-9]\.[1-9][0-9]")


def _sixteen_digits(text: str, kind: str) -> str:
    """Return `text` without separators; DomainError when it is not sixteen digits or one digit repeated."""
    digits = _SEPARATORS.sub("", text)
    if not _DIGITS.fullmatch(digits):
        raise DomainError(f"{kind}_digits")
    if len(digits) != LENGTH:
        raise DomainError(f"{kind}_length", count=len(digits))
    if len(set(digits)) == 1:
        raise DomainError(f"{kind}_same")
    return digits


@dataclass(frozen=True, slots=True, order=True)
class _Number:
    """Sixteen digits. `str()` gives them, for encryption and for the register; `repr()` and the logs never do."""

    digits: str

    def __str__(self) -> str:
        return self.digits

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked})"

    @property
    def masked(self) -> str:
        """For a screen that must name the number without telling it: 3374**********01."""
        return f"{self.digits[:4]}{'*' * 10}{self.digits[-2:]}"

    @property
    def grouped(self) -> str:
        """For reading aloud and comparing: 3374 0117 0890 0001."""
        return " ".join(self.digits[i : i + 4] for i in range(0, LENGTH, 4))


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Nik(_Number):
    """Nomor Induk Kependudukan: lifelong, not changed by a move, a corrected birth date or sex.

    So only what is structurally impossible is an error. The region and the date inside may be those of long ago:
    they serve as suggestions and as warnings to the officer.
    """

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed; spaces, dots and dashes are dropped.

        Raises DomainError: nik_digits, nik_length (count), nik_same, nik_day, nik_month, nik_serial.
        """
        digits = _sixteen_digits(text, "nik")
        day, month = int(digits[6:8]) % _FEMALE_DAY_OFFSET, int(digits[8:10])
        if not 1 <= month <= 12:
            raise DomainError("nik_month")
        if int(digits[6:8]) > 31 + _FEMALE_DAY_OFFSET or not 1 <= day <= _DAYS_IN_MONTH[month - 1]:
            raise DomainError("nik_day")
        if digits[12:] == "0000":
            raise DomainError("nik_serial")
        return cls(digits)

    @property
    def sex(self) -> str:
        """L or P as the day inside says (women: day + 40)."""
        return "P" if int(self.digits[6:8]) > _FEMALE_DAY_OFFSET else "L"

    def agrees_with_birth_date(self, birth_date: date) -> bool:
        """Whether day, month and year inside are those of `birth_date`. False is a warning, never a refusal."""
        day = int(self.digits[6:8]) % _FEMALE_DAY_OFFSET
        inside = (day, int(self.digits[8:10]), int(self.digits[10:12]))
        return inside == (birth_date.day, birth_date.month, birth_date.year % 100)


@dataclass(frozen=True, slots=True, order=True, repr=False)
class NoKk(_Number):
    """Number of a Kartu Keluarga. It changes with a move, a new head or a split; no date check is possible."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed. Raises DomainError: no_kk_digits, no_kk_length (count), no_kk_same."""
        return cls(_sixteen_digits(text, "no_kk"))


@dataclass(frozen=True, slots=True, order=True)
class RegionCode:
    """Dotted code of a kabupaten/kota, such as 33.74. That such a region exists, only the catalogue knows."""

    text: str
    _PROVINCES: ClassVar[range] = range(11, 100)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "33.74", "3374" or "33-74". Raises DomainError region_code."""
        digits = _SEPARATORS.sub("", text)
        dotted = f"{digits[:2]}.{digits[2:]}"
        if not _REGION.fullmatch(dotted) or int(digits[:2]) not in cls._PROVINCES:
            raise DomainError("region_code")
        return cls(dotted)

    @classmethod
    def from_number(cls, number: int) -> Self:
        """3374 → 33.74, as keys of the database write it. Raises DomainError region_code."""
        return cls.parse(str(number))

    @property
    def number(self) -> int:
        return int(self.text.replace(".", ""))

    @property
    def province(self) -> str:
        return self.text[:2]

    def __str__(self) -> str:
        return self.text
