"""Statuses that people bring: typed, or as a file out of the national application."""

from __future__ import annotations

from datetime import date
from urllib.request import urlopen

import pytest

from adminduk.gateways.recording import CentreStatuses, FileStatuses, TypedStatuses
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.recordings.ports import Heard, Order, RecordingStatuses
from tests.making import fresh_identity
from tests.processes import SandboxProcess

NIK = fresh_identity().nik


def test_three_ways_fulfil_one_port() -> None:
    ways: list[RecordingStatuses] = [TypedStatuses(), FileStatuses(), CentreStatuses("http://127.0.0.1:1", "x")]
    for way in ways[:2]:
        way.report(Order("RK-1", NIK, RegionCode("33.74")))  # nothing to tell, and nothing fails
    assert len(ways) == 3


def test_what_is_typed_is_kept_word_for_word() -> None:
    (heard,) = TypedStatuses().hear(["RK-1"], "  status \u202e91  pusat\n".encode()).heard
    assert heard == Heard("status 91 pusat", reference="RK-1")


@pytest.mark.parametrize("given", [b"", b"  \n", "\u200b".encode()])
def test_nothing_typed_is_refused(given: bytes) -> None:
    with pytest.raises(DomainError, match="status_missing"):
        TypedStatuses().hear(["RK-1"], given)


@pytest.mark.parametrize(
    "text",
    [
        "NIK;STATUS;TANGGAL\n{nik};PRINT_READY_RECORD;29-11-2026\n",
        "\ufeffNIK,EKTP_STATUS,TGL\r\n'{nik},PRINT_READY_RECORD,2026-11-29 10:00\r\n\r\n",
        'status ktp-el\tnama\tnik\ttanggal\nPRINT_READY_RECORD\tSIAPA\t="{nik}"\t29/11/2026\n',
    ],
)
def test_files_as_offices_have_them(text: str) -> None:
    listing = FileStatuses().hear([], text.format(nik=NIK).encode())
    assert listing.heard == (Heard("PRINT_READY_RECORD", nik=NIK, said_on=date(2026, 11, 29)),)
    assert listing.unreadable == ()


def test_lines_that_cannot_be_read_are_named() -> None:
    text = f"NIK;STATUS;TANGGAL\nabc;BIO_CAPTURED;\n{NIK};;\n{NIK};BIO_CAPTURED;31-02-2026\n;;\n"
    listing = FileStatuses().hear([], text.encode())
    assert listing.unreadable == (2, 3)
    assert listing.heard == (Heard("BIO_CAPTURED", nik=NIK),)


def test_a_reference_will_do_instead_of_a_nik() -> None:
    listing = FileStatuses().hear([], b"REFERENSI;STATUS\nrk-23456789ab;PRINT_READY_RECORD\n")
    assert listing.heard == (Heard("PRINT_READY_RECORD", reference="RK-23456789AB"),)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "status_file_empty"),
        (b"NIK;STATUS\n", "status_file_empty"),
        (b"NAMA;STATUS\nx;y\n", "status_file_header"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "status_file_header"),
        (b"NIK;STATUS\n" + b"x" * 2_000_001, "status_file_large"),
    ],
)
def test_files_that_are_none(given: bytes, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        FileStatuses().hear([], given)


def test_a_latin_file_is_read_too() -> None:
    assert FileStatuses().hear([], f"NIK;STATUS;KETERANGAN\n{NIK};OK\xe9;x\n".encode("cp1252")).heard[0].raw == "OKé"


def test_the_list_of_the_stand_in_is_read(recording_process: SandboxProcess) -> None:
    order = Order("RK-FROMALIST", fresh_identity().nik, RegionCode("91.71"))
    CentreStatuses(recording_process.url, "demo").report(order)
    with urlopen(f"{recording_process.url}/list?region=91.71", timeout=5) as answer:
        listing = FileStatuses().hear([], answer.read())
    assert "BIO_CAPTURED" in [heard.raw for heard in listing.heard if heard.nik == order.nik]
