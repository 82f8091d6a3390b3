"""What the definitions may ask about a person besides his answers: a fixed list, so that a typing mistake is an error.

The use case that has read the register makes the facts; screening answers stand in for them before anybody signs in.
A fact that is unknown is absent or None: rules then say "officer decides", conditions do not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from adminduk.catalogue.conditions import Fact, Facts
from adminduk.catalogue.text import Text
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError

KNOWN_FACTS: Final[Mapping[str, Text]] = {
    "name": Text("Nama lengkap", "Full name"),
    "birth_place": Text("Tempat lahir", "Place of birth"),
    "birth_date": Text("Tanggal lahir", "Date of birth"),
    "sex": Text("Jenis kelamin", "Sex"),
    "religion": Text("Agama atau kepercayaan", "Religion or belief"),
    "marital_status": Text("Status perkawinan", "Marital status"),
    "occupation": Text("Pekerjaan", "Occupation"),
    "blood_type": Text("Golongan darah", "Blood type"),
    "address": Text("Alamat", "Address"),
    "rt": Text("RT", "RT (neighbourhood)"),
    "rw": Text("RW", "RW (ward)"),
    "village_name": Text("Desa atau kelurahan", "Village"),
    "district_name": Text("Kecamatan", "District"),
    "region_name": Text("Kabupaten atau kota", "Regency or city"),
    "province_name": Text("Provinsi", "Province"),
    "family_relation": Text("Hubungan dalam keluarga", "Relation to the head of the family"),
    "age": Text("Usia", "Age"),
    "card_status": Text("Status KTP-el di pusat", "National card status"),
    "card": Text("Keadaan KTP-el", "State of the card"),
    "biometrics": Text("Data rekaman", "Recorded biometrics"),
    "is_matched": Text("Dicocokkan dengan data kependudukan", "Compared with the population register"),
    "is_resident": Text("Penduduk daerah ini", "Resident of this region"),
    "applies_for": Text("Diajukan untuk", "Applied for"),
    "region_delivery": Text("Daerah mengantar kartu", "The region delivers cards"),
    "region_register": Text("Cara daerah mencocokkan data", "How the region compares data"),
    "ever_married": Text("Kawin atau pernah kawin", "Married or once married"),
    "today": Text("Hari ini", "Today"),
}


_NEVER_MARRIED: Final = frozenset({"belum kawin", "belum_kawin"})


def is_known_fact(name: str) -> bool:
    """Whether definitions may ask for it."""
    return name in KNOWN_FACTS


def complete(facts: Facts, *, today: date | None = None) -> dict[str, Fact]:
    """Add what follows from other facts: `age` on `today` (else facts["today"]), and `ever_married`.

    Facts may come back from storage, so dates may be ISO text. What cannot be derived stays as it was given.
    """
    completed = dict(facts)
    on = today or as_date(facts.get("today"))
    born = as_date(facts.get("birth_date"))
    if on and born:
        try:
            completed["age"] = BirthDate(born).age_on(on)
        except DomainError:
            completed.pop("age", None)
    status = facts.get("marital_status")
    if isinstance(status, str) and status.strip():
        completed["ever_married"] = status.strip().lower() not in _NEVER_MARRIED
    return completed


def as_date(value: Fact) -> date | None:
    """A date, or ISO text of one; None for anything else."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
