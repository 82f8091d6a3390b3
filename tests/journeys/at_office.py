"""What the staff does after the approval, act by act: counter, recording, stock, printing, hand-over."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

from playwright.sync_api import Page, expect

from adminduk.modules.issuance.types import ProductView
from tests.journeys import later
from tests.journeys.officer import Officer
from tests.journeys.visitor import Visitor
from tests.processes import SandboxProcess
from tests.usecases import recording_stage as stage

# --- the hall -------------------------------------------------------------------------------------------------------


def sit_down(desk: Officer, counter_id: UUID, number: int) -> None:
    """By keyboard: the button of the counter has the focus when it is reached. Other sites have counters too."""
    desk.visitor.open("/petugas/loket/pilih")
    here = desk.visitor.page.locator(f"form[action$='{counter_id}'] button")
    here.focus()
    desk.visitor.key("Enter")
    assert desk.visitor.heading().startswith(f"Loket {number}")


def number_of(page: Page) -> str:
    """The number at the counter, or on a slip."""
    return page.locator(".called.number").inner_text()


def check_in_by_number(door: Visitor, site_id: UUID, number: str) -> str:
    """At the front desk, by the number of the application; returns the number in the queue."""
    door.open(f"/petugas/loket/depan/{site_id}")
    door.page.fill("input[name=nomor]", number)
    door.press("Sudah datang", "Has come")
    return number_of(door.page)


# --- recording ------------------------------------------------------------------------------------------------------


def open_recording(operator: Officer, number: str) -> Page:
    """Find a person by the number of the application."""
    operator.visitor.open("/petugas/perekaman")
    operator.visitor.page.fill("input[name=nomor]", number)
    operator.visitor.press("Buka", "Open")
    return operator.visitor.page


def record(operator: Officer, number: str, result: str = "recorded") -> None:
    """Find by number, check, begin, show the photograph, report."""
    open_recording(operator, number)
    record_opened(operator, result)


def record_opened(operator: Officer, result: str = "recorded") -> None:
    """The same, once the person's page is open."""
    page = operator.visitor.page
    for box in page.locator("input[name^=cek-]").all():
        box.check()
    if page.locator("select[name=tempat]").count():  # the operator sits at no counter
        page.select_option("select[name=tempat]", index=1)
    operator.visitor.press("Mulai merekam", "Begin recording")
    if result == "recorded":
        operator.visitor.press("Simpan hasil", "Save the result")  # nothing chosen: told what lacks
        page.check("input[name=hasil][value=recorded]")
        operator.visitor.press("Simpan hasil", "Save the result")
        expect(page.locator("[role=alert]")).to_be_visible()  # the photograph comes first
        page.check("input[name=foto_disetujui]")
    page.check(f"input[name=hasil][value={result}]")
    operator.visitor.press("Simpan hasil", "Save the result")


def type_status(operator: Officer, number: str, status: str) -> None:
    """As it stands in the national application, where that answers only a person who looks."""
    page = open_recording(operator, number)
    page.get_by_text("Ketik status dari aplikasi nasional").click()
    page.fill("input[name=status]", status)
    operator.visitor.press("Simpan status", "Save the status")


def wait_for(product: ProductView, *, raw: str = "", step: str = "") -> None:
    """The worker has heard it, or the card has gone on. The clock goes on by an hour until it has."""
    page_turns = 0
    while True:
        if raw and stage.recording_now(product).raw == raw:
            return
        if step and stage.product_now(product).step_kind == step:
            return
        page_turns += 1
        assert page_turns < 60, (stage.recording_now(product), stage.heard_of(product))
        later.wait_for_worker()
        later.later(timedelta(hours=1))


# --- stock and printing ---------------------------------------------------------------------------------------------


def deliver(operator: Officer, place: str, first: int, last: int) -> None:
    """Blank cards come to a place, with their delivery note."""
    visitor, page = operator.visitor, operator.visitor.page
    visitor.open("/petugas/stok")
    visitor.follow(place, place)
    page.get_by_text("Kiriman dari pusat").click()
    page.fill("#awal-kiriman", str(first))
    page.fill("#akhir-kiriman", str(last))
    page.fill("#surat-kiriman", "SJ-2026-1")
    visitor.press("Simpan kiriman", "Save the delivery")
    expect(page.locator(".figures")).to_contain_text(str(last - first + 1))


def add_printer(operator: Officer) -> None:
    """The place has one."""
    operator.visitor.open("/petugas/cetak")
    operator.visitor.page.fill("#nama", "Pencetak 1")
    operator.visitor.press("Tambahkan pencetak", "Add the printer")


def print_next(operator: Officer, printer: SandboxProcess) -> None:
    """A batch of one; waits until the printer has printed one card more."""
    visitor, page = operator.visitor, operator.visitor.page
    before = printer.get("/health")["jobs"]
    visitor.open("/petugas/cetak")
    page.fill("#jumlah", "1")
    visitor.press("Cetak", "Print")
    link = page.get_by_role("link", name=re.compile("^Periksa "))
    for _ in range(120):  # the worker looks for jobs now and then
        if link.count():
            break
        page.wait_for_timeout(500)  # nothing tells a page without script that a card is printed
        page.reload()
    expect(link).to_have_count(1)
    assert printer.get("/health")["jobs"] == before + 1


def find_good(operator: Officer, name: str) -> None:
    """Look at both faces of the printed card, and pass it."""
    visitor, page = operator.visitor, operator.visitor.page
    visitor.follow("Periksa", "Check")
    expect(page.locator("main")).to_contain_text(name)
    for picture in page.locator("img.face").all():
        assert picture.evaluate("each => each.naturalWidth") > 500
    visitor.press("Kartu baik", "The card is good")


# --- hand-over ------------------------------------------------------------------------------------------------------


def choose(page: Page, name: str, value: str) -> None:
    """By keyboard alone: come to the group, and press space on the one that is meant."""
    page.focus(f"input[name={name}][value={value}]")
    page.keyboard.press("Space")


def submit(who: Officer, indonesian: str) -> None:
    """By keyboard alone: come to the button, and press it."""
    who.visitor.page.get_by_role("button", name=indonesian).first.focus()
    who.visitor.key("Enter")


def hand_over(operator: Officer, number: str, code: str, *, name: str, identity: str, old_card: str) -> None:
    """To the person himself, by number and code; by keyboard alone."""
    page = operator.visitor.page
    operator.visitor.follow("Penyerahan", "Hand-over")
    page.focus("#nomor")
    page.keyboard.type(f"{number} {code}")
    operator.visitor.key("Enter")
    expect(page.locator("main")).to_contain_text(name)
    submit(operator, "Serahkan kartu")  # nothing was chosen
    expect(page.locator(".summary-of-errors")).to_be_visible()
    answers = {"recipient": "self", "identity": identity, "old_card": old_card, "proof": "signed"}
    for field, value in answers.items():
        choose(page, field, value)
    submit(operator, "Serahkan kartu")
    expect(page.locator("main")).to_contain_text("Kartu sudah diserahkan")
