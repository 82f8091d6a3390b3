"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from adminduk.kernel.identifiers import Nik, NoKk


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
