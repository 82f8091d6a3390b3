"""Stopping, going on elsewhere, and a register that does not answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import DESK
from tests.journeys import citizen as acts
from tests.journeys.citizen import Citizen
from tests.journeys.conftest import MakeCitizen, MakeOfficer, MakeVisitor
from tests.journeys.test_lost_card import SERVICE
from tests.portal import Portal


@pytest.mark.full
def test_begun_on_a_phone_and_sent_from_a_desk(citizen: MakeCitizen, visitor: MakeVisitor) -> None:
    phone = citizen("lost_card")
    phone.visitor.open("/d/33.74/")
    phone.see_requirements(SERVICE, acts.LOST)
    phone.sign_in()
    phone.begin()
    phone.do_page(acts.ANSWERS)
    phone.answer({"sebab_hilang": "bencana", "tempat_hilang": "Rumah"})
    phone.visitor.press("Simpan, lanjut nanti", "Save, go on later")
    expect(phone.visitor.page.get_by_text("Tersimpan.")).to_be_visible()

    desk = Citizen(visitor(size=DESK), phone.person, phone.address)
    desk.visitor.open("/masuk/?daerah=33.74")
    desk.sign_in()
    desk.visitor.follow("Lanjutkan: KTP-el hilang", "Go on: Lost KTP-el")
    assert desk.visitor.path == phone.home
    desk.visitor.follow("Tentang kehilangan", "About the loss")
    expect(desk.visitor.page.locator("input[value=bencana]")).to_be_checked()
    expect(desk.visitor.page.locator("input[name=tempat_hilang]")).to_have_value("Rumah")
    desk.visitor.open(phone.home)
    desk.visitor.follow("Lanjutkan", "Go on")
    desk.finish()
    assert desk.send() in desk.messages(3)[-1]["subject"]


@pytest.mark.full
def test_the_register_is_down_and_answers_later(citizen: MakeCitizen, officer: MakeOfficer, portal: Portal) -> None:
    portal.register.switch("down")
    ratna = citizen("lost_card")
    visitor, page = ratna.visitor, ratna.visitor.page
    visitor.open("/d/33.74/")
    ratna.see_requirements(SERVICE, acts.LOST)
    ratna.sign_in()
    expect(page.locator("h1")).to_contain_text("belum dicocokkan")
    visitor.follow("Lanjut", "Continue")
    ratna.begin()
    ratna.fill_in(alamat="J" * 200)  # no blank in it: no page may grow wider than the phone
    number = ratna.send()
    ratna.see_status("Menunggu pencocokan")
    visitor.open(f"{ratna.home}terkirim")
    expect(page.locator("main")).to_contain_text("Belum dicocokkan")
    assert number in ratna.messages(2)[-1]["subject"]

    dian = officer("petugas1", "33.74")
    dian.sign_in()
    expect(dian.visitor.page.locator("main")).to_contain_text("Tidak ada yang menunggu")

    portal.register.switch("normal")
    ratna.messages(3)  # "your data are compared", from the worker
    dian.visitor.open("/petugas/")
    dian.take_next()
    expect(dian.visitor.page.locator("main")).to_contain_text("data berbeda")  # she typed another address
    ratna.see_status("Diperiksa kantor")
