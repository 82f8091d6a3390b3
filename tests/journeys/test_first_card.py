"""A first card from the first page into the hand: applied, approved, invited, booked, called, recorded, printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.types import Booking
from adminduk.modules.counters import queries as counters
from adminduk.modules.counters.types import Counter, Service
from adminduk.modules.issuance.types import ProductView
from tests.journeys import later
from tests.journeys.at_office import (
    add_printer,
    check_in_by_number,
    deliver,
    find_good,
    hand_over,
    number_of,
    print_next,
    record_opened,
    sit_down,
    type_status,
    wait_for,
)
from tests.journeys.citizen import Citizen
from tests.journeys.conftest import MakeCitizen, MakeOfficer
from tests.journeys.officer import Officer
from tests.making import system
from tests.processes import SandboxProcess
from tests.usecases import recording_stage as stage

FIRST = ("KTP-el baru", "New KTP-el")
AT_SEVENTEEN = {"usia": "usia_17_lebih", "punya_kartu": "belum", "pernah_direkam": "belum", "kk_di_sini": "di_sini"}


@dataclass(frozen=True)
class Place:
    """Who applies where. `has_centre`: statuses come by themselves, else an operator types them."""

    region: int
    code: str
    office: str
    person: str
    has_centre: bool


DENPASAR = Place(5171, "51.71", "CONTOH Kantor Disdukcapil Kota Denpasar", "first_card", has_centre=True)
JAYAPURA = Place(9171, "91.71", "CONTOH Kantor Disdukcapil Kota Jayapura", "never_recorded", has_centre=False)


def approve(place: Place, officer: MakeOfficer, number: str) -> None:
    """In the browser; and nobody can undo it any more."""
    verifier = officer("petugas1", place.code)
    verifier.sign_in()
    verifier.take_next()
    expect(verifier.visitor.page.locator("main")).to_contain_text(number)
    verifier.approve()
    later.in_ten_seconds()


def booking_of(product: ProductView) -> Booking:
    with acting_as(system(product.region_id)):
        found = book.find_active(product.application_id, region_id=product.region_id)
    assert found
    return found


def see_invitation(who: Citizen, number: str) -> None:
    """By message."""
    (invitation,) = (letter for letter in who.messages(4) if "Pilih jadwal" in letter["subject"])
    assert number in invitation["subject"] + invitation["text"]


def choose_time(who: Citizen, number: str, place: Place) -> Booking:
    """The soonest, in two presses."""
    who.visitor.open(f"{who.home}status")
    who.visitor.follow("Pilih jadwal", "Choose a time")
    who.visitor.press("Pilih yang ini", "Choose this one")
    who.visitor.press("Ya, pesan jadwal ini", "Yes, book this time")
    expect(who.visitor.page.locator("main")).to_contain_text(number)
    return booking_of(stage.product_of_number(number, place.region))


def counter_of(booking: Booking) -> Counter:
    """The first one that records, at the office where she is booked."""
    with acting_as(system(booking.region_id)):
        here = counters.list_counters(booking.region_id, site_id=booking.site_id)
    return next(counter for counter in here if Service.RECORDING in counter.services)


def look_at_visits(who: Citizen) -> None:
    """She can come, and only looks: nothing is asked for without a reason."""
    who.visitor.open(f"{who.home}kunjungan")
    who.visitor.press("Minta dikunjungi", "Ask for a visit")
    expect(who.visitor.page.locator("[role=alert]")).to_be_visible()


def come(who: Citizen, operator: Officer, booking: Booking, number: str, *, has_telephone: bool) -> None:
    """Ten minutes early, on the day: on the own telephone, or by number at the front desk."""
    later.later(booking.starts_at - timedelta(minutes=10) - clock.now())
    if not has_telephone:
        assert check_in_by_number(operator.visitor, booking.site_id, number) == "A001"
        return
    who.visitor.open(f"{who.home}jadwal")
    who.visitor.follow("Saya sudah di kantor", "I am at the office")
    who.visitor.press("Saya sudah di kantor", "I am at the office")
    assert "A001" in who.visitor.heading()


def called_and_recorded(who: Citizen, operator: Officer, counter: Counter) -> None:
    """Called by one key; her recording is opened from the counter by another."""
    sit_down(operator, counter.id, counter.number)
    page = operator.visitor.page
    operator.visitor.key("n")
    assert number_of(page) == "A001"
    expect(page.locator("main")).to_contain_text(who.person.name)
    operator.visitor.key("r")
    record_opened(operator)
    expect(page.locator("main")).to_contain_text("Diperiksa pusat")
    operator.visitor.open("/petugas/loket/panggil")
    operator.visitor.key("s")


def printed(place: Place, operator: Officer, printer: SandboxProcess, name: str) -> None:
    """On the first of ten blank cards."""
    first = place.region * 10_000 + 1
    deliver(operator, place.office, first, first + 9)
    add_printer(operator)
    print_next(operator, printer)
    find_good(operator, name)
    expect(operator.visitor.page.locator(".figures")).to_contain_text("9")


@pytest.mark.parametrize("place", [DENPASAR, JAYAPURA], ids=["heard_from_the_centre", "typed_by_hand"])
def test_a_first_card_from_the_application_into_the_hand(
    citizen: MakeCitizen, officer: MakeOfficer, card_printer_process: SandboxProcess, place: Place
) -> None:
    ayu = citizen(place.person, javascript=place.has_centre, is_looked_at=False)
    number = ayu.apply(FIRST, AT_SEVENTEEN)  # pages that other journeys look at
    ayu.visitor.is_looked_at = True
    approve(place, officer, number)
    see_invitation(ayu, number)
    look_at_visits(ayu)
    booking = choose_time(ayu, number, place)
    product = stage.product_of_number(number, place.region)

    operator = officer("operator1", place.code)
    operator.sign_in()
    come(ayu, operator, booking, number, has_telephone=place.has_centre)
    called_and_recorded(ayu, operator, counter_of(booking))
    ayu.visitor.open(f"{ayu.home}status")
    expect(ayu.visitor.page.locator("main")).to_contain_text("Anda tidak perlu berbuat apa-apa")

    later.later(timedelta(days=4))
    if not place.has_centre:
        type_status(operator, number, "PRINT_READY_RECORD")
    wait_for(product, step="printing")
    ayu.visitor.open(f"{ayu.home}status")
    expect(ayu.visitor.page.locator("main")).to_contain_text("Pencetakan")
    assert any("lengkap" in letter["subject"] for letter in ayu.messages(6))

    printed(place, operator, card_printer_process, ayu.person.name)
    ayu.visitor.open(f"{ayu.home}status")
    ayu.visitor.follow("Kode QR dan cara mengambil", "QR code and how to collect")
    code = ayu.visitor.page.locator(".big.number").inner_text()
    assert any("siap diambil" in letter["subject"] for letter in ayu.messages(7))
    hand_over(operator, number, code, name=ayu.person.name, identity="kk", old_card="none")
    ayu.see_status("Selesai")
