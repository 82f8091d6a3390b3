"""The pages of an appointment without JavaScript: soonest in one tap, a month, a day, confirm, calendar, cancel."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adminduk.foundation import clock
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments.actions import HOLD
from adminduk.usecases import appoint_setup
from adminduk.usecases.appoint_setup import Shut
from tests.making import Owner, fresh_identity, make_owner
from tests.pages.application.test_weight import FIRST_RENDER, MOST_QUERIES, bytes_of
from tests.pages.application.walking import press, signed_in, text_of
from tests.usecases.appointing import active, booked, hold, make_invited, move_clock_to, semarang, soonest
from tests.usecases.reviewing import STRICT, staff

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def owner() -> Owner:
    semarang()
    return make_owner(STRICT)


@pytest.fixture
def case(owner: Owner) -> Case:
    return make_invited(owner)


@pytest.fixture
def client(owner: Owner) -> Client:
    return signed_in(owner)


def home(case: Case) -> str:
    return f"/permohonan/{case.id}/jadwal"


def form_in(page: str, path: str) -> dict[str, list[str]]:
    """The hidden fields of the first form that goes to `path`."""
    form = re.search(rf'<form method="post" action="{re.escape(path)}".*?</form>', page, re.DOTALL)
    assert form, f"no form goes to {path}"
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form.group()):
        fields.setdefault(name, []).append(value)
    return fields


def tap(client: Client, page: str, case: Case) -> str:
    """Press the first button that holds a time, and see where it leads."""
    fields = form_in(page, f"{home(case)}/tahan")
    response = client.post(f"{home(case)}/tahan", fields)
    assert response.status_code == 303
    return response["Location"]


def test_the_soonest_time_is_one_tap_and_one_confirmation(client: Client, case: Case) -> None:
    page = client.get(home(case)).content.decode()
    confirm = tap(client, page, case)
    assert "Ditahan untuk Anda sampai" in text_of(client.get(confirm))
    assert press(client, confirm, perlu=["wheelchair"])["Location"] == home(case)
    booking = active(case)
    assert booking and {need.value for need in booking.needs} == {"wheelchair"}
    shown = text_of(client.get(home(case)))
    assert case.number in shown and "GRATIS" in shown and "CONTOH pusat" in shown


def test_a_day_of_the_month_leads_to_its_times(client: Client, case: Case) -> None:
    page = client.get(home(case)).content.decode()
    days = re.findall(r'href="(/permohonan/[^"]+/jadwal/hari/[^"]+)"', page)
    assert days
    times = client.get(days[-1].replace("&amp;", "&")).content.decode()
    assert "4 tempat" in times
    tap(client, times, case)
    assert active(case) is None


def test_while_a_time_is_held_the_page_leads_to_its_confirmation(client: Client, case: Case) -> None:
    hold(case, soonest(case))
    assert client.get(home(case))["Location"] == f"{home(case)}/pastikan"
    press(client, f"{home(case)}/lepas")
    assert "Paling cepat" in text_of(client.get(home(case)))


def test_too_late_is_told_in_words_with_a_new_choice(client: Client, case: Case) -> None:
    hold(case, soonest(case))
    clock.move_forward(HOLD)
    late = press(client, f"{home(case)}/pastikan")
    assert late.status_code == 409
    assert "Sepuluh menit sudah lewat" in text_of(late) and "Paling cepat" in text_of(late)


def test_a_time_that_somebody_else_took_is_told_in_words(client: Client, case: Case) -> None:
    page = client.get(home(case)).content.decode()
    fields = form_in(page, f"{home(case)}/tahan")
    for _ in range(4):
        other = make_invited()
        hold(other, soonest(other))
    late = client.post(f"{home(case)}/tahan", fields)
    assert late.status_code == 409
    left = text_of(late)
    assert "baru saja diambil orang lain" in left and "Hari lain" in left
    confirm = tap(client, late.content.decode(), case)
    assert press(client, confirm).status_code == 303 and active(case) is not None


def test_a_family_chooses_once(client: Client, owner: Owner, case: Case) -> None:
    other = make_invited(Owner(owner.actor, fresh_identity("Contoh Saudara"), owner.address))
    page = client.get(home(case)).content.decode()
    assert "Contoh Saudara" in page
    together = client.get(home(case), {"bersama": str(other.id)}).content.decode()
    confirm = tap(client, together, case)
    assert "Contoh Saudara" in text_of(client.get(confirm))
    press(client, confirm)
    times = {booking.starts_at for one in (case, other) if (booking := active(one))}
    assert len(times) == 1


def test_on_the_day_one_says_by_oneself_that_one_has_come(client: Client, case: Case) -> None:
    _, booking = booked(case)
    is_today = booking.day == clock.today("Asia/Jakarta")
    assert ("Saya sudah di kantor" in text_of(client.get(home(case)))) is is_today
    move_clock_to(booking.starts_at - timedelta(minutes=10))
    page = client.get(home(case)).content.decode()
    link = re.search(r'href="(/antrean/33\.74/datang/[^"]+)">Saya sudah di kantor', page)
    assert link, page
    client.post(link.group(1))
    assert f'href="{link.group(1)}">Lihat giliran saya' in client.get(home(case)).content.decode()


def test_it_is_changed_and_cancelled_by_post(client: Client, case: Case) -> None:
    hold(case, soonest(case))
    press(client, f"{home(case)}/pastikan")
    change = client.get(f"{home(case)}?ubah").content.decode()
    assert "tetap berlaku" in change
    assert client.get(f"{home(case)}/batal").status_code == 200
    assert active(case) is not None
    press(client, f"{home(case)}/batal")
    assert active(case) is None


def test_the_calendar_file_names_number_and_place_and_no_person(client: Client, owner: Owner, case: Case) -> None:
    assert client.get(f"{home(case)}/kalender.ics").status_code == 404
    hold(case, soonest(case))
    press(client, f"{home(case)}/pastikan")
    answer = client.get(f"{home(case)}/kalender.ics")
    written = answer.content.decode().replace("\r\n ", "")
    booking = active(case)
    assert booking and answer["Content-Type"].startswith("text/calendar")
    assert f"DTSTART:{booking.starts_at:%Y%m%dT%H%M%SZ}" in written
    assert f"Perekaman KTP-el {case.number}" in written and "LOCATION:CONTOH pusat\\, CONTOH" in written
    assert owner.identity.name not in written
    assert all(len(line.encode()) <= 75 for line in answer.content.decode().split("\r\n"))


def test_pages_are_light_and_ask_the_database_little(client: Client, case: Case) -> None:
    day = soonest(case)
    paths = [home(case), f"{home(case)}/hari/{day.slot.day}?tempat={day.slot.site_id}"]
    for path in paths:
        client.get(path)
        client.cookies.pop("gaya", None)
        assert bytes_of(client, path) < FIRST_RENDER
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert len(asked) <= MOST_QUERIES + 10


@pytest.mark.parametrize("tail", ["/hari/kemarin", "/hari/2026-13-01", "?tempat=x&bulan=y&bersama=z"])
def test_addresses_that_somebody_has_typed_break_nothing(client: Client, case: Case, tail: str) -> None:
    assert client.get(home(case) + tail).status_code in (200, 302)


def test_a_closed_day_says_why(client: Client, case: Case) -> None:
    slot = soonest(case).slot
    shut = Shut(slot.day, "", "Listrik padam")
    appoint_setup.close_site(staff(role="admin"), slot.site_id, shut=shut, key=str(uuid4()), at=clock.now())
    page = client.get(f"{home(case)}/hari/{slot.day}", {"tempat": str(slot.site_id)})
    assert "Listrik padam" in text_of(page)
