"""For somebody else on the same Kartu Keluarga."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import citizen as acts
from tests.journeys import people
from tests.journeys.conftest import MakeCitizen
from tests.journeys.test_lost_card import SERVICE
from tests.portal import Portal


@pytest.mark.full
def test_an_adult_daughter_agrees_by_a_code_of_her_own(citizen: MakeCitizen, portal: Portal) -> None:
    ratna = citizen("lost_card")
    visitor, page = ratna.visitor, ratna.visitor.page
    visitor.open("/d/33.74/")
    ratna.see_requirements(SERVICE, acts.LOST, is_for_family=True)
    ratna.sign_in()
    expect(page.locator("main")).not_to_contain_text("DINDA MAHARANI")  # masked: the four answers stand on a copy
    page.get_by_label("21 tahun").check()
    visitor.press("Mulai mengisi", "Start filling in")
    ratna.home = visitor.path
    expect(page.locator("main")).not_to_contain_text("MAHARANI")

    visitor.follow("Minta persetujuan", "Ask for consent")
    page.fill("input[name=address]", "dinda-sendiri@contoh.example")
    visitor.press("Kirim kode", "Send code")
    page.fill("input[name=code]", people.code_in(people.mails(portal, "dinda-sendiri@contoh.example")[-1]))
    visitor.press("Setuju", "Agree")
    expect(page.locator("main")).to_contain_text("DINDA MAHARANI")
    ratna.person = people.person(portal, "adult_daughter")
    ratna.fill_in()
    number = ratna.send()
    assert number in ratna.messages(2)[-1]["subject"]
