"""One hall for everybody: walk-ins and appointments at one counter, the screen on the wall, one's own number."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from adminduk.foundation import clock
from adminduk.modules.counters.types import Service
from tests.browser import DESK, PHONE
from tests.journeys.at_office import number_of, sit_down
from tests.journeys.conftest import MakeOfficer, MakeVisitor
from tests.journeys.inspection import spaced_text, walk_by_keyboard
from tests.journeys.visitor import Visitor
from tests.usecases.halls import Hall, check_in_path

AREA = "/antrean/33.74"
# On how many lines the words of an element stand that everybody sees.
_LINES = """each => { const range = document.createRange(); range.selectNodeContents(each.firstChild);
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size }"""


@pytest.fixture
def hall() -> Hall:
    """Two counters, of which one also hands over cards."""
    made = Hall()
    made.counter(1, Service.RECORDING)
    made.counter(2, Service.RECORDING, Service.COLLECTION)
    return made


def give_number(door: Visitor, hall: Hall) -> tuple[str, str]:
    """The front desk gives a number for recording by one key: number, and where its holder follows it."""
    door.open(f"/petugas/loket/depan/{hall.site}")
    door.key("1")
    ticket_id = door.path.rpartition("/")[2]
    return number_of(door.page), f"/antrean/nomor/{ticket_id}"


def test_the_button_of_a_counter_stays_on_one_line_on_a_phone(officer: MakeOfficer, hall: Hall) -> None:
    operator = officer("operator1", "33.74")
    operator.sign_in()
    operator.visitor.open("/petugas/loket/pilih")
    page = operator.visitor.page
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for number in (1, 2):
        words = page.locator(f"form[action$='{hall.counter_of(number)}'] button")
        assert words.evaluate(_LINES) == 1
    assert spaced_text(page) == []


def test_walk_ins_and_appointments_at_one_counter(officer: MakeOfficer, visitor: MakeVisitor, hall: Hall) -> None:
    booking, case = hall.book_at(clock.now().replace(second=0, microsecond=0))
    front, desk = officer("operator1", "33.74"), officer("operator2", "33.74")
    front.sign_in()
    desk.sign_in()
    screen = visitor(size=DESK, is_staff=True)
    screen.open(f"{AREA}/{hall.site}/layar")
    expect(screen.page.locator("#papan")).to_contain_text("Belum ada yang dipanggil")

    first, place = give_number(front.visitor, hall)
    second, _ = give_number(front.visitor, hall)
    assert (first, second) == ("A001", "A002")
    expect(front.visitor.page.locator(".free")).to_have_text("GRATIS")
    walker = visitor()
    walker.open(place)
    assert "Anda berikutnya" in walker.page.inner_text("main")

    ratna = visitor()
    ratna.open(check_in_path(booking))
    ratna.press("Saya sudah di kantor", "I am at the office")
    assert "A003" in ratna.heading()

    sit_down(desk, hall.counter_of(1), 1)
    walk_by_keyboard(desk.visitor.page)
    page = desk.visitor.page
    desk.visitor.key("n")
    assert number_of(page) == "A003"  # her time has come: before those without an appointment
    expect(page.locator("main")).to_contain_text(case.subject["name"])
    expect(page.locator("main")).to_contain_text(case.number)
    walk_by_keyboard(page)
    shown = screen.page.locator(".now [data-call]").first
    expect(shown).to_contain_text("A003")
    expect(shown).to_have_attribute("data-spoken", re.compile("A, 0, 0, 3. Silakan ke loket 1"))
    assert case.subject["name"] not in screen.page.content()

    desk.visitor.key("n")
    assert number_of(page) == "A001"
    expect(walker.page.locator("#papan")).to_contain_text("Silakan ke loket 1 sekarang")
    desk.visitor.key("t")  # did not come, but was called once only
    assert "Panggil sekali lagi dulu" in page.inner_text("main")
    desk.visitor.key("p")
    desk.visitor.key("t")
    assert "Tidak ada orang di loket Anda" in page.inner_text("main")
    desk.visitor.key("n")
    assert number_of(page) == "A002"
    desk.visitor.key("n")
    assert number_of(page) == "A001"  # at the end, once
    desk.visitor.key("s")
    assert "Tidak ada orang di loket Anda" in page.inner_text("main")
    expect(screen.page.locator(".later .numbers")).to_contain_text("A001")

    walker.open(f"{AREA}/{hall.site}")
    assert "0 menunggu" in walker.page.inner_text("main")
    walker.open(f"{AREA}/")


def test_sound_is_turned_on_by_a_press(visitor: MakeVisitor, hall: Hall, officer: MakeOfficer) -> None:
    screen = visitor(size=DESK, is_staff=True)
    screen.page.add_init_script("""
      window.said = [];
      window.AudioContext = class extends AudioContext {
        createOscillator() {
          const page = document.documentElement.dataset;
          page.tones = Number(page.tones ?? 0) + 1;
          return super.createOscillator();
        } };
      window.SpeechSynthesisUtterance = function (words) { this.words = words; };
      Object.defineProperty(window, "speechSynthesis", { value: {
        getVoices: () => window.isMute ? [{ lang: "en-GB" }] : [{ lang: "id-ID" }], speak: (said) => {
          window.said.push(said.words);
          document.documentElement.dataset.said = window.said.length;
        }, cancel() {} } });
    """)
    screen.open(f"{AREA}/{hall.site}/layar")
    button = screen.page.get_by_role("button", name="Nyalakan suara")
    button.click()
    expect(screen.page.locator("#suara")).to_contain_text("Suara menyala")
    desk = officer("operator1", "33.74")
    desk.sign_in()
    sit_down(desk, hall.counter_of(2), 2)
    hall.walk_in_now()
    desk.visitor.key("n")
    expect(screen.page.locator("html")).to_have_attribute("data-said", "1")
    desk.visitor.key("p")
    expect(screen.page.locator("html")).to_have_attribute("data-said", "2")
    page = screen.page.locator("html")
    expect(page).to_have_attribute("data-tones", "6")  # two at the press, two before each call
    screen.page.evaluate("isMute = true")
    desk.visitor.key("p")
    expect(page).to_have_attribute("data-tones", "8")
    words = ["Nomor antrean A, 0, 0, 1. Silakan ke loket 2."] * 2
    assert screen.page.evaluate("said") == words, "without an Indonesian voice the tones are all"


def test_the_screen_without_scripts_reloads_itself(visitor: MakeVisitor, hall: Hall) -> None:
    screen = visitor(size=DESK, is_staff=True, javascript=False, is_looked_at=False)
    screen.open(f"{AREA}/{hall.site}/layar")
    assert screen.page.locator("meta[http-equiv=refresh]").get_attribute("content") == "8"
    assert not screen.page.locator("#suara").is_visible()


def test_every_page_of_the_hall_in_english(visitor: MakeVisitor, officer: MakeOfficer, hall: Hall) -> None:
    booking, _ = hall.book_at(clock.now().replace(second=0, microsecond=0))
    desk = officer("operator1", "33.74", language="en")
    desk.sign_in()
    for path in ("/petugas/loket/depan", f"/petugas/loket/depan/{hall.site}", "/petugas/loket/pilih"):
        desk.visitor.open(path)
    desk.visitor.open(f"/petugas/loket/depan/{hall.site}")
    desk.visitor.press("Sudah datang", "Has come")
    assert desk.visitor.page.title().startswith("Error:")
    someone = visitor(language="en")
    someone.open(check_in_path(booking))
    admin = officer("admin", "33.74")
    admin.sign_in()
    admin.visitor.open("/petugas/loket/atur")
    walk_by_keyboard(admin.visitor.page)
