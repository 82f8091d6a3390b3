"""Finding one's region, and what a service needs, before anybody signs in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from adminduk.foundation import clock, tenancy
from adminduk.foundation.ids import uuid7
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices.types import Opening
from adminduk.readmodels.region_page import office_now
from adminduk.usecases import office_hours, office_setup
from adminduk.usecases.calendar import calendar_for
from adminduk.usecases.outside import catalogue
from tests.pages.browser import get, read

SEMARANG = RegionCode("33.74")
LOST = "/d/33.74/ktp_el_hilang/syarat?pernah_punya=pernah&data_berubah=tidak&surat_polisi=sudah&kk_di_sini=di_sini"
YOUNG = "usia=di_bawah_16&pernah_kawin=belum&punya_kartu=belum&pernah_direkam=belum&kk_di_sini=di_sini"


def system() -> Actor:
    return Actor(ActorKind.SYSTEM, NOBODY, (SEMARANG.number,))


def test_a_region_is_found_by_the_beginning_of_its_name(visitor: Client) -> None:
    links = [link["href"] for link in read(get(visitor, "/daerah?q=semar")).all("a")]
    assert "/d/33.74/" in links
    assert "/d/33.22/" in links


def hrefs(client: Client, path: str) -> list[str]:
    return [link["href"] for link in read(get(client, path)).all("a")]


def test_a_service_chosen_on_the_first_page_is_carried_to_the_region(visitor: Client) -> None:
    assert "/daerah?layanan=ktp_el_hilang" in hrefs(visitor, "/")
    found = hrefs(visitor, "/daerah?layanan=ktp_el_hilang&q=semar")
    assert "/d/33.74/ktp_el_hilang/" in found
    assert "/d/33.22/" in found  # has not joined: its page says how to reach the office
    assert "/d/51.71/ktp_el_hilang/" in hrefs(visitor, "/daerah?layanan=ktp_el_hilang")
    assert "/d/33.74/" in hrefs(visitor, "/daerah?layanan=tidak_ada&q=semar")


def test_who_has_seen_a_region_goes_to_its_service_at_once(visitor: Client) -> None:
    get(visitor, "/d/51.71/")
    assert "/d/51.71/ktp_el_hilang/" in hrefs(visitor, "/")
    get(visitor, "/d/33.22/")  # takes no applications
    assert "/daerah?layanan=ktp_el_hilang" in hrefs(visitor, "/")


def test_before_sign_in_nothing_is_claimed_that_nobody_asked(visitor: Client) -> None:
    page = read(get(visitor, LOST)).text
    assert "Rekaman Anda tersimpan" in page and "Menurut jawaban Anda" in page
    assert "tunggal" not in page.lower()


def test_digits_of_a_nik_suggest_and_stand_in_no_address(visitor: Client) -> None:
    fields = read(get(visitor, "/daerah")).all("input")
    token = next(field["value"] for field in fields if field.get("name") == "csrfmiddlewaretoken")
    response = visitor.post("/daerah", {"nik6": "33.74.01", "csrfmiddlewaretoken": token})
    text = read(response).text
    assert "Kota Semarang?" in text
    assert "NIK tidak berubah saat Anda pindah" in text
    assert "337401" not in response.get("Location", "") + response.get("Set-Cookie", "")


@pytest.mark.parametrize(("digits", "words"), [("3374", "enam angka"), ("999999", "Tidak ada daerah")])
def test_digits_that_suggest_nothing_say_so(database: None, digits: str, words: str) -> None:
    response = Client().post("/daerah", {"nik6": digits})
    assert response.status_code == 422
    assert words in read(response).text
    assert read(response).text.strip().startswith("Galat:")


def test_all_regions_have_a_page(database: None) -> None:
    """One of every province is asked; a page is made of the same parts for the others."""
    client = Client()
    firsts = {region.code.text[:2]: region.code.text for region in reversed(catalogue().regions)}
    assert len(catalogue().regions) == 514
    assert len(firsts) == 38
    assert {client.get(f"/d/{code}/").status_code for code in firsts.values()} == {200}


def test_a_region_that_has_not_joined_offers_nothing(visitor: Client) -> None:
    document = read(get(visitor, "/d/32.01/"))
    assert "Belum bergabung" in document.text
    assert "Situs resmi" not in document.text  # its government has said nothing here
    assert "belum punya kontak resmi" in document.text
    assert "1500537" in document.text
    assert not [link for link in document.all("a") if "ktp_el" in link["href"]]
    assert visitor.get("/d/32.01/ktp_el_baru/")["Location"] == "/d/32.01/"


@pytest.mark.parametrize("path", ["/d/99.99/", "/d/33.00/", "/d/33.74/tidak-ada/", "/d/3374/"])
def test_what_does_not_exist_is_not_found(visitor: Client, path: str) -> None:
    assert get(visitor, path).status_code == 404


def test_regional_rules_name_their_ground(visitor: Client) -> None:
    strict, lean = read(get(visitor, "/d/33.74/")).text, read(get(visitor, "/d/51.71/")).text
    assert "Surat pengantar RT/RW diminta" in strict
    assert "CONTOH Peraturan Wali Kota tentang persyaratan" in strict
    assert "sejak 1 Januari 2026" in strict
    assert "Surat pengantar RT/RW" not in lean
    assert "4 jam kerja" in lean


def test_the_result_says_what_is_asked_by_whom(visitor: Client) -> None:
    text = read(get(visitor, LOST)).text
    assert "Dokumen yang Anda perlukan: 5" in text
    assert text.count("Diminta daerah, bukan aturan nasional.") == 3
    assert "Anda dapat mengajukan" in text
    lean = read(get(visitor, LOST.replace("33.74", "51.71"))).text
    assert "Dokumen yang Anda perlukan: 2" in lean
    assert "Diminta daerah" not in lean


def test_the_result_promises_by_the_offices_hours(visitor: Client) -> None:
    now = clock.now()
    region = catalogue().region(SEMARANG)
    expected = office_now(region, at=now).expected_by(now, 450)
    assert f"{expected:%H.%M} WIB" in read(get(visitor, LOST)).text


def test_who_is_not_entitled_is_told_why_and_cannot_start(visitor: Client) -> None:
    document = read(get(visitor, f"/d/33.74/ktp_el_baru/syarat?{YOUNG}"))
    assert "belum untuk Anda" in document.text
    assert "KIA" in document.text
    assert not [form for form in document.all("form") if form["action"].endswith("/mulai")]


def test_a_question_that_an_answer_opens_is_no_error(visitor: Client) -> None:
    given = "usia=usia_16&punya_kartu=belum&pernah_direkam=belum&kk_di_sini=di_sini"
    asked = "ditanya=usia,punya_kartu,pernah_direkam,kk_di_sini"
    response = get(visitor, f"/d/33.74/ktp_el_baru/syarat?{given}&{asked}")
    assert response.status_code == 200
    assert "Satu pertanyaan lagi" in read(response).text
    missed = get(visitor, f"/d/33.74/ktp_el_baru/syarat?usia=usia_16&{asked}")
    assert missed.status_code == 422
    assert read(missed).text.strip().startswith("Galat:")
    chosen = [field for field in read(missed).all("input") if "checked" in field]
    assert [field["value"] for field in chosen] == ["usia_16"]


def test_starting_carries_the_answers_to_sign_in(database: None) -> None:
    client = Client()
    sent = {"pernah_punya": "pernah", "data_berubah": "tidak", "surat_polisi": "sudah", "kk_di_sini": "di_sini"}
    response = client.post("/d/33.74/ktp_el_hilang/mulai", sent)
    assert (response.status_code, response["Location"]) == (303, "/masuk/?daerah=33.74&layanan=ktp_el_hilang")
    assert client.session["begin"] == {"region": "33.74", "service": "ktp_el_hilang", "answers": sent}


def test_an_incomplete_start_goes_back_to_the_questions(database: None) -> None:
    response = Client().post("/d/33.74/ktp_el_hilang/mulai", {"pernah_punya": "pernah"})
    assert response["Location"] == "/d/33.74/ktp_el_hilang/"


def test_an_offices_notice_stands_on_its_regions_pages(visitor: Client) -> None:
    with tenancy.acting_as(system()):
        offices.begin_incident(SEMARANG.number, text="Listrik padam <b>", at=clock.now())
    for path in ("/d/33.74/", "/d/33.74/ktp_el_baru/", LOST):
        assert "Listrik padam <b>" in read(get(visitor, path)).text
    assert "Listrik padam" not in read(get(visitor, "/d/51.71/")).text


def test_hours_are_the_offices_own_where_it_has_set_any(visitor: Client) -> None:
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert office_now(catalogue().region(SEMARANG), at=monday).opens_at is None
    with tenancy.acting_as(system()):
        opening = Opening(weekday=0, opens=monday.time(), closes=(monday + timedelta(hours=2)).time())
        offices.replace_hours(SEMARANG.number, openings=(opening,))
        offices.add_closure(SEMARANG.number, day=date(2026, 11, 23), reason="CONTOH")
    office = office_now(catalogue().region(SEMARANG), at=monday)
    assert office.opens_at == monday + timedelta(days=7)
    assert office.closed_soon[0].name == "CONTOH"


def test_a_day_that_the_office_opens_counts_although_its_file_closes_it(database: None) -> None:
    region, closed = catalogue().region(SEMARANG), datetime(2026, 12, 31, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
    head = Actor(kind=ActorKind.HEAD, id=uuid7(), regions=(SEMARANG.number,))
    with tenancy.acting_as(system()):
        office_setup.seed_office(region)
    assert not calendar_for(head).is_open(closed)
    office_hours.open_on(head, day=closed.date(), key="", at=clock.now())
    assert calendar_for(head).is_open(closed)
    assert office_now(region, at=closed).opens_at is None
    office_hours.close_on(head, day=closed.date(), reason="CONTOH", key="", at=closed)
    assert not calendar_for(head).is_open(closed)
