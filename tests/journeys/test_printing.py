"""The line before the printer: who waits keeps his place while blank cards are out; who goes ahead is counted."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from adminduk.foundation import clock
from adminduk.kernel.moments import long_day
from adminduk.modules.accounts.ports import RegisterPerson
from adminduk.modules.applications.types import Case
from adminduk.modules.printing import forecast
from adminduk.usecases.review_decisions import MESSAGE_MARGIN, UNDO
from tests.browser import PHONE
from tests.journeys import citizen as acts
from tests.journeys import people
from tests.journeys.at_office import add_printer, choose, deliver, find_good, print_next, submit
from tests.journeys.citizen import Citizen
from tests.journeys.conftest import MakeCitizen, MakeOfficer, MakeVisitor
from tests.journeys.inspection import walk_by_keyboard
from tests.journeys.later import by_the_worker, later, wait_for_worker
from tests.journeys.officer import Officer
from tests.journeys.printed_before import approved_without_browser, known_adults, print_on_past_days
from tests.journeys.test_appointment import come_in
from tests.journeys.test_lost_card import SERVICE
from tests.journeys.visitor import Visitor
from tests.making import Owner
from tests.portal import Portal
from tests.processes import SandboxProcess
from tests.usecases.approving import make_begun
from tests.usecases.reviewing import STRICT

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


def days_told(page: Page) -> tuple[date, date]:
    """The days by which a card like this is printed: the likely one, and the one for nine of ten."""
    today = clock.today("Asia/Jakarta")
    days = {long_day(day): day for day in (today + timedelta(days=number) for number in range(1, 100))}
    told = [days[each] for each in re.findall("|".join(days), page.locator("main").inner_text())]
    likely, late = told[:2]
    return likely, late


def expect_blank_cards(operator: Officer, on: date) -> None:
    """The office notes when the next delivery should come."""
    visitor = operator.visitor
    visitor.open("/petugas/cetak")
    visitor.follow("Catat kiriman atau perkiraannya", "Enter a delivery, or when it is expected")
    visitor.look("without blank cards")
    for part, value in (("hari", on.day), ("bulan", on.month), ("tahun", on.year)):
        visitor.page.fill(f"input[name=tanggal-{part}]", str(value))
    submit(operator, "Simpan perkiraan")


def two_wait_behind_the_last_blank_card(
    portal: Portal, citizen: MakeCitizen, officer: MakeOfficer, operator: Officer
) -> tuple[RegisterPerson, Citizen, Owner, Case]:
    """After days of printing: Ratna is the second in the line, Dinda the third, and there is one blank card."""
    deliver(operator, STOCK, 33740001, 33740000 + forecast.FEWEST_DAYS + 1)
    add_printer(operator)
    known, ratna = known_adults(portal), citizen("lost_card", is_looked_at=False)
    dinda, _ = known.pop("DINDA MAHARANI"), known.pop(ratna.person.name)
    *past, first = list(known.values())[: forecast.FEWEST_DAYS + 1]
    for person in (*past, first):
        approved_without_browser(person)
    print_on_past_days()
    approve(officer, ratna.apply(SERVICE, acts.LOST))
    return first, ratna, *approved_without_browser(dinda)


def test_blank_cards_are_out_for_two_days_and_nobody_loses_his_place(
    portal: Portal,
    citizen: MakeCitizen,
    officer: MakeOfficer,
    visitor: MakeVisitor,
    card_printer_process: SandboxProcess,
) -> None:
    operator = officer("operator1", "33.74")
    operator.sign_in()
    first, ratna, owner, second = two_wait_behind_the_last_blank_card(portal, citizen, officer, operator)
    ratna.visitor.open(f"{ratna.home}status")
    page = ratna.visitor.page
    main = page.locator("main")
    expect(main).to_contain_text("Urutan cetak Anda: 2.")
    promised = days_told(page)

    print_next(operator, card_printer_process)
    find_good(operator, first.name)
    by_the_worker("printing.shortage", region=STRICT)
    expect_blank_cards(operator, promised[1] + timedelta(days=2))
    later(timedelta(days=2))
    by_the_worker("printing.shortage", region=STRICT)

    ratna.visitor.open(f"{ratna.home}status")
    expect(main).to_contain_text("Urutan cetak Anda: 1.")
    expect(main).to_contain_text("suket")
    ratna.visitor.look("without blank cards")
    moved = days_told(page)
    assert moved[0] > promised[0] and moved[1] > promised[1]
    letter = ratna.messages(4)[-1]
    assert "tertunda" in letter["subject"] and long_day(moved[1]) in letter["text"]
    letter = people.mails(portal, owner.address.value, count=2)[-1]
    assert f"Pencetakan {second.number} tertunda" in letter["subject"]
    dinda = visitor()
    come_in(dinda, owner)
    dinda.open(f"/permohonan/{second.id}/status")
    expect(dinda.page.locator("main")).to_contain_text("Urutan cetak Anda: 2.")
    assert long_day(days_told(dinda.page)[1]) in letter["text"]
    blank_cards_come(operator, visitor(size=PHONE), second)
    both_are_printed(operator, card_printer_process)
    ratna.visitor.open(f"{ratna.home}status")
    expect(main).to_contain_text("Penyerahan")


def blank_cards_come(operator: Officer, reader: Visitor, second: Case) -> None:
    """What everybody and the office read before, and after the delivery."""
    reader.open("/d/33.74/cetak")
    expect(reader.page.locator("main")).to_contain_text("Blangko habis")
    operator.visitor.open("/petugas/cetak")
    operator.visitor.look("without blank cards")
    expect(operator.visitor.page.locator("tbody tr").nth(1)).to_contain_text(second.number)
    deliver(operator, STOCK, 33740101, 33740110)
    reader.open("/d/33.74/cetak")
    expect(reader.page.locator("main")).not_to_contain_text("Blangko habis")


def both_are_printed(operator: Officer, printer: SandboxProcess) -> None:
    """In the order of the line."""
    print_next(operator, printer)
    find_good(operator, "RATNA KUSUMASTUTI")
    print_next(operator, printer)
    with operator.visitor.walking():
        find_good(operator, "DINDA MAHARANI")


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
