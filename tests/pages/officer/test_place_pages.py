"""The office's pages of its places: one is added, changed, closed, opened; errors stand beside their fields."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite
from adminduk.usecases import clear_place
from tests.database import superuser_connection
from tests.making import system
from tests.pages.application.walking import text_of
from tests.pages.officer.clients import browser_of, send
from tests.usecases.appointing import semarang
from tests.usecases.at_hand_over import card_ready, site_of
from tests.usecases.floor import Floor
from tests.usecases.halls import Hall
from tests.usecases.reviewing import STRICT, staff

pytestmark = pytest.mark.usefixtures("database")
PLACES = "/petugas/kantor/tempat"
NEW = {
    "name": "CONTOH Loket <Tembalang>", "address": "CONTOH: Jalan Rekaan 9", "district": "33.74.10",
    "does": ["record", "hand_over"],
}  # fmt: skip


def _site(site_id: UUID) -> ServiceSite:
    with acting_as(system(STRICT)):
        return offices.get_site(site_id, region_id=STRICT)


def _added(browser: Client) -> UUID:
    answer = send(browser, f"{PLACES}/baru", **NEW)
    assert answer.status_code == 303
    return UUID(answer["Location"].rsplit("/", 1)[-1])


def test_a_place_is_added_and_its_page_shows_the_usual_capacity() -> None:
    browser = browser_of(staff(role="admin"))
    assert "Belum ada tempat layanan" in text_of(browser.get(PLACES))
    site_id = _added(browser)
    page = browser.get(f"{PLACES}/{site_id}").content.decode()
    assert "CONTOH Loket &lt;Tembalang&gt;" in page and "<Tembalang>" not in page
    assert 'value="07:30-12:00 x2' in page and '<option value="33.74.10" selected' in page
    assert "Loket &lt;Tembalang&gt;</a>" in browser.get(PLACES).content.decode()


def test_what_lacks_stands_beside_its_field_and_what_was_typed_stays() -> None:
    browser = browser_of(staff(role="admin"))
    page = send(browser, f"{PLACES}/baru", name="", address="Jalan <b>", does=["print"])
    shown = page.content.decode()
    assert page.status_code == 422
    assert 'href="#name"' in shown and 'id="name-problem"' in shown and "Tulis nama tempat ini." in shown
    assert 'value="Jalan &lt;b&gt;"' in shown and 'value="print" checked' in shown


def test_a_place_is_changed_by_its_form_and_a_stale_form_changes_nothing() -> None:
    browser = browser_of(staff(role="admin"))
    site_id = _added(browser)
    page = browser.get(f"{PLACES}/{site_id}").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    sent = NEW | {"seen": seen, "does": ["hand_over"]}
    assert send(browser, f"{PLACES}/{site_id}/ubah", **sent).status_code == 303
    assert _site(site_id).does == ("hand_over",)
    stale = send(browser, f"{PLACES}/{site_id}/ubah", **sent | {"name": "CONTOH Lain"})
    assert (stale.status_code, "baru saja diubah orang lain" in text_of(stale)) == (422, True)
    assert "CONTOH Lain" not in text_of(stale)
    assert _site(site_id).name == NEW["name"]


def test_a_place_is_closed_shown_as_closed_and_opened_again() -> None:
    main, corner = semarang()
    browser, path = browser_of(staff(role="head")), f"{PLACES}/{corner.id}"
    key = str(uuid4())
    for _ in range(2):
        assert browser.post(f"{path}/aktif", {"key": key, "aktif": "tidak"}).status_code == 303
    assert not _site(corner.id).is_active
    assert "ditutup" in text_of(browser.get(PLACES)) and "Warga tidak melihat tempat ini" in text_of(browser.get(path))
    assert send(browser, f"{path}/aktif", aktif="ya").status_code == 303
    assert _site(corner.id).is_active
    refused = send(browser, f"{PLACES}/{main.id}/aktif", aktif="tidak")
    assert (refused.status_code, "Ini tempat utama." in text_of(refused)) == (422, True)
    assert send(browser, f"{path}/utama").status_code == 303
    assert _site(corner.id).is_main and not _site(main.id).is_main


def test_what_is_in_the_way_of_closing_is_told_with_its_number() -> None:
    hall = Hall()
    hall.counter()
    hall.walk_in_now()
    refused = send(browser_of(staff(role="admin")), f"{PLACES}/{hall.site}/aktif", aktif="tidak")
    assert (refused.status_code, "1 orang masih dalam antrean hari ini" in text_of(refused)) == (422, True)


def test_cards_that_are_in_the_way_of_closing_are_taken_to_another_counter() -> None:
    corner = site_of("banyumanik")
    card_ready(site="banyumanik")
    browser, path = browser_of(staff(role="head")), f"{PLACES}/{corner}"
    refused = send(browser, f"{path}/aktif", aktif="tidak")
    assert refused.status_code == 422 and "1 kartu menunggu diambil di sini" in text_of(refused)
    assert f"Kartu sudah dibawa ke {_site(site_of('dinas')).name}" in text_of(refused)
    assert send(browser, f"{path}/pindah").status_code == 303
    assert "Kartu sudah dibawa" not in text_of(browser.get(path))
    assert send(browser, f"{path}/aktif", aktif="tidak").status_code == 303
    assert not _site(corner).is_active


def test_cards_that_no_other_counter_takes_have_no_button_that_can_only_fail() -> None:
    corner = site_of("banyumanik")
    _, case = card_ready(site="banyumanik")
    with superuser_connection() as above:
        above.execute("UPDATE offices_site SET hands_over = (id = %s)", [corner])
    page = text_of(browser_of(staff(role="head")).get(f"{PLACES}/{corner}"))
    assert "Kartu sudah dibawa" not in page and "Tidak ada tempat lain yang menyerahkan kartu" in page
    clock.move_forward(timedelta(days=31))
    late = text_of(browser_of(staff(role="operator")).get("/petugas/penyerahan/belum-diambil"))
    assert case.number in late and "Bawa ke" not in late


def test_a_press_that_took_a_part_of_the_cards_says_how_many_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clear_place, "MOST_AT_ONCE", 2)
    for _ in range(3):
        card_ready(site="banyumanik")
    browser, here = browser_of(staff(role="head")), f"{PLACES}/{site_of('banyumanik')}"
    assert send(browser, f"{here}/pindah").status_code == 303
    page = text_of(browser.get(here))
    assert "2 kartu dicatat pindah" in page and "Masih ada 1 kartu di sini" in page
    assert send(browser, f"{here}/pindah").status_code == 303
    page = text_of(browser.get(here))
    assert "1 kartu dicatat pindah" in page and "Masih ada" not in page
    assert "dicatat pindah" not in text_of(browser.get(here)), "it is said once"


def test_a_printer_is_retired_and_used_again_on_the_page_of_its_place() -> None:
    floor, browser = Floor(), browser_of(staff(STRICT, "admin"))
    here = f"{PLACES}/{floor.site}"
    path = f"{here}/pencetak/{floor.printer.id}"
    assert "Pensiunkan Pencetak 1" in text_of(browser.get(here))
    assert send(browser, path, pakai="tidak").status_code == 303
    assert "Pakai lagi Pencetak 1" in text_of(browser.get(here))
    assert "belum punya pencetak" in text_of(browser_of(floor.ani).get("/petugas/cetak", {"tempat": str(floor.site)}))
    assert send(browser, path, pakai="ya").status_code == 303
    assert "Pensiunkan Pencetak 1" in text_of(browser.get(here))
    assert send(browser, f"{PLACES}/{uuid4()}/pencetak/{floor.printer.id}", pakai="tidak").status_code == 404
