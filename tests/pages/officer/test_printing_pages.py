"""The print floor in a browser without JavaScript: a printer that says nothing, and what the operator can do."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from adminduk.foundation import clock
from adminduk.modules.printing.types import JobState
from adminduk.usecases import print_trouble
from tests.making import system
from tests.pages.application.walking import text_of
from tests.pages.browser import read
from tests.pages.officer.clients import browser_of, send
from tests.usecases.floor import Floor, PrinterInHand
from tests.usecases.reviewing import STRICT
from tests.usecases.stand_ins import Register
from tests.usecases.test_print_trouble import asked, silent

pytestmark = pytest.mark.usefixtures("database")


def _floor_page(browser: Client, floor: Floor) -> str:
    answer = browser.get(reverse("officer:printing"), {"tempat": str(floor.site)})
    assert answer.status_code == 200
    page = read(answer)
    page.close()
    assert page.defects == []
    return page.text


def test_a_silent_printer_is_shown_asked_and_given_up(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=2)
    job, product = silent(floor, register, printer)
    browser = browser_of(floor.ani)
    assert "Di pencetak" in _floor_page(browser, floor)
    clock.move_forward(print_trouble.OVERDUE)
    page = _floor_page(browser, floor)
    assert "Pencetak tidak memberi kabar" in page and "Di pencetak" not in page

    path, here = reverse("officer:end_silence", kwargs={"job_id": job.id}), {"tempat": str(floor.site)}
    answer = send(browser, path, hasil="tanya", **here)
    assert answer.status_code == 422 and "Pencetak tidak menjawab" in text_of(answer)
    assert send(browser, path, hasil="lepas", **here).status_code == 303
    page = _floor_page(browser, floor)
    assert "Macet di pencetak" in page and "tanda tangan kedua" in page

    jam = reverse("officer:end_jam", kwargs={"job_id": job.id})
    answer = send(browser, jam, hasil="utuh", **here)
    assert answer.status_code == 422 and floor.name in text_of(answer), "the refusal stands on the page of this place"
    assert send(browser, jam, hasil="rusak", **here).status_code == 303
    waiting = floor.waiting(product)
    assert waiting is not None and waiting.job_id is None and floor.balance().spoiled == 1
    assert "Mungkin masih tercetak" in _floor_page(browser, floor)
    printer.is_down = False
    print_trouble.cancel_given_up(system(STRICT))
    assert "Mungkin masih tercetak" not in _floor_page(browser, floor)


def test_a_printer_that_comes_back_is_asked_by_one_press(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=2)
    job, _ = asked(floor, register)
    clock.move_forward(print_trouble.OVERDUE)
    path = reverse("officer:end_silence", kwargs={"job_id": job.id})
    answer = send(browser_of(floor.ani), path, hasil="tanya", tempat=str(floor.site))
    assert answer.status_code == 303 and str(floor.site) in answer["Location"]
    assert [each.state for each in floor.jobs()] == [JobState.PRINTED]
