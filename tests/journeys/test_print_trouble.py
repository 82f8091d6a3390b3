"""A printer says nothing: it is asked, given up, its blank written off; it comes back and prints nothing by itself."""

from __future__ import annotations

from collections import Counter

from playwright.sync_api import expect

from adminduk.usecases.print_trouble import OVERDUE
from tests.journeys.at_office import add_printer, deliver, find_good, print_next
from tests.journeys.conftest import MakeOfficer
from tests.journeys.later import by_the_worker, later, wait_for_worker
from tests.journeys.officer import Officer
from tests.journeys.printed_before import approved_without_browser, known_adults
from tests.journeys.test_printing import STOCK
from tests.portal import Portal
from tests.processes import SandboxProcess
from tests.usecases.reviewing import STRICT

FIRST, LAST = 33740001, 33740003


def printed(printer: SandboxProcess) -> Counter[str]:
    """How often the stand-in has printed on each blank."""
    return Counter(printer.get("/jobs")["serials"])


def begin_on_a_dead_printer(operator: Officer, printer: SandboxProcess) -> None:
    """The line is cut before the card is begun, and a quarter of an hour goes by."""
    printer.switch("down")
    visitor = operator.visitor
    visitor.open("/petugas/cetak")
    visitor.page.fill("#jumlah", "1")
    visitor.press("Cetak", "Print")
    by_the_worker("printing.follow", region=STRICT)
    visitor.open("/petugas/cetak")
    expect(visitor.page.locator("main")).to_contain_text("Di pencetak")
    later(OVERDUE)


def test_a_silent_printer_is_given_up_and_prints_nothing_when_it_comes_back(
    portal: Portal, officer: MakeOfficer, card_printer_process: SandboxProcess
) -> None:
    operator = officer("operator1", "33.74", javascript=False)
    operator.sign_in()
    deliver(operator, STOCK, FIRST, LAST)
    add_printer(operator)
    name = next(iter(known := known_adults(portal)))
    _, case = approved_without_browser(known[name])
    before = printed(card_printer_process)  # the stand-in keeps what other journeys have printed
    begin_on_a_dead_printer(operator, card_printer_process)

    visitor, main = operator.visitor, operator.visitor.page.locator("main")
    with visitor.walking():
        visitor.open("/petugas/cetak")
    expect(main).to_contain_text("Pencetak tidak memberi kabar")
    visitor.look("a silent printer")
    visitor.press(f"Tanya lagi {FIRST}", f"Ask again {FIRST}")
    expect(main).to_contain_text("Pencetak tidak menjawab.")
    visitor.press(f"Berhenti menunggu {FIRST}", f"Wait no more {FIRST}")
    expect(main).to_contain_text("Keluarkan blangko dari pencetak yang diam.")
    visitor.look("given up")
    visitor.press(f"Blangko utuh {FIRST}", f"The blank is clean {FIRST}")
    expect(main).to_contain_text("Coba lagi nanti, atau catat blangko rusak.")
    visitor.press(f"Blangko rusak {FIRST}", f"The blank is spoiled {FIRST}")
    expect(main).to_contain_text("Mungkin masih tercetak")
    visitor.look("may still be printed")

    card_printer_process.switch("normal")
    by_the_worker("printing.cancel", region=STRICT)
    wait_for_worker()
    visitor.open("/petugas/cetak")
    expect(main).not_to_contain_text("Mungkin masih tercetak")
    expect(main).to_contain_text(case.number)
    assert printed(card_printer_process) == before
    print_next(operator, card_printer_process)
    find_good(operator, name)
    (card,) = printed(card_printer_process) - before
    assert str(FIRST) != card
