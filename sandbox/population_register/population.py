"""The whole population: stories first, then families by chance until there are enough people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from random import Random

from sandbox.population_register import person as words
from sandbox.population_register.households import HouseholdMaker
from sandbox.population_register.numbers import NumberBook
from sandbox.population_register.person import Person, age_on, years_before
from sandbox.population_register.places import DENPASAR, JAYAPURA, REGIONS, SEMARANG
from sandbox.population_register.stories import tell_stories
from sandbox.population_register.story_plan import Story

DEFAULT_SEED = 1945
DEFAULT_PEOPLE = 21_000
_SHARE = {SEMARANG: 0.43, DENPASAR: 0.31, JAYAPURA: 0.26}
_BIRTHDAYS_EACH = 4  # people who turn seventeen today, and tomorrow, in every region
_DOUBLED_NIK = 6


@dataclass(frozen=True, slots=True)
class Population:
    """`by_nik` has several people under a doubled NIK; `by_no_kk` is a family, head first."""

    by_nik: dict[str, tuple[Person, ...]]
    by_no_kk: dict[str, tuple[Person, ...]]
    stories: tuple[Story, ...]

    def __len__(self) -> int:
        return sum(len(people) for people in self.by_nik.values())

    def people(self) -> Iterator[Person]:
        """Everybody, in the order of making."""
        for family in self.by_no_kk.values():
            yield from family

    def digest(self) -> str:
        """The same for the same seed, start day and number of people."""
        total = hashlib.sha256()
        names = [field.name for field in fields(Person)]
        for person in self.people():
            total.update("|".join(str(getattr(person, name)) for name in names).encode())
        return total.hexdigest()


def build(*, seed: int = DEFAULT_SEED, start_day: date, people: int = DEFAULT_PEOPLE) -> Population:
    """Make the population. Ages are counted on `start_day`; the stories do not depend on `seed`."""
    book = NumberBook()
    stories, families = tell_stories(book, start_day)
    rng = Random(f"{seed}|{start_day.isoformat()}")
    maker = HouseholdMaker(rng, book, start_day)
    drawn: list[list[Person]] = []
    for region in REGIONS:
        wanted, made, first = int(people * _SHARE[region]) + 1, 0, len(drawn)
        while made < wanted:
            family = maker.family(region)
            drawn.append(family)
            made += len(family)
        _set_birthdays(drawn[first:], book, start_day)
        _record_early_marriages(drawn[first:], start_day)
    _double_niks(drawn)
    return _index(families + drawn, stories)


def _set_birthdays(families: list[list[Person]], book: NumberBook, start_day: date) -> None:
    """Some children turn seventeen on the start day, some the day after."""
    teenagers = [p for family in families for p in family if 16 <= age_on(start_day, born=p.birth_date) <= 17]
    for index, teenager in enumerate(teenagers[: 2 * _BIRTHDAYS_EACH]):
        born = years_before(start_day, 17) + timedelta(days=1 - index % 2)
        teenager.birth_date = born
        teenager.nik = book.nik(teenager.village[:8], born=born, sex=teenager.sex)
        teenager.card_status = words.PRINT_READY if index % 4 > 1 else words.UNREGISTERED


def _record_early_marriages(families: list[list[Person]], start_day: date) -> None:
    """Two people of sixteen are married: they may have a card before seventeen."""
    sixteen = (p for family in families for p in family if p.sex == "P" and age_on(start_day, born=p.birth_date) == 16)
    for person, _ in zip(sixteen, range(2), strict=False):
        person.marital_status = words.MARRIED


def _double_niks(families: list[list[Person]]) -> None:
    """One number given to two people, as happened before the register was centralised."""
    step = len(families) // _DOUBLED_NIK
    for index in range(0, step * _DOUBLED_NIK, step):
        one, other = families[index][0], families[index + step // 2][0]
        other.nik = one.nik


def _index(families: list[list[Person]], stories: tuple[Story, ...]) -> Population:
    by_nik: dict[str, tuple[Person, ...]] = {}
    by_no_kk = {family[0].no_kk: tuple(family) for family in families}
    for family in families:
        for person in family:
            by_nik[person.nik] = (*by_nik.get(person.nik, ()), person)
    return Population(by_nik=by_nik, by_no_kk=by_no_kk, stories=stories)
