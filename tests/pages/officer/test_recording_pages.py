"""The pages of recording and of visits: well-formed, both languages, and nothing of anybody where nobody is opened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.audit.models import Entry
from adminduk.modules.recordings import actions as recordings
from adminduk.modules.recordings.types import SILENT
from adminduk.usecases import office_setup, outside, recording_statuses, visit
from tests.making import make_owner, system
from tests.pages.application.walking import text_of
from tests.pages.browser import read
from tests.pages.officer.clients import browser_of, send
from tests.usecases import recording_stage as stage
from tests.usecases.reviewing import staff

HERE = 9171
pytestmark = pytest.mark.usefixtures("database", "register")


@pytest.fixture
def operator() -> Client:
    with acting_as(system(HERE)):
        office_setup.seed_office(outside.catalogue().region(RegionCode.from_number(HERE)))
    return browser_of(staff(HERE, "operator"))


def _read(client: Client, name: str, status: int = 200, **arguments: object) -> str:
    answer = client.get(reverse(f"officer:{name}", kwargs=arguments or None))
    assert answer.status_code == status
    page = read(answer)
    page.close()
    assert page.defects == []
    return page.text


def test_a_person_from_check_to_status(operator: Client) -> None:
    case, product = stage.make_approved(region=HERE)
    found = send(operator, reverse("officer:recording"), nomor=case.number)
    assert found.status_code == 303
    assert case.subject["name"] in _read(operator, "record_person", product_id=product.id)
    begin = reverse("officer:record_begin", kwargs={"product_id": product.id})
    assert send(operator, begin).status_code == 422
    checks = {f"cek-{code}": "1" for code in stage.CHECKS}
    unplaced = send(operator, begin, lain=["fingers"], **checks)
    assert unplaced.status_code == 422 and "Pilih tempat perekaman ini." in unplaced.content.decode()
    place = str(stage.recording_site(HERE))
    assert send(operator, begin, lain=["fingers"], tempat=place, **checks).status_code == 303
    assert "RK-" in _read(operator, "record_person", product_id=product.id)
    stage.finish(staff(HERE, "operator"), stage.open_attempt(product))
    assert "BIO_CAPTURED" in _read(operator, "record_person", product_id=product.id)
    typed = reverse("officer:record_status", kwargs={"product_id": product.id})
    assert send(operator, typed, status="").status_code == 422
    assert send(operator, typed, status="PRINT_READY_RECORD").status_code == 303
    assert "Lengkap" in _read(operator, "record_person", product_id=product.id)


def test_a_recording_that_nobody_ended_stands_on_the_first_page_without_a_name() -> None:
    case, product = stage.make_approved(region=HERE)
    stage.begin(staff(HERE, "operator"), product)
    clock.move_forward(timedelta(hours=2))
    page = _read(browser_of(staff(HERE, "operator")), "recording")
    assert "Belum ditutup" in page and case.number in page and case.subject["name"] not in page


def test_a_number_that_is_nobodys(operator: Client) -> None:
    assert send(operator, reverse("officer:recording"), nomor="KTP-2611-000000-00").status_code == 422
    assert "Perekaman" in _read(operator, "recording")


def test_the_officers_list_has_no_names() -> None:
    case, product = stage.make_approved(region=HERE, biometrics="duplicate", card_status="DUPLICATE_RECORD")
    officer = browser_of(staff(HERE))
    listed = _read(officer, "record_attention")
    assert case.number in listed and case.subject["name"] not in listed
    opened = _read(officer, "record_attended", product_id=product.id)
    assert case.subject["name"] in opened and "Cari NIK yang lain" in opened
    attended = reverse("officer:record_attended", kwargs={"product_id": product.id})
    assert send(officer, attended, cara="repeat", kata="").status_code == 422
    assert send(officer, attended, cara="repeat", kata="salah orang").status_code == 303
    assert "Tidak ada" in _read(officer, "record_attention")


def test_who_sits_before_his_own_family_is_told_to_fetch_a_colleague(operator: Client) -> None:
    case, product = stage.make_approved(region=HERE)
    relative = browser_of(staff(HERE, "operator", kk_index=case.kk_index))
    found = send(relative, reverse("officer:recording"), nomor=case.number)
    opened = relative.get(reverse("officer:record_person", kwargs={"product_id": product.id}))
    assert (found.status_code, opened.status_code) == (422, 409)
    assert all("Minta rekan melayaninya." in text_of(answer) for answer in (found, opened))
    assert case.subject["name"] not in text_of(opened)


def test_a_trip_from_its_day_to_its_pack(operator: Client) -> None:
    case, _ = stage.make_approved(region=HERE, address="NO. 1", village_name="KOYA TIMUR", rt="004", rw="002")
    made = stage.make_trip(staff(HERE, "operator"))
    assert "Koya Timur" in _read(operator, "visits")
    add = reverse("officer:trip_add", kwargs={"trip_id": made})
    assert send(operator, add).status_code == 422
    assert send(operator, add, nomor=case.number).status_code == 303
    for name in ("trip", "trip_pack"):
        assert case.subject["name"] in _read(operator, name, trip_id=made)
    assert "1 belum ada hasil" in _read(operator, "visits")


def test_a_request_of_a_school(operator: Client) -> None:
    ask = reverse("officer:visit_ask")
    assert send(operator, ask, jenis="school", tempat="", jumlah="x").status_code == 422
    assert send(operator, ask, jenis="school", tempat="SMA Contoh", jumlah="40").status_code == 303
    assert "40 orang" in _read(operator, "visits")


def test_an_import_says_what_it_did(operator: Client) -> None:
    assert send(operator, reverse("officer:record_import")).status_code == 422
    assert "CSV" in _read(operator, "record_import")
    imported = recording_statuses.import_file(
        staff(HERE, "operator"), b"NIK;STATUS\n3374011708909001;X\n", key="", at=clock.now()
    )
    assert imported.strangers == 1


def test_whoever_imports_his_own_family_is_told_to_fetch_a_colleague(database: None) -> None:
    owner = make_owner(HERE)
    case, product = stage.make_approved(owner, region=HERE)
    stage.recorded(product)
    relative, page = browser_of(staff(HERE, "operator", kk_index=case.kk_index)), reverse("officer:record_import")
    file = SimpleUploadedFile("status.csv", f"NIK;STATUS\n{owner.identity.nik};PRINT_READY_RECORD\n".encode())
    assert relative.post(page, {"key": str(uuid4()), "berkas": file}).status_code == 303
    assert "Keluarga Anda sendiri, tidak dimasukkan: 1." in _read(relative, "record_import")


@pytest.mark.parametrize("page", ["visits", "trip"])
def test_whoever_reads_where_a_person_lives_stands_in_the_trail(operator: Client, page: str) -> None:
    owner = make_owner(HERE)
    case, _ = stage.make_approved(owner, region=HERE)
    visit.ask(owner.actor, case.id, kind="ill", note="rumah biru", key=str(uuid4()), at=clock.now())
    made = stage.make_trip(staff(HERE, "operator"))
    arguments: dict[str, Any] = {"trip_id": made} if page == "trip" else {}
    assert case.number in _read(operator, page, **arguments)
    with acting_as(system(HERE)):
        entries = Entry.objects.filter(region_id=HERE, object_id=case.id, act="visit.look", actor_kind="operator")
        assert entries.count() == 1


def test_who_chooses_no_time_stands_on_the_officers_list_with_what_can_be_done() -> None:
    case, product = stage.make_approved(region=HERE)
    with acting_as(system(HERE)):
        recordings.set_attention(product.id, region_id=HERE, attention=SILENT)
    officer = browser_of(staff(HERE))
    listed = _read(officer, "record_attention")
    assert case.number in listed and "Tidak memilih jadwal" in listed and "tetap terbuka" in listed
    one = _read(officer, "record_attended", product_id=product.id)
    assert "tawarkan kunjungan" in one and "Hentikan" not in one and "Rekam ulang" not in one
    path = reverse("officer:record_attended", kwargs={"product_id": product.id})
    assert send(officer, path, cara="note", kata="CONTOH sudah ditelepon").status_code == 303
    assert case.number not in _read(officer, "record_attention")
