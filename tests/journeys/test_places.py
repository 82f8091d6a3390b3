"""The admin adds a place of service without scripts, mends what was wrong, closes it and opens it again."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import expect

from tests.journeys.conftest import MakeOfficer


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
