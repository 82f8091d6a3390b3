"""What the accounts module needs from outside: the population register, asked about one person or one family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from adminduk.kernel.errors import Unavailable
from adminduk.kernel.identifiers import Nik, NoKk, RegionCode


@dataclass(frozen=True, slots=True, repr=False)
class RegisterPerson:
    """One person as the register answered, checked: texts are trimmed, bounded and free of control characters.

    Texts may be empty: the register leaves fields out. Texts of code lists (religion, occupation …) are upper case
    as the register writes them. Keep no more of it than the case needs. `repr()` shows the masked NIK alone.
    """

    nik: Nik
    no_kk: NoKk
    name: str
    birth_place: str
    birth_date: date
    sex: str  # "L" or "P"
    religion: str
    marital_status: str  # as on the card: BELUM KAWIN, KAWIN, CERAI HIDUP, CERAI MATI
    occupation: str
    blood_type: str
    address: str
    rt: str  # three digits, or empty
    rw: str
    region: RegionCode | None  # None: the code in the answer is none of a kabupaten/kota
    district_code: str  # dotted: 33.74.01, or empty
    village_code: str  # dotted: 33.74.01.1001, or empty
    region_name: str
    district_name: str
    village_name: str
    province_name: str
    mother_name: str
    family_relation: str  # relation to the head of the family (SHDK)
    card_status: str  # EKTP_STATUS word for word; its list is not closed

    def __repr__(self) -> str:
        return f"RegisterPerson({self.nik.masked})"


class RegisterUnavailable(Unavailable):
    """The register cannot answer now. `code` says why, without personal data.

    time_out, no_connection, http_status, garbage, bad_record, wrong_person, login, address, quota, unknown_answer,
    breaker_open, no_access.
    """

    def __init__(self, code: str) -> None:
        super().__init__(f"register: {code}")
        self.code = code

    @property
    def is_about_one_person(self) -> bool:
        """It answers, but what it says of this one person cannot be believed: whoever waits behind him goes on."""
        return self.code in {"bad_record", "wrong_person"}


class NoAccess(RegisterUnavailable):
    """This region has no access to the register: an officer compares and ticks. Asking again does not help."""

    def __init__(self) -> None:
        super().__init__("no_access")


class PopulationRegister(Protocol):
    """Asked outside any transaction: an answer takes up to seconds."""

    def find_person(self, nik: Nik, *, region: RegionCode) -> RegisterPerson | None:
        """The living person with this NIK; None when there is none, or not exactly one.

        `region` is the office that asks, not where the person lives. Raises RegisterUnavailable, NoAccess.
        """

    def list_family(self, no_kk: NoKk, *, nik: Nik, region: RegionCode) -> tuple[RegisterPerson, ...]:
        """Everybody on the Kartu Keluarga on which `nik` stands, head first; empty when `nik` is not on it.

        Raises RegisterUnavailable, NoAccess.
        """

    def is_silent(self) -> bool:
        """Whether this process has given up asking for the moment. Asks nothing: for the health page."""
