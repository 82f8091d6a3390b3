"""A lost card: the whole way, from the name of the region to the last message."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import DESK
from tests.journeys import citizen as acts
from tests.journeys.conftest import MakeCitizen, MakeOfficer
from tests.journeys.later import in_ten_seconds
from tests.journeys.wire import WHOLE_APPLICATION

SERVICE = ("KTP-el hilang", "Lost KTP-el")


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without_javascript"])
def test_from_the_first_page_to_the_decision(citizen: MakeCitizen, officer: MakeOfficer, javascript: bool) -> None:
    ratna = citizen("lost_card", javascript=javascript)
    number = ratna.apply(SERVICE, acts.LOST)
    assert ratna.visitor.wire.total <= WHOLE_APPLICATION
    ratna.see_status("Diperiksa kantor")

    dian = officer("petugas1", "33.74", javascript=javascript)
    dian.sign_in()
    dian.take_next()
    expect(dian.visitor.page.get_by_role("heading", level=1)).to_contain_text("RATNA KUSUMASTUTI")
    dian.ask_for("document-kk", "unreadable", "Foto lagi di tempat terang.")
    in_ten_seconds()

    asked = ratna.messages(3)[-1]
    assert number in asked["subject"] + asked["text"]
    ratna.visitor.open(f"{ratna.home}status")
    ratna.visitor.follow("Perbaiki", "Correct")
    expect(ratna.visitor.page.locator("main")).to_contain_text("Foto lagi di tempat terang.")
    ratna.visitor.follow("Kartu Keluarga", "Kartu Keluarga")
    ratna.choose_paper()
    ratna.visitor.press("Lanjut", "Continue")
    ratna.visitor.press("Kirim perbaikan", "Send the corrections")

    dian.visitor.open("/petugas/")
    dian.take_next()
    expect(dian.visitor.page.locator("main")).to_contain_text(number)
    dian.approve()
    in_ten_seconds()

    letters = [letter["subject"] for letter in ratna.messages(5)]
    assert len(letters) == 5, letters
    ratna.see_status("Disetujui")
    expect(ratna.visitor.page.locator("main")).to_contain_text(letters[-1])
    assert DESK
