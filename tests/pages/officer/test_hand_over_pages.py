"""The counter and the courier in a browser without JavaScript: an operator's way, and what the owner sees."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.surveys import actions as surveys
from adminduk.readmodels.survey_results import FEWEST
from adminduk.usecases import outside
from tests.making import SERVICE, Owner, system
from tests.pages.application.walking import press, signed_in, text_of
from tests.pages.officer.clients import browser_of, send
from tests.usecases.at_hand_over import card_ready
from tests.usecases.reviewing import STRICT, case_now, staff
from tests.usecases.test_hand_over import code_of

SELF = {"recipient": "self", "identity": "ktp", "old_card": "lost", "proof": "signed"}


@pytest.fixture
def operator(database: None) -> Client:
    return browser_of(staff(STRICT, "operator"))


def opened(operator: Client, owner: Owner, case: Case) -> str:
    """Scan the QR; returns where the card lies open."""
    answer = send(operator, reverse("officer:hand_over"), nomor=f"{case.number} {code_of(owner, case.id)}")
    assert answer.status_code == 303, text_of(answer)
    return answer["Location"]


def test_handed_over_by_code(operator: Client) -> None:
    owner, case = card_ready()
    href = opened(operator, owner, case)
    assert owner.identity.name in text_of(operator.get(href))
    assert send(operator, href, **SELF).status_code == 303
    assert "Kartu sudah diserahkan" in text_of(operator.get(reverse("officer:hand_over")))
    assert case_now(staff(STRICT), case.id).state is State.COMPLETED
    assert operator.get(href).status_code == 404


def test_a_wrong_code_is_told_and_opens_nothing(operator: Client) -> None:
    _, case = card_ready()
    answer = send(operator, reverse("officer:hand_over"), nomor=case.number, kode="12")
    assert answer.status_code == 422 and "tidak cocok" in text_of(answer)


def test_a_card_of_ones_own_family_is_left_to_a_colleague(database: None) -> None:
    owner, case = card_ready()
    relative = browser_of(staff(STRICT, "operator", kk_index=case.kk_index))
    answer = send(relative, reverse("officer:hand_over"), nomor=case.number, kode=code_of(owner, case.id))
    assert answer.status_code == 422 and "Minta rekan melayaninya." in text_of(answer)


def test_without_a_code_no_card_opens(operator: Client) -> None:
    owner, case = card_ready()
    href = opened(operator, owner, case)
    assert browser_of(staff(STRICT, "operator")).get(href).status_code == 404


def test_what_lacks_stands_beside_its_field(operator: Client) -> None:
    owner, case = card_ready()
    href = opened(operator, owner, case)
    answer = send(operator, href, **(SELF | {"recipient": "agent", "proof": ""}))
    assert answer.status_code == 422 and 'href="#proof"' in answer.content.decode()
    answer = send(operator, href, **(SELF | {"recipient": "agent"}))
    page = answer.content.decode()
    assert all(f'href="#{field}"' in page for field in ("name", "nik", "has_power_of_attorney"))


def test_a_wrong_print_goes_back(operator: Client) -> None:
    owner, case = card_ready()
    href = opened(operator, owner, case)
    assert send(operator, f"{href}/salah-cetak").status_code == 422
    assert send(operator, f"{href}/salah-cetak", sebab="name").status_code == 303
    assert "gratis" in text_of(operator.get(reverse("officer:hand_over")))


def test_a_lost_code_is_made_anew(operator: Client) -> None:
    owner, case = card_ready()
    path = reverse("officer:new_code")
    assert send(operator, path, nomor=case.number).status_code == 422
    answer = send(operator, path, nomor=case.number, identitas="kk")
    assert code_of(owner, case.id) in text_of(answer)


def test_the_owner_sees_code_and_qr_and_nobody_else(database: None) -> None:
    owner, case = card_ready()
    code, path = code_of(owner, case.id), f"/permohonan/{case.id}"
    page = signed_in(owner).get(f"{path}/penyerahan").content.decode()
    assert code in page and 'class="qr"' in page
    assert code in text_of(signed_in(owner).get(f"{path}/status"))
    number = {"nomor": case.number, "lahir-hari": "17", "lahir-bulan": "8", "lahir-tahun": "1990"}
    assert code not in text_of(Client().post("/s/", number))


def test_the_cost_stands_before_the_choice(database: None) -> None:
    owner, case = card_ready()
    client, path = signed_in(owner), f"/permohonan/{case.id}/penyerahan"
    page = text_of(client.get(path))
    assert "Rp10.000" in page and "JALAN CONTOH 1" in page
    assert press(client, f"{path}/antar").status_code == 303
    assert "menunggu kurir" in text_of(client.get(path))
    assert press(client, f"{path}/antar").status_code == 422
    assert press(client, f"{path}/ambil").status_code == 303
    assert code_of(owner, case.id) in text_of(client.get(path))


def test_delivered_after_one_failed_attempt(operator: Client) -> None:
    owner, case = card_ready(delivery=True)
    overview = reverse("officer:deliveries")
    site = operator.get(overview).content.decode().split('name="tempat" value="')[1].split('"')[0]
    href = send(operator, reverse("officer:make_manifest"), tempat=site)["Location"]
    assert case.number in text_of(operator.get(href)) and "JALAN CONTOH 1" in text_of(operator.get(f"{href}/label"))
    sheet = operator.get(f"{href}/csv")
    assert sheet["Content-Type"].startswith("text/csv") and case.number in sheet.content.decode("utf-8-sig")
    assert send(operator, f"{href}/serahkan").status_code == 303
    parcel = reverse("officer:report_parcel", kwargs={"application_id": case.id})
    assert send(operator, parcel, kabar="fail", resi=f"R-{case.number}").status_code == 303
    assert "satu kali gagal" in text_of(operator.get(overview))
    file = SimpleUploadedFile(
        "kurir.csv", f"resi;status;tanggal\nR-{case.number};diterima;{clock.now():%Y-%m-%d}\nX;Y;Z\n".encode()
    )
    answer = operator.post(reverse("officer:import_courier"), {"key": str(uuid4()), "berkas": file})
    assert "1 kabar baru" in text_of(answer) and "Baris 3" in text_of(answer)
    assert case_now(staff(STRICT), case.id).state is State.COMPLETED
    assert "survei" in text_of(signed_in(owner).get(f"/permohonan/{case.id}/status")).lower()


def test_the_survey_is_asked_once_and_can_be_skipped(operator: Client) -> None:
    owner, case = card_ready()
    send(operator, opened(operator, owner, case), **SELF)
    client, path = signed_in(owner), f"/permohonan/{case.id}/survei"
    page = client.get(path).content.decode()
    assert page.count("<fieldset") == 9
    assert press(client, path, lewati="1").status_code == 303
    assert client.get(path).status_code == 302
    assert press(client, path, time="4").status_code == 409
    assert "/survei" not in client.get(f"/permohonan/{case.id}/status").content.decode()


def test_the_results_are_public_and_tell_how_many_answered(database: None) -> None:
    page = text_of(Client().get("/survei/33.74"))
    assert "Persyaratan" in page and "Jawaban" in page and "belum diperiksa" in page
    head = browser_of(staff(STRICT, "head"))
    assert "Persyaratan" in text_of(head.get(reverse("officer:survey")))


@pytest.mark.parametrize(("language", "mean", "index"), [("id", "3,50", "87,5"), ("en", "3.50", "87.5")])
def test_figures_are_written_as_the_language_writes_them(database: None, language: str, mean: str, index: str) -> None:
    elements = [element.id for element in outside.catalogue().survey.elements]
    with acting_as(system(STRICT)):
        for turn in range(FEWEST):
            scores = dict.fromkeys(elements, 3 + turn % 2)
            surveys.count(scores, region_id=STRICT, service_id=SERVICE, today=clock.today("Asia/Jakarta"))
    reader = Client()
    reader.cookies["bahasa"] = language
    page = text_of(reader.get("/survei/33.74"))
    assert index in page and page.count(mean) == len(elements)


def test_a_list_for_nothing_is_told(operator: Client) -> None:
    answer = send(operator, reverse("officer:make_manifest"), tempat="kantor")
    assert answer.status_code == 409
    assert operator.get(reverse("officer:uncollected")).status_code == 200
