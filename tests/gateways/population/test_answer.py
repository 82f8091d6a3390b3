"""Reading what the register sent: any bytes give checked persons or a coded refusal, nothing else."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.gateways.population.answer import read_person, read_records
from adminduk.gateways.population.texts import BadRecord
from adminduk.modules.accounts.ports import RegisterUnavailable

TODAY = date(2026, 11, 24)
GOOD: dict[str, Any] = {
    "NIK": 3374011708909001,
    "NO_KK": "3374010501209003",
    "NAMA_LGKP": "  SITI   NUR'AINI ",
    "TGL_LHR": "1990-08-17",
    "JENIS_KLMIN": "Perempuan",
    "NO_RT": 4,
    "NO_RW": "0012",
    "NO_PROP": 33,
    "NO_KAB": 74,
    "NO_KEC": 1,
    "NO_KEL": 1007,
    "EKTP_STATUS": "CARD_ISSUED",
}
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*GOOD, "x"]), inner, max_size=6),
    max_leaves=12,
)


def test_a_good_record() -> None:
    person = read_person(GOOD, today=TODAY)
    assert (str(person.nik), person.name, person.sex) == ("3374011708909001", "SITI NUR'AINI", "P")
    assert (person.rt, person.rw, person.village_code) == ("004", "012", "33.74.01.1007")
    assert person.religion == ""


@pytest.mark.parametrize(
    "text", ["17-08-1990", "17/08/1990", "1990/08/17", "1990-08-17 00:00:00.0", "1990-08-17T00:00:00+07:00"]
)
def test_forms_of_a_date(text: str) -> None:
    assert read_person({**GOOD, "TGL_LHR": text}, today=TODAY).birth_date == date(1990, 8, 17)


@pytest.mark.parametrize("text", ["", "31-02-1990", "1990", 19900817, "17-08-90", "2026-11-26", "1890-01-01", None, []])
def test_dates_not_believed(text: object) -> None:
    with pytest.raises(BadRecord):
        read_person({**GOOD, "TGL_LHR": text}, today=TODAY)


@pytest.mark.parametrize("name", ["NIK", "NO_KK", "NAMA_LGKP", "TGL_LHR", "JENIS_KLMIN"])
def test_what_must_be_there(name: str) -> None:
    with pytest.raises(BadRecord):
        read_person({key: value for key, value in GOOD.items() if key != name}, today=TODAY)


def test_an_odd_place_is_no_place() -> None:
    person = read_person({**GOOD, "NO_KAB": "seventy"}, today=TODAY)
    assert (person.region, person.district_code, person.village_code) == (None, "", "")


@given(st.sampled_from(["NAMA_LGKP", "ALAMAT", "EKTP_STATUS", "TMPT_LHR"]), st.text(max_size=300))
def test_texts_are_one_visible_bounded_line(field: str, text: str) -> None:
    try:
        person = read_person({**GOOD, field: text}, today=TODAY)
    except BadRecord:
        return
    for value in (person.name, person.address, person.card_status, person.birth_place):
        assert len(value) <= 200
        assert value == value.strip()
        assert not any(unicodedata.category(char)[0] == "C" for char in value)


@given(_json)
def test_any_record_is_read_or_refused(raw: Any) -> None:
    record = {**GOOD, **raw} if isinstance(raw, dict) else {"NIK": raw}
    try:
        person = read_person(record, today=TODAY)
    except BadRecord:
        return
    assert person.sex in ("L", "P")
    assert person.birth_date <= TODAY


@given(st.binary(max_size=400) | _json.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    try:
        records = read_records(body)
    except RegisterUnavailable as refused:
        assert refused.code in ("garbage", "unknown_answer", "login", "address", "quota")
    else:
        assert all(isinstance(record, dict) for record in records)


@given(_json)
def test_any_page_is_read_or_refused(content: Any) -> None:
    test_any_body = json.dumps({"content": content}).encode()
    try:
        read_records(test_any_body)
    except RegisterUnavailable as refused:
        assert refused.code in ("garbage", "unknown_answer")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("IP Address Tidak Sesuai", "address"),
        ("Login Gagal", "login"),
        ("Kuota Akses Hari ini telah Habis", "quota"),
        ("Sistem sedang dipelihara", "unknown_answer"),
        ("User tidak ditemukan", "unknown_answer"),
        (None, "unknown_answer"),
    ],
)
def test_errors_of_the_register(text: object, code: str) -> None:
    with pytest.raises(RegisterUnavailable) as refused:
        read_records(json.dumps({"content": [{"RESPON": text}]}).encode())
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["Data Tidak Ditemukan", " DATA  TIDAK DITEMUKAN. "])
def test_not_found_is_no_error(text: str) -> None:
    assert read_records(json.dumps({"content": [{"RESPON": text}]}).encode()) == []


def test_an_empty_page_says_nothing_about_anybody() -> None:
    with pytest.raises(RegisterUnavailable, match="unknown_answer"):
        read_records(b'{"content":[]}')
