"""What is known of a story person when his documents are drawn, and how papers write it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from random import Random

from sandbox.population_register.person import HEAD, Person
from sandbox.population_register.places import register_name
from sandbox.population_register.population import Population

_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One story person, his family and the day on which the story begins."""

    key: str
    person: Person
    family: tuple[Person, ...]
    start_day: date

    @property
    def head(self) -> Person:
        return next(person for person in self.family if person.relation == HEAD)

    def chance(self, purpose: str) -> Random:
        """The same for the same key and purpose, so that a document looks the same each time."""
        return Random(f"{self.key}|{purpose}")

    def fingerprint(self) -> str:
        """Changes with anything that a document could show of the family."""
        facts = [[getattr(person, name) for name in Person.__slots__] for person in self.family]
        return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()


def open_dossier(population: Population, key: str, *, start_day: date) -> Dossier:
    """Raises KeyError: there is no such story."""
    for story in population.stories:
        if story.told.key == key:
            return Dossier(key, story.person, population.by_no_kk[story.person.no_kk], start_day)
    raise KeyError(key)


def long_date(day: date) -> str:
    """12 Maret 1984."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """12-03-1984."""
    return f"{day:%d-%m-%Y}"


def sex_word(person: Person) -> str:
    return "LAKI-LAKI" if person.sex == "L" else "PEREMPUAN"


def place(person: Person, level: int) -> str:
    """Name of province (2), kabupaten/kota (5), kecamatan (8) or desa (13) of the Kartu Keluarga."""
    return register_name(person.village[:level])


def recorded_on(person: Person) -> date:
    """The day inside the number of the Kartu Keluarga."""
    digits = person.no_kk
    return date(2000 + int(digits[10:12]), int(digits[8:10]), int(digits[6:8]))
