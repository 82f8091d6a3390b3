"""The workbench by keyboard alone, and every page of the office looked at."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.identifiers import Nik, NoKk
from adminduk.modules.accounts.types import Identity
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import actions as documents
from adminduk.modules.documents.origin import FileSignature, Integrity, Origin
from adminduk.modules.documents.ports import RewrittenPage
from adminduk.modules.documents.types import Reading
from adminduk.usecases import attach
from tests.browser import PHONE
from tests.journeys import people
from tests.journeys.conftest import MakeOfficer
from tests.journeys.inspection import walk_by_keyboard
from tests.making import make_owner
from tests.portal import Portal
from tests.usecases import read_pages
from tests.usecases.reviewing import STRICT, make_waiting, staff


@pytest.fixture
def case(portal: Portal) -> Case:
    """A case of somebody whom the register knows, with one picture."""
    told = people.person(portal, "lost_card")
    identity = Identity(Nik.parse(told.nik), NoKk.parse(told.no_kk), told.name, date.fromisoformat(told.birth_date))
    owner = make_owner(STRICT, identity=identity)
    waiting = make_waiting(owner=owner, answers={"alamat": "Jalan yang keliru"})
    stored = attach.store(RewrittenPage(jpeg(800, 500), 800, 500, jpeg(80, 50)), case=waiting, kind="kk")
    with acting_as(owner.actor):
        documents.add_pages(
            waiting.id,
            region_id=STRICT,
            owner_id=owner.actor.id,
            requirement=("kk", "kk"),
            pages=(stored,),
            max_pages=2,
            at=waiting.created_at,
        )
    return waiting


def jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#c0d7f9").save(out, "JPEG")
    return out.getvalue()


TWO_LINES = 130  # pixels of name and menu
_SIGNED = FileSignature(Integrity.WHOLE, "Contoh Pejabat Polsek", is_known=True)
_ORIGIN = Origin((_SIGNED,), ("https://contoh.example/surat/1",))


def _letter(case: Case) -> tuple[bytes, Reading]:
    """A police letter on which the name is another's."""
    values = {"nomor_surat": "SKTLK/12/XI/2026", "nama": "BUDIMAN CONTOH", "nik": case.subject["nik"]}
    values |= {"tanggal_lahir": case.subject["birth_date"], "alamat": "JALAN CONTOH 1", "tanggal_surat": "2026-11-20"}
    return read_pages.draw("lapor_hilang", values)


def _family_card(case: Case) -> tuple[bytes, Reading]:
    """A family card with the applicant and his child, whose NIK could not be read for certain."""
    subject = case.subject
    applicant = {"nama": subject["name"], "nik": subject["nik"], "tanggal_lahir": subject["birth_date"]}
    child = {"nama": "ANAK CONTOH", "nik": "3374015203150004", "tanggal_lahir": "2015-03-12", "shdk": "ANAK"}
    fields = {"no_kk": subject["no_kk"], "kepala_keluarga": subject["name"], "alamat": "JL CONTOH NO 1"}
    return read_pages.draw("kk", fields, ({**applicant, "shdk": "KEPALA KELUARGA"}, child))


def state_of(case: Case) -> State:
    with acting_as(staff()):
        return cases.get_case(case.id).state


def width_of(page: Page) -> float:
    box = page.locator(".paper.shown img").bounding_box()
    assert box is not None
    return box["width"]


def test_the_menu_of_a_phone_opens_without_a_script(officer: MakeOfficer) -> None:
    head = officer("kepala", "33.74", size=PHONE, javascript=False)
    head.sign_in()
    page = head.visitor.page
    box = page.locator("header.top").bounding_box()
    assert box is not None and box["height"] < TWO_LINES, "the menu takes the page's first screen"
    stock = page.get_by_role("link", name="Blangko")
    expect(stock).to_have_count(0)
    page.get_by_text("Menu", exact=True).click()
    head.visitor.look("with its menu")
    head.visitor.follow("Blangko", "Blank cards")
    assert head.visitor.path == "/petugas/stok"


def test_a_case_is_decided_and_undone_without_a_mouse(officer: MakeOfficer, case: Case) -> None:
    dian = officer("petugas1", "33.74")
    dian.sign_in()
    page = dian.visitor.page
    dian.visitor.key("n")
    assert dian.visitor.path == f"/petugas/kasus/{case.id}"
    walk_by_keyboard(page)

    whole = width_of(page)
    page.keyboard.press("+")
    assert width_of(page) > whole
    page.keyboard.press("0")
    assert width_of(page) == whole
    page.keyboard.press("r")
    assert width_of(page) != whole
    page.keyboard.press("2")
    expect(page.locator(".paper.shown")).to_have_attribute("id", "dok-surat_kehilangan")

    dian.visitor.key("a")  # nothing is ticked yet
    expect(page).to_have_title("Galat: " + f"{case.number} · KTP-el hilang")
    assert state_of(case) is State.SUBMITTED
    for box in page.locator(".checklist input").all():
        box.focus()
        page.keyboard.press("Space")
    dian.visitor.key("a")
    assert state_of(case) is State.APPROVED
    dian.visitor.key("u")
    assert dian.visitor.path == f"/petugas/kasus/{case.id}"
    assert state_of(case) is State.SUBMITTED


def test_differences_with_their_places_on_the_page(officer: MakeOfficer, case: Case) -> None:
    """What was read beside form and register; a click shows the place; the officer says what was misread."""
    shown = read_pages.add(case, _letter(case), requirement="surat_kehilangan", origin=_ORIGIN)
    read_pages.add(case, _family_card(case), requirement="kk", verdict=read_pages.BLURRED, as_is=True)
    dian = officer("petugas1", "33.74")
    dian.sign_in()
    page = dian.visitor.page
    dian.visitor.key("n")
    report = page.locator(f"#baca-{shown}")
    expect(report).to_contain_text("2 berbeda")  # from the register, and from the family card
    expect(report).to_contain_text("Tanda tangan elektronik: sah.")
    dian.visitor.look("with what was read")
    walk_by_keyboard(page)
    blank = page.evaluate("document.documentElement.scrollHeight - document.body.offsetHeight")
    assert blank <= 0, f"the page goes on for {blank} pixels below its end"

    crop = report.locator(".crop").first
    loaded = page.evaluate("href => fetch(href).then(answer => answer.ok)", crop.locator("image").get_attribute("href"))
    assert loaded
    crop.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".paper.shown")).to_have_attribute("id", "dok-surat_kehilangan")
    expect(page.locator(".spot")).to_be_in_viewport()

    report.get_by_text("Salah baca? Nama").click()
    report.get_by_role("button", name="Tandai salah baca").locator("visible=true").click()
    expect(page.locator(f"#baca-{shown}")).to_contain_text("salah baca, kata Anda")
    expect(page.locator(".paper.shown")).to_have_attribute("id", "dok-surat_kehilangan")


def test_keys_stay_out_of_fields_and_can_be_switched_off(officer: MakeOfficer, case: Case) -> None:
    dian = officer("petugas1", "33.74")
    dian.sign_in()
    page = dian.visitor.page
    dian.visitor.key("n")
    here = dian.visitor.path
    page.get_by_text("Riwayat dan catatan").click()
    note = page.get_by_label("Catatan untuk kantor")
    note.press_sequentially("tapa 2+")
    assert note.input_value() == "tapa 2+"
    assert dian.visitor.path == here
    page.keyboard.press("Escape")
    note.blur()
    page.get_by_role("button", name="Matikan tombol pintas").click()
    page.keyboard.press("2")
    expect(page.locator(".paper.shown")).to_have_attribute("id", "dok-kk")
    page.get_by_role("button", name="Hidupkan tombol pintas").click()
    page.keyboard.press("2")
    expect(page.locator(".paper.shown")).to_have_attribute("id", "dok-surat_kehilangan")


def test_the_undo_leaves_after_its_seconds(officer: MakeOfficer, case: Case) -> None:
    dian = officer("petugas1", "33.74")
    dian.sign_in()
    dian.visitor.key("n")
    dian.approve()
    bar = dian.visitor.page.locator(".undo")
    expect(bar).to_be_visible()
    expect(bar).to_have_count(0)


def test_every_page_of_an_officer(officer: MakeOfficer, case: Case) -> None:
    dian = officer("petugas1", "33.74", language="en")
    visitor = dian.visitor
    dian.sign_in()
    dian.take_next()
    visitor.follow("Minta perbaikan", "Ask for corrections")
    visitor.press("Kirim permintaan perbaikan", "Send the request")
    assert visitor.page.title().startswith(visitor.says("Galat:", "Error:"))
    visitor.open(f"/petugas/kasus/{case.id}/tolak")
    visitor.page.check("[value=not_the_person]")
    visitor.page.fill("#kata", "KK milik orang lain.")
    visitor.press("Lanjut", "Continue")
    assert visitor.heading() == visitor.says("Yakin menolak?", "Refuse for certain?")
    visitor.follow("Batal, kembali ke kasus", "Cancel, back to the case")
    visitor.open("/petugas/cari")
    visitor.page.fill("#nomor", case.number)
    visitor.page.fill("#alasan", "Warga menelepon.")
    visitor.press("Cari", "Search")
    assert visitor.heading() == case.number
    visitor.open("/petugas/loket")
    visitor.press("Simpan alamat baru", "Save the new address")


def test_every_page_of_the_head_and_of_the_admin(officer: MakeOfficer, case: Case) -> None:
    head = officer("kepala", "33.74")
    head.sign_in()
    head.visitor.open("/petugas/kepala")
    head.visitor.open(f"/petugas/kasus/{case.id}")
    admin = officer("admin", "33.74")
    admin.sign_in()
    admin.visitor.open("/petugas/kantor")
    walk_by_keyboard(admin.visitor.page)
