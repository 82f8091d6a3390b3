"""The line before the printer: who waits keeps his place while blank cards are out; who goes ahead is counted."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from playwright.sync_api import expect

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.gateways import population
from adminduk.kernel.identifiers import Nik, NoKk, RegionCode
from adminduk.modules.accounts.types import Identity
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications.types import Case
from adminduk.usecases.facts import facts_of
from adminduk.usecases.review_decisions import MESSAGE_MARGIN, UNDO
from tests.browser import PHONE
from tests.journeys import citizen as acts
from tests.journeys import people
from tests.journeys.at_office import add_printer, choose, deliver, find_good, print_next, submit
from tests.journeys.conftest import MakeCitizen, MakeOfficer, MakeVisitor
from tests.journeys.inspection import walk_by_keyboard
from tests.journeys.later import by_the_worker, later, wait_for_worker
from tests.journeys.test_appointment import come_in
from tests.journeys.test_lost_card import SERVICE
from tests.making import Owner, make_owner, system
from tests.portal import Portal
from tests.processes import SandboxProcess
from tests.usecases.approving import make_approved, make_begun
from tests.usecases.reviewing import STRICT

SEMARANG = RegionCode.from_number(STRICT)
STOCK = "CONTOH Kantor Disdukcapil Kota Semarang"


def approve(officer: MakeOfficer, number: str) -> None:
    """In the browser; nobody can undo it any more, and the worker has begun what follows."""
    dian = officer("petugas1", "33.74")
    dian.sign_in()
    dian.take_next()
    expect(dian.visitor.page.locator("main")).to_contain_text(number)
    dian.approve()
    later(UNDO + 2 * MESSAGE_MARGIN)
    wait_for_worker()


def approved_without_browser(portal: Portal, key: str) -> tuple[Owner, Case]:
    """Somebody else whom the register knows: nobody else is printed."""
    known = people.person(portal, key)
    who = Identity(Nik.parse(known.nik), NoKk.parse(known.no_kk), known.name, date.fromisoformat(known.birth_date))
    register = population.from_environment(url=portal.register.url, login=settings.ENVIRONMENT.register_login)
    person = register.find_person(who.nik, region=SEMARANG)
    assert person is not None
    owner = make_owner(STRICT, identity=who)
    case = make_approved(owner)
    facts = facts_of(person, region=SEMARANG, today=clock.today("Asia/Jakarta"))
    with acting_as(system(STRICT)):
        applications.store_facts(case.id, region_id=STRICT, facts=dict(case.facts) | facts)
    wait_for_worker()
    return owner, case


def test_blank_cards_are_out_for_two_days_and_nobody_loses_his_place(
    portal: Portal,
    citizen: MakeCitizen,
    officer: MakeOfficer,
    visitor: MakeVisitor,
    card_printer_process: SandboxProcess,
) -> None:
    operator = officer("operator1", "33.74")
    operator.sign_in()
    ratna = citizen("lost_card", is_looked_at=False)
    first = ratna.apply(SERVICE, acts.LOST)
    approve(officer, first)
    owner, second = approved_without_browser(portal, "adult_daughter")
    by_the_worker("printing.shortage", region=STRICT)
    later(timedelta(days=2))
    by_the_worker("printing.shortage", region=STRICT)

    assert "tertunda" in ratna.messages(4)[-1]["subject"]
    assert f"Pencetakan {second.number} tertunda" in people.mails(portal, owner.address.value, count=2)[-1]["subject"]
    ratna.visitor.open(f"{ratna.home}status")
    main = ratna.visitor.page.locator("main")
    expect(main).to_contain_text("Urutan cetak Anda: 1.")
    expect(main).to_contain_text("suket")
    dinda = visitor()
    come_in(dinda, owner)
    dinda.open(f"/permohonan/{second.id}/status")
    expect(dinda.page.locator("main")).to_contain_text("Urutan cetak Anda: 2.")
    reader = visitor(size=PHONE)
    reader.open("/d/33.74/cetak")
    expect(reader.page.locator("main")).to_contain_text("Blangko habis")
    operator.visitor.open("/petugas/cetak")
    operator.visitor.look("without blank cards")
    expect(operator.visitor.page.locator("tbody tr")).to_contain_text([first, second.number])

    deliver(operator, STOCK, 33740001, 33740010)
    reader.open("/d/33.74/cetak")
    expect(reader.page.locator("main")).not_to_contain_text("Blangko habis")
    add_printer(operator)
    print_next(operator, card_printer_process)
    find_good(operator, "RATNA KUSUMASTUTI")
    print_next(operator, card_printer_process)
    with operator.visitor.walking():
        find_good(operator, "DINDA MAHARANI")
    ratna.visitor.open(f"{ratna.home}status")
    expect(main).to_contain_text("Penyerahan")


def test_a_card_goes_ahead_for_a_reason_that_everybody_can_count(officer: MakeOfficer, visitor: MakeVisitor) -> None:
    operator = officer("operator1", "33.74")
    operator.sign_in()
    first, second = make_begun()[0].number, make_begun()[0].number
    operator.visitor.open("/petugas/cetak")
    page, line = operator.visitor.page, operator.visitor.page.locator("tbody tr")
    expect(line.first).to_contain_text(first)
    with operator.visitor.walking():
        operator.visitor.follow(f"Dahulukan {second}", f"Move ahead {second}")
    expect(page.locator("main")).to_contain_text("urutan sekarang 2")
    submit(operator, "Dahulukan")  # no reason
    expect(page.locator(".summary-of-errors")).to_be_visible()
    choose(page, "alasan", "medical")
    submit(operator, "Dahulukan")
    expect(line.first).to_contain_text(second)
    expect(line.first).to_contain_text("didahulukan")
    anybody = visitor(javascript=False)
    anybody.open("/d/33.74/cetak")
    expect(anybody.page.locator("main")).to_contain_text("1 kartu didahulukan")
    expect(anybody.page.locator("main")).to_contain_text("Keperluan berobat")


def test_pages_of_stock_and_printing_are_looked_at(officer: MakeOfficer, visitor: MakeVisitor) -> None:
    operator = officer("operator1", "33.74")
    operator.sign_in()
    deliver(operator, STOCK, 33740001, 33740050)
    walk_by_keyboard(operator.visitor.page)
    add_printer(operator)
    with operator.visitor.walking():
        for path in ("/petugas/cetak", "/petugas/stok"):
            operator.visitor.open(path)
    visitor(size=PHONE).open("/d/33.74/cetak")
    head = officer("kepala", "33.74")
    head.sign_in()
    head.visitor.open("/petugas/stok/pengawasan")
    expect(head.visitor.page.locator("main")).to_contain_text("Tidak ada.")
