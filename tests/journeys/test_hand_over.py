"""From the printed card into the person's hand: at the counter by code, or by the courier at the second attempt."""

from __future__ import annotations

from playwright.sync_api import expect

from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications import queries as cases
from tests.journeys import citizen as acts
from tests.journeys.at_office import add_printer, choose, deliver, find_good, hand_over, print_next, submit
from tests.journeys.conftest import MakeCitizen, MakeOfficer, MakeVisitor
from tests.journeys.officer import Officer
from tests.journeys.test_lost_card import SERVICE
from tests.journeys.test_printing import STOCK, approve
from tests.making import system
from tests.processes import SandboxProcess
from tests.usecases.at_hand_over import passed_to_hand_over
from tests.usecases.reviewing import STRICT


def printed_elsewhere(number: str) -> None:
    """Without a printer: other journeys print."""
    with acting_as(system(STRICT)):
        case = cases.find_by_number(number, region_id=STRICT)
    assert case is not None
    passed_to_hand_over(case)


def test_handed_over_by_code_and_asked_how_it_was(citizen: MakeCitizen, officer: MakeOfficer) -> None:
    ratna = citizen("lost_card", javascript=False)
    number = ratna.apply(SERVICE, acts.LOST)
    approve(officer, number)
    printed_elsewhere(number)
    letters = [letter["subject"] for letter in ratna.messages(4)]
    assert f"Kartu untuk {number} siap diambil" in letters
    ratna.see_status("Disetujui")
    ratna.visitor.follow("Kode QR dan cara mengambil", "QR code and how to collect")
    code = ratna.visitor.page.locator(".big.number").inner_text()

    sari = officer("operator1", "33.74")
    sari.sign_in()
    with sari.visitor.walking():
        hand_over(sari, number, code, name=ratna.person.name, identity="ktp", old_card="lost")

    ratna.see_status("Selesai")
    ratna.visitor.follow("Bagaimana layanan kami?", "How did we do?")
    for box in ratna.visitor.page.locator("input[type=radio][value='4']").all():
        box.check()
    ratna.visitor.press("Kirim jawaban", "Send the answers")
    expect(ratna.visitor.page.locator("main")).not_to_contain_text("Bagaimana layanan kami?")


def test_printed_and_delivered_after_one_failed_attempt(
    citizen: MakeCitizen, officer: MakeOfficer, card_printer_process: SandboxProcess
) -> None:
    who = citizen("lost_card", javascript=False, is_looked_at=False)
    number = who.apply(SERVICE, acts.LOST)  # pages that other journeys look at
    who.visitor.is_looked_at = True
    approve(officer, number)
    sari = officer("operator1", "33.74")
    sari.sign_in()
    deliver(sari, STOCK, 33740001, 33740050)
    add_printer(sari)
    print_next(sari, card_printer_process)
    find_good(sari, who.person.name)
    expect(sari.visitor.page.locator(".figures")).to_contain_text("49")
    who.visitor.open(f"{who.home}penyerahan")
    expect(who.visitor.page.locator("main")).to_contain_text("Rp10.000")
    who.visitor.press("Antar ke alamat KK", "Bring it to the KK address")
    expect(who.visitor.page.locator("main")).to_contain_text("menunggu kurir")

    page = sari.visitor.page
    with sari.visitor.walking():
        sari.visitor.follow("Pengiriman", "Delivery")
        submit(sari, "Buat daftar untuk kurir")
    expect(page.locator("main")).to_contain_text(number)
    sari.visitor.follow("Cetak label A4", "Print A4 labels")
    expect(page.locator("main")).to_contain_text("GRATIS")
    sari.visitor.follow("Kembali ke daftar", "Back to the list")
    submit(sari, "Kurir sudah membawa semuanya")
    with sari.visitor.walking():
        sari.visitor.open("/petugas/pengiriman")
    _report(sari, number, "fail")
    expect(page.locator("main")).to_contain_text("satu kali gagal")
    _report(sari, number, "deliver")
    expect(page.locator("main")).not_to_contain_text(number)
    who.see_status("Selesai")
    letters = {letter["subject"] for letter in who.messages(8)}
    assert {f"Kurir tidak bertemu siapa pun, {number}", f"Kartu untuk {number} sudah diantar"} <= letters


def _report(who: Officer, number: str, news: str) -> None:
    row = who.visitor.page.locator("li", has_text=number).first
    row.locator("summary").focus()
    who.visitor.page.keyboard.press("Enter")
    row.locator(f"input[name=kabar][value={news}]").focus()
    who.visitor.page.keyboard.press("Space")
    row.get_by_role("button", name="Simpan kabar").focus()
    who.visitor.key("Enter")


def test_a_report_is_seen_by_the_inspector_and_by_nobody_of_the_office(
    visitor: MakeVisitor, officer: MakeOfficer
) -> None:
    somebody = visitor(javascript=False)
    somebody.open("/d/33.74/")
    somebody.follow("Lapor calo atau pungli", "Report brokers or bribes")
    somebody.page.fill("[name=what]", "Minta Rp50.000 supaya KTP cepat jadi")
    somebody.page.fill("[name=place]", "Parkiran kantor")
    somebody.press("Kirim ke inspektorat", "Send to the inspectorate")  # when it was lacks
    expect(somebody.page.locator("[name=what]")).to_have_value("Minta Rp50.000 supaya KTP cepat jadi")
    somebody.page.fill("[name=when]", "Kemarin pagi")
    somebody.press("Kirim ke inspektorat", "Send to the inspectorate")
    number = somebody.page.locator(".big.number").inner_text()

    tri = officer("inspektur", "33.74")
    tri.sign_in()
    tri.visitor.page.locator("ol.staff a").last.focus()
    tri.visitor.key("Enter")
    path = tri.visitor.path
    expect(tri.visitor.page.locator("main")).to_contain_text("supaya KTP cepat jadi")
    tri.visitor.page.focus("[name=jawaban]")
    tri.visitor.page.keyboard.type("Kami periksa.")
    submit(tri, "Kirim jawaban")
    choose(tri.visitor.page, "hasil", "acted_on")
    submit(tri, "Tutup laporan")

    somebody.follow("Lihat kelanjutan laporan", "See how the report goes on")
    somebody.page.fill("[name=nomor]", number)
    somebody.press("Lihat", "Look")
    expect(somebody.page.locator("main")).to_contain_text("Kami periksa.")

    for user in ("petugas1", "kepala", "admin", "operator1"):
        colleague = officer(user, "33.74", is_looked_at=False)
        colleague.sign_in()
        colleague.visitor.open(path, status=404)
        colleague.visitor.open("/petugas/laporan", status=404)
