"""Names of persons: made comparable, never judged. One word is a name; sixty letters are a name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Self

from adminduk.kernel.errors import DomainError

MAX_LENGTH: Final = 60  # letters including spaces: the regulation on names in population documents
_APOSTROPHES: Final = re.compile("[\u2018\u2019\u02bc\u02bb\u0060\u00b4\u2032]")
_HYPHENS: Final = re.compile("[\u2010-\u2015\u2212]")
_ALLOWED: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '.,\-])*")
_NOT_COMPARED: Final = re.compile(r"['.,\-]")


@dataclass(frozen=True, slots=True, order=True)
class PersonName:
    """A name as written, with single spaces and plain apostrophes."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed. Marks that stand in existing names (' - . ,) are kept.

        Raises DomainError: name_empty, name_too_long (count, limit), name_characters.
        """
        plain = _tidy(text)
        if not plain:
            raise DomainError("name_empty")
        if len(plain) > MAX_LENGTH:
            raise DomainError("name_too_long", count=len(plain), limit=MAX_LENGTH)
        if not _ALLOWED.fullmatch(plain):
            raise DomainError("name_characters")
        return cls(plain)

    @property
    def key(self) -> str:
        """What two writings of one name have in common: upper case, no accents, no marks, single spaces."""
        return comparison_key(self.text)

    @property
    def is_single(self) -> bool:
        """One word. Lawful in existing documents; for a first recording the officer decides."""
        return " " not in self.text

    @property
    def initials(self) -> str:
        """For a list that must not show the name: "BS"."""
        return "".join(word[0] for word in self.text.split()[:3]).upper()

    def __str__(self) -> str:
        return self.text


def comparison_key(text: str) -> str:
    """Upper case without accents and marks; "Nur'aini", "NURAINI" and "Nur’aini" agree, "Nur Aini" does not."""
    decomposed = unicodedata.normalize("NFKD", _tidy(text))
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_NOT_COMPARED.sub("", letters).upper().split())


def are_same_name(one: str, other: str) -> bool:
    """Whether two writings name the same: case, accents, marks and double spaces do not count, words do."""
    return comparison_key(one) == comparison_key(other)


def masked(name: str) -> str:
    """First letters only, with as many dots as there are letters left, at most five: S••• R•••••."""
    return " ".join(word[0] + "•" * min(len(word) - 1, 5) for word in name.split())


def _tidy(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return " ".join(_HYPHENS.sub("-", _APOSTROPHES.sub("'", composed)).split())
