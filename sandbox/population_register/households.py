"""Families by chance: who lives together, how old, with which state of the card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sandbox.population_register import person as words
from sandbox.population_register.name_pools import POOLS, draw_family_name, draw_name
from sandbox.population_register.numbers import NumberBook
from sandbox.population_register.person import FEMALE, MALE, Person, age_on, years_before
from sandbox.population_register.places import DENPASAR, JAYAPURA, SEMARANG, villages

_RELIGIONS = {
    SEMARANG: (("ISLAM", "KRISTEN", "KATHOLIK", "BUDHA", "KONG HU CU"), (86, 7, 5, 1, 1)),
    DENPASAR: (("HINDU", "ISLAM", "KRISTEN", "KATHOLIK", "BUDHA"), (70, 22, 4, 2, 2)),
    JAYAPURA: (("KRISTEN", "KATHOLIK", "ISLAM", "LAINNYA / KEPERCAYAAN TERHADAP TUHAN YME"), (70, 12, 17, 1)),
}
_BLOOD = (("A", "B", "AB", "O", "O+", "A+", "TIDAK TAHU"), (10, 10, 4, 16, 4, 3, 53))
_WORK = (
    *(
        "KARYAWAN SWASTA",
        "WIRASWASTA",
        "BURUH HARIAN LEPAS",
        "PEDAGANG",
        "GURU",
        "APARATUR SIPIL NEGARA (ASN)",
        "PERAWAT",
    ),
    *("SOPIR", "PETANI/PEKEBUN", "NELAYAN/PERIKANAN", "MEKANIK", "KONSTRUKSI", "KARYAWAN HONORER", "DOSEN"),
)
_ADULT_STATUS = (
    (
        *(words.ISSUED, words.PRINTED, words.PRINT_READY, words.UNREGISTERED, words.SENT, words.CAPTURED),
        *(words.FAILED, words.DUPLICATE, "PROCESSING", "CARD_SHIPPED", words.UNKNOWN_STATUS),
    ),
    (860, 25, 30, 40, 12, 8, 8, 6, 4, 4, 3),
)
_ELSEWHERE = ("32.73.05", "35.78.12", "31.74.04", "73.71.10", "12.71.08", "54.01.02")  # 54: a code that is no more


@dataclass(frozen=True, slots=True)
class Household:
    """What the members of one Kartu Keluarga share."""

    region: str
    village: str
    no_kk: str
    address: str
    rt: int
    rw: int
    religion: str
    family_name: str


class HouseholdMaker:
    """Draws one family after the other; the same chance and book give the same people."""

    def __init__(self, rng: Random, book: NumberBook, start_day: date) -> None:
        self._rng = rng
        self._book = book
        self._today = start_day

    def family(self, region: str) -> list[Person]:
        """Head first. A couple with children, one parent with children, an old person alone, or grandparents too."""
        rng = self._rng
        home = self._home(region)
        head_sex = MALE if rng.random() < 0.83 else FEMALE
        age = rng.choices((23, 31, 42, 55, 68), (14, 28, 30, 19, 9))[0] + rng.randrange(10)
        has_spouse = head_sex == MALE and rng.random() < 0.88
        status = words.MARRIED if has_spouse else self._lone_status(age)
        head = self._person(home, self._born(age), sex=head_sex, status=status, relation=words.HEAD)
        members = [head]
        mother, father = (head.name, "") if head_sex == FEMALE else ("", head.name)
        mother_age = age
        if has_spouse:
            mother_age = max(17, age - rng.randrange(-2, 8))
            wife = self._person(home, self._born(mother_age), sex=FEMALE, status=words.MARRIED, relation=words.WIFE)
            members.append(wife)
            mother = wife.name
        if has_spouse or status in (words.DIVORCED, words.WIDOWED):
            members += self._children(home, mother_age, father=father, mother=mother)
        if age < 55 and rng.random() < 0.12:
            members.append(self._grandparent(home, head, age))
        return members

    def _home(self, region: str) -> Household:
        rng = self._rng
        village = rng.choice(villages(region))
        recorded = self._today - timedelta(days=rng.randrange(30, 5500))
        religions, weights = _RELIGIONS[region]
        return Household(
            region=region,
            village=village,
            no_kk=self._book.no_kk(village[:8], recorded=recorded),
            address=f"{rng.choice(POOLS[region].streets)} NO. {rng.randrange(1, 240)}",
            rt=rng.randrange(1, 13),
            rw=rng.randrange(1, 18),
            religion=rng.choices(religions, weights)[0],
            family_name=draw_family_name(rng, region),
        )

    def _children(self, home: Household, mother_age: int, *, father: str, mother: str) -> list[Person]:
        count = self._rng.choices((0, 1, 2, 3, 4, 5), (10, 24, 34, 20, 8, 4))[0]
        oldest = mother_age - 19 - self._rng.randrange(6)
        ages = sorted({oldest - step * self._rng.randrange(2, 4) for step in range(count)}, reverse=True)
        children = []
        for age in ages:
            if 0 <= age <= 27:
                sex = self._rng.choice((MALE, FEMALE))
                child = self._person(home, self._born(age), sex=sex, status=words.SINGLE, relation=words.CHILD)
                child.father_name, child.mother_name = father, mother
                children.append(child)
        return children

    def _grandparent(self, home: Household, head: Person, age: int) -> Person:
        years = age + 20 + self._rng.randrange(15)
        old = self._person(home, self._born(years), sex=FEMALE, status=words.WIDOWED, relation=words.PARENT)
        head.mother_name = old.name
        return old

    def _lone_status(self, age: int) -> str:
        if age < 30:
            return words.SINGLE
        return self._rng.choices((words.DIVORCED, words.WIDOWED, words.SINGLE), (35, 50 if age > 50 else 20, 20))[0]

    def _born(self, age: int) -> date:
        """A day in the year of that age; sometimes 1 July or the 15th, which stand for a day that nobody knows."""
        born = years_before(self._today, age) - timedelta(days=self._rng.randrange(365))
        chance = self._rng.random()
        if chance < 0.01 and age > 40:
            return born.replace(month=7, day=1)
        return born.replace(day=15) if chance < 0.03 and age > 1 else born

    def _person(self, home: Household, born: date, *, sex: str, status: str, relation: str) -> Person:
        rng = self._rng
        age = age_on(self._today, born=born)
        first_recorded = home.village[:8]
        if age > 20 and rng.random() < 0.06:
            first_recorded = rng.choice(_ELSEWHERE)
        pool = POOLS[home.region]
        return Person(
            nik=self._book.nik(first_recorded, born=born, sex=sex),
            no_kk=home.no_kk,
            name=draw_name(rng, home.region, sex=sex, family_name=home.family_name),
            birth_place=rng.choice(pool.cities),
            birth_date=born,
            sex=sex,
            religion=home.religion,
            marital_status=status,
            occupation=self._occupation(age, sex),
            blood_type=rng.choices(*_BLOOD)[0],
            address=home.address,
            rt=home.rt,
            rw=home.rw,
            village=home.village,
            father_name=draw_name(rng, home.region, sex=MALE, family_name=home.family_name),
            mother_name=draw_name(rng, home.region, sex=FEMALE, family_name=home.family_name),
            relation=relation,
            card_status=self._card_status(age),
            is_dead=age > 60 and rng.random() < 0.05,
        )

    def _occupation(self, age: int, sex: str) -> str:
        if age < 6:
            return "BELUM/TIDAK BEKERJA"
        if age < 20:
            return "PELAJAR/MAHASISWA"
        if age > 64:
            return "PENSIUNAN"
        if sex == FEMALE and self._rng.random() < 0.4:
            return "MENGURUS RUMAH TANGGA"
        return self._rng.choice(_WORK)

    def _card_status(self, age: int) -> str:
        """Recorded from sixteen, printed at seventeen."""
        if age < 16:
            return words.UNREGISTERED
        if age == 16:
            return self._rng.choices((words.UNREGISTERED, words.PRINT_READY, words.SENT), (60, 30, 10))[0]
        if age == 17:
            return self._rng.choices((words.UNREGISTERED, words.PRINT_READY, words.ISSUED), (40, 25, 35))[0]
        return self._rng.choices(*_ADULT_STATUS)[0]
