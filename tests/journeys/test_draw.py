"""An office without enough places: a wish instead of a race, the list, the draw, and what anybody can check of it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications.types import Case
from adminduk.modules.draws import queries as rounds
from adminduk.modules.draws.types import DrawRound, Part
from adminduk.modules.offices import queries as offices
from adminduk.usecases import draws
from tests.journeys import people
from tests.journeys.conftest import MakeOfficer, MakeVisitor
from tests.journeys.later import later
from tests.journeys.test_appointment import come_in
from tests.journeys.visitor import Visitor
from tests.making import Owner, make_owner, system
from tests.portal import Portal
from tests.usecases.appointing import active, one_place_a_week, owner_of
from tests.usecases.recording_stage import make_approved
from tests.usecases.reviewing import STRICT

OTHERS = 10


@pytest.fixture
def few_places(officer: MakeOfficer) -> None:
    """Semarang, whose office is there since its staff is."""
    one_place_a_week()


def watch() -> DrawRound:
    """What the worker does every ten minutes of real time; the round that it knows then."""
    draws.watch(system(STRICT))
    with acting_as(system(STRICT)):
        (found,) = rounds.list_rounds(STRICT)
    return found


def enter_all(cases: list[Case]) -> None:
    """People whose wishes need no browser."""
    with acting_as(system(STRICT)):
        sites = tuple(site.id for site in offices.list_sites(STRICT))
    for case in cases:
        draws.enter(owner_of(case), case.id, site_ids=sites, part=Part.ANY, key=str(uuid4()), at=clock.now())


def main_of(who: Visitor, path: str) -> str:
    """What stands on a page."""
    who.open(path)
    return who.page.inner_text("main")


def news(portal: Portal, owner: Owner, part: str) -> str:
    """The subject of the one message with these words."""
    for count in range(1, 9):
        subject = str(people.mails(portal, owner.address.value, count=count)[-1]["subject"])
        if part in subject:
            return subject
    raise AssertionError(f"no message about {part}")


def check_it(anybody: Visitor, public: str, commitment: str, first: str, file: Path) -> None:
    """From the page of the office to the file of the round, which is drawn again."""
    anybody.open("/d/33.74/")
    anybody.follow("Undian jadwal", "Draws of times")
    anybody.go(anybody.page.locator(".cards a").first.click)
    assert anybody.path == public
    assert anybody.page.locator("code").first.inner_text() == commitment
    anybody.page.locator("summary").filter(has_text="Urutan hasil undian").click()
    assert anybody.page.locator("details li").first.inner_text() == first
    with anybody.page.expect_download() as downloading:
        anybody.page.get_by_role("link", name="Unduh untuk diundi ulang").click()
    downloading.value.save_as(file)
    said = StringIO()
    call_command("draw_again", str(file), stdout=said)
    assert said.getvalue().startswith(f"true: {OTHERS + 1} entries")


@pytest.mark.usefixtures("few_places")
def test_a_wish_is_entered_drawn_and_can_be_checked(portal: Portal, visitor: MakeVisitor, tmp_path: Path) -> None:
    owner = make_owner(STRICT)
    case, _ = make_approved(owner, biometrics="failed")  # the office knows that he came in vain: he is first
    crowd = [(one, make_approved(one)[0]) for one in (make_owner(STRICT) for _ in range(OTHERS))]
    watch()
    assert case.number in news(portal, owner, "jadwal diundi")

    sari = visitor(javascript=False)
    come_in(sari, owner)
    sari.open(f"/permohonan/{case.id}/status")
    sari.follow("Ikut undian jadwal", "Enter the draw of times")
    assert sari.heading() == "Jadwal diundi"
    for box in sari.page.locator("input[name=tempat]").all():
        box.uncheck()
    sari.page.check("input[name=bagian][value=morning]")
    sari.press("Daftar", "Enter")  # told what lacks; what was chosen is kept
    expect(sari.page.locator(".summary-of-errors")).to_be_visible()
    expect(sari.page.locator("input[name=bagian][value=morning]")).to_be_checked()
    expect(sari.page.locator("input[name=tempat]:checked")).to_have_count(0)
    sari.page.locator("input[name=tempat]").first.check()
    sari.press("Daftar", "Enter")
    expect(sari.page.locator("main")).to_contain_text("Anda sudah terdaftar")
    word = sari.page.locator(".notice .number").inner_text()
    enter_all([each for _, each in crowd])

    sari.follow("Cara undian ini dapat diperiksa", "How this draw can be checked")
    public = sari.path
    commitment = sari.page.locator("code").first.inner_text()
    assert "Unduh" not in sari.page.inner_text("main")  # no list yet

    later(watch().closes_at - clock.now())
    round_ = watch()
    assert "Daftar sudah ditutup" in main_of(sari, f"/permohonan/{case.id}/undian")
    assert f"{OTHERS + 1} orang" in main_of(sari, public)
    later(round_.draws_at - clock.now())
    watch()

    given = active(case)
    assert given is not None
    assert "08.00 WIB" in news(portal, owner, "Jadwal Anda: ")
    assert case.number in main_of(sari, f"/permohonan/{case.id}/jadwal")
    check_it(visitor(javascript=False), public, commitment, word, tmp_path / "undian.json")

    unlucky, waiting = next((one, each) for one, each in crowd if active(each) is None)
    assert "daftar tunggu" in news(portal, unlucky, "daftar tunggu")
    budi = visitor()
    come_in(budi, unlucky)
    assert "Anda di daftar tunggu" in main_of(budi, f"/permohonan/{waiting.id}/status")
    budi.follow("Lihat undian jadwal", "See the draw of times")
    expect(budi.page.locator("main")).to_contain_text("Anda di daftar tunggu")
    budi.press("Mundur dari undian", "Leave the draw")
    assert "Anda di daftar tunggu" not in budi.page.inner_text("main")
