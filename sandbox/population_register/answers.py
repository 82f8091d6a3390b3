"""Answers in the form of the national data warehouse: JSON pages, errors inside HTTP 200."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox.population_register.person import HEAD, MALE, Person
from sandbox.population_register.places import register_name

NOT_FOUND = "Data Tidak Ditemukan"
WRONG_LOGIN = "Login Gagal"
WRONG_ADDRESS = "IP Address Tidak Sesuai"
NO_QUOTA = "Kuota Akses Hari ini telah Habis"
_EXACT, _DIFFERENT = "Sesuai (100)", "Tidak Sesuai"


def page(content: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The envelope around every answer."""
    return {
        "content": list(content),
        "lastPage": True,
        "numberOfElements": len(content),
        "sort": None,
        "totalElements": len(content),
        "firstPage": True,
        "number": 0,
        "size": max(1, len(content)),
    }


def respond(text: str) -> dict[str, Any]:
    """An error: HTTP 200 all the same."""
    return page([{"RESPON": text}])


def record(person: Person) -> dict[str, Any]:
    """One person with the columns of CALL_NIK."""
    province, region, district, village = (person.village[:length] for length in (2, 5, 8, 13))
    return {
        "NIK": person.nik,
        "NO_KK": person.no_kk,
        "NAMA_LGKP": person.name,
        "TMPT_LHR": person.birth_place,
        "TGL_LHR": person.birth_date.isoformat(),
        "JENIS_KLMIN": "LAKI-LAKI" if person.sex == MALE else "PEREMPUAN",
        "AGAMA": person.religion,
        "STATUS_KAWIN": person.marital_status,
        "STAT_HBKEL": person.relation,
        "JENIS_PKRJN": person.occupation,
        "GOL_DARAH": person.blood_type,
        "ALAMAT": person.address,
        "NO_RT": person.rt,
        "NO_RW": person.rw,
        "NO_PROP": int(province),
        "PROP_NAME": register_name(province),
        "NO_KAB": int(region[-2:]),
        "KAB_NAME": register_name(region),
        "NO_KEC": int(district[-2:]),
        "KEC_NAME": register_name(district),
        "NO_KEL": int(village[-4:]),
        "KEL_NAME": register_name(village),
        "NAMA_LGKP_IBU": person.mother_name,
        "EKTP_STATUS": person.card_status,
    }


def family_records(family: Sequence[Person]) -> list[dict[str, Any]]:
    """The living members, head first."""
    living = [person for person in family if not person.is_dead]
    return [record(person) for person in sorted(living, key=lambda person: person.relation != HEAD)]


_COMPARED: dict[str, Callable[[Person], str]] = {
    "NAMA_LGKP": lambda person: person.name,
    "TMPT_LHR": lambda person: person.birth_place,
    "TGL_LHR": lambda person: person.birth_date.isoformat(),
    "JENIS_KLMIN": lambda person: "LAKI-LAKI" if person.sex == MALE else "PEREMPUAN",
    "ALAMAT": lambda person: person.address,
    "NO_KK": lambda person: person.no_kk,
    "NO_RT": lambda person: str(person.rt),
    "NO_RW": lambda person: str(person.rw),
    "NO_PROP": lambda person: str(int(person.village[:2])),
    "PROP_NAME": lambda person: register_name(person.village[:2]),
    "NO_KAB": lambda person: str(int(person.village[3:5])),
    "KAB_NAME": lambda person: register_name(person.village[:5]),
    "NO_KEC": lambda person: str(int(person.village[6:8])),
    "KEC_NAME": lambda person: register_name(person.village[:8]),
    "NO_KEL": lambda person: str(int(person.village[9:])),
    "KEL_NAME": lambda person: register_name(person.village),
}


def comparison(person: Person, asked: Mapping[str, Any]) -> dict[str, Any]:
    """CALL_VERIFY_BY_ELEMEN: a verdict for each element asked about, never the element itself."""
    verdicts: dict[str, Any] = {"NIK": person.nik}
    for name, value_of in _COMPARED.items():
        if name in asked:
            verdicts[name] = _EXACT if _plain(asked[name]) == _plain(value_of(person)) else _DIFFERENT
    return verdicts


def _plain(value: object) -> str:
    text = " ".join(str(value).upper().split())
    return text.lstrip("0") if text.isdigit() else text
