"""A region whose office may not ask the register: from the door to the approval, with an officer who compares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.loading import load_catalogue
from adminduk.catalogue.release import Release
from adminduk.foundation import jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.gateways.population import ManualRegister, RegisterByRegion
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.notifications import queries as messages
from adminduk.modules.releases import queries as releases
from adminduk.usecases import outside
from adminduk.usecases.upkeep_match import match_waiting
from tests.making import fresh_address, fresh_identity
from tests.pages.application import walking
from tests.pages.application.walking import press, text_of
from tests.pages.officer.clients import browser_of, send
from tests.pages.sign_in.test_sign_in_pages import come_in
from tests.usecases import citizen, reviewing, stand_ins
from tests.usecases.sign_in.door import Door, open_door

ROOT = Path(__file__).resolve().parents[3]
REGION = "33.15"
NUMBER = 3315
SYSTEM = jobs.system_actor(NUMBER)
CATALOGUE = load_catalogue(ROOT / "definitions", (ROOT / "tests" / "data" / "manual_region",))
TYPED = walking.as_form({**citizen.BY_HAND, **citizen.ANSWERS["kehilangan"], **citizen.ANSWERS["layanan"]})
NOT_DOWN = ("sedang tidak bisa dibuka", "begitu sistem nasional", "Menunggu data kependudukan")


def catalogue() -> Catalogue:
    """Named in the settings of these tests."""
    return CATALOGUE


def population_register() -> RegisterByRegion:
    """As in the product: a region without access never reaches the warehouse."""
    return RegisterByRegion(
        has_access=lambda region: CATALOGUE.region(region).register == "api",
        warehouse=stand_ins.the_register,
        manual=ManualRegister(),
    )


@pytest.fixture
def door(database: None, settings: Settings) -> Iterator[Door]:
    with open_door(settings) as opened:
        settings.CATALOGUE = f"{__name__}.catalogue"
        settings.POPULATION_REGISTER = f"{__name__}.population_register"
        outside.forget()
        yield opened


def case_of(application_id: UUID) -> Case:
    with acting_as(SYSTEM):
        return cases.get_case(application_id)


def release_of(application_id: UUID) -> Release:
    with acting_as(SYSTEM):
        return releases.get_release(cases.get_case(application_id).release_id)


def told(application_id: UUID) -> list[str]:
    with acting_as(SYSTEM):
        return [m.event for m in messages.list_of_application(application_id, region_id=NUMBER)]


def sent_by(client: Client) -> UUID:
    """Follow "Lanjut" to the end. No page says that the register is down."""
    draft = walking.application_in(walking.begun(client, region=REGION))
    home = f"/permohonan/{draft}"
    first = client.get(f"{home}/")
    assert "Petugas mencocokkan data Anda" in text_of(first)
    path = first.content.decode().split('class="button primary" href="')[1].split('"')[0]
    while not path.endswith("/periksa"):
        assert not [words for words in NOT_DOWN if words in text_of(client.get(path))]
        more = {"berkas": walking.photograph()} if "/dokumen/" in path else TYPED
        answer = press(client, path, lanjut="1", **more)
        assert answer.status_code == 303, text_of(answer)
        assert answer["Location"] != path
        path = answer["Location"]
    assert "Petugas mencocokkan data Anda" in text_of(client.get(path))
    assert press(client, path, benar="ya")["Location"].endswith("/terkirim")
    return draft


def test_from_the_door_to_the_approval_an_officer_compares(client: Client, door: Door) -> None:
    identity = fresh_identity("Siti Rekaan")
    entered = come_in(client, door, identity, fresh_address(), daerah=REGION)
    unmatched = text_of(client.get(entered["Location"]))
    assert "petugas yang mencocokkan data Anda" in unmatched
    assert not [words for words in NOT_DOWN if words in unmatched]

    application_id = sent_by(client)
    match_waiting(SYSTEM)  # nobody asks the register about him
    for page in ("terkirim", "status"):
        seen = text_of(client.get(f"/permohonan/{application_id}/{page}"))
        assert "Perkiraan selesai diperiksa" in seen
        assert not [words for words in NOT_DOWN if words in seen]
    assert told(application_id) == ["application_received"]

    officer = browser_of(reviewing.staff(NUMBER))
    desk = f"/petugas/kasus/{application_id}"
    assert send(officer, "/petugas/berikutnya")["Location"] == desk
    assert "belum dicocokkan" in text_of(officer.get(desk))
    case, release = case_of(application_id), release_of(application_id)
    ticks = {f"cek-{item.id}": "1" for item in release.checklist(case.answers, case.facts)}
    assert send(officer, f"{desk}/setujui", **ticks).status_code in (409, 422)  # not before the comparison
    four = {f"cocok-{name}": "1" for name in ("nik", "no_kk", "name", "birth_date")}
    send(officer, f"{desk}/cocokkan", **four)
    assert case_of(application_id).is_matched
    assert send(officer, f"{desk}/setujui", **ticks).status_code == 303
    assert case_of(application_id).state is State.APPROVED
    assert told(application_id)[0] == "application_received" and told(application_id)[1].startswith("approved_")
    assert door.register.asked == 0
