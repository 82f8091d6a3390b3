"""The hall in browsers: counter, front desk, ticket, screen; what is pressed twice, and what nobody is shown."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.appointments.types import Need
from adminduk.modules.counters import queries
from adminduk.modules.counters.states import State
from adminduk.modules.counters.types import Service
from adminduk.usecases.queue_at_counter import day_in
from tests.pages.officer.clients import browser_of, send
from tests.usecases import recording_stage
from tests.usecases.halls import SYSTEM, Hall, check_in_path, ticket_now
from tests.usecases.reviewing import STRICT, staff

pytestmark = pytest.mark.usefixtures("database")
DOOR, DESK = "/petugas/loket/depan", "/petugas/loket/panggil"


@pytest.fixture
def hall() -> Hall:
    made = Hall()
    made.counter(1, Service.RECORDING, Service.COLLECTION)
    return made


@pytest.fixture
def browser(hall: Hall) -> Client:
    """An operator who sits at counter 1."""
    client = browser_of(staff(STRICT, "operator"))
    with acting_as(SYSTEM):
        (counter,) = queries.list_counters(STRICT, site_id=hall.site)
    assert send(client, f"/petugas/loket/pilih/{counter.id}").status_code == 303
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def give_number(client: Client, hall: Hall, *, key: str = "") -> UUID:
    fields = {"key": key or str(uuid4()), "layanan": "recording"}
    answer = client.post(f"{DOOR}/{hall.site}/nomor", fields)
    assert answer.status_code == 303
    return UUID(answer["Location"].rpartition("/")[2])


def at_counter(hall: Hall) -> str:
    """The number that stands at counter 1, or nothing."""
    with acting_as(SYSTEM):
        (counter,) = queries.list_counters(STRICT, site_id=hall.site)
        day = day_in(STRICT, at=clock.now())
        standing = queries.find_at_counter(STRICT, counter_id=counter.id, day=day)
    return standing.label if standing else ""


def test_a_number_pressed_twice_is_one_number(browser: Client, hall: Hall) -> None:
    key = str(uuid4())
    ticket = give_number(browser, hall, key=key)
    assert give_number(browser, hall, key=key) == ticket
    page = text(browser, f"/petugas/loket/nomor/{ticket}")
    assert "A001" in page and "GRATIS" in page and "<svg" in page


def test_next_pressed_twice_calls_one_person(browser: Client, hall: Hall) -> None:
    first = give_number(browser, hall)
    give_number(browser, hall), give_number(browser, hall)
    send(browser, f"{DESK}/berikutnya")
    again = {"key": str(uuid4()), "selesai": str(first)}
    for _ in range(2):
        browser.post(f"{DESK}/berikutnya", again)
    assert at_counter(hall) == "A002"
    assert "A002" in text(browser, DESK)


def test_sent_on_to_another_service(browser: Client, hall: Hall) -> None:
    ticket = give_number(browser, hall)
    send(browser, f"{DESK}/berikutnya")
    assert "Buka penyerahan kartu" not in text(browser, DESK)
    send(browser, f"{DESK}/{ticket}", tindakan="pindah", tujuan="collection")
    assert (ticket_now(ticket).state, ticket_now(ticket).service) == (State.WAITING, Service.COLLECTION)
    send(browser, f"{DESK}/berikutnya")
    assert 'href="/petugas/penyerahan"' in text(browser, DESK).partition('id="nomor"')[2]
    refused = send(browser, f"{DESK}/{ticket}", tindakan="pindah", tujuan="other")
    assert refused.status_code == 409 and "Tidak ada loket yang melayani itu" in refused.content.decode()


def test_what_is_wrong_is_told_on_the_page(browser: Client, hall: Hall) -> None:
    ticket = give_number(browser, hall)
    send(browser, f"{DESK}/berikutnya")
    for fields, words in (
        ({"tindakan": "tidak_datang"}, "Panggil sekali lagi dulu"),
        ({"tindakan": "pindah", "tujuan": "x:y"}, "Tidak ada loket yang melayani itu"),
    ):
        assert words in send(browser, f"{DESK}/{ticket}", **fields).content.decode()
    assert "Masih ada orang di loket Anda" in send(browser, "/petugas/loket/tinggalkan").content.decode()
    send(browser, f"{DESK}/{ticket}", tindakan="selesai")
    assert "sudah tidak di loket Anda" in send(browser, f"{DESK}/{ticket}", tindakan="selesai").content.decode()
    wrong = send(browser, f"{DOOR}/{hall.site}/datang", nomor="bukan nomor")
    assert wrong.status_code == 422 and 'value="bukan nomor"' in wrong.content.decode()


def test_the_hall_shows_numbers_and_no_name(browser: Client, hall: Hall) -> None:
    booking, case = hall.book_at(clock.now().replace(second=0, microsecond=0))
    visitor = Client()
    path = check_in_path(booking)
    assert "Saya sudah di kantor" in text(visitor, path)
    place = visitor.post(path)["Location"]
    assert visitor.post(path)["Location"] == place
    send(browser, f"{DESK}/berikutnya")
    name = case.subject["name"]
    assert name in text(browser, DESK)
    area = f"/antrean/33.74/{hall.site}"
    for public in (place, area, f"{area}/layar", "/antrean/33.74/", path):
        page = text(visitor, public)
        assert name not in page and case.number not in page and str(case.id) not in page
    assert 'data-spoken="Nomor antrean A, 0, 0, 1. Silakan ke loket 1."' in text(visitor, f"{area}/layar")
    assert "Nomor Anda dipanggil" in text(visitor, place)


@pytest.mark.parametrize(
    "path",
    [
        "/antrean/32.01/",
        "/antrean/33.74/0190b5a0-0000-7000-8000-000000000000",
        "/antrean/33.74/0190b5a0-0000-7000-8000-000000000000/layar",
        "/antrean/33.74/datang/0190b5a0-0000-7000-8000-000000000000",
        "/antrean/nomor/0190b5a0-0000-7000-8000-000000000000",
    ],
)
def test_what_is_not_there(path: str) -> None:
    text(Client(), path, 404)


def test_a_site_of_another_region_is_not_there(hall: Hall) -> None:
    text(Client(), f"/antrean/51.71/{hall.site}", 404)


def test_counters_are_added_and_changed_on_a_page(hall: Hall) -> None:
    admin = browser_of(staff(STRICT, "admin"))
    add = f"/petugas/loket/atur/tambah/{hall.site}"
    assert send(admin, add, nomor="7", layanan=["other"]).status_code == 303
    again = send(admin, add, nomor="7", layanan=["other"])
    assert again.status_code == 422 and "sudah punya loket" in again.content.decode()
    with acting_as(SYSTEM):
        added = queries.list_counters(STRICT, site_id=hall.site)[-1]
    nothing = send(admin, f"/petugas/loket/atur/{added.id}", tindakan="layanan")
    assert nothing.status_code == 422 and "Pilih sedikitnya satu layanan" in nothing.content.decode()
    for act, is_active in (("tutup", False), ("pakai", True)):
        assert send(admin, f"/petugas/loket/atur/{added.id}", tindakan=act).status_code == 303
        with acting_as(SYSTEM):
            assert queries.get_counter(added.id, region_id=STRICT).is_active is is_active


def test_from_the_counter_to_the_recording(browser: Client, hall: Hall) -> None:
    case, product = recording_stage.make_approved()
    booking, _ = hall.book_at(clock.now().replace(second=0, microsecond=0), case)
    Client().post(check_in_path(booking))
    send(browser, f"{DESK}/berikutnya")
    way = f"/petugas/perekaman/orang/{product.id}"
    assert f'href="{way}"' in text(browser, DESK)
    text(browser, way)


def test_what_the_person_needs_stands_at_the_counter_alone(browser: Client, hall: Hall) -> None:
    booking, _ = hall.book_at(clock.now().replace(second=0, microsecond=0), None, Need.WHEELCHAIR, Need.COMPANION)
    Client().post(check_in_path(booking))
    give_number(browser, hall)
    send(browser, f"{DESK}/berikutnya")
    assert "<dt>Perlu</dt><dd><b>pendamping, kursi roda</b>" in text(browser, DESK)
    for public in (f"/antrean/33.74/{hall.site}", f"/antrean/33.74/{hall.site}/layar", check_in_path(booking)):
        assert "kursi roda" not in text(Client(), public)
    send(browser, f"{DESK}/berikutnya", selesai=str(ticket_at(hall)))
    assert at_counter(hall) == "A002" and "<dt>Perlu</dt>" not in text(browser, DESK)


def ticket_at(hall: Hall) -> UUID:
    with acting_as(SYSTEM):
        (counter,) = queries.list_counters(STRICT, site_id=hall.site)
        standing = queries.find_at_counter(STRICT, counter_id=counter.id, day=day_in(STRICT, at=clock.now()))
    assert standing is not None
    return standing.id
