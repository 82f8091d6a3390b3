"""Values of papers: what is known of a case by the names of papers' fields, how a value is written and trusted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from adminduk.catalogue.papers.compare import Known
from adminduk.catalogue.papers.types import ReadField
from adminduk.catalogue.release import Release
from adminduk.modules.applications.types import Case
from adminduk.readmodels.desk import iso_day

NUMBERS: Final = frozenset({"nik", "no_kk"})
_CLEAR, _FAIR = 0.93, 0.8
# What a paper's field is called among the register's facts. The numbers are not kept there a second time.
_FACTS: Final[Mapping[str, str]] = {
    "nama": "name",
    "tempat_lahir": "birth_place",
    "tanggal_lahir": "birth_date",
    "jenis_kelamin": "sex",
    "alamat": "address",
    "rt": "rt",
    "rw": "rw",
    "kelurahan": "village_name",
    "kecamatan": "district_name",
    "kabupaten": "region_name",
    "provinsi": "province_name",
    "agama": "religion",
    "status_kawin": "marital_status",
    "status_perkawinan": "marital_status",
    "pekerjaan": "occupation",
    "golongan_darah": "blood_type",
    "shdk": "family_relation",
}
_SUBJECT: Final = {"nik": "nik", "no_kk": "no_kk", "nama": "name", "tanggal_lahir": "birth_date"}
_SEXES: Final = {"L": "Laki-laki", "P": "Perempuan"}


class Sureness(StrEnum):
    """How sure the machine is of a value. A number is certain only if its own structure and a second place agree."""

    CERTAIN = "certain"
    CLEAR = "clear"
    FAIR = "fair"
    UNSURE = "unsure"


def known_of(case: Case, release: Release, *, today: date) -> Known:
    """What was typed and what the register says, by the names of papers' fields; absent where there is nothing."""
    facts = case.facts if case.is_matched and case.facts.get("is_matched") else {}
    registered = {name: str(facts[fact]) for name, fact in _FACTS.items() if facts.get(fact)}
    typed = {name: str(case.subject[key]) for name, key in _SUBJECT.items() if case.subject.get(key)}
    answers = {
        question.source: str(case.answers[question.id])
        for group in release.groups
        for question in group.questions
        if question.source and case.answers.get(question.id)
    }
    typed |= {name: answers[fact] for name, fact in _FACTS.items() if fact in answers and name not in typed}
    if facts:  # a match is the equality of the numbers: the typed one is the registered one
        registered |= {name: typed[name] for name in NUMBERS if name in typed}
    return Known(
        today=today,
        form=typed,
        register=registered,
        applicant_nik=typed.get("nik", ""),
        applicant_name=typed.get("nama", ""),
    )


def plain(kind: str, value: str) -> str:
    """As people write it: numbers in groups of four, dates as DD-MM-YYYY, the sexes in words."""
    if kind in NUMBERS and len(value) == 16:
        return " ".join(value[at : at + 4] for at in range(0, 16, 4))
    if kind == "date":
        return iso_day(value)
    if kind == "sex":
        return _SEXES.get(value, value)
    return value


def sureness_of(kind: str, found: ReadField) -> Sureness:
    """A number that is not certain is unsure, however clear its digits are."""
    if found.is_certain:
        return Sureness.CERTAIN
    if kind in NUMBERS or found.confidence < _FAIR:
        return Sureness.UNSURE
    return Sureness.CLEAR if found.confidence >= _CLEAR else Sureness.FAIR
