"""Recording in the browser: statuses by hand, a double record, a second recording, a killed centre, a village."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from adminduk.foundation import clock
from adminduk.kernel.moments import long_day, long_moment
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments.types import Booking
from adminduk.usecases import outside
from tests.journeys import people
from tests.journeys.at_office import check_in_by_number, open_recording, record, type_status, wait_for
from tests.journeys.conftest import MakeOfficer, MakeVisitor
from tests.journeys.later import later
from tests.journeys.officer import Officer
from tests.journeys.test_appointment import booking_of, come_in
from tests.making import make_owner
from tests.portal import Portal
from tests.processes import SandboxProcess
from tests.usecases import recording_stage as stage
from tests.usecases.appointing import booked

SEMARANG, JAYAPURA = 3374, 9171


@pytest.fixture(autouse=True)
def _own_objects() -> Iterator[None]:
    outside.forget()
    yield
    outside.forget()


def _plan(portal: Portal, case: Case, *plans: list[list[Any]]) -> None:
    """What becomes of the recordings of a person, one after the other."""
    assert portal.recording is not None
    portal.recording.post("/plan", {"nik": case.subject["nik"], "plans": list(plans)})


def test_typed_and_from_a_list_where_the_centre_has_no_interface(
    portal: Portal, officer: MakeOfficer, recording_process: SandboxProcess
) -> None:
    typed, typed_product = stage.make_approved(region=JAYAPURA)
    listed, listed_product = stage.make_approved(region=JAYAPURA)
    operator = officer("operator1", "91.71")
    operator.sign_in()
    with operator.visitor.walking():
        record(operator, typed.number)
    record(operator, listed.number)
    type_status(operator, typed.number, "PRINT_READY_RECORD")
    assert stage.product_now(typed_product).step_kind == "printing"

    with operator.visitor.walking():
        operator.visitor.open("/petugas/perekaman/daftar-status")
    page = operator.visitor.page
    today = clock.today("Asia/Jayapura")
    lines = f"NIK;STATUS;TANGGAL\n{listed.subject['nik']};PRINT_READY_RECORD;{today:%d-%m-%Y}\n"
    file = {"name": "daftar.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    page.set_input_files("input[type=file]", [file])  # type: ignore[arg-type]
    operator.visitor.press("Baca daftar", "Read the list")
    expect(page.locator("main")).to_contain_text("Status baru: 1")
    assert stage.product_now(listed_product).step_kind == "printing"


def test_a_double_record_reaches_an_officer_and_is_not_printed(portal: Portal, officer: MakeOfficer) -> None:
    case, product = stage.make_approved(region=SEMARANG)
    _plan(portal, case, [[0, "BIO_CAPTURED"], [1, "DUPLICATE_RECORD"]])
    operator = officer("operator1", "33.74")
    operator.sign_in()
    record(operator, case.number)
    wait_for(product, raw="DUPLICATE_RECORD")
    verifier = officer("petugas1", "33.74")
    verifier.sign_in()
    with verifier.visitor.walking():
        verifier.visitor.open("/petugas/perekaman/perhatian")
        verifier.visitor.follow(case.number, case.number)
    page = verifier.visitor.page
    expect(page.locator("main")).to_contain_text("Cari NIK yang lain")
    verifier.visitor.press("Simpan", "Save")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.fill("textarea[name=kata]", "Tiket 12 ke pusat.")
    verifier.visitor.press("Simpan", "Save")
    assert stage.product_now(product).step_kind == "recording"
    assert stage.recording_now(product).attention == "duplicate"


def _comes_and_is_recorded(operator: Officer, case: Case, booking: Booking) -> None:
    """On the day of the appointment, ten minutes early."""
    later(booking.starts_at - timedelta(minutes=10) - clock.now())
    check_in_by_number(operator.visitor, booking.site_id, case.number)
    record(operator, case.number)


def test_a_failed_recording_leads_to_a_second_appointment(
    portal: Portal, visitor: MakeVisitor, officer: MakeOfficer
) -> None:
    owner = make_owner(SEMARANG)
    case, product = stage.make_approved(owner)
    failing, ready = [[0, "BIO_CAPTURED"], [1, "ENROLL_FAILURE_AT_CENTRAL"]], [[0, "PRINT_READY_RECORD"]]
    _plan(portal, case, failing, ready)
    operator = officer("operator2", "33.74")
    operator.sign_in()
    _, first = booked(case)
    _comes_and_is_recorded(operator, case, first)
    wait_for(product, raw="ENROLL_FAILURE_AT_CENTRAL")
    expect(open_recording(operator, case.number).locator("main")).to_contain_text("Perlu direkam ulang")

    second = booking_of(case)  # given at once: he need not choose
    assert second.id != first.id and second.starts_at > clock.now()
    time = long_moment(second.starts_at, "Asia/Jakarta")
    told = {letter["subject"] for letter in people.mails(portal, owner.address.value, count=5)}
    assert {f"Perekaman {case.number} perlu diulang", f"Jadwal Anda: {time}"} <= told
    sari = visitor(javascript=False)
    come_in(sari, owner)
    sari.open(f"/permohonan/{case.id}/jadwal")
    expect(sari.page.locator("main")).to_contain_text(long_day(second.day))

    _comes_and_is_recorded(operator, case, second)
    wait_for(product, step="printing")
    assert stage.heard_of(product).count("BIO_CAPTURED") == 2
    sari.open(f"/permohonan/{case.id}/status")
    expect(sari.page.locator("main")).to_contain_text("Pencetakan")


def test_a_centre_that_is_killed_loses_nothing(portal: Portal, officer: MakeOfficer) -> None:
    case, product = stage.make_approved(region=SEMARANG)
    _plan(portal, case, [[0, "BIO_CAPTURED"], [1, "PRINT_READY_RECORD"]])
    operator = officer("operator1", "33.74")
    operator.sign_in()
    assert portal.recording is not None
    portal.recording.stop()
    record(operator, case.number)
    portal.recording.start()
    _plan(portal, case, [[0, "BIO_CAPTURED"], [1, "PRINT_READY_RECORD"]])
    wait_for(product, step="printing")
    known = portal.recording.get("/recordings?region=33.74")
    assert [one["nik"] for one in known].count(case.subject["nik"]) == 1


def test_five_people_of_a_village_are_visited(portal: Portal, officer: MakeOfficer) -> None:
    people = [
        stage.make_approved(region=JAYAPURA, village_name="KOYA TIMUR", district_name="MUARA TAMI", address=f"NO. {n}")
        for n in range(1, 6)
    ]
    operator = officer("operator2", "91.71")
    operator.sign_in()
    with operator.visitor.walking():
        operator.visitor.open("/petugas/kunjungan")
    page = operator.visitor.page
    page.get_by_text("Buat perjalanan").first.click()
    day = clock.now().date() + timedelta(days=2)
    for part, text in zip(("hari", "bulan", "tahun"), (day.day, day.month, day.year), strict=True):
        page.fill(f"input[name=hari-{part}]", str(text))
    page.fill("input[name=berangkat]", "08.00")
    page.fill("input[name=tujuan]", "Koya Timur dan sekitarnya")
    page.fill("input[name=tim]", "Contoh Operator, mobil perekaman")
    operator.visitor.press("Buat perjalanan", "Make the trip")
    page.fill("textarea[name=nomor]", "\n".join(case.number for case, _ in people))
    with operator.visitor.walking():
        operator.visitor.press("Tambahkan ke rute", "Add to the route")
    expect(page.locator("main")).to_contain_text("5. Contoh Rekaan")
    trip = operator.visitor.path
    operator.visitor.follow("Cetak berkas perjalanan", "Print the trip's pack")
    expect(page.locator(".pack > li")).to_have_count(5)
    operator.visitor.open(trip)
    for choice, result in zip(page.locator("select").all(), ("recorded",) * 4 + ("absent",), strict=True):
        choice.select_option(result)
    operator.visitor.press("Simpan hasil", "Save the results")
    states = sorted(stage.recording_now(product).state for _, product in people)
    assert states == ["at_centre"] * 4 + ["wanted"]
