"""A population register in the test's own process: people that the test puts in, and a switch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from adminduk.kernel.identifiers import Nik, NoKk, RegionCode
from adminduk.modules.accounts.ports import RegisterPerson, RegisterUnavailable
from adminduk.modules.accounts.types import Identity

SEMARANG = RegionCode("33.74")
RECORDED = "CARD_ISSUED"


def register_person(identity: Identity, **changes: object) -> RegisterPerson:
    """Somebody with that identity, living in Kota Semarang, with a card and stored biometrics."""
    person = RegisterPerson(
        nik=identity.nik,
        no_kk=identity.no_kk,
        name=identity.name,
        birth_place="SEMARANG",
        birth_date=identity.birth_date,
        sex="P",
        religion="ISLAM",
        marital_status="KAWIN",
        occupation="GURU",
        blood_type="O",
        address="JL. CONTOH NO. 1",
        rt="001",
        rw="002",
        region=SEMARANG,
        district_code="33.74.01",
        village_code="33.74.01.1001",
        region_name="KOTA SEMARANG",
        district_name="SEMARANG TENGAH",
        village_name="MIROTO",
        province_name="JAWA TENGAH",
        mother_name="IBU REKAAN",
        family_relation="ISTRI",
        card_status=RECORDED,
    )
    return replace(person, **changes)  # type: ignore[arg-type]


@dataclass
class Register:
    """Answers for the people it was given; while `is_down` it does not answer, of the `garbled` never."""

    people: dict[Nik, RegisterPerson] = field(default_factory=dict)
    garbled: set[Nik] = field(default_factory=set)
    is_down: bool = False
    asked: int = 0

    def add(self, identity: Identity, **changes: object) -> RegisterPerson:
        person = register_person(identity, **changes)
        self.people[person.nik] = person
        return person

    def find_person(self, nik: Nik, *, region: RegionCode) -> RegisterPerson | None:
        self._answer()
        if nik in self.garbled:
            raise RegisterUnavailable("bad_record")
        return self.people.get(nik)

    def list_family(self, no_kk: NoKk, *, nik: Nik, region: RegionCode) -> tuple[RegisterPerson, ...]:
        self._answer()
        family = tuple(person for person in self.people.values() if person.no_kk == no_kk)
        return family if any(person.nik == nik for person in family) else ()

    def is_silent(self) -> bool:
        return self.is_down

    def _answer(self) -> None:
        self.asked += 1
        if self.is_down:
            raise RegisterUnavailable("no_connection")


the_register = Register()


def register() -> Register:
    """Named in the settings of the tests."""
    return the_register


def years_ago(today: date, years: int) -> date:
    """The day on which somebody of that age today was born."""
    return today.replace(year=today.year - years)
