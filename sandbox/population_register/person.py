"""One fictional person as the register stores him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MALE = "L"
FEMALE = "P"

ISSUED = "CARD_ISSUED"
PRINTED = "CARD_PRINTED"
PRINT_READY = "PRINT_READY_RECORD"
CAPTURED = "BIO_CAPTURED"
SENT = "SENT_FOR_ENROLLMENT"
DUPLICATE = "DUPLICATE_RECORD"
FAILED = "ENROLL_FAILURE_AT_CENTRAL"
UNREGISTERED = "UNREGISTERED"
UNKNOWN_STATUS = "STATUS_91_PUSAT"  # a string nobody has told us of: such strings turn up

SINGLE = "BELUM KAWIN"
MARRIED = "KAWIN"
DIVORCED = "CERAI HIDUP"
WIDOWED = "CERAI MATI"

HEAD = "KEPALA KELUARGA"
WIFE = "ISTRI"
CHILD = "ANAK"
PARENT = "ORANG TUA"


@dataclass(slots=True)
class Person:
    """Texts are upper case as in the register; `village` is the dotted code of the desa of the Kartu Keluarga."""

    nik: str
    no_kk: str
    name: str
    birth_place: str
    birth_date: date
    sex: str
    religion: str
    marital_status: str
    occupation: str
    blood_type: str
    address: str
    rt: int
    rw: int
    village: str
    father_name: str
    mother_name: str
    relation: str
    card_status: str
    is_dead: bool = False


def age_on(day: date, *, born: date) -> int:
    """Completed years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def years_before(day: date, years: int) -> date:
    """The birth date of somebody who turns `years` on `day`; for 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
