"""From the bytes that the data warehouse sent to checked persons; what is odd is refused with a code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from adminduk.gateways.population.texts import BadRecord, birth_date_of, places_of, sex_of, text_of, three_digits_of
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import Nik, NoKk
from adminduk.modules.accounts.ports import RegisterPerson, RegisterUnavailable

_MOST_RECORDS: Final = 60
_LONGEST_NAME: Final = 100  # the regulation allows 60; older entries are longer
# Parts of RESPON, as public client code shows them. "Not found" must be said in full: "User tidak ditemukan" is not
# about the person, and a person must not be turned away because of an office's mistake.
_NOT_FOUND: Final = "data tidak ditemukan"
_REASONS: Final = (("login", "login"), ("ip address", "address"), ("kuota", "quota"))


def read_records(body: bytes) -> list[Mapping[str, Any]]:
    """The records of a page; none when the register says that there are none.

    Raises RegisterUnavailable: garbage, login, address, quota, unknown_answer.
    """
    try:
        page = json.loads(body)
    except (ValueError, RecursionError):
        raise RegisterUnavailable("garbage") from None
    content = page.get("content") if isinstance(page, dict) else None
    if not isinstance(content, list) or len(content) > _MOST_RECORDS:
        raise RegisterUnavailable("garbage")
    if not all(isinstance(record, dict) for record in content):
        raise RegisterUnavailable("garbage")
    if not content:
        raise RegisterUnavailable("unknown_answer")  # who is not there is answered in words
    if "RESPON" in content[0]:
        _judge(content[0]["RESPON"])
        return []
    return content


def _judge(response: object) -> None:
    """Return when it says "not found". Raises RegisterUnavailable for every other text."""
    said = " ".join(response.casefold().split()) if isinstance(response, str) else ""
    if said.startswith(_NOT_FOUND):
        return
    for part, code in _REASONS:
        if part in said:
            raise RegisterUnavailable(code)
    raise RegisterUnavailable("unknown_answer")


def read_person(raw: Mapping[str, Any], *, today: date) -> RegisterPerson:
    """One checked person. NIK, No. KK, name, birth date and sex must be there. Raises BadRecord."""
    try:
        nik = Nik.parse(text_of(raw, "NIK", limit=40))
        no_kk = NoKk.parse(text_of(raw, "NO_KK", limit=40))
    except DomainError:
        raise BadRecord from None
    name = text_of(raw, "NAMA_LGKP", limit=_LONGEST_NAME + 1)
    if not name or len(name) > _LONGEST_NAME:
        raise BadRecord
    region, district_code, village_code = places_of(raw)
    return RegisterPerson(
        nik=nik,
        no_kk=no_kk,
        name=name,
        birth_place=text_of(raw, "TMPT_LHR", limit=60),
        birth_date=birth_date_of(raw, "TGL_LHR", today=today),
        sex=sex_of(raw, "JENIS_KLMIN"),
        religion=text_of(raw, "AGAMA", limit=60),
        marital_status=text_of(raw, "STATUS_KAWIN", limit=40),
        occupation=text_of(raw, "JENIS_PKRJN", limit=60),
        blood_type=text_of(raw, "GOL_DARAH", limit=20),
        address=text_of(raw, "ALAMAT", limit=200),
        rt=three_digits_of(raw, "NO_RT"),
        rw=three_digits_of(raw, "NO_RW"),
        region=region,
        district_code=district_code,
        village_code=village_code,
        region_name=text_of(raw, "KAB_NAME", limit=60),
        district_name=text_of(raw, "KEC_NAME", limit=60),
        village_name=text_of(raw, "KEL_NAME", limit=60),
        province_name=text_of(raw, "PROP_NAME", limit=60),
        mother_name=text_of(raw, "NAMA_LGKP_IBU", limit=_LONGEST_NAME),
        family_relation=text_of(raw, "STAT_HBKEL", limit=40),
        card_status=text_of(raw, "EKTP_STATUS", limit=60),
    )
