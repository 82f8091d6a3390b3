"""Pages that few ever need and no other journey comes to, with real data: each looked at as every other."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from adminduk.foundation import clock, totp
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.printing import actions as printing
from adminduk.modules.surveys import actions as surveys
from adminduk.usecases import office_setup, outside
from tests.journeys import people
from tests.journeys.conftest import MakeOfficer, MakeVisitor
from tests.journeys.inspection import walk_by_keyboard
from tests.journeys.later import later
from tests.journeys.officer import Officer
from tests.journeys.test_appointment import come_in
from tests.journeys.visitor import Visitor
from tests.making import SERVICE, make_owner, system
from tests.portal import Portal
from tests.usecases.approving import make_begun
from tests.usecases.at_hand_over import card_ready
from tests.usecases.reviewing import STRICT, make_waiting

PASSWORD = "kuda hijau makan rumput"
INVITED = "admin.baru@semarang.example"
ANSWERED = 12  # enough for figures


def fetched_by_nobody(operator: Officer) -> None:
    """A card has waited for a month at a place outside, and goes to the main one."""
    _, case = card_ready(site="banyumanik")
    later(timedelta(days=31))
    visitor = operator.visitor
    visitor.open("/petugas/penyerahan/belum-diambil")
    expect(visitor.page.locator("main")).to_contain_text(case.number)
    walk_by_keyboard(visitor.page)
    main = "CONTOH Kantor Disdukcapil Kota Semarang"
    visitor.press(f"Bawa ke {main} {case.number}", f"Take to {main} {case.number}")
    expect(visitor.page.get_by_role("button", name=f"Bawa ke {main}")).to_have_count(0)


def lost_code_and_wrong_print(operator: Officer) -> None:
    """Somebody has lost his code; the card that it opens bears a wrong name."""
    _, case = card_ready()
    visitor, page = operator.visitor, operator.visitor.page
    visitor.open("/petugas/penyerahan/kode-baru")
    walk_by_keyboard(page)
    page.fill("#nomor", case.number)
    visitor.press("Buat kode baru", "Make a new code")  # whose papers were looked at lacks
    page.check("input[name=identitas][value=kk]")
    visitor.press("Buat kode baru", "Make a new code")
    visitor.look("made")
    code = page.locator(".big.number").inner_text()

    visitor.open("/petugas/penyerahan")
    page.fill("#nomor", f"{case.number} {code}")
    visitor.press("Buka kartu", "Open the card")
    page.get_by_text("Kartunya salah atau rusak").click()
    visitor.press("Cetak ulang gratis", "Print again, free")  # what is wrong lacks
    walk_by_keyboard(page)
    page.check("input[name=sebab][value=name]")
    visitor.press("Cetak ulang gratis", "Print again, free")
    expect(page.locator("main")).to_contain_text("Kartu kembali ke pencetakan, gratis")
    visitor.look("reprint")


def stopped_before_the_printer(head: Officer) -> None:
    """The printer refused a card; the head lets it go on."""
    case, product = make_begun()
    with acting_as(system(STRICT)):
        printing.stop(product.id, region_id=STRICT, reason="refused_by_printer")
    visitor = head.visitor
    visitor.open("/petugas/cetak")
    expect(visitor.page.locator("main")).to_contain_text("Ditolak pencetak")
    visitor.look("stopped")
    walk_by_keyboard(visitor.page)
    visitor.press(f"Cetak dengan data sekarang {case.number}", f"Print with the data of now {case.number}")
    expect(visitor.page.locator("tbody")).to_contain_text(case.number)


def survey_with_answers(anybody: Visitor, head: Officer) -> None:
    """What people said, for everybody and for the head."""
    elements = [element.id for element in outside.catalogue().survey.elements]
    with acting_as(system(STRICT)):
        for turn in range(ANSWERED):
            scores = dict.fromkeys(elements, 3 + turn % 2)
            surveys.count(scores, region_id=STRICT, service_id=SERVICE, today=clock.today("Asia/Jakarta"))
    for visitor, path in ((anybody, "/survei/33.74"), (head.visitor, "/petugas/survei")):
        visitor.open(path)
        expect(visitor.page.locator("main")).to_contain_text(str(ANSWERED))


def invited_to_the_office(portal: Portal, somebody: Visitor) -> None:
    """By mail; password and authenticator are set once, then the link has ended."""
    office_setup.first_admin(RegionCode.from_number(STRICT), email=INVITED, name="Admin Contoh", at=clock.now())
    link = re.search(r"/petugas/undangan/\S+", people.mails(portal, INVITED)[-1]["text"])
    assert link
    somebody.open(link.group())
    page = somebody.page
    walk_by_keyboard(page)
    for again in ("lain", PASSWORD):
        secret = base64.b32decode(page.locator(".copy").inner_text().replace(" ", ""))
        page.fill("input[name=password]", PASSWORD)
        page.fill("input[name=password_again]", again)
        page.fill("input[name=code]", totp.code_at(secret, totp.step_of(datetime.now(UTC))))
        somebody.press("Simpan dan masuk", "Save and sign in")
    assert "undangan" not in somebody.path
    somebody.open(link.group(), status=410)


def of_citizens(anybody: Visitor, visitor: Visitor) -> None:
    """Where to report, the question before an application is taken back, a new address by two codes."""
    for path in ("/lapor/", "/bantuan", "/privasi", "/s/"):
        anybody.open(path)
    owner, new = make_owner(STRICT), "pindah@contoh.example"
    case = make_waiting(owner=owner)
    anybody.open(f"/s/{case.number}")
    come_in(visitor, owner)
    for path in ("/permohonan/", "/akun/siapa-melihat", f"/permohonan/{case.id}/tarik"):
        visitor.open(path)
    visitor.open("/akun/alamat")
    visitor.page.fill("input[name=address]", new)
    visitor.press("Kirim kode ke alamat sekarang", "Send a code to the present address")
    for address, button in ((owner.address.value, ("Lanjut", "Continue")), (new, ("Ganti alamat", "Change address"))):
        visitor.page.fill("input[name=code]", people.code_in(people.mails(visitor.portal, address)[-1]))
        visitor.press(*button)
    assert visitor.path == "/akun/?diganti"


def test_rare_pages_are_looked_at(portal: Portal, visitor: MakeVisitor, officer: MakeOfficer) -> None:
    sari, head = officer("operator1", "33.74"), officer("kepala", "33.74")
    sari.sign_in()
    head.sign_in()
    anybody = visitor(javascript=False)
    fetched_by_nobody(sari)
    lost_code_and_wrong_print(sari)
    stopped_before_the_printer(head)
    survey_with_answers(anybody, head)
    invited_to_the_office(portal, visitor(is_staff=True))
    of_citizens(anybody, visitor())
