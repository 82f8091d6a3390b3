"""What pages of an application may say besides what is true, and what its owner and the officer are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from adminduk.modules.applications.types import Case
from tests.making import Owner
from tests.usecases import read_pages

STRANGER = {"nama": "ORANG LAIN CONTOH", "nik": "5171014108129003", "tanggal_lahir": "2012-08-01"}


@dataclass(frozen=True, slots=True)
class Difference:
    """`letter`, `deed`, `card`: values that stand there instead of the true ones; `row`: the applicant's on the card.

    `citizen` and `officer`: what each is told, with {…} for a value that is true of the applicant; "" for nothing.
    """

    id: str
    citizen: str
    officer: str
    letter: Mapping[str, str] | None = None
    deed: Mapping[str, str] | None = None
    card: Mapping[str, str] | None = None
    row: Mapping[str, str] = field(default_factory=dict)
    is_matched: bool = True
    unsure: frozenset[str] = frozenset()


DIFFERENCES: Final = (
    Difference("all-agrees", "", "", letter={}, deed={}, card={}),
    Difference(
        "name-register",
        "Nama: di foto ORANG LAIN, data kependudukan {nama}.",
        "ORANG LAIN {nama}",
        letter={"nama": "ORANG LAIN"},
    ),
    Difference(
        "name-typed",
        "Nama: di foto ORANG LAIN, isian Anda {nama}.",
        "ORANG LAIN {nama} –",
        letter={"nama": "ORANG LAIN"},
        is_matched=False,
    ),
    Difference(
        "nik-register",
        "NIK: di foto 5171 0141 0812 9003, data kependudukan {nik}.",
        "5171 0141 0812 9003 {nik}",
        letter={"nik": STRANGER["nik"], "tanggal_lahir": STRANGER["tanggal_lahir"]},
    ),
    Difference(
        "nik-typed",
        "NIK: di foto 5171 0141 0812 9003, isian Anda {nik}.",
        "5171 0141 0812 9003 {nik} –",
        letter={"nik": STRANGER["nik"], "tanggal_lahir": STRANGER["tanggal_lahir"]},
        is_matched=False,
    ),
    Difference(
        "birth-date-register",
        "Tanggal lahir: di foto 02-01-1950, data kependudukan {tanggal_lahir}.",
        "02-01-1950 {tanggal_lahir}",
        deed={"tanggal_lahir": "1950-01-02"},
    ),
    Difference(
        "birth-date-by-nik",
        "Tanggal lahir: di foto 02-01-1950, menurut NIK",
        "tanggal lahir tercetak 02-01-1950, menurut NIK",
        deed={"tanggal_lahir": "1950-01-02"},
    ),
    Difference(
        "family-number",
        "Nomor KK: di foto 5171 0105 0120 9009, data kependudukan {no_kk}.",
        "5171 0105 0120 9009 {no_kk}",
        card={"no_kk": "5171010501209009"},
    ),
    Difference(
        "row-of-the-applicant",
        "Nama: di foto ORANG LAIN, data kependudukan {nama}.",
        "ORANG LAIN {nama}",
        card={},
        row={"nama": "ORANG LAIN"},
    ),
    Difference(
        "not-on-the-card",
        "NIK pemohon tidak ditemukan di sini.",
        "pemohon tidak ada di kartu ini.",
        card={},
        row=STRANGER,
    ),
    Difference(
        "other-page",
        "Nama: di foto ORANG LAIN, Kartu Keluarga {nama}.",
        "Nama di sini ORANG LAIN, di Kartu Keluarga {nama}.",
        letter={"nama": "ORANG LAIN"},
        card={},
    ),
    Difference(
        "old-letter",
        "Surat ini bertanggal 20-11-2019. Pastikan masih berlaku.",
        "tanggal surat 20-11-2019: terlalu lama, atau belum tiba.",
        letter={"tanggal_surat": "2019-11-20"},
    ),
    Difference("unsure", "", "ORANG LAIN {nama}", letter={"nama": "ORANG LAIN"}, unsure=frozenset({"nama"})),
)


def add_pages(case: Case, owner: Owner, one: Difference) -> None:
    """Read pages, each with one difference or none."""
    true = read_pages.of_applicant(owner)
    unsure = one.unsure or frozenset({"alamat"})
    if one.letter is not None:
        values = {"nomor_surat": "SKTLK/1/XI/2026", **true, "tanggal_surat": "2026-11-20", **one.letter}
        read_pages.add(case, read_pages.draw("lapor_hilang", values, unsure=unsure), requirement="surat_kehilangan")
    if one.deed is not None:
        values = {"nomor_akta": "3374-LT-01012001-0009", **true, **one.deed}
        read_pages.add(case, read_pages.draw("akta_kelahiran", values, unsure=unsure), requirement="akta_lahir")
    if one.card is not None:
        values = {"no_kk": str(owner.identity.no_kk), **one.card}
        members = ({**true, **one.row}, {"nama": "ANAK CONTOH", "nik": "3374014108129003"})
        read_pages.add(case, read_pages.draw("kk", values, members, unsure=unsure), requirement="kk")


def told(words: str, owner: Owner) -> str:
    """With the applicant's values as pages write them."""
    who = owner.identity
    return words.format(
        nama=who.name.upper(),
        nik=who.nik.grouped,
        no_kk=" ".join(str(who.no_kk)[at : at + 4] for at in range(0, 16, 4)),
        tanggal_lahir=f"{who.birth_date:%d-%m-%Y}",
    )
