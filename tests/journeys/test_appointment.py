"""Invited, booked, changed, and moved when the office closes at short notice: told by message, also without scripts."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from playwright.sync_api import expect

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments.types import Booking
from adminduk.usecases import appoint, review, review_decisions
from tests.journeys import people
from tests.journeys.conftest import MakeOfficer, MakeVisitor
from tests.journeys.later import wait_for_worker
from tests.journeys.visitor import Visitor
from tests.making import Owner, make_owner, system
from tests.pages.application.walking import signed_in
from tests.portal import Portal
from tests.usecases.appointing import active, confirm, owner_of
from tests.usecases.approving import pass_time
from tests.usecases.reviewing import STRICT, every_tick, make_waiting, staff

REASON = "Perangkat perekaman rusak"


def approved_without_recording(owner: Owner) -> Case:
    """The register knows no recording of this person: the worker will invite."""
    case, officer = make_waiting(owner=owner), staff()
    with acting_as(system(STRICT)):
        applications.store_facts(case.id, region_id=STRICT, facts=dict(case.facts) | {"biometrics": "none"})
    assert review.take_next(officer, at=clock.now()) == case.id
    review_decisions.approve(officer, case.id, ticked=every_tick(case), key=str(uuid4()), at=clock.now())
    pass_time(review_decisions.UNDO + 2 * review_decisions.MESSAGE_MARGIN)
    return case


def come_in(visitor: Visitor, owner: Owner) -> None:
    """With the session of somebody who has typed his code."""
    cookie = signed_in(owner).cookies[settings.SESSION_COOKIE_NAME]
    host = urlsplit(visitor.portal.base_url).hostname or ""
    visitor.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "domain": host, "path": "/"}])


def last_subject(portal: Portal, owner: Owner, count: int) -> str:
    """Of so many messages."""
    return str(people.mails(portal, owner.address.value, count=count)[-1]["subject"])


def booked_beside(first: Booking) -> tuple[Owner, Case]:
    """Somebody else at the same time; his booking needs no browser."""
    other = make_owner(STRICT)
    case, wish = approved_without_recording(other), appoint.Wish(first.site_id, first.day, first.starts)
    wait_for_worker()  # which invites him
    appoint.hold(owner_of(case), case.id, wish=wish, key=str(uuid4()), at=clock.now())
    confirm(case)
    return other, case


def reads_why(visitor: Visitor, owner: Owner, case: Case) -> None:
    """His appointment's page says why it is at another time."""
    come_in(visitor, owner)
    visitor.open(f"/permohonan/{case.id}/jadwal")
    expect(visitor.page.locator("main")).to_contain_text(REASON)


def booking_of(case: Case) -> Booking:
    found = active(case)
    assert found
    return found


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without_javascript"])
def test_invited_booked_changed_and_moved(
    portal: Portal, visitor: MakeVisitor, officer: MakeOfficer, *, javascript: bool
) -> None:
    agus = officer("admin", "33.74")
    owner = make_owner(STRICT)
    case = approved_without_recording(owner)
    assert "Pilih jadwal" in last_subject(portal, owner, 2)

    sari = visitor(javascript=javascript)
    come_in(sari, owner)
    sari.open(f"/permohonan/{case.id}/status")
    sari.follow("Pilih jadwal", "Choose a time")
    sari.press("Pilih yang ini", "Choose this one")
    sari.page.check("input[value=wheelchair]")
    sari.press("Ya, pesan jadwal ini", "Yes, book this time")
    expect(sari.page.locator("main")).to_contain_text(case.number)
    assert "Jadwal Anda" in last_subject(portal, owner, 3)
    first = booking_of(case)

    sari.follow("Ubah jadwal", "Change the time")
    sari.go(sari.page.locator("a[href*='bulan=']").last.click)  # the month after
    sari.go(sari.page.locator(".days a").first.click)
    sari.go(sari.page.locator(".days button").nth(2).click)
    sari.press("Ya, pesan jadwal ini", "Yes, book this time")
    second = booking_of(case)
    assert second.day > first.day
    last_subject(portal, owner, 4)
    neighbour, beside = booked_beside(second)
    last_subject(portal, neighbour, 3)  # approved, invited, booked: all have come, before the next is on its way

    agus.sign_in()
    agus.visitor.open("/petugas/kantor/tempat")
    agus.visitor.go(agus.visitor.page.locator(f"main a[href$='{second.site_id}']").click)
    for part, value in zip(("", "-bulan", "-tahun"), (second.day.day, second.day.month, second.day.year), strict=True):
        agus.visitor.page.fill(f"#day{part}", str(value))
    agus.visitor.page.fill("#reason", REASON)
    agus.visitor.press("Tutup dan pindahkan jadwal", "Close and move the appointments")
    for who, count in ((owner, 5), (neighbour, 4)):
        assert "dipindah" in last_subject(portal, who, count)

    third, other = booking_of(case), booking_of(beside)
    assert min(third.day, other.day) > second.day
    reads_why(sari, owner, case)
    sari.open(f"/permohonan/{case.id}/status")
    expect(sari.page.locator("main")).to_contain_text(REASON)

    agus.visitor.open(f"/petugas/janji?tempat={third.site_id}&hari={third.day}")
    expect(agus.visitor.page.locator("main")).to_contain_text(case.number)
    expect(agus.visitor.page.locator("main")).to_contain_text(beside.number)
    expect(agus.visitor.page.locator("main")).not_to_contain_text(owner.identity.name)
    agus.visitor.open(f"/petugas/janji?tempat={second.site_id}&hari={second.day}")
    expect(agus.visitor.page.locator("main")).to_contain_text("Belum ada jadwal pada hari ini.")

    reads_why(visitor(javascript=javascript), neighbour, beside)

    sari.open(f"/permohonan/{case.id}/jadwal")
    sari.follow("Batalkan", "Cancel it")
    sari.press("Ya, batalkan", "Yes, cancel it")
    assert active(case) is None
