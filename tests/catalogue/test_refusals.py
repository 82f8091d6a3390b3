"""Definitions that do not hold together are refused whole, with file, line and reason."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.loading import load_catalogue
from tests.catalogue.conftest import DEFINITIONS, Spoil

BARU = "services/ktp_el_baru.yaml"
HILANG = "services/ktp_el_hilang.yaml"
SEMARANG = "regions/33.74.yaml"
DENPASAR = "regions/51.71.yaml"
CHANGE = """changes:
  - services: [ktp_el_baru]
    key: {key}
    value: {value}
    legal_basis: CONTOH
    from: 2026-01-01
"""


def _line_of(copy: Path, file: str, text: str) -> int:
    lines = (copy / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def _with_change(spoil: Spoil, key: str, value: str) -> DefinitionError:
    return spoil(DENPASAR, "changes:\n", CHANGE.format(key=key, value=value))


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        (BARU, "title: {id: KTP-el baru", "titel: {id: KTP-el baru", "unknown field `titel`"),
        (BARU, "        required: false\n", "        requird: false\n", "unknown field `requird`"),
        (BARU, "title: {id: KTP-el baru, en: First KTP-el}", "title: {id: KTP-el baru}", "missing required field `en`"),
        (BARU, "title: {id: KTP-el baru, en: First KTP-el}", 'title: {id: KTP-el baru, en: " "}', "both languages"),
        (BARU, "type: long_text", "type: essay", "unknown type 'essay'"),
        (BARU, "source: birth_place", "source: birth_village", "unknown fact 'birth_village'"),
        (BARU, "code_list: marital_status", "code_list: marriages", "unknown code list 'marriages'"),
        (BARU, "when: {field: data_benar, equals", "when: {field: data_bener, equals", "is not asked before"),
        (BARU, "when: {field: data_benar, equals", "when: {fact: is_good, equals", "unknown fact 'is_good'"),
        (BARU, "when: {field: data_benar, equals", "when: {field: data_benar, like", "unknown field `like`"),
        (BARU, "setting: ask_photo", "setting: ask_picture", "unknown setting 'ask_picture'"),
        (BARU, "rule: not_yet_issued", "rule: not_issued_yet", "unknown rule 'not_issued_yet'"),
        (BARU, "print_age: 17", "print_years: 17", "unknown field `print_years`"),
        (BARU, "message: approved_waiting_age", "message: approved_later", "unknown message 'approved_later'"),
        (BARU, "    documents: [kk]\n", "    documents: [kartu]\n", "names 'kartu'"),
        (BARU, "refusal_reasons: [too_young,", "refusal_reasons: [too_old,", "unknown reason 'too_old'"),
        (BARU, "legal_basis: [perpres_syarat,", "legal_basis: [perpres,", "unknown legal basis 'perpres'"),
        (BARU, "max_pages: 3", "max_pages: 30", "min_pages and max_pages"),
        (BARU, "prefix: KTP", "prefix: ktp", "capital letters"),
        (BARU, "id: ktp_el_baru", "id: ktp_el_pertama", "has another name"),
        (BARU, "    default: 450\n", "    default: 30\n", "must be between 60 and 2400"),
        (BARU, "  - id: kk\n", "  - id: pas_foto\n", "stands twice"),
        (HILANG, "latest: today", "latest: tomorrow", "neither an ISO date"),
        (HILANG, 'decision: "yes"', 'decision: "no"', "the decision is yes"),
        (HILANG, "documents: [kk, surat_kehilangan]", "documents: [kk]", "the documents are"),
        (HILANG, "after_approval: printing}", "after_approval: recording}", "after approval comes printing"),
        (HILANG, "tempat_hilang: Angkutan kota, ", "", "tempat_hilang: answer_needed"),
        (
            HILANG,
            "tempat_hilang: Angkutan kota, ",
            "tempat_hilang: Kota, lain: x, ",
            "answers that are not asked: lain",
        ),
        (SEMARANG, 'region: "33.74"', "region: 33.74", "can be read in two ways"),
        (SEMARANG, 'region: "33.74"', 'region: "33.99"', "is no kabupaten/kota"),
        (SEMARANG, 'region: "33.74"', 'region: "51.71"', "the file is not called 51.71.yaml"),
        (SEMARANG, "    date: 2026-11-01\n", "    date: kemarin\n", "needs its source and the date"),
        (SEMARANG, '"07:30-12:00"', '"12:00-07:30"', "runs backwards"),
        (SEMARANG, "  senin:", "  monday:", "monday is no day of the week"),
        (SEMARANG, "register: api", "register: fax", "Invalid enum value 'fax'"),
        (SEMARANG, "  from: 2026-01-01\nchanges", "  from: nanti\nchanges", "delivery needs its legal_basis"),
        (SEMARANG, "{day: 2026-12-31", "{day: 2026-12-32", "is not a date"),
        ("reference/refusal_reasons.yaml", "legal_basis: uu_adminduk", "legal_basis: uu", "unknown legal basis 'uu'"),
        ("reference/holidays.yaml", "2026-01-01, name", "2025-01-01, name", "is not in 2026"),
        ("messages/withdrawn.yaml", "event: withdrawn", "event: drawn", "has another name"),
    ],
)
def test_a_mistake_is_found_where_it_stands(
    spoil: Spoil, copy: Path, file: str, old: str, new: str, reason: str
) -> None:
    first = (copy / file).read_text(encoding="utf-8").split(old, 1)[0].count("\n") + 1
    refused = spoil(file, old, new)
    assert reason in refused.reason
    assert refused.line == 0 or abs(refused.line - first) <= 45
    assert re.search(rf"{re.escape(file)}:{refused.line}: ", str(refused))


@pytest.mark.parametrize(
    ("file", "text"),
    [(BARU, "titel:"), (SEMARANG, "biaya_cetak:"), (SEMARANG, 'region: "33')],
)
def test_the_line_is_exact(copy: Path, file: str, text: str) -> None:
    path = copy / file
    spoiled = {"titel:": ("title:", "titel:"), "biaya_cetak:": ("office:", "biaya_cetak: 1\noffice:")}
    old, new = spoiled.get(text, ('region: "33.74"', 'region: "33.99"'))
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_catalogue(copy)
    assert refused.value.line == _line_of(copy, file, text)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("deadline_minutes", "30", "must be between 60 and 2400"),
        ("deadline_minutes", "true", "must be a number"),
        ("ask_photo", "1", "must be true or false"),
        ("record_age", "15", "has no setting 'record_age'; a region may change: ask_birth_document"),
    ],
)
def test_a_region_changes_only_what_it_may(spoil: Spoil, key: str, value: str, reason: str) -> None:
    refused = _with_change(spoil, key, value)
    assert reason in refused.reason and refused.line > 1


def test_a_setting_that_is_not_overridable_is_the_same_everywhere(copy: Path) -> None:
    service = copy / BARU
    text = service.read_text(encoding="utf-8")
    locked = re.sub(r"(ask_photo:\n.*\n    default: false\n    overridable: )true", r"\1false", text)
    service.write_text(locked.split("# Contoh rekaan")[0] + _only_example(text), encoding="utf-8")
    with pytest.raises(DefinitionError, match="'ask_photo' of ktp_el_baru is not overridable") as refused:
        load_catalogue(copy)
    assert refused.value.path.name == "33.74.yaml"


def _only_example(text: str) -> str:
    examples = text.split("examples:\n", 1)[1].split("  - name: ")
    return "examples:\n  - name: " + examples[1]


def test_an_unknown_service_cannot_be_changed(spoil: Spoil) -> None:
    refused = spoil(DENPASAR, "services: [ktp_el_baru, ktp_el_hilang, ktp_el_rusak]", "services: [paspor]")
    assert "unknown service 'paspor'" in refused.reason


def test_one_key_is_changed_once_from_one_day(spoil: Spoil) -> None:
    text = CHANGE.format(key="ask_photo", value="true") + CHANGE.format(key="ask_photo", value="false")[9:]
    assert "is changed twice from 2026-01-01" in spoil(DENPASAR, "changes:\n", text).reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("    legal_basis: CONTOH Keputusan Kepala Dinas tentang standar pelayanan\n", "", "missing required field"),
        ("    from: 2026-01-01\n", "", "missing required field"),
        (
            "standar pelayanan\n    from: 2026-01-01",
            "standar pelayanan\n    from: 01-01-2026",
            "needs its legal_basis and the date",
        ),
        ("standar pelayanan\n    from: 2026-01-01", "standar pelayanan\n    from: 2026-13-01", "is no date"),
    ],
)
def test_a_change_names_its_basis_and_its_day(spoil: Spoil, old: str, new: str, reason: str) -> None:
    assert reason in spoil(DENPASAR, old, new).reason


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("biaya_cetak", "5000", "no fee may be asked"),
        ("ask_fee", "true", "no fee may be asked"),
        ("denda_terlambat", "10000", "no fee may be asked"),
        ("ask_legalised_copy", "true", "no legalised copy may be asked"),
        ("kk_legalisir", "true", "no legalised copy may be asked"),
        ("ask_ktp_saksi", "true", "no copies of the identity cards of witnesses"),
        ("ask_witness_id", "true", "no copies of the identity cards of witnesses"),
    ],
)
def test_what_the_law_forbids_is_no_switch(spoil: Spoil, copy: Path, key: str, value: str, reason: str) -> None:
    refused = _with_change(spoil, key, value)
    assert reason in refused.reason and "(" in refused.reason  # the regulation is named
    assert refused.line == _line_of(copy, DENPASAR, f"key: {key}")


@pytest.mark.parametrize("amount", ["Rp20.000", "rp. 5000", "IDR 10000", "10.000 rupiah", "20 ribu rupiah"])
def test_no_text_of_a_region_names_an_amount(spoil: Spoil, amount: str) -> None:
    refused = spoil(SEMARANG, "Kantor tidak menerima uang.", f"Ongkos antar {amount}.")
    assert "names an amount of money" in refused.reason


def test_a_service_with_a_fee_is_refused_too(spoil: Spoil) -> None:
    old = "settings:\n  deadline_minutes:"
    new = "settings:\n  biaya:\n    label: {id: Bea, en: Dues}\n    default: false\n  deadline_minutes:"
    assert "no fee may be asked" in spoil(BARU, old, new).reason


def test_an_article_stands_only_where_it_was_read(spoil: Spoil) -> None:
    refused = spoil("reference/legal_bases.yaml", "Tahun 2006 tentang", "Tahun 2006 Pasal 79A tentang")
    assert "not of grade A" in refused.reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Bukan Anda? Hubungi kantor. Layanan GRATIS.", "Bukan Anda? Hubungi kantor.", "does not say GRATIS"),
        ("Hubungi kantor. Layanan", "Hubungi kantor." + " Kata" * 40 + " Layanan", "more than 160"),
        ("Hubungi kantor. Layanan", "Hubungi kantor — Layanan", "an SMS of 160 characters cannot carry"),
        ("{time}. Anda", "{clock}. Anda", "{clock} has no example"),
        ("examples:\n", 'examples:\n  unused: "x"\n', "{unused} is used nowhere"),
        ("{time}. Anda", "{time}. { Anda", "a brace that is no placeholder"),
        ('"24 November 2026 15.30 WIB"', '"3374011708909001"', "sixteen digits"),
        ('"24 November 2026 15.30 WIB"', '"3374 0117 0890 9001"', "sixteen digits"),
    ],
)
def test_a_message_is_short_free_and_without_a_number_of_sixteen_digits(
    spoil: Spoil, old: str, new: str, reason: str
) -> None:
    assert reason in spoil("messages/withdrawn.yaml", old, new).reason


def test_a_file_from_outside_adds_and_never_replaces(copy: Path, tmp_path: Path) -> None:
    text = (copy / HILANG).read_text(encoding="utf-8")
    other = tmp_path / "ktp_el_lain.yaml"
    other.write_text(text.replace("id: ktp_el_hilang", "id: ktp_el_lain", 1), encoding="utf-8")
    assert load_catalogue(copy, extra=[other]).service("ktp_el_lain").title.id == "KTP-el hilang"
    again = tmp_path / "ktp_el_hilang.yaml"
    shutil.copy(copy / HILANG, again)
    with pytest.raises(DefinitionError, match="'ktp_el_hilang' is defined twice"):
        load_catalogue(copy, extra=[again])


def test_a_place_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError):
        load_catalogue(tmp_path / "none")
    with pytest.raises(DefinitionError, match="does not exist"):
        load_catalogue(DEFINITIONS, extra=[tmp_path / "none.yaml"])


def test_a_real_portal_knows_no_invented_office(copy: Path, tmp_path: Path) -> None:
    real = tmp_path / "real" / "regions" / "33.74.yaml"
    real.parent.mkdir(parents=True)
    text = (copy / SEMARANG).read_text(encoding="utf-8")
    real.write_text(text.replace("is_example: true", "is_example: false"), encoding="utf-8")
    assert load_catalogue(copy, with_examples=False).joined_regions == ()
    (joined,) = load_catalogue(copy, [real.parent.parent], with_examples=False).joined_regions
    assert joined.code.text == "33.74" and not joined.is_example
