"""Places without scripts: the admin adds one, closes it, opens it again; the head clears one of its cards first."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import expect

from adminduk.foundation.tenancy import acting_as
from adminduk.modules.printing import actions as printing
from tests.journeys.conftest import MakeOfficer
from tests.making import system
from tests.usecases.at_hand_over import card_ready, site_of
from tests.usecases.reviewing import STRICT


def test_a_place_is_added_closed_and_opened_again_by_its_admin(officer: MakeOfficer) -> None:
    agus = officer("admin", "33.74", javascript=False)
    agus.sign_in()
    visitor, page, main = agus.visitor, agus.visitor.page, agus.visitor.page.locator("main")
    with visitor.walking():
        visitor.follow("Tempat layanan", "Places")
    visitor.press("Tambahkan tempat", "Add the place")
    visitor.look("nothing written")
    expect(main).to_contain_text("Tulis nama tempat ini.")
    name = f"CONTOH {uuid4()} Loket Pelayanan Administrasi Kependudukan di Kantor Kecamatan Tembalang"
    page.fill("#name", name)
    page.fill("#address", "CONTOH: Jalan Rekaan Nomor 9, " + "Perumahan Rekaan Indah " * 7)
    page.select_option("#district", label="Tembalang")
    page.check("input[name=does][value=hand_over]")
    visitor.press("Tambahkan tempat", "Add the place")
    expect(page.locator("h1")).to_have_text(name)
    visitor.look("a new place")

    page.check("input[name=does][value=record]")
    visitor.press("Simpan tempat", "Save the place")
    expect(page.locator("#recording-senin")).to_have_value("07:30-12:00 x2, 13:00-16:00 x2")
    visitor.press("Tutup tempat ini", "Close this place")
    expect(main).to_contain_text("Warga tidak melihat tempat ini.")
    visitor.look("closed")
    visitor.press("Buka tempat ini lagi", "Open this place again")
    expect(main).not_to_contain_text("Warga tidak melihat tempat ini.")
    visitor.follow("Semua tempat", "All places")
    expect(main).to_contain_text(name)
    visitor.look("with a long name")


def test_a_place_with_cards_gives_them_to_another_counter_and_closes(officer: MakeOfficer) -> None:
    head = officer("kepala", "33.74", javascript=False)
    corner = site_of("banyumanik")
    for _ in range(3):
        card_ready(site="banyumanik")
    with acting_as(system(STRICT)):
        printing.add_printer(STRICT, site_id=corner, name="Pencetak 1")
    head.sign_in()
    visitor, main = head.visitor, head.visitor.page.locator("main")
    with visitor.walking():
        visitor.open(f"/petugas/kantor/tempat/{corner}")
    visitor.press("Tutup tempat ini", "Close this place")
    expect(main).to_contain_text("3 kartu menunggu diambil di sini")
    visitor.look("with cards in the way")
    main.get_by_role("button", name="Kartu sudah dibawa ke").focus()
    visitor.key("Enter")
    expect(main).to_contain_text("3 kartu dicatat pindah")
    visitor.look("the cards have gone")
    visitor.press("Pensiunkan Pencetak 1", "Retire Pencetak 1")
    expect(main).to_contain_text("pensiun")
    visitor.look("a retired printer")
    visitor.press("Pakai lagi Pencetak 1", "Use again Pencetak 1")
    visitor.press("Tutup tempat ini", "Close this place")
    expect(main).to_contain_text("Warga tidak melihat tempat ini.")
