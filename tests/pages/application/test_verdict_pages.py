"""What a page says about its pictures: the verdict in words, one action, the place; both ways on; nothing by script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from adminduk.catalogue.papers.types import Box, Cause, Reason, Verdict
from adminduk.foundation import clock, jobs
from adminduk.usecases import judging
from tests.pages.application import walking
from tests.pages.application.walking import photograph, press, text_of
from tests.usecases import citizen, readers
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")
GOOD = Verdict(accepted=True)
GLARE = Verdict(False, (Reason(Cause.GLARE, Box(0.25, 0.5, 0.75, 1.0)), Reason(Cause.SMALL)))
Look = Callable[[Verdict], None]


@pytest.fixture
def reader(register: Register) -> Iterator[readers.Reader]:
    """A reader that sees a KK."""
    with readers.in_place() as reader:
        yield reader


@pytest.fixture
def first_look(monkeypatch: pytest.MonkeyPatch) -> Look:
    """Call it to say what the quick look finds from now on; at first all is well."""

    def finds(verdict: Verdict) -> None:
        monkeypatch.setattr(judging, "first_verdict", lambda measures, *, wanted: verdict)

    finds(GOOD)
    return finds


@pytest.fixture
def client(register: Register, reader: readers.Reader, first_look: Look) -> Client:
    return walking.signed_in(citizen.somebody(register))


@pytest.fixture
def draft(client: Client) -> UUID:
    return walking.application_in(walking.begun(client))


@pytest.fixture
def path(draft: UUID) -> str:
    return f"/permohonan/{draft}/dokumen/kk"


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def ids_on(client: Client, path: str) -> list[str]:
    return re.findall(r'src="/permohonan/[^"]+/([^/"]+)\?kecil"', html_of(client, path))


def test_a_page_is_being_read_and_then_it_is(client: Client, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "final_verdict", lambda *seen, wanted: GOOD)
    press(client, path, kirim="1", berkas=photograph())
    page, part = html_of(client, path), html_of(client, f"{path}/daftar")
    assert "Foto terlihat baik. Sedang dibaca" in text_of(client.get(path))
    assert f'data-reading="{path}/daftar"' in page and f'data-reading="{path}/daftar"' in part
    assert "citizen/reading" in page and "Lihat hasil bacaan" in page
    assert "<html" not in part
    readers.read_all()
    page = html_of(client, path)
    assert "Terbaca jelas." in page and "data-reading" not in page and "citizen/reading" not in page


def test_a_page_that_nobody_reads_is_not_being_read_for_ever(client: Client, path: str) -> None:
    """Its job may have given up, or the worker may be down."""
    press(client, path, kirim="1", berkas=photograph())
    clock.move_forward(timedelta(minutes=10))
    said = text_of(client.get(path))
    assert "Belum dibaca mesin. Anda tidak perlu menunggu; petugas membacanya." in said
    assert "Sedang dibaca" not in said and "data-reading" not in html_of(client, path)
    readers.read_all()
    assert "Belum dibaca mesin" not in text_of(client.get(path)), "a later try finds it waiting"


def test_a_long_queue_is_told(client: Client, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    press(client, path, kirim="1", berkas=photograph())
    monkeypatch.setattr(jobs, "count_waiting", lambda queue: 240)
    assert "240 foto di depan. Anda tidak perlu menunggu." in text_of(client.get(path))


def test_what_is_wrong_is_told_at_once_with_its_place(client: Client, path: str, first_look: Look) -> None:
    first_look(GLARE)
    press(client, path, kirim="1", berkas=photograph())
    said = text_of(client.get(path))
    assert "Ada pantulan cahaya. Matikan lampu kilat, geser sedikit, lalu foto lagi." in said
    assert "Tulisan terlalu kecil. Dekatkan HP" in said
    page = html_of(client, path)
    assert '<rect x="80" y="120" width="160" height="120"/>' in page
    assert "style=" not in page


def test_as_it_is_from_the_second_try_on(client: Client, path: str, first_look: Look) -> None:
    first_look(GLARE)
    press(client, path, kirim="1", berkas=photograph())
    (first,) = ids_on(client, path)
    page = html_of(client, path)
    assert f"?ganti={first}#berkas" in page and "apa_adanya" not in page
    assert f'name="ganti" value="{first}"' in page, "the next picture takes the refused one's place"
    press(client, path, kirim="1", ganti=first, berkas=photograph())
    (second,) = ids_on(client, path)
    assert second != first
    page = html_of(client, path)
    assert page.index("Foto lagi") < page.index("Kirim apa adanya")
    press(client, path, apa_adanya=second)
    said = text_of(client.get(path))
    assert "Dikirim apa adanya. Petugas memeriksanya sendiri." in said
    assert "Ada pantulan cahaya" not in said


def test_the_same_bad_picture_again(client: Client, path: str, first_look: Look) -> None:
    first_look(GLARE)
    data = citizen.picture()
    press(client, path, kirim="1", berkas=photograph(data))
    (first,) = ids_on(client, path)
    press(client, path, hapus=first)
    press(client, path, kirim="1", berkas=photograph(data))
    assert "Foto ini sudah pernah ditolak." in text_of(client.get(path))


def test_another_document_is_named(client: Client, draft: UUID) -> None:
    path = f"/permohonan/{draft}/dokumen/akta_lahir"
    press(client, path, kirim="1", jenis="surat_keterangan_lahir", berkas=photograph())
    readers.read_all()
    said = text_of(client.get(path))
    assert re.search(r"Ini tampaknya Kartu Keluarga; yang diminta Surat keterangan lahir\.", said, re.IGNORECASE)


def test_a_page_that_is_missing_is_told_until_it_is_there(
    client: Client, draft: UUID, path: str, reader: readers.Reader
) -> None:
    reader.page = readers.page_of(*readers.KK, "Halaman 1 dari 2")
    press(client, path, kirim="1", berkas=photograph())
    assert "belum ada." not in text_of(client.get(path))
    readers.read_all()
    told = "Halaman 2 belum ada. Foto juga halaman itu."
    assert told in text_of(client.get(path))
    assert told in text_of(client.get(f"{path}/daftar")), "also where only the list is asked for again"
    check = f"/permohonan/{draft}/periksa"
    assert told in text_of(client.get(check))

    press(client, path, kirim="1", berkas=photograph())
    assert "belum ada." not in text_of(client.get(path)), "while it is being read it may be the one"
    assert told not in text_of(client.get(check))
    readers.read_all()
    assert "Halaman 2 belum ada. Hapus halaman yang tidak perlu" in text_of(client.get(path)), "the same sheet twice"
    press(client, path, hapus=ids_on(client, path)[1])

    reader.page = readers.page_of(*readers.KK, "Halaman 2 dari 2")
    press(client, path, kirim="1", berkas=photograph())
    readers.read_all()
    assert "Halaman 2 belum ada" not in text_of(client.get(path)) + text_of(client.get(check))


def test_pages_by_buttons_alone(client: Client, path: str) -> None:
    press(client, path, kirim="1", berkas=[photograph(), photograph()])
    first, second = ids_on(client, path)
    press(client, path, turun=first)
    assert ids_on(client, path) == [second, first]
    press(client, path, naik=first)
    assert ids_on(client, path) == [first, second]
    press(client, path, urutan=f"{second},{first}")
    assert ids_on(client, path) == [second, first]
    assert press(client, path, putar=second).status_code == 303
    turned, last = ids_on(client, path)
    assert last == first and turned != second
    assert press(client, path, urutan="x").status_code == 404


def test_before_sending_both_ways_are_offered_and_nobody_is_kept(client: Client, draft: UUID, first_look: Look) -> None:
    walking.fill_in(client, draft)
    first_look(GLARE)
    press(client, f"/permohonan/{draft}/dokumen/kk", kirim="1", berkas=photograph())
    page = html_of(client, f"/permohonan/{draft}/periksa")
    assert "Lihat lagi sebelum mengirim" in page and "Ada pantulan cahaya." in page
    assert "Foto lagi" in page and "Kirim apa adanya" in page and "Kirim permohonan" in page
    (page_id,) = re.findall(r'name="apa_adanya" value="([^"]+)"', page)
    answer = press(client, f"/permohonan/{draft}/dokumen/kk", apa_adanya=page_id, kembali="periksa")
    assert answer["Location"] == f"/permohonan/{draft}/periksa"
    assert "Lihat lagi sebelum mengirim" not in html_of(client, f"/permohonan/{draft}/periksa")
    assert "Lihat lagi" not in html_of(client, f"/permohonan/{draft}/")


def test_a_refused_page_can_be_sent_without_a_word(client: Client, draft: UUID, first_look: Look) -> None:
    first_look(GLARE)
    walking.fill_in(client, draft)
    assert "Lihat lagi" in html_of(client, f"/permohonan/{draft}/")
    answer = press(client, f"/permohonan/{draft}/periksa", benar="ya")
    assert answer["Location"] == f"/permohonan/{draft}/terkirim"


def test_what_was_read_is_proposed_and_marked(register: Register, reader: readers.Reader, first_look: Look) -> None:
    register.is_down = True
    client = walking.signed_in(citizen.somebody(register))
    draft = walking.application_in(walking.begun(client))
    press(client, f"/permohonan/{draft}/dokumen/kk", kirim="1", berkas=photograph())
    reader.page = readers.page_of(*readers.KK, "RT/RW : 004/002")
    group = f"/permohonan/{draft}/isi/data_diri"
    assert "Dibaca dari foto" not in html_of(client, group)
    readers.read_all()
    page = html_of(client, group)
    assert page.count("Dibaca dari foto, periksa.") == 1
    assert 'value="JL. PANDANARAN NO. 12, RT 004/RW 002, MIROTO, SEMARANG TENGAH"' in page
    press(client, group, tempat_lahir="Semarang", alamat="Jalan Lain 99, Ungaran", status_kawin="kawin")
    page = html_of(client, group)
    assert "Dibaca dari foto" not in page and "Jalan Lain 99, Ungaran" in page, "nothing typed is overwritten"
    check = text_of(client.get(f"/permohonan/{draft}/periksa"))
    assert "di foto JL. PANDANARAN NO. 12, isian Anda Jalan Lain 99, Ungaran" in check


def test_what_must_be_readable_is_told_before(client: Client, path: str) -> None:
    assert "Yang harus terbaca:" in text_of(client.get(path))
