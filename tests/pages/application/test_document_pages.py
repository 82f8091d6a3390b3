"""The pages of documents: several files, refusals beside the field, nothing for strangers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client

from adminduk.kernel.errors import Unavailable
from adminduk.usecases import outside
from tests.pages.application import walking
from tests.pages.application.walking import photograph, press, text_of
from tests.usecases import citizen
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def client(register: Register) -> Client:
    return walking.signed_in(citizen.somebody(register))


@pytest.fixture
def draft(client: Client) -> UUID:
    return walking.application_in(walking.begun(client))


def pictures_on(client: Client, path: str) -> list[str]:
    return re.findall(r'src="(/permohonan/[^"]+)\?kecil"', client.get(path).content.decode())


def test_several_files_at_once_are_pages_with_previews(client: Client, draft: UUID) -> None:
    path = f"/permohonan/{draft}/dokumen/kk"
    answer = press(client, path, kirim="1", berkas=[photograph(), photograph()])
    assert (answer.status_code, answer["Location"]) == (303, f"{path}#halaman")
    pictures = pictures_on(client, path)
    assert len(pictures) == 2
    shown = client.get(pictures[0])
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Cache-Control"] == "no-store"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert shown["Content-Disposition"].startswith("attachment")


def test_a_good_file_is_kept_beside_a_bad_one(client: Client, draft: UUID) -> None:
    path = f"/permohonan/{draft}/dokumen/kk"
    answer = press(client, path, kirim="1", berkas=[photograph(), photograph(b"<svg onload=alert(1)>", "<b>.svg")])
    assert answer.status_code == 422
    assert "Kirim foto (JPEG, PNG, WebP, HEIC) atau PDF." in text_of(answer)
    assert len(pictures_on(client, path)) == 1


def test_a_full_document_has_no_field_and_its_refusal_leads_to_its_pages(client: Client, draft: UUID) -> None:
    path = f"/permohonan/{draft}/dokumen/kk"
    press(client, path, kirim="1", berkas=[photograph(), photograph()])
    answer = press(client, path, kirim="1", berkas=photograph())
    assert answer.status_code == 422
    page = answer.content.decode()
    targets = re.findall(r'href="#([^"]+)"', page)
    assert "halaman" in targets and "berkas" not in targets
    assert all(f'id="{target}"' in page for target in targets)


def test_a_needed_document_is_missed_before_going_on(client: Client, draft: UUID) -> None:
    answer = press(client, f"/permohonan/{draft}/dokumen/kk", lanjut="1")
    assert answer.status_code == 422
    assert "Pilih foto atau berkas dulu." in text_of(answer)
    later = press(client, f"/permohonan/{draft}/dokumen/kk", nanti="1")
    assert later["Location"] == "/permohonan/#tersimpan"


def test_a_document_that_only_some_have_may_stay_empty(client: Client, draft: UUID) -> None:
    page = text_of(client.get(f"/permohonan/{draft}/dokumen/surat_pengantar"))
    assert "Diminta daerah, bukan aturan nasional." in page
    assert press(client, f"/permohonan/{draft}/dokumen/surat_pengantar", lanjut="1").status_code == 303


def test_a_page_is_taken_away(client: Client, draft: UUID) -> None:
    path = f"/permohonan/{draft}/dokumen/kk"
    press(client, path, kirim="1", berkas=photograph())
    (picture,) = pictures_on(client, path)
    press(client, path, hapus=picture.rsplit("/", 1)[1])
    assert pictures_on(client, path) == []
    assert client.get(picture).status_code == 404
    assert press(client, path, hapus="../../etc/passwd").status_code == 404


def test_a_script_that_sends_gets_a_short_answer(client: Client, draft: UUID) -> None:
    path = f"/permohonan/{draft}/dokumen/kk"
    answer = client.post(path, {"berkas": photograph(), "kirim": "1"}, headers={"X-Requested-With": "photo"})
    assert answer.status_code == 204


def test_a_request_that_is_too_large_is_told_beside_the_field(client: Client, draft: UUID) -> None:
    answer = press(client, f"/permohonan/{draft}/dokumen/kk", kirim="1", berkas=photograph(b"x" * 11_500_000))
    assert answer.status_code == 422
    assert "10 MB" in text_of(answer)


def test_without_a_script_it_is_told_too(register: Register) -> None:
    client = walking.signed_in(citizen.somebody(register))
    draft = walking.application_in(walking.begun(client))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    answer = press(strict, f"/permohonan/{draft}/dokumen/kk", kirim="1", berkas=photograph(b"x" * 11_500_000))
    assert answer.status_code == 413
    assert "10 MB" in text_of(answer)


def test_a_stranger_gets_no_picture(client: Client, draft: UUID, register: Register) -> None:
    path = f"/permohonan/{draft}/dokumen/kk"
    press(client, path, kirim="1", berkas=photograph())
    (picture,) = pictures_on(client, path)
    stranger = walking.signed_in(citizen.somebody(register))
    assert stranger.get(picture).status_code == 404
    assert Client().get(picture).status_code == 303


class Down:
    """A storage that cannot answer."""

    def __getattr__(self, name: str) -> object:
        raise Unavailable("down")


def down() -> Down:
    """Named in the settings of the test."""
    return Down()


@pytest.fixture
def storage_down(monkeypatch: pytest.MonkeyPatch, draft: UUID) -> Iterator[None]:
    from django.conf import settings

    monkeypatch.setattr(settings, "DOCUMENT_STORAGE", "tests.pages.application.test_document_pages.down")
    outside.forget()
    yield
    monkeypatch.undo()
    outside.forget()


@pytest.mark.usefixtures("storage_down")
def test_storage_down_is_told_kindly_and_the_form_stays(client: Client, draft: UUID) -> None:
    answer = press(client, f"/permohonan/{draft}/dokumen/kk", lanjut="1", berkas=photograph())
    assert answer.status_code == 503
    assert "Coba lagi sebentar lagi, atau lanjut nanti." in text_of(answer)
    assert "Simpan, lanjut nanti" in text_of(answer)
