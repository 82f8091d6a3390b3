"""The ledger: every card is in one place, two people sign a loss, nothing is changed afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError
from adminduk.modules.blanks import actions, queries
from adminduk.modules.blanks.tests.cards import DAY, Store
from adminduk.modules.blanks.types import Balance, Because, Cards
from tests.at_once import at_once


def refused(code: str) -> pytest.RaisesExc[DomainError]:
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def test_delivered_loaded_printed(database: None) -> None:
    store = Store(cards=10)
    serial = store.print_one()
    assert serial == 1
    assert store.balance() == Balance(store.site, stock=9, printed=1)


def test_no_serial_comes_twice(database: None) -> None:
    store = Store(cards=10)
    with refused("serials_known"):
        store.deliver(10, 12, site=store.other)
    assert store.balance(store.other).stock == 0


def test_a_delivery_has_a_note(database: None) -> None:
    store = Store()
    with acting_as(store.ani), refused("delivery_note_missing"):
        actions.deliver(
            Cards(1, 2), region_id=store.region, site_id=store.site, document="", signed=store.signed(store.ani)
        )


@pytest.mark.parametrize("cards", [Cards(0, 5), Cards(5, 4), Cards(1, 10**13), Cards(1, 200_000)])
def test_serials_that_cannot_be_are_refused(database: None, cards: Cards) -> None:
    store = Store()
    with refused("serials_wrong"):
        store.deliver(cards.first, cards.last)


def test_an_empty_stock_gives_nothing(database: None) -> None:
    store = Store(cards=1)
    store.load()
    with refused("stock_empty"):
        store.load()


def test_a_transfer_is_nobodys_until_it_arrives(database: None) -> None:
    store = Store(cards=10)
    signed = store.signed(store.ani)
    with acting_as(store.ani):
        actions.send(Cards(6, 10), region_id=store.region, site_id=store.site, to_site_id=store.other, signed=signed)
    assert (store.balance().stock, store.balance().moving, store.balance(store.other).stock) == (5, 5, 0)
    with acting_as(store.budi):
        assert queries.list_coming(store.region, site_id=store.other) == (Cards(6, 10),)
        actions.receive(Cards(6, 9), region_id=store.region, site_id=store.other, signed=store.signed(store.budi))
    assert (store.balance().moving, store.balance(store.other).stock) == (1, 4)
    with acting_as(store.budi), refused("cards_not_there"):
        actions.receive(Cards(10, 10), region_id=store.region, site_id=store.site, signed=signed)


def test_one_job_loads_one_card(database: None) -> None:
    store, job = Store(cards=5), uuid7()
    store.load(job)
    with refused("printed_once"):
        store.load(job)
    assert store.balance().printer == 1


def test_a_second_person_confirms_what_is_spoiled(database: None) -> None:
    store = Store(cards=5)
    store.spoil(2, 3)
    with refused("two_people"):
        store.destroy(2, 3, by=store.ani)
    assert store.balance() == Balance(store.site, stock=3, spoiled=2)
    store.destroy(2, 3, by=store.budi)
    assert store.balance() == Balance(store.site, stock=3, destroyed=2)


def test_a_card_outside_the_stock_is_spoiled_by_who_ends_its_job_and_not_by_its_number(database: None) -> None:
    store, job = Store(cards=5), uuid7()
    printed = store.print_one(job)
    in_printer = store.load()
    for first, last in ((printed, printed), (in_printer, in_printer), (in_printer, in_printer + 1)):
        with refused("cards_not_there"):
            store.spoil(first, last)
    assert store.balance() == Balance(store.site, stock=3, printer=1, printed=1)
    store.spoil(printed, printed, job=job)
    assert store.balance() == Balance(store.site, stock=3, printer=1, spoiled=1)


def test_minutes_have_a_number_that_comes_once(database: None) -> None:
    store = Store(cards=5)
    store.spoil(1, 2)
    with refused("minutes_number_missing"):
        store.destroy(1, by=store.budi, number="  ")
    store.destroy(1, by=store.budi, number="BA-7")
    with refused("minutes_known"):
        store.destroy(2, by=store.budi, number="BA-7")


def test_spoiling_has_a_reason(database: None) -> None:
    store = Store(cards=5)
    with acting_as(store.ani), refused("reason_missing"):
        actions.spoil(
            Cards(1, 1), region_id=store.region, site_id=store.site, because=Because(), signed=store.signed(store.ani)
        )


def test_a_difference_is_explained(database: None) -> None:
    store = Store(cards=5)
    store.count(5)
    with refused("difference_unexplained"):
        store.count(4)
    store.count(4, "satu kartu tidak ada di laci")
    with acting_as(store.ani):
        (difference,) = queries.list_open_differences(store.region)
    assert (difference.counted, difference.expected) == (4, 5)


def test_what_is_missing_may_turn_up(database: None) -> None:
    store = Store(cards=5)
    signed = store.signed(store.ani)
    with acting_as(store.ani):
        actions.miss(
            Cards(2, 2), region_id=store.region, site_id=store.site, because=Because("not_found"), signed=signed
        )
        assert queries.list_ranges(store.region, site_id=store.site) == (Cards(1, 1), Cards(3, 5))
        actions.find(Cards(2, 2), region_id=store.region, site_id=store.site, signed=signed)
    assert store.balance() == Balance(store.site, stock=5)


def test_an_old_card_is_destroyed_by_another_person(database: None) -> None:
    store, application = Store(), uuid7()
    for _ in range(2):
        with acting_as(store.ani):
            actions.take_in(application, region_id=store.region, site_id=store.site, signed=store.signed(store.ani))
    with acting_as(store.budi):
        (old_card,) = queries.list_old_cards(store.region, site_id=store.site)
    for actor, number in ((store.ani, "BA-1"), (store.budi, "BA-2")):
        with acting_as(actor):
            destroy: dict[str, Any] = {
                "region_id": store.region,
                "site_id": store.site,
                "number": number,
                "method": "cut",
            }
            if actor is store.ani:
                with refused("two_people"):
                    actions.destroy_old_cards([old_card.id], **destroy, signed=store.signed(actor))
            else:
                actions.destroy_old_cards([old_card.id], **destroy, signed=store.signed(actor))
            left = queries.list_old_cards(store.region, site_id=store.site)
    assert left == ()
    with acting_as(store.budi), refused("old_card_gone"):  # from a page of before
        actions.destroy_old_cards([old_card.id], **destroy | {"number": "BA-3"}, signed=store.signed(store.budi))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE blanks_entry SET quantity = 0",
        "DELETE FROM blanks_entry",
        "UPDATE blanks_balance SET stock = 100",
        "INSERT INTO blanks_card (region_id, serial, site_id, place, entry_id)"
        " VALUES (1, 1, gen_random_uuid(), 'stock', gen_random_uuid())",
        "UPDATE blanks_day SET quantity = 0",
        "DELETE FROM blanks_minutes",
        "DELETE FROM blanks_oldcardend",
        "SELECT sec.lock_blanks(1, '{}')",
    ],
)
def test_the_portal_cannot_change_what_was_written(database: None, statement: str) -> None:
    store = Store(cards=1)
    with pytest.raises(DatabaseError), acting_as(store.ani), connection.cursor() as cursor:
        cursor.execute(statement)


def test_another_region_sees_no_card(database: None) -> None:
    store, stranger = Store(cards=3), Store()
    with acting_as(stranger.ani):
        assert queries.get_balance(store.region, site_id=store.site).stock == 0
        assert queries.list_entries(store.region, site_id=store.site) == ()


def test_a_day_adds_up(database: None) -> None:
    store, job = Store(cards=10), uuid7()
    for number in range(3):
        store.print_one(None if number else job)
    store.spoil(1, 1, job=job)
    store.spoil(9, 10, day=DAY + timedelta(days=1))
    store.load()
    with acting_as(store.ani):
        site, printer = queries.reconcile(store.region, day=DAY)
        next_day, _ = queries.reconcile(store.region, day=DAY + timedelta(days=1))
    assert (site.opening, site.came, site.used, site.spoiled, site.left, site.closing) == (0, 10, 2, 1, 0, 7)
    assert (printer.came, printer.used, printer.spoiled, printer.closing) == (4, 2, 1, 1)
    assert (next_day.opening, next_day.spoiled, next_day.closing) == (7, 2, 5)


def test_eight_printers_share_fifty_cards(database: None) -> None:
    store = Store(cards=50)

    def work(_: int) -> list[int]:
        serials = []
        try:
            for _ in range(10):
                serials.append(store.print_one())  # noqa: PERF401 - what was printed before the stock ended counts
        except DomainError as refusal:
            assert refusal.code == "stock_empty"
        return serials

    printed = [serial for result in at_once(8, work) if isinstance(result, list) for serial in result]
    assert sorted(printed) == list(range(1, 51))
    assert store.balance() == Balance(store.site, printed=50) == store.recounted()[store.site]
