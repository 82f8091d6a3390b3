"""How the families of the stories are written down, and how people are made of the plan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from sandbox.population_register import person as words
from sandbox.population_register.numbers import NumberBook
from sandbox.population_register.person import Person
from sandbox.population_register.places import village_code


@dataclass(frozen=True, slots=True)
class Told:
    """What a newcomer can try as this person: a stable key and one sentence in each language."""

    key: str
    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a plan. `nik_district` is set where the NIK was given elsewhere."""

    name: str
    born: date
    sex: str
    relation: str
    birth_place: str
    card: str = words.ISSUED
    marital: str = words.MARRIED
    work: str = "KARYAWAN SWASTA"
    blood: str = "TIDAK TAHU"
    father: str = ""
    mother: str = ""
    nik_district: str = ""
    is_dead: bool = False
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """One Kartu Keluarga of a plan; `recorded` is the day in its number."""

    region: str
    district: str
    village: str
    address: str
    rt: int
    rw: int
    religion: str
    recorded: date
    members: tuple[Member, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Story:
    """A person of the population whom the demo introduces."""

    told: Told
    person: Person


def settle(home: Home, book: NumberBook) -> tuple[list[Person], list[Story]]:
    """Make the people of a plan. Raises KeyError for a place that does not exist."""
    village = village_code(home.region, home.district, home.village)
    no_kk = book.no_kk(village[:8], recorded=home.recorded)
    people, stories = [], []
    for member in home.members:
        person = Person(
            nik=book.nik(member.nik_district or village[:8], born=member.born, sex=member.sex),
            no_kk=no_kk,
            name=member.name,
            birth_place=member.birth_place,
            birth_date=member.born,
            sex=member.sex,
            religion=home.religion,
            marital_status=member.marital,
            occupation=member.work,
            blood_type=member.blood,
            address=home.address,
            rt=home.rt,
            rw=home.rw,
            village=village,
            father_name=member.father,
            mother_name=member.mother,
            relation=member.relation,
            card_status=member.card,
            is_dead=member.is_dead,
        )
        people.append(person)
        if member.told:
            stories.append(Story(member.told, person))
    return people, stories


def child(
    name: str, born: date, sex: str, place: str, *, card: str = words.UNREGISTERED, told: Told | None = None
) -> Member:
    """A child of the family, unmarried and at school; parents are added by `with_parents`."""
    return Member(
        name, born, sex, words.CHILD, place, card=card, marital=words.SINGLE, work="PELAJAR/MAHASISWA", told=told
    )


def couple_with(children: tuple[Member, ...], *, husband: Member, wife: Member) -> tuple[Member, ...]:
    """Head, wife, and their children, who get their parents' names."""
    return (husband, wife, *(replace(each, father=husband.name, mother=wife.name) for each in children))
