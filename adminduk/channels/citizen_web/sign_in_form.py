"""The sign-in form: four answers and an address, each with its own problem, all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.http import QueryDict

from adminduk.foundation.pages.posted import posted_date
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError, Problem
from adminduk.kernel.identifiers import Nik, NoKk
from adminduk.kernel.names import PersonName
from adminduk.modules.accounts.types import Address, Identity

Value = TypeVar("Value")
FIELDS = ("nik", "no_kk", "name", "birth_date", "address")
_LONGEST = 254


@dataclass(frozen=True, slots=True)
class Read:
    """What could be read; `identity` and `address` are there when there are no problems."""

    identity: Identity | None
    address: Address | None
    problems: tuple[Problem, ...]


@dataclass
class _Reader:
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, text: str, parse: Callable[[str], Value]) -> Value | None:
        """The value, or None with a problem noted."""
        if not text:
            self.problems.append(Problem("answer_needed", name))
            return None
        try:
            return parse(text)
        except DomainError as error:
            self.problems.append(Problem(error.code, name, error.params))
            return None


def typed(sent: QueryDict) -> dict[str, str]:
    """What was typed, for the form to show again."""
    return {
        name: posted_date(sent, name) if name == "birth_date" else sent.get(name, "").strip()[:_LONGEST]
        for name in FIELDS
    }


def read(answers: Mapping[str, str], *, today: date) -> Read:
    """The four answers and the address, checked."""
    reader = _Reader()
    nik = reader.read("nik", answers["nik"], Nik.parse)
    no_kk = reader.read("no_kk", answers["no_kk"], NoKk.parse)
    name = reader.read("name", answers["name"], PersonName.parse)
    born = reader.read("birth_date", answers["birth_date"], lambda text: BirthDate.parse(text, today=today))
    address = reader.read("address", answers["address"], Address.detect)
    if nik is None or no_kk is None or name is None or born is None or address is None:
        return Read(None, None, tuple(reader.problems))
    return Read(Identity(nik=nik, no_kk=no_kk, name=name.text, birth_date=born.day), address, ())
