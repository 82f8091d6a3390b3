"""The whole way in English: no word of the pages is left in Indonesian."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.journeys import citizen as acts
from tests.journeys import inspection
from tests.journeys.conftest import MakeCitizen, MakeOfficer
from tests.journeys.later import in_ten_seconds
from tests.journeys.test_lost_card import SERVICE

# Words that hardly an Indonesian sentence does without, and no English one has.
_INDONESIAN = re.compile(
    r"\b(yang|dan|atau|untuk|dengan|dari|tidak|belum|sudah|anda|kami|ini|itu|pada|oleh|akan|bisa|boleh|jika|permohonan"
    r"|masuk|keluar|kirim|lanjut|ubah|simpan|kembali|daerah|dokumen|petugas|kantor|berkas|tanggal|nama|perbaikan|alamat"
    r"|halaman|langkah|menunggu|disetujui|ditolak|diperiksa|pesan|warga|antrean|alasan|menit|jam|hari|senin|selasa|rabu"
    r"|kamis|jumat|sabtu|minggu|januari|februari|maret|mei|juni|juli|agustus|oktober|desember)\b",
    re.IGNORECASE,
)

_OTHER_PAGES = (
    "/akun/",
    "/akun/alamat",
    "/akun/siapa-melihat",
    "/bantuan",
    "/privasi",
    "/s/",
    "/daerah?q=semar",
    "/d/32.01/",
)


class Reader:
    """Reads every page and keeps what is not English."""

    def __init__(self, *own_words: str) -> None:
        self.found: set[str] = set()
        self._own_words = own_words

    def __call__(self, page: Page) -> None:
        for said in inspection.said(page):
            if said not in self._own_words and _INDONESIAN.search(said):
                self.found.add(said)


def test_every_word_is_english(citizen: MakeCitizen, officer: MakeOfficer, request: pytest.FixtureRequest) -> None:
    looks = {"language": "en", "is_looked_at": request.config.getoption("full")}
    reader = Reader("CONTOH Dian Petugas")  # her name
    ratna = citizen("lost_card", **looks)
    ratna.visitor.on_arrival.append(reader)
    number = ratna.apply(SERVICE, acts.LOST)
    dian = officer("petugas1", "33.74", **looks)
    dian.visitor.on_arrival.append(reader)
    dian.sign_in()
    dian.take_next()
    dian.ask_for("document-kk", "unreadable", "Please photograph it once more.")
    in_ten_seconds()
    letter = ratna.messages(3)[-1]
    assert number in letter["subject"]
    assert not _INDONESIAN.search(letter["subject"]), letter["subject"]
    ratna.see_status("Needs correction")
    ratna.visitor.follow("Correct", "Correct")
    for path in _OTHER_PAGES:
        ratna.visitor.open(path)
    assert not reader.found, "\n".join(sorted(reader.found))
