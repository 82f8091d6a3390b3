"""The form's pages: errors keep what was typed, drafts wait, Back and a second tab do no harm."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from tests.pages.application import walking
from tests.pages.application.walking import as_form, press, text_of
from tests.usecases import citizen
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def client(register: Register) -> Client:
    return walking.signed_in(citizen.somebody(register))


@pytest.fixture
def draft(client: Client) -> UUID:
    return walking.application_in(walking.begun(client))


def test_an_error_keeps_what_was_typed_and_says_where(client: Client, draft: UUID) -> None:
    typed = as_form({"sebab_hilang": "tercecer", "tanggal_hilang": "31-2-2026", "tempat_hilang": "Pasar <b>Johar</b>"})
    answer = press(client, f"/permohonan/{draft}/isi/kehilangan", lanjut="1", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Galat: Tentang kehilangan" in page
    assert 'href="#tanggal_hilang"' in page
    assert 'value="31"' in page
    assert "Pasar &lt;b&gt;Johar&lt;/b&gt;" in page
    assert "Tanggal itu tidak ada di kalender" in page


def test_save_and_go_on_later_keeps_what_can_be_kept(client: Client, draft: UUID) -> None:
    answer = press(client, f"/permohonan/{draft}/isi/kehilangan", nanti="1", tempat_hilang="Pasar")
    assert (answer.status_code, answer["Location"]) == (303, "/permohonan/#tersimpan")
    assert b'value="Pasar"' in client.get(f"/permohonan/{draft}/isi/kehilangan").content


def test_another_device_goes_on_with_the_draft(register: Register) -> None:
    owner = citizen.somebody(register)
    draft = walking.application_in(walking.begun(walking.signed_in(owner)))
    other_device = walking.signed_in(owner)
    assert f"/permohonan/{draft}/" in other_device.get("/permohonan/").content.decode()
    assert other_device.get(f"/permohonan/{draft}/isi/data_diri").status_code == 200


def test_after_back_the_last_answer_holds(client: Client, draft: UUID) -> None:
    path = f"/permohonan/{draft}/isi/kehilangan"
    form = {"key": "5b0e4e9a-7a52-4f7e-9f39-0d4f6a6f3f4a", "lanjut": "1"}
    for place in ("Pasar", "Terminal", "Pasar"):
        client.post(path, {**form, **as_form({**citizen.ANSWERS["kehilangan"], "tempat_hilang": place})})
    assert b'value="Pasar"' in client.get(path).content


def test_an_answer_that_opens_a_question_brings_it_without_blame(client: Client, draft: UUID) -> None:
    path = f"/permohonan/{draft}/isi/data_diri"
    answer = press(client, path, lanjut="1", data_benar="ada_yang_salah")
    assert (answer.status_code, answer["Location"]) == (303, path)
    assert "Data mana yang salah" in text_of(client.get(path))
    assert press(client, path, lanjut="1", data_benar="ada_yang_salah").status_code == 422


def test_what_the_register_says_is_shown_and_not_asked(client: Client, draft: UUID) -> None:
    page = client.get(f"/permohonan/{draft}/isi/data_diri").content.decode()
    assert "JL. CONTOH NO. 1" in page
    assert 'name="alamat"' not in page


def test_with_the_register_down_it_is_asked_and_both_sides_see_it(register: Register) -> None:
    register.is_down = True
    client = walking.signed_in(citizen.somebody(register))
    draft = walking.application_in(walking.begun(client))
    page = client.get(f"/permohonan/{draft}/isi/data_diri")
    assert b'name="alamat"' in page.content
    assert "Belum dicocokkan" in text_of(page)


def test_the_check_page_names_what_lacks_and_does_not_send(client: Client, draft: UUID) -> None:
    page = client.get(f"/permohonan/{draft}/periksa")
    assert "Belum lengkap" in text_of(page)
    assert "Kirim permohonan" not in text_of(page)
    answer = press(client, f"/permohonan/{draft}/periksa", benar="ya")
    assert answer.status_code == 422


def test_every_row_of_the_check_page_leads_to_its_question(client: Client, draft: UUID) -> None:
    walking.fill_in(client, draft)
    page = client.get(f"/permohonan/{draft}/periksa").content.decode()
    for group_id, question in (("kehilangan", "tempat_hilang"), ("screening", "surat_polisi")):
        assert f'href="/permohonan/{draft}/isi/{group_id}#{question}"' in page
    assert f'href="/permohonan/{draft}/dokumen/kk"' in page
    back = press(client, f"/permohonan/{draft}/isi/kehilangan", lanjut="1", **as_form(citizen.ANSWERS["kehilangan"]))
    assert back["Location"] == f"/permohonan/{draft}/periksa"


def test_two_tabs_that_send_get_one_receipt(client: Client, draft: UUID) -> None:
    walking.fill_in(client, draft)
    answers = [press(client, f"/permohonan/{draft}/periksa", benar="ya") for _ in range(2)]
    ends = {client.get(answer["Location"], follow=True).request["PATH_INFO"] for answer in answers}
    assert ends == {f"/permohonan/{draft}/terkirim"}
    assert text_of(client.get("/permohonan/")).count("Diperiksa kantor") == 1


def test_a_sent_application_has_its_status_page_instead_of_the_form(client: Client, draft: UUID) -> None:
    walking.fill_in(client, draft)
    press(client, f"/permohonan/{draft}/periksa", benar="ya")
    assert client.get(f"/permohonan/{draft}/")["Location"] == f"/permohonan/{draft}/status"


def test_what_the_law_refuses_is_told_before_a_form(register: Register) -> None:
    client = walking.signed_in(citizen.somebody(register, card_status="BELUM_REKAM"))
    answer = walking.begun(client)
    assert answer.status_code == 422
    assert "Dasar:" in text_of(answer)


def test_one_under_way_is_linked(client: Client, draft: UUID) -> None:
    walking.fill_in(client, draft)
    press(client, f"/permohonan/{draft}/periksa", benar="ya")
    answer = walking.begun(client)
    assert answer.status_code == 422
    assert f"/permohonan/{draft}/status" in answer.content.decode()


def test_nothing_yet(client: Client) -> None:
    assert "Belum ada permohonan" in text_of(client.get("/permohonan/"))
    assert client.get("/permohonan/mulai")["Location"] == "/permohonan/"


def test_withdrawing_asks_once(client: Client, draft: UUID) -> None:
    assert "Hapus permohonan ini?" in text_of(client.get(f"/permohonan/{draft}/tarik"))
    assert press(client, f"/permohonan/{draft}/tarik")["Location"] == "/permohonan/"
    assert "Belum ada permohonan" in text_of(client.get("/permohonan/"))


def test_english_speaks_english_only(client: Client, draft: UUID) -> None:
    client.cookies["bahasa"] = "en"
    page = text_of(client.get(f"/permohonan/{draft}/dokumen/kk"))
    assert "Photograph or choose a file" in page
    assert "Simpan" not in page


PAGES = ("", "isi/kehilangan", "dokumen/kk", "periksa", "terkirim", "status", "perbaiki", "tarik", "keberatan")


@pytest.mark.parametrize("page", PAGES)
def test_another_citizen_finds_no_page_and_changes_nothing(register: Register, draft: UUID, page: str) -> None:
    stranger = walking.signed_in(citizen.somebody(register))
    assert stranger.get(f"/permohonan/{draft}/{page}").status_code == 404
    if page not in ("", "terkirim", "status"):
        assert press(stranger, f"/permohonan/{draft}/{page}", berkas=walking.photograph()).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_is_sent_to_sign_in(draft: UUID, page: str) -> None:
    answer = Client().get(f"/permohonan/{draft}/{page}")
    assert answer.status_code == 303
    assert answer["Location"].startswith("/masuk/?next=")


def test_for_the_family_names_are_masked_and_an_adult_is_asked_first(register: Register) -> None:
    owner = citizen.somebody(register)
    adult = citizen.somebody(register).identity
    register.add(adult, no_kk=owner.identity.no_kk, name="DINDA MAHARANI")
    client = walking.signed_in(owner)
    response = client.post("/d/33.74/ktp_el_hilang/mulai", {**citizen.SCREENING, "untuk": "keluarga"})
    page = client.get(response["Location"]).content.decode()
    assert "D•••• M•••••" in page
    assert "DINDA" not in page
    token = page.split('name="untuk" value="')[1].split('"')[0]
    draft = walking.application_in(press(client, "/permohonan/mulai", untuk=token))
    tasks = client.get(f"/permohonan/{draft}/")
    assert "Minta persetujuan" in text_of(tasks)
    assert "DINDA" not in tasks.content.decode()
    assert client.get(f"/permohonan/{draft}/isi/data_diri").status_code == 302
