"""What crosses the module's edge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Self
from uuid import UUID

import phonenumbers

from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import Nik, NoKk

EMAIL: Final = "email"
SMS: Final = "sms"
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9._%+'\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_DOTS_DO_NOT_COUNT: Final = frozenset({"gmail.com", "googlemail.com"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody says he is, or is known to be: the four answers of the sign-in."""

    nik: Nik
    no_kk: NoKk
    name: str
    birth_date: date

    def to_json(self) -> dict[str, str]:
        """For encrypted storage only."""
        return {
            "nik": str(self.nik),
            "no_kk": str(self.no_kk),
            "name": self.name,
            "birth_date": self.birth_date.isoformat(),
        }

    @classmethod
    def from_json(cls, raw: dict[str, str]) -> Identity:
        """The value of `to_json`."""
        return cls(
            nik=Nik.parse(raw["nik"]),
            no_kk=NoKk.parse(raw["no_kk"]),
            name=raw["name"],
            birth_date=date.fromisoformat(raw["birth_date"]),
        )


@dataclass(frozen=True, slots=True)
class Address:
    """Where codes and messages go: channel "email" or "sms"."""

    channel: str
    value: str

    @classmethod
    def parse(cls, channel: str, text: str) -> Self:
        """Read what a person typed: an e-mail address, or an Indonesian mobile number (08…, 62…, +62…).

        Other countries' numbers are refused: messages there cost much, and whoever collects the fees would order them.
        Raises DomainError: channel_unknown, email_format, mobile_format.
        """
        if channel == EMAIL:
            return cls(EMAIL, _clean_email(text.strip()))
        if channel == SMS:
            return cls(SMS, _clean_mobile(text.strip()))
        raise DomainError("channel_unknown")

    @classmethod
    def detect(cls, text: str) -> Self:
        """As `parse`, where one field takes either. Raises DomainError: address_format, email_format, mobile_format."""
        if "@" in text:
            return cls.parse(EMAIL, text)
        if not any(char in "0123456789" for char in text):
            raise DomainError("address_format")
        return cls.parse(SMS, text)

    @property
    def key(self) -> str:
        """What two writings of one mailbox have in common: no case, nothing after a plus, no dots that do not count.

        Else one mailbox would be as many addresses as its owner likes, and serve as many families.
        """
        if self.channel != EMAIL:
            return f"{self.channel}:{self.value}"
        user, _, domain = self.value.casefold().rpartition("@")
        user = user.partition("+")[0]
        return f"{EMAIL}:{user.replace('.', '') if domain in _DOTS_DO_NOT_COUNT else user}@{domain}"

    @property
    def masked(self) -> str:
        """Enough to recognise, too little to use: s•••@contoh.example, 08•••••789."""
        if self.channel == "email":
            user, _, domain = self.value.partition("@")
            return f"{user[:1]}•••@{domain}"
        return f"{self.value[:3]}•••••{self.value[-3:]}"


@dataclass(frozen=True, slots=True)
class Person:
    """An account, opened."""

    id: UUID
    region_id: int
    regions: tuple[int, ...]
    is_matched: bool
    identity: Identity
    address: Address
    is_undeliverable: bool
    language: str
    session_epoch: int


@dataclass(frozen=True, slots=True)
class WaitingCode:
    """A challenge whose code may still be sent or typed. `content` is what it is for, the code included."""

    id: UUID
    purpose: str
    content: Mapping[str, Any]
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class TriedCode:
    """What came of typing a code. `content` is what the challenge is for, whether the code was right or not."""

    content: Mapping[str, Any]
    is_right: bool
    tries_left: int


def _clean_email(text: str) -> str:
    if len(text) > 254 or ".." in text or not _EMAIL.fullmatch(text):
        raise DomainError("email_format")
    user, _, domain = text.rpartition("@")
    return f"{user}@{domain.lower()}"


def _clean_mobile(text: str) -> str:
    try:
        number = phonenumbers.parse(text[:40], "ID")
    except phonenumbers.NumberParseException:
        raise DomainError("mobile_format") from None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not phonenumbers.is_valid_number(number) or not written.startswith("+628"):
        raise DomainError("mobile_format")
    return written
