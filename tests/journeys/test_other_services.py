"""A first card at seventeen, a damaged card, and what else brings a person through the same doors."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import DESK
from tests.journeys.conftest import MakeCitizen, MakeOfficer
from tests.journeys.later import in_ten_seconds

FIRST, DAMAGED = ("KTP-el baru", "New KTP-el"), ("KTP-el rusak", "Damaged KTP-el")
AT_SEVENTEEN = {"usia": "usia_17_lebih", "punya_kartu": "belum", "pernah_direkam": "belum", "kk_di_sini": "di_sini"}
BROKEN = {"pernah_punya": "pernah", "kartu_ada": "ada", "data_berubah": "tidak", "kk_di_sini": "di_sini"}


@pytest.mark.full
def test_the_first_card_of_somebody_who_is_seventeen(citizen: MakeCitizen, officer: MakeOfficer) -> None:
    ayu = citizen("first_card", size=DESK)
    number = ayu.apply(FIRST, AT_SEVENTEEN)
    wayan = officer("petugas1", "51.71")
    wayan.sign_in()
    wayan.take_next()
    expect(wayan.visitor.page.locator("main")).to_contain_text("NI LUH AYU PRATIWI")
    wayan.approve()
    in_ten_seconds()
    news = ayu.messages(3)[-1]
    assert number in news["subject"]
    assert "rekam" in news["text"]  # never recorded: she must come once
    ayu.see_status("Disetujui")


@pytest.mark.full
def test_a_damaged_card(citizen: MakeCitizen, officer: MakeOfficer) -> None:
    yohanes = citizen("damaged_card", scheme="dark")
    number = yohanes.apply(DAMAGED, BROKEN)
    markus = officer("petugas2", "91.71")
    markus.sign_in()
    markus.take_next()
    expect(markus.visitor.page.locator("main")).to_contain_text(number)
    expect(markus.visitor.page.locator("#dok-ktp_rusak img")).to_have_count(1)
    markus.approve()
    in_ten_seconds()
    assert number in yohanes.messages(3)[-1]["subject"]
    yohanes.see_status("Disetujui")


@pytest.mark.full
def test_with_a_telephone_that_only_takes_sms(citizen: MakeCitizen, officer: MakeOfficer) -> None:
    yohanes = citizen("damaged_card", address="+6281277005678")
    number = yohanes.apply(DAMAGED, BROKEN)
    (_, received) = yohanes.messages(2)
    assert number in received["text"]
    assert len(received["text"]) <= 160
    markus = officer("petugas1", "91.71")
    markus.sign_in()
    markus.take_next()
    markus.ask_for("document-ktp_rusak", "cut_off", "")
    in_ten_seconds()
    asked = yohanes.messages(3)[-1]
    assert number in asked["text"]
    assert len(asked["text"]) <= 160
