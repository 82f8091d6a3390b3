"""The door as a browser sees it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adminduk.modules.accounts.types import Address, Identity
from tests.database import superuser_connection
from tests.making import fresh_identity
from tests.usecases.letters import run_waiting_jobs
from tests.usecases.sign_in.door import Door

SIGN_IN = "/masuk/?daerah=33.74"


def form_of(identity: Identity, address: Address, **changes: str) -> dict[str, str]:
    born = identity.birth_date
    return {
        "daerah": "33.74",
        "nik": identity.nik.grouped,
        "no_kk": str(identity.no_kk),
        "name": identity.name,
        "birth_date-hari": str(born.day),
        "birth_date-bulan": str(born.month),
        "birth_date-tahun": str(born.year),
        "address": address.value,
        "key": str(uuid4()),
        **changes,
    }


def text_of(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def come_in(client: Client, door: Door, identity: Identity, address: Address, **changes: str) -> HttpResponseBase:
    """The whole way in a browser; the answer to the code."""
    response = client.post("/masuk/", form_of(identity, address, **changes))
    assert response.status_code == 303
    run_waiting_jobs()
    code = door.letters.code_for(address.value)
    return client.post(response["Location"], {"code": code, "key": str(uuid4())})


def test_in_and_out(client: Client, door: Door, address: Address) -> None:
    response = come_in(client, door, door.somebody(), address)
    assert (response.status_code, response["Location"]) == (303, "/permohonan/")
    assert client.get("/akun/").status_code == 200
    assert client.post("/keluar")["Location"] == "/"
    assert client.get("/akun/").status_code == 303


def test_the_session_gets_a_new_key(client: Client, door: Door, address: Address) -> None:
    identity = door.somebody()
    client.post("/masuk/", form_of(identity, address, next="/akun/"))
    before = client.cookies["sesi"].value
    come_in(client, door, identity, address)
    assert client.cookies["sesi"].value != before


def test_the_code_of_somebody_new_asks_seldom(client: Client, door: Door, address: Address) -> None:
    """Django's book counts BEGIN, SAVEPOINT and what goes in one round trip with others."""
    response = client.post("/masuk/", form_of(door.somebody(), address, next="/akun/"))
    run_waiting_jobs()
    with CaptureQueriesContext(connection) as asked:
        come = client.post(response["Location"], {"code": door.letters.code_for(address.value), "key": str(uuid4())})
    assert come.status_code == 303
    assert len(asked) <= 15


def test_nothing_of_the_session_lies_in_clear(client: Client, door: Door, address: Address) -> None:
    identity = door.somebody("Nama Yang Dicari")
    come_in(client, door, identity, address, next="/akun/")
    wanted = [str(identity.nik), str(identity.no_kk), "Nama Yang Dicari", address.value]
    with superuser_connection() as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        ).fetchall()
        for (table,) in tables:
            rows = str(connection.execute(f'SELECT t::text FROM "{table}" t').fetchall())
            assert [text for text in wanted if text in rows or text.encode().hex() in rows] == [], table


def test_all_mistakes_at_once_and_nothing_typed_is_lost(client: Client, door: Door, address: Address) -> None:
    response = client.post("/masuk/", form_of(fresh_identity("Siti"), address, nik="123") | {"address": "siti"})
    page = text_of(response)
    assert response.status_code == 422
    assert "<title>Galat:" in page
    assert 'href="#nik"' in page and 'href="#address"' in page
    assert 'value="Siti"' in page and 'value="siti"' in page


def test_unknown_and_different_data_get_one_page(door: Door, address: Address) -> None:
    identity = door.somebody()
    key = str(uuid4())
    answers = {"name": "Sama Rekaan", "key": key}

    def page(who: Identity) -> tuple[int, str]:
        response = Client().post("/masuk/", form_of(who, address, **answers))
        typed = {who.nik.grouped, str(who.no_kk)}
        text = text_of(response)
        for value in typed:
            text = text.replace(value, "…")
        return response.status_code, re.sub(r'value="[A-Za-z0-9]{64}"|value="[0-9 ]{16,19}"', "", text)

    different, unknown = page(identity), page(fresh_identity())
    assert different == unknown
    assert different[0] == 422


@pytest.mark.parametrize("wanted", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)", "akun/"])
def test_nobody_is_led_elsewhere(client: Client, door: Door, address: Address, wanted: str) -> None:
    assert come_in(client, door, door.somebody(), address, next=wanted)["Location"] == "/permohonan/"


def test_where_somebody_was_stopped_he_goes_on(client: Client, door: Door, address: Address) -> None:
    assert come_in(client, door, door.somebody(), address, next="/akun/")["Location"] == "/akun/"


LOST = {"pernah_punya": "pernah", "data_berubah": "tidak", "surat_polisi": "sudah", "kk_di_sini": "di_sini"}


def test_what_was_chosen_before_has_begun_after_the_code(client: Client, door: Door, address: Address) -> None:
    client.post("/d/33.74/ktp_el_hilang/mulai", LOST)
    where = come_in(client, door, door.somebody(), address)["Location"]
    assert where.startswith("/permohonan/") and where.endswith("/isi/data_diri")
    assert client.get(where).status_code == 200
    assert client.get("/permohonan/mulai")["Location"] == "/permohonan/"  # begun once


def test_for_the_family_it_is_asked_for_whom_after_the_code(client: Client, door: Door, address: Address) -> None:
    client.post("/d/33.74/ktp_el_hilang/mulai", {**LOST, "untuk": "keluarga"})
    assert come_in(client, door, door.somebody(), address)["Location"] == "/permohonan/mulai?untuk=keluarga"
    assert "Belum ada permohonan" in text_of(client.get("/permohonan/"))


def test_what_the_law_does_not_give_is_refused_on_a_page_of_its_own(
    client: Client, door: Door, address: Address
) -> None:
    first_card = {"usia": "usia_17_lebih", "punya_kartu": "belum", "pernah_direkam": "belum", "kk_di_sini": "di_sini"}
    client.post("/d/33.74/ktp_el_baru/mulai", first_card)
    where = come_in(client, door, door.somebody(), address)["Location"]
    assert where == "/permohonan/mulai"
    assert client.post(where, {"key": str(uuid4())}).status_code == 422


def test_not_matched_is_explained(client: Client, door: Door, address: Address) -> None:
    door.register.is_down = True
    response = come_in(client, door, fresh_identity(), address)
    assert response["Location"] == "/masuk/belum-dicocokkan"
    assert "belum dicocokkan" in text_of(client.get(response["Location"]))


def test_the_code_page_is_the_same_with_and_without_an_account(door: Door, address: Address) -> None:
    """Register down: a page that says "not compared" here would tell that there is no account."""
    known = door.somebody()
    door.come_in(known, address)
    door.register.is_down = True

    def page(who: Identity) -> str:
        browser = Client()
        response = browser.post("/masuk/", form_of(who, address))
        text = text_of(browser.get(response["Location"]))
        text = text.replace(response["Location"].rpartition("/")[2], "…")
        return re.sub(r'value="[^"]*"|[0-9]{2}\.[0-9]{2} WIB', "", text)

    assert page(known) == page(fresh_identity())


def test_a_wrong_code_says_how_many_tries_are_left(client: Client, door: Door, address: Address) -> None:
    where = client.post("/masuk/", form_of(door.somebody(), address))["Location"]
    run_waiting_jobs()
    wrong = f"{(int(door.letters.code_for(address.value)) + 1) % 1_000_000:06d}"
    response = client.post(where, {"code": wrong, "key": str(uuid4())})
    assert response.status_code == 422
    assert "Sisa percobaan: 4" in text_of(response)


def test_a_code_that_has_ended_leads_to_the_beginning(client: Client, door: Door) -> None:
    response = client.get(f"/masuk/kode/{uuid4()}")
    assert response.status_code == 410
    assert 'href="/masuk/"' in text_of(response)


def test_too_often_says_when_again(client: Client, door: Door, address: Address) -> None:
    identity = fresh_identity()
    responses = [client.post("/masuk/", form_of(identity, address)) for _ in range(7)]
    assert responses[-1].status_code == 429
    assert int(responses[-1]["Retry-After"]) > 0


def test_without_a_region_one_is_chosen(client: Client, door: Door) -> None:
    page = text_of(client.get("/masuk/?next=/akun/"))
    assert "/masuk/?daerah=33.74&amp;next=%2Fakun%2F" in page or "/masuk/?daerah=33.74&amp;next=/akun/" in page


def test_english(client: Client, door: Door) -> None:
    page = text_of(client.get(SIGN_IN, headers={"accept-language": "en"}))
    assert "Sign in with your Kartu Keluarga" in page


def test_the_page_is_light(client: Client, door: Door) -> None:
    response = client.get(SIGN_IN, headers={"accept-encoding": "br"})
    assert len(response.content) + len(str(response.headers)) < 10_000
