"""The desk beside what was read: values, pieces, flags, signatures, and the officer's word against the machine."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from PIL import Image

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents import words
from adminduk.modules.documents.origin import FileSignature, Integrity, Origin
from adminduk.modules.documents.types import Said, Word
from tests.making import Owner, make_owner
from tests.pages.officer.clients import browser_of, send
from tests.usecases import read_pages
from tests.usecases.reviewing import STRICT, make_waiting, staff

pytestmark = pytest.mark.usefixtures("database", "register")
HOSTILE = '=HYPERLINK("http://calo.example")<script>alert(1)</script>'


@pytest.fixture
def owner() -> Owner:
    return make_owner(STRICT)


@pytest.fixture
def case(owner: Owner) -> Case:
    return make_waiting(owner=owner)


@pytest.fixture
def officer() -> Actor:
    return staff()


@pytest.fixture
def browser(officer: Actor, case: Case) -> Client:
    browser = browser_of(officer)
    send(browser, "/petugas/berikutnya")
    return browser


def path(case: Case, rest: str = "") -> str:
    return f"/petugas/kasus/{case.id}{rest}"


def letter(owner: Owner, **other: str) -> dict[str, str]:
    return {"nomor_surat": "SKTLK/1/XI/2026", **read_pages.of_applicant(owner), "tanggal_surat": "2026-11-20", **other}


def report(browser: Client, case: Case, page: UUID) -> str:
    """What the desk says of one page."""
    text = browser.get(path(case)).content.decode()
    found = re.search(rf'<section class="read-page" id="baca-{page}".*?</section>', text, re.DOTALL)
    assert found
    return found[0]


def said(officer: Actor, case: Case) -> tuple[Word, ...]:
    with acting_as(officer):
        return words.list_of_application(case.id, region_id=STRICT)


def test_values_stand_beside_form_and_register(browser: Client, case: Case, owner: Owner) -> None:
    page = read_pages.add(
        case, read_pages.draw("lapor_hilang", letter(owner, nama="ORANG LAIN")), requirement="surat_kehilangan"
    )
    text = report(browser, case, page)
    assert "<mark>ORANG LAIN</mark>" in text
    assert owner.identity.nik.grouped in text
    assert text.count('class="verdict differs"') == 1
    assert "1 berbeda" in text
    assert f"/halaman/{page}/potongan?b=" in text


def test_a_number_that_is_not_certain_is_said_to_be_so(browser: Client, case: Case, owner: Owner) -> None:
    drawn = read_pages.draw("lapor_hilang", letter(owner), unsure=frozenset({"nik"}))
    page = read_pages.add(case, drawn, requirement="surat_kehilangan")
    assert re.search(r"NIK <span class=\"sure unsure\">.*?tidak pasti", report(browser, case, page), re.DOTALL)


def test_a_value_that_must_be_there_and_was_not_read(browser: Client, case: Case, owner: Owner) -> None:
    values = letter(owner)
    del values["nama"]
    page = read_pages.add(case, read_pages.draw("lapor_hilang", values), requirement="surat_kehilangan")
    assert "tidak terbaca" in report(browser, case, page)


def test_what_a_page_says_is_only_ever_text(browser: Client, case: Case, owner: Owner) -> None:
    origin = Origin((FileSignature(Integrity.WHOLE, HOSTILE),), (HOSTILE,))
    page = read_pages.add(
        case,
        read_pages.draw("lapor_hilang", letter(owner, nama=HOSTILE)),
        requirement="surat_kehilangan",
        origin=origin,
    )
    text = report(browser, case, page)
    assert "<script" not in text and "calo.example" in text
    assert not re.search(r'(href|src)="[^"]*calo', text)


@pytest.mark.parametrize(
    ("signature", "told"),
    [
        (FileSignature(Integrity.WHOLE, "Contoh Pejabat", is_known=True), "Tanda tangan elektronik: sah."),
        (FileSignature(Integrity.WHOLE, "Contoh Pejabat"), "Siapa dia tidak dapat dipastikan."),
        (FileSignature(Integrity.GROWN, "Contoh Pejabat"), "ada tambahan setelah ditandatangani"),
        (FileSignature(Integrity.BROKEN), "Isi berkas bukan yang ditandatangani."),
        (FileSignature(Integrity.UNCHECKED), "tidak dapat diperiksa"),
        (FileSignature(Integrity.WHOLE, "Lama", is_known=True, is_expired=True), "Sertifikatnya sudah berakhir."),
    ],
)
def test_signatures_in_words(browser: Client, case: Case, owner: Owner, signature: FileSignature, told: str) -> None:
    page = read_pages.add(
        case, read_pages.draw("kk", {}), requirement="kk", origin=Origin((signature,), ("https://tte.example/abc",))
    )
    text = report(browser, case, page)
    assert told in text
    is_signed = signature.integrity in (Integrity.WHOLE, Integrity.GROWN)
    assert ("sertifikatnya mungkin sudah dicabut" in text) == is_signed, "nobody outside is asked"
    assert "<code>https://tte.example/abc</code>" in text


def test_a_refused_picture_that_was_sent_as_it_is(browser: Client, case: Case) -> None:
    page = read_pages.add(case, read_pages.draw("kk", {}), requirement="kk", verdict=read_pages.BLURRED, as_is=True)
    text = browser.get(path(case)).content.decode()
    assert re.search(r'class="flags">.*?dikirim apa adanya.*?Tulisan buram', text, re.DOTALL)
    assert "Sebenarnya terbaca" in report(browser, case, page)


def test_a_page_that_nobody_has_read(browser: Client, case: Case) -> None:
    page = read_pages.add(case, (read_pages.draw("kk", {})[0], None), requirement="kk")
    assert "menunggu dibaca" not in report(browser, case, page)
    reading = read_pages.draw("lapor_hilang", {})
    waiting = read_pages.add(case, reading, requirement="surat_kehilangan", is_read=False)
    assert "menunggu dibaca" in report(browser, case, waiting)
    clock.move_forward(timedelta(minutes=10))
    text = browser.get(path(case)).content.decode()
    assert "belum dibaca sistem: periksa sendiri" in text and "menunggu dibaca" not in text


def test_the_members_of_a_family(browser: Client, case: Case, owner: Owner) -> None:
    other = {"nama": "ANAK CONTOH", "nik": "3374014108120003", "shdk": "ANAK"}
    drawn = read_pages.draw(
        "kk",
        {"no_kk": str(owner.identity.no_kk)},
        ({**read_pages.of_applicant(owner), "shdk": "KEPALA KELUARGA"}, other),
    )
    text = report(browser, case, read_pages.add(case, drawn, requirement="kk"))
    assert "ANAK CONTOH" in text and "(pemohon)" in text
    assert "anggota.1.nik" in text


def test_a_family_card_without_the_applicant(browser: Client, case: Case, owner: Owner) -> None:
    drawn = read_pages.draw(
        "kk", {"no_kk": str(owner.identity.no_kk)}, ({"nama": "ORANG LAIN", "nik": "5171014108120003"},)
    )
    text = report(browser, case, read_pages.add(case, drawn, requirement="kk"))
    assert "pemohon tidak ada di kartu ini" in text


def test_a_page_that_was_not_sent(browser: Client, case: Case, owner: Owner) -> None:
    jpeg, reading = read_pages.draw("kk", {"no_kk": str(owner.identity.no_kk)})
    first, second = (
        (jpeg + bytes(number), replace(reading, paper=replace(reading.paper, page_number=number, page_count=2)))
        for number in (1, 2)
        if reading.paper
    )
    page = read_pages.add(case, first, requirement="kk")
    assert "Halaman 2 dari dokumen ini tidak ada." in report(browser, case, page)
    read_pages.add(case, second, requirement="kk")
    assert "dari dokumen ini tidak ada" not in browser.get(path(case)).content.decode()


def test_places_are_cut_out_for_the_holder_and_the_head(browser: Client, case: Case, owner: Owner) -> None:
    page = read_pages.add(case, read_pages.draw("lapor_hilang", letter(owner)), requirement="surat_kehilangan")
    address = path(case, f"/halaman/{page}/potongan?b=nama,nik,bukan_apa_apa")
    answer = browser.get(address)
    assert answer["Content-Type"] == "image/jpeg" and "no-store" in answer["Cache-Control"]
    strip = Image.open(io.BytesIO(answer.content))
    assert strip.size == (640, 3 * 80)
    ink = [min(strip.convert("L").crop((0, 80 * n, 640, 80 * n + 80)).tobytes()) for n in range(3)]
    assert ink[0] < 100 and ink[1] < 100 and ink[2] > 200  # two lines of print, and nothing
    assert browser_of(staff(role="head")).get(address).status_code == 200
    assert browser_of(staff()).get(address).status_code == 409
    assert browser_of(staff(5171, role="head")).get(address).status_code == 404
    assert browser.get(path(case, f"/halaman/{page}/potongan")).status_code == 200
    many = ",".join(["nama"] * 31)
    assert browser.get(path(case, f"/halaman/{page}/potongan?b={many}")).status_code == 404


def test_the_officer_says_what_was_misread(browser: Client, officer: Actor, case: Case, owner: Owner) -> None:
    page = read_pages.add(
        case, read_pages.draw("lapor_hilang", letter(owner, nama="ORANG LAIN")), requirement="surat_kehilangan"
    )
    form = path(case, f"/halaman/{page}/kata")
    answer = send(browser, form, salah="nama", **{"benar-nama": "  BUDI   CONTOH "})
    assert answer["Location"] == f"{path(case)}#baca-{page}"
    assert said(officer, case) == (Word(page, "nama", Said.MISREAD, "BUDI CONTOH"),)
    text = report(browser, case, page)
    assert "salah baca, kata Anda" in text and "1 berbeda" not in text and "BUDI CONTOH" in text
    send(browser, form, batal="nama")
    assert said(officer, case) == ()


def test_nothing_is_said_of_what_is_not_there(browser: Client, officer: Actor, case: Case, owner: Owner) -> None:
    page = read_pages.add(case, read_pages.draw("lapor_hilang", letter(owner)), requirement="surat_kehilangan")
    form = path(case, f"/halaman/{page}/kata")
    assert send(browser, form, salah="anggota.9.nik").status_code == 404
    assert send(browser, form, gambar="").status_code == 422
    assert send(browser, form, gambar="readable").status_code == 422  # it was not refused
    assert send(browser, form, salah="nama", **{"benar-nama": "x" * 300}).status_code == 422
    assert send(browser_of(staff()), form, gambar="unreadable").status_code == 409
    assert send(browser_of(staff(5171)), form, gambar="unreadable").status_code == 404
    assert said(officer, case) == ()
    assert send(browser, form, gambar="unreadable").status_code == 303
    assert said(officer, case) == (Word(page, "", Said.UNREADABLE),)


def test_the_head_sees_how_often_the_machine_was_wrong(officer: Actor) -> None:
    head, at = browser_of(staff(role="head")), clock.now()
    assert "Belum ada foto yang dihitung" in head.get("/petugas/kepala").content.decode()
    for number in range(21):
        case = make_waiting()
        verdict = read_pages.GOOD if number else read_pages.BLURRED
        page = read_pages.add(case, read_pages.draw("kk", {}), requirement="kk", verdict=verdict)
        with acting_as(officer):
            words.say(
                documents.get_page(page, application_id=case.id), _wrong(page, number), officer_id=officer.id, at=at
            )
            words.tally(case.id, region_id=STRICT, day=at.date(), at=at)
    text = head.get("/petugas/kepala").content.decode()
    assert "Dari 1 foto yang ditolak, 1 sebenarnya terbaca." in text
    assert "Dari 20 foto yang diterima, 20 tidak terbaca." in text
    assert "100,0 %" in text and "terlalu sedikit" in text  # twenty have a percentage, one has none
    assert "Tulisan buram." in text
    assert browser_of(staff(5171, role="head")).get("/petugas/kepala").content.decode().count("foto yang ditolak") == 0


def _wrong(page: UUID, number: int) -> Word:
    return Word(page, "", Said.UNREADABLE if number else Said.READABLE)
