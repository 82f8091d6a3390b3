"""The public board agrees with the ledger by another count, and everybody in the line is told his place and his day."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.notifications import queries as messages
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import queries as line
from adminduk.modules.printing.types import Rank
from adminduk.readmodels import stock_board, way_printing
from adminduk.readmodels.stock_board import SiteBoard
from adminduk.usecases import keep_stock, outside, print_cards, print_watch
from tests.making import make_owner, system
from tests.pages.officer.clients import browser_of
from tests.usecases import floor as floors
from tests.usecases.appointing import await_morning
from tests.usecases.approving import make_begun, pass_time
from tests.usecases.floor import Floor, PrinterInHand
from tests.usecases.reviewing import STRICT, staff
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database", "printer")
REGION = RegionCode.from_number(STRICT)


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch, register: Register) -> Iterator[PrinterInHand]:
    monkeypatch.setattr(settings, "CARD_PRINTER", "tests.usecases.floor.printer")
    floors.the_printer = PrinterInHand()
    outside.forget()
    yield floors.the_printer
    outside.forget()


def put(floor: Floor, register: Register, *, rank: Rank = Rank.OTHERS) -> tuple[Case, ProductView]:
    """An approved case in the line of `floor`."""
    owner = make_owner(STRICT)
    register.add(owner.identity, address="JALAN CONTOH 1", occupation="WIRASWASTA")
    case, product = make_begun(owner)
    with acting_as(system(STRICT)):
        waiting = line.find_waiting(product.id, region_id=STRICT)
        assert waiting is not None
        printing.forget(product.id, region_id=STRICT)
        printing.enqueue(replace(waiting, site_id=floor.site, rank=rank))
    return case, replace(product, site_id=floor.site)


def board_of(floor: Floor) -> SiteBoard:
    board = stock_board.board_of(outside.catalogue().region(REGION), at=clock.now())
    return next(site for site in board.sites if site.balance.site_id == floor.site)


def is_open_today() -> bool:
    with acting_as(system(STRICT)):
        calendar = stock_board.calendar_within(outside.catalogue().region(REGION))
    return calendar.opens_on(clock.today("Asia/Jakarta"))


def told(case: Case, product: ProductView) -> str:
    """The sentences of the status page."""
    with acting_as(system(STRICT)):
        return " ".join(text.id for text in way_printing.tell(case, product, outside.catalogue(), clock.now()).lines)


def recounted(floor: Floor) -> tuple[Counter[str], dict[date, int]]:
    """Places of cards and cards used by day, counted card by card from the entries, by nobody's running total."""
    where: dict[int, str] = {}
    used: Counter[date] = Counter()
    days: dict[int, date] = {}
    with acting_as(floor.head), connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, first, last, day FROM blanks_entry WHERE region_id = %s AND site_id = %s ORDER BY at, id",
            [STRICT, floor.site],
        )
        for kind, first, last, day in cursor.fetchall():
            for serial in range(first, last + 1):
                if kind == "spoiled" and where.get(serial) == "printed":
                    used[day] -= 1
                where[serial] = {"delivered": "stock", "loaded": "printer"}.get(kind, kind)
                if kind == "printed":
                    used[day] += 1
                    days[serial] = day
    return Counter(where.values()), dict(used)


def test_the_board_agrees_with_a_count_card_by_card(register: Register) -> None:
    floor = Floor(cards=9)
    for _ in range(3):
        put(floor, register)
    floor.begin(3)
    floor.print_all()
    floor.reject(floor.jobs()[0])
    floor.accept(floor.jobs()[0])
    put(floor, register, rank=Rank.FIRST_CARD)
    shown, (places, used) = board_of(floor), recounted(floor)
    assert (shown.balance.stock, shown.balance.printed, shown.balance.spoiled) == (
        places["stock"], places["printed"], places["spoiled"],
    )  # fmt: skip
    assert {day.day: day.used for day in shown.use if day.used} == {day: n for day, n in used.items() if n}
    assert (shown.first_cards, shown.others) == (1, 1)


def test_the_page_and_the_file_say_the_same(register: Register) -> None:
    floor = Floor(cards=7)
    put(floor, register)
    client = Client()
    lines = list(csv.DictReader(io.StringIO(client.get("/d/33.74/cetak.csv").content.decode())))
    now = [each for each in lines if each["tempat"] == floor.name and each["stok"]]
    assert [(each["stok"], each["menunggu_lain"]) for each in now] == [("7", "1")]
    page = client.get("/d/33.74/cetak").content.decode()
    assert floor.name in page
    assert client.get("/d/11.01/cetak").status_code == 404


def test_a_card_that_was_stopped_is_not_said_to_be_printed(register: Register) -> None:
    floor = Floor(cards=9)
    case, product = put(floor, register)
    with acting_as(system(STRICT)):
        printing.stop(product.id, region_id=STRICT, reason="data_changed")
    assert "sedang memeriksanya" in told(case, product)
    assert "dicetak atau diperiksa" not in told(case, product)


def test_a_day_long_before_the_first_card_is_no_error() -> None:
    client = browser_of(staff(STRICT, "operator"))
    assert client.get("/petugas/stok?hari=0001-01-01").status_code == 200


def test_who_waits_is_told_his_place_and_not_more_than_is_known(register: Register) -> None:
    floor = Floor(cards=9)
    put(floor, register)
    case, product = put(floor, register)
    words = told(case, product)
    assert "Urutan cetak Anda: 2." in words
    assert "belum dapat diperkirakan" in words


def test_days_before_the_first_card_of_a_place_are_no_past(register: Register) -> None:
    floor = Floor(cards=9)
    await_morning()
    while not is_open_today():
        pass_time(timedelta(days=1))
    for _ in range(2):
        put(floor, register)
    floor.begin(1)
    floor.accept(floor.print_all()[0])
    case, product = put(floor, register)
    pass_time(timedelta(days=3))
    assert "Urutan cetak Anda: 2." in told(case, product)
    assert "belum dapat diperkirakan" in told(case, product), "too short a past"
    assert board_of(floor).newcomer.likely_on is None
    pass_time(timedelta(days=14))
    assert "Kemungkinan dicetak sekitar" in told(case, product)


def test_an_empty_stock_moves_the_promise_tells_once_and_keeps_the_order(register: Register) -> None:
    floor = Floor()
    (first, product), (second, _) = put(floor, register), put(floor, register)
    print_watch.watch_stock(system(STRICT))
    pass_time(timedelta(days=2))
    for _ in range(2):
        print_watch.watch_stock(system(STRICT))
    for case in (first, second):
        with acting_as(system(STRICT)):
            events = [each.event for each in messages.list_of_application(case.id, region_id=STRICT)]
        assert events.count("print_delayed") == 1
    assert "Blangko di tempat cetak sedang habis." in told(first, product)
    assert "suket" in told(first, product)
    day = clock.now().date() + timedelta(days=7)
    keep_stock.expect_delivery(floor.ani, site_id=floor.site, on=day, key="", at=clock.now())
    assert "Kiriman blangko diperkirakan datang" in told(first, product)
    pass_time(timedelta(days=8))
    shortage = board_of(floor).shortage
    assert shortage is not None and shortage.expected_on is None  # nobody is shown a day that has passed
    assert "Kiriman blangko diperkirakan datang" not in told(first, product)
    floor.deliver(5)
    assert board_of(floor).shortage is None
    with acting_as(floor.ani):
        order = [each.application_id for each in line.list_line(STRICT, site_id=floor.site, most=5)]
    assert order == [first.id, second.id]


def test_who_is_moved_ahead_is_counted_in_public(register: Register) -> None:
    floor = Floor(cards=3)
    put(floor, register)
    _, urgent = put(floor, register)
    print_cards.move_ahead(floor.head, urgent.id, reason="medical", key="", at=clock.now())
    assert board_of(floor).ahead == 1
    board = stock_board.board_of(outside.catalogue().region(REGION), at=clock.now())
    assert {each.reason for each in board.exceptions} >= {"medical"}
