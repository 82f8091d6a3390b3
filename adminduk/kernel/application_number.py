"""The number of an application: short, sayable, checked, and telling nothing of a person (KTP-2611-7F3KQ9-92)."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from adminduk.kernel.errors import DomainError

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_RANDOM_LENGTH: Final = 6
_PREFIX: Final = re.compile(r"[A-Z]{2,4}")
_SHAPE: Final = re.compile(r"([A-Z]{2,4})([0-9]{4})([0-9A-HJKMNP-TV-Z]{6})([0-9]{2})")
_SEPARATORS: Final = re.compile(r"[\s.\-\u2010-\u2015]+")


@dataclass(frozen=True, slots=True, order=True)
class ApplicationNumber:
    """Service prefix, year and month, six random signs, two check digits: the rest read in base 36, modulo 97.

    97 is prime and larger than 36: every single wrong sign and every swap of neighbours is noticed.
    """

    text: str

    @classmethod
    def new(cls, prefix: str, *, today: date) -> Self:
        """Draw a number. Uniqueness (10^9 per service and month) is the database's business.

        Raises ValueError for a prefix that is not two to four capital letters: an error in the definition.
        """
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(f"prefix {prefix!r} is not two to four capital letters")
        drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_LENGTH))
        return cls._compose(prefix, today.strftime("%y%m"), drawn)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed: any case, with or without dashes, O for 0 and I or L for 1.

        Raises DomainError: number_shape, number_check (a sign is wrong or two are swapped).
        """
        plain = _SEPARATORS.sub("", text).upper()
        letters = re.match(r"[A-Z]{2,4}(?=[0-9OIL]{4})", plain)
        if letters is None:
            raise DomainError("number_shape")
        match = _SHAPE.fullmatch(letters.group() + plain[letters.end() :].translate(_MISREAD))
        if match is None:
            raise DomainError("number_shape")
        prefix, month, drawn, check = match.groups()
        number = cls._compose(prefix, month, drawn)
        if not number.text.endswith(check):
            raise DomainError("number_check")
        return number

    @classmethod
    def _compose(cls, prefix: str, month: str, drawn: str) -> Self:
        check = int(prefix + month + drawn, 36) % 97
        return cls(f"{prefix}-{month}-{drawn}-{check:02d}")

    def __str__(self) -> str:
        return self.text
