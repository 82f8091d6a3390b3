"""What stands on a card: from the register's word of now, or from what an officer has compared by hand."""

from __future__ import annotations

from datetime import date
from typing import Final

from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts.ports import RegisterPerson
from adminduk.modules.applications.types import Case
from adminduk.usecases.outside import catalogue

# A change of one of these since the approval makes another card of it.
_ON_THE_CARD: Final = (
    *("name", "birth_place", "sex", "religion", "marital_status", "occupation", "address", "rt", "rw"),
    *("village_name", "district_name"),
)
_FOR_LIFE: Final = "SEUMUR HIDUP"
_SEX: Final = {"L": "LAKI-LAKI", "P": "PEREMPUAN"}


def changed_since(case: Case, person: RegisterPerson) -> bool:
    """Whether the register says of the person what it said when the case was approved."""
    before = case.facts
    return bool(before.get("is_matched")) and (
        any(name in before and str(before[name] or "") != str(getattr(person, name)) for name in _ON_THE_CARD)
        or str(before.get("birth_date", person.birth_date)) != person.birth_date.isoformat()
    )


def values_of(case: Case, person: RegisterPerson | None, *, serial: int, issued_on: date) -> dict[str, str]:
    """The values of definitions/outputs/ktp_el.yaml; nothing of it is stored."""
    region = catalogue().region(RegionCode.from_number(case.region_id))
    known = {name: str(case.facts.get(name) or case.answers.get(name) or "") for name in _ON_THE_CARD}
    birth_date = date.fromisoformat(str(case.facts.get("birth_date") or case.subject["birth_date"])[:10])
    if person is not None:
        known = {name: str(getattr(person, name)) for name in _ON_THE_CARD}
        birth_date = person.birth_date
    return {
        **{name: value.upper() for name, value in known.items()},
        "village": known["village_name"].upper(),
        "district": known["district_name"].upper(),
        "nik": str(person.nik) if person else str(case.subject["nik"]),
        "name": (known["name"] or str(case.subject["name"])).upper(),
        "birth_date": f"{birth_date:%d-%m-%Y}",
        "sex": _SEX.get(known["sex"], known["sex"]),
        "blood_type": (person.blood_type if person else str(case.facts.get("blood_type") or "")) or "-",
        "province": region.province.upper(),
        "region": region.name.upper(),
        "nationality": "WNI",
        "valid_until": _FOR_LIFE,
        "issued_on": f"{issued_on:%d-%m-%Y}",
        "serial": str(serial),
    }
