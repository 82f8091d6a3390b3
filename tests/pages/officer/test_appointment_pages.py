"""The office's pages of appointments: the day's list without names, capacity, breaks, closures that move people."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments.states import State
from adminduk.modules.appointments.types import Need
from adminduk.readmodels import appointment_days
from tests.making import system
from tests.pages.application.walking import text_of
from tests.pages.officer.clients import browser_of
from tests.usecases.appointing import confirm, hold, make_invited, semarang, soonest
from tests.usecases.halls import Hall, booking_now
from tests.usecases.reviewing import STRICT, staff

pytestmark = pytest.mark.usefixtures("database")


def test_the_day_shows_times_numbers_and_needs_and_no_name() -> None:
    main, _ = semarang()
    case = make_invited()
    free = soonest(case)
    hold(case, free)
    confirm(case, Need.SIGN_LANGUAGE)
    page = browser_of(staff(role="operator")).get(
        "/petugas/janji", {"tempat": str(main.id), "hari": str(free.slot.day)}
    )
    shown = text_of(page)
    assert case.number in shown and "bahasa isyarat" in shown and f"{free.slot.starts:%H.%M}" in shown
    assert case.subject["name"] not in shown


def test_a_week_is_set_and_shown_again_as_it_was_typed() -> None:
    main, _ = semarang()
    browser = browser_of(staff(role="admin"))
    sent = {"key": str(uuid4()), "kind": "recording", "recording-minutes": "20", "recording-senin": "08:00-09:00 x3"}
    assert browser.post(f"/petugas/kantor/tempat/{main.id}/kapasitas", sent).status_code == 303
    page = browser.get(f"/petugas/kantor/tempat/{main.id}").content.decode()
    assert 'value="08:00-09:00 x3"' in page and 'value="20"' in page
    wrong = browser.post(f"/petugas/kantor/tempat/{main.id}/kapasitas", sent | {"recording-senin": "pagi"})
    assert wrong.status_code == 422
    assert 'value="pagi"' in wrong.content.decode()


def test_breaks_are_set() -> None:
    main, _ = semarang()
    admin = staff(role="admin")
    browser = browser_of(admin)
    sent = {"key": str(uuid4()), "break-jumat": "11.30-13.00"}
    assert browser.post(f"/petugas/kantor/tempat/{main.id}/istirahat", sent).status_code == 303
    assert 'value="11:30-13:00"' in browser.get(f"/petugas/kantor/tempat/{main.id}").content.decode()


def _typed(day: date) -> dict[str, str]:
    return {"day-hari": str(day.day), "day-bulan": str(day.month), "day-tahun": str(day.year)}


def test_a_closure_needs_a_day_and_a_reason_and_can_be_taken_back() -> None:
    main, _ = semarang()
    admin = staff(role="admin")
    browser, path = browser_of(admin), f"/petugas/kantor/tempat/{main.id}"
    today = clock.today("Asia/Jakarta")
    day, over = _typed(today + timedelta(days=3)), _typed(today - timedelta(days=1))
    past = browser.post(f"{path}/tutup", {"key": str(uuid4()), **over, "reason": "banjir"})
    assert (past.status_code, "Hari itu sudah lewat" in text_of(past)) == (422, True)
    assert browser.post(f"{path}/tutup", {"key": str(uuid4()), "reason": "banjir"}).status_code == 422
    assert browser.post(f"{path}/tutup", {"key": str(uuid4()), **day}).status_code == 422
    assert browser.post(f"{path}/tutup", {"key": str(uuid4()), **day, "reason": "banjir"}).status_code == 303
    (closure,) = appointment_days.settings_of(admin, main.id, today=today).closures
    assert closure.reason == "banjir"
    assert browser.post(f"{path}/buka", {"key": str(uuid4()), "closure": str(closure.id)}).status_code == 303
    assert "banjir" not in browser.get(path).content.decode()


def test_the_place_tells_how_many_did_not_come() -> None:
    """Of the last thirty days; what is still to come is in no figure."""
    hall, now = Hall(), clock.now().replace(second=0, microsecond=0)
    for days, came in ((1, False), (2, False), (3, True), (45, False)):
        booking, _ = hall.book_at(now - timedelta(days=days))
        with acting_as(system(STRICT)):
            for state in (State.ARRIVED, State.DONE) if came else (State.MISSED,):
                appointments.move_to(booking_now(booking), state, at=now)
    hall.book_at(now + timedelta(days=1))
    shown = text_of(browser_of(staff(role="head")).get(f"/petugas/kantor/tempat/{hall.site}"))
    figures = shown.partition("30 hari terakhir")[2].split()
    assert figures[:5] == ["1", "datang", "2", "tidak", "datang"]


def test_places_of_another_region_are_not_there() -> None:
    main, _ = semarang()
    stranger = browser_of(staff(5171, "admin"))
    assert stranger.get(f"/petugas/kantor/tempat/{main.id}").status_code == 404
    assert main.region_id == STRICT


def test_nobody_sets_up_appointments_that_cannot_be_booked() -> None:
    main, _ = semarang()
    browser, path = browser_of(staff(role="admin")), f"/petugas/kantor/tempat/{main.id}"
    assert "Pengambilan kartu" not in text_of(browser.get(path))
    sent = {"key": str(uuid4()), "kind": "collection", "collection-minutes": "20", "collection-senin": "08:00-09:00 x3"}
    assert browser.post(f"{path}/kapasitas", sent).status_code == 409
