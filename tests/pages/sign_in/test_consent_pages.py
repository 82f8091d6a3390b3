"""The member's own word in a browser: on the applicant's screen, with the member's code."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client

from adminduk.modules.accounts.types import Address
from adminduk.usecases import own_data
from tests.making import fresh_address
from tests.pages.sign_in.test_sign_in_pages import come_in, text_of
from tests.usecases.letters import run_waiting_jobs
from tests.usecases.sign_in.door import Door
from tests.usecases.sign_in.homes import Home, citizen, draft_for, make_home


@pytest.fixture
def home(door: Door, address: Address) -> Home:
    return make_home(door, address)


@pytest.fixture
def case_id(home: Home) -> UUID:
    return draft_for(home.wife, home)


@pytest.fixture
def applicant(client: Client, door: Door, home: Home, address: Address) -> Client:
    """A browser in which the applicant has signed in."""
    come_in(client, door, home.owner, address)
    return client


def test_the_member_agrees(applicant: Client, door: Door, case_id: UUID) -> None:
    hers, page = fresh_address(), f"/permohonan/{case_id}/persetujuan"
    first = text_of(applicant.get(page))
    assert "S••• R•••••" in first
    assert "Siti Rekaan" not in first
    where = applicant.post(page, {"address": hers.value, "key": str(uuid4())})["Location"]
    run_waiting_jobs()
    form = {"key": str(uuid4())}
    again = applicant.post(f"{where}/lagi", form)["Location"]
    assert applicant.post(f"{where}/lagi", form)["Location"] == again  # pressed twice
    run_waiting_jobs()
    assert "Kode baru sudah dikirim" in text_of(applicant.get(again))
    code = door.letters.code_for(hers.value)
    response = applicant.post(again.partition("?")[0], {"code": code, "key": str(uuid4())})
    assert (response.status_code, response["Location"]) == (303, f"/permohonan/{case_id}/")
    assert applicant.get(page).status_code == 404


def test_mistakes_stay_on_the_page(applicant: Client, address: Address, case_id: UUID) -> None:
    page = f"/permohonan/{case_id}/persetujuan"
    for typed, words in (("siti", "Tulis alamat e-mail"), (address.value, "bukan alamat Anda")):
        response = applicant.post(page, {"address": typed, "key": str(uuid4())})
        assert response.status_code == 422
        assert words in text_of(response)
        assert f'value="{typed}"' in text_of(response)


def test_a_code_that_has_ended_leads_back(applicant: Client, case_id: UUID) -> None:
    response = applicant.get(f"/permohonan/{case_id}/persetujuan/{uuid4()}")
    assert "Kode ini tidak berlaku lagi" in text_of(response)


def test_another_citizen_finds_nothing(door: Door, case_id: UUID) -> None:
    stranger, hers = Client(), fresh_address()
    come_in(stranger, door, door.somebody("Orang Lain"), hers)
    page = f"/permohonan/{case_id}/persetujuan"
    assert stranger.get(page).status_code == 404
    assert stranger.post(page, {"address": hers.value, "key": str(uuid4())}).status_code == 404
    assert stranger.get(f"{page}/{uuid4()}").status_code == 404
    assert stranger.post(f"{page}/{uuid4()}/lagi").status_code == 404


def test_what_the_owner_looks_at_stands_in_the_members_log_once_a_session(
    door: Door, home: Home, address: Address, case_id: UUID
) -> None:
    def seen() -> list[str]:
        wife = citizen(door.come_in(home.wife, hers))
        return [look.act for look in own_data.list_looks(wife) if look.act.startswith("case.")]

    hers = fresh_address()
    before = seen()
    for session in (1, 2):
        client = Client()
        come_in(client, door, home.owner, address)
        assert client.get(f"/permohonan/{case_id}/").status_code == 200
        assert client.get(f"/permohonan/{case_id}/").status_code == 200
        assert seen() == ["case.read"] * session + before


def test_looks_at_ones_own_application_are_not_counted(
    client: Client, door: Door, home: Home, address: Address
) -> None:
    own = draft_for(home.owner, home)
    come_in(client, door, home.owner, address)
    before = own_data.list_looks(home.actor)
    assert client.get(f"/permohonan/{own}/").status_code == 200
    assert own_data.list_looks(home.actor) == before
