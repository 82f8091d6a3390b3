"""A refusal takes two steps, can be taken back for ten seconds, and tells the citizen what he can do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import citizen as acts
from tests.journeys.conftest import MakeCitizen, MakeOfficer
from tests.journeys.later import in_ten_seconds
from tests.journeys.officer import Officer
from tests.journeys.test_lost_card import SERVICE

WORDS = "Surat kehilangan memuat nama orang lain."


@pytest.mark.full
def test_refused_undone_refused_and_objected_to(citizen: MakeCitizen, officer: MakeOfficer) -> None:
    ratna = citizen("lost_card")
    ratna.visitor.open("/d/33.74/")
    ratna.see_requirements(SERVICE, acts.LOST)
    ratna.sign_in()
    ratna.begin()
    ratna.fill_in()
    number = ratna.send()

    dian = officer("petugas1", "33.74")
    dian.sign_in()
    dian.take_next()
    refuse(dian)
    dian.undo()
    expect(dian.visitor.page.locator("main")).to_contain_text(number)
    in_ten_seconds()
    ratna.see_status("Diperiksa kantor")
    refuse(dian)
    in_ten_seconds()

    letters = ratna.messages(3)
    assert len(letters) == 3  # code, received, refused: of what was undone nothing was told
    assert "bukan milik orang yang diajukan" in letters[-1]["text"]
    assert WORDS not in letters[-1]["text"]  # that is for the status page, behind sign-in
    ratna.see_status("Ditolak")
    visitor = ratna.visitor
    expect(visitor.page.locator("main")).to_contain_text(WORDS)
    visitor.follow("Ajukan keberatan", "Object to the refusal")
    visitor.page.fill("#words", "Nama di surat itu nama saya sebelum menikah.")
    visitor.press("Kirim keberatan", "Send the objection")
    ratna.messages(4)
    head = officer("kepala", "33.74")
    head.sign_in()
    head.take_next()
    expect(head.visitor.page.locator("main")).to_contain_text("nama saya sebelum menikah")


def refuse(officer: Officer) -> None:
    """Reason, words, and once more for certain."""
    visitor = officer.visitor
    visitor.follow("Tolak", "Refuse")
    visitor.page.check("input[name=alasan][value=not_the_person]")
    visitor.page.fill("#kata", WORDS)
    visitor.press("Lanjut", "Continue")
    visitor.press("Ya, tolak permohonan ini", "Yes, refuse this application")
