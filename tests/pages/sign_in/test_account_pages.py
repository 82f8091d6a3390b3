"""One's own account in a browser: masked, changed with two codes, downloaded, looked through."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client

from adminduk.modules.accounts.types import Address
from tests.making import fresh_address
from tests.pages.sign_in.test_sign_in_pages import come_in, text_of
from tests.usecases.letters import run_waiting_jobs
from tests.usecases.sign_in.door import Door


def test_identity_and_address_are_masked(client: Client, door: Door, address: Address) -> None:
    identity = door.somebody("Siti Rekaan")
    come_in(client, door, identity, address)
    page = text_of(client.get("/akun/"))
    assert identity.nik.masked in page
    assert not [value for value in (str(identity.nik), "Siti Rekaan", address.value) if value in page]


def test_two_codes_change_the_address(client: Client, door: Door, address: Address) -> None:
    come_in(client, door, door.somebody(), address)
    new = fresh_address()
    where = client.post("/akun/alamat", {"address": new.value, "key": str(uuid4())})["Location"]
    for holder in (address, new):
        run_waiting_jobs()
        assert client.get(where).status_code == 200
        response = client.post(where, {"code": door.letters.code_for(holder.value), "key": str(uuid4())})
        assert response.status_code == 303
        where = response["Location"]
    assert where == "/akun/?diganti"
    assert new.masked in text_of(client.get(where))


def test_a_wrong_code_stays_on_the_page(client: Client, door: Door, address: Address) -> None:
    come_in(client, door, door.somebody(), address)
    where = client.post("/akun/alamat", {"address": fresh_address().value, "key": str(uuid4())})["Location"]
    response = client.post(where, {"code": "12", "key": str(uuid4())})
    assert response.status_code == 422
    assert "Kode terdiri dari 6 angka" in text_of(response)


@pytest.mark.parametrize("which", ["lama", "baru"])
def test_a_code_that_does_not_wait_begins_again(client: Client, door: Door, address: Address, which: str) -> None:
    come_in(client, door, door.somebody(), address)
    path = f"/akun/alamat/{which}/{uuid4()}"
    for response in (client.get(path), client.post(path, {"code": "123456", "key": str(uuid4())})):
        assert response.status_code == 410
        assert 'name="address"' in response.content.decode()


def test_sign_out_everywhere_ends_the_other_device(client: Client, door: Door, address: Address) -> None:
    identity, other = door.somebody(), Client()
    come_in(client, door, identity, address)
    come_in(other, door, identity, address)
    assert client.post("/akun/keluar-semua", {"key": str(uuid4())}).status_code == 303
    assert other.get("/akun/").status_code == 303


def test_the_download(client: Client, door: Door, address: Address) -> None:
    identity = door.somebody()
    come_in(client, door, identity, address)
    response = client.post("/akun/unduh", {"key": str(uuid4())})
    assert response.streaming
    assert response["Cache-Control"] == "no-store"
    assert str(identity.nik) not in response["Content-Disposition"]
    assert json.loads(response.getvalue())["account"]["identity"]["nik"] == str(identity.nik)


def test_who_looked_at_my_data(client: Client, door: Door, address: Address) -> None:
    come_in(client, door, door.somebody(), address)
    page = text_of(client.get("/akun/siapa-melihat"))
    assert "Mencocokkan data dan meminta kode masuk" in page


def test_a_message_that_did_not_arrive_is_shown(client: Client, door: Door, address: Address) -> None:
    identity = door.somebody()
    come_in(client, door, identity, address)
    door.letters.refused.add(address.value)
    door.knock(identity, address)
    assert "Pesan kami tidak sampai" in text_of(client.get("/akun/"))


@pytest.mark.parametrize("path", ["/akun/", "/akun/siapa-melihat", "/akun/alamat", "/masuk/belum-dicocokkan"])
def test_not_without_signing_in(client: Client, database: None, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"].partition("?")[0]) == (303, "/masuk/")


@pytest.mark.parametrize("path", ["/akun/keluar-semua", "/akun/unduh", "/akun/perpanjang", "/keluar"])
def test_what_changes_something_is_never_done_by_get(client: Client, door: Door, address: Address, path: str) -> None:
    come_in(client, door, door.somebody(), address)
    assert client.get(path).status_code == 405


def test_a_strangers_page_cannot_sign_somebody_out(door: Door) -> None:
    assert Client(enforce_csrf_checks=True).post("/keluar").status_code == 403
