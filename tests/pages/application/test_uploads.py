"""tus 1.0 below a document: the protocol as a table, and whose uploads are whose."""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from PIL import Image

from adminduk.foundation import clock, jobs
from adminduk.usecases import upkeep_storage, upload
from adminduk.usecases.outside import storage
from tests import database as test_database
from tests.pages.application import tus, walking
from tests.pages.application.test_document_pages import pictures_on
from tests.pages.application.walking import press, text_of
from tests.usecases import citizen
from tests.usecases.stand_ins import SEMARANG, Register

pytestmark = pytest.mark.usefixtures("database")
SYSTEM = jobs.system_actor(SEMARANG.number)
DATA = secrets.token_bytes(20_000)
FIRST, REST = DATA[:12_000], DATA[12_000:]


@pytest.fixture
def client(register: Register) -> Client:
    return walking.signed_in(citizen.somebody(register))


@pytest.fixture
def draft(client: Client) -> UUID:
    return walking.application_in(walking.begun(client))


@pytest.fixture
def half(client: Client, draft: UUID) -> str:
    """An upload of DATA of which FIRST has arrived."""
    path = tus.begun(client, draft, len(DATA))
    assert tus.patch(client, path, FIRST, 0).status_code == 204
    return path


def page_of(draft: UUID) -> str:
    return f"/permohonan/{draft}/dokumen/kk"


def id_of(path: str) -> str:
    return path.rpartition("/")[2]


def large_picture(size: tuple[int, int] = (320, 240)) -> bytes:
    """A photograph with some bytes of noise behind it, which decoders pass over."""
    out = io.BytesIO()
    Image.open(io.BytesIO(citizen.picture())).resize(size).save(out, "JPEG")
    return out.getvalue() + secrets.token_bytes(100_000)


def test_a_file_in_parts_becomes_a_page_as_any_other(client: Client, draft: UUID) -> None:
    path = tus.send(client, draft, large_picture())
    answer = press(client, page_of(draft), kirim="1", unggahan=id_of(path))
    assert (answer.status_code, answer["Location"]) == (303, f"{page_of(draft)}#halaman")
    assert len(pictures_on(client, page_of(draft))) == 1


def test_several_uploads_are_pages_in_the_order_of_the_form(client: Client, draft: UUID) -> None:
    lying, standing = (tus.send(client, draft, large_picture(size)) for size in ((320, 240), (240, 320)))
    answer = press(client, page_of(draft), lanjut="1", unggahan=[id_of(standing), id_of(lying)])
    assert answer.status_code == 303
    assert re.findall(r'width="([0-9]+)" height="[0-9]+" alt', client.get(page_of(draft)).content.decode()) == [
        "240",
        "320",
    ]


def test_a_form_sent_twice_adds_one_page(client: Client, draft: UUID) -> None:
    path = tus.send(client, draft, large_picture())
    for _ in range(2):
        assert press(client, page_of(draft), kirim="1", unggahan=id_of(path)).status_code == 303
    assert len(pictures_on(client, page_of(draft))) == 1


def test_what_is_no_picture_is_refused_in_words_and_ends(client: Client, draft: UUID) -> None:
    path = tus.send(client, draft, DATA)
    answer = press(client, page_of(draft), kirim="1", unggahan=id_of(path))
    assert answer.status_code == 422
    assert "Kirim foto (JPEG, PNG, WebP, HEIC) atau PDF." in text_of(answer)
    assert tus.head(client, path).status_code == 410


def test_half_a_file_is_not_taken(client: Client, draft: UUID, half: str) -> None:
    answer = press(client, page_of(draft), kirim="1", unggahan=id_of(half))
    assert answer.status_code == 422
    assert "Foto ini belum selesai dikirim." in text_of(answer)
    assert tus.head(client, half)["Upload-Offset"] == str(len(FIRST))


def test_an_upload_belongs_to_its_document(client: Client, draft: UUID) -> None:
    path = tus.send(client, draft, large_picture())
    answer = press(client, f"/permohonan/{draft}/dokumen/akta_lahir", kirim="1", unggahan=id_of(path))
    assert answer.status_code == 404
    assert press(client, page_of(draft), kirim="1", unggahan="../x").status_code == 404


def test_the_server_says_what_it_can(client: Client, draft: UUID) -> None:
    answer = client.options(f"{page_of(draft)}/unggahan")
    assert answer.status_code == 204
    told = {name: answer[name] for name in ("Tus-Version", "Tus-Extension", "Tus-Max-Size", "Tus-Checksum-Algorithm")}
    assert told == {
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Max-Size": "10000000",
        "Tus-Checksum-Algorithm": "sha1,sha256",
    }


def test_how_far_it_is(client: Client, half: str) -> None:
    answer = tus.head(client, half)
    assert answer.status_code == 200
    assert (answer["Upload-Offset"], answer["Upload-Length"]) == (str(len(FIRST)), str(len(DATA)))
    assert answer["Cache-Control"] == "no-store"
    assert answer["Tus-Resumable"] == "1.0.0"
    assert answer["Upload-Expires"].endswith(" GMT")


CREATIONS: dict[str, tuple[Callable[[Client, UUID], Any], int]] = {
    "no version": (lambda c, d: c.post(f"{page_of(d)}/unggahan", headers={"Upload-Length": "5"}), 412),
    "another version": (lambda c, d: tus.begin(c, d, 5, **{"Tus-Resumable": "0.2.2"}), 412),
    "no length": (lambda c, d: tus.begin(c, d, ""), 400),
    "a length that is none": (lambda c, d: tus.begin(c, d, "-1"), 400),
    "nothing": (lambda c, d: tus.begin(c, d, 0), 400),
    "as large as may be": (lambda c, d: tus.begin(c, d, 10_000_000), 201),
    "larger": (lambda c, d: tus.begin(c, d, 10_000_001), 413),
    "length told later": (lambda c, d: tus.begin(c, d, "", **{"Upload-Defer-Length": "1"}), 400),
    "a document that nobody asks for": (lambda c, d: tus.begin(c, d, 5, requirement="buku_nikah"), 404),
    "no application": (lambda c, d: tus.begin(c, uuid4(), 5), 404),
    "looked at": (lambda c, d: c.get(f"{page_of(d)}/unggahan", headers={"Tus-Resumable": "1.0.0"}), 405),
}


@pytest.mark.parametrize("name", CREATIONS)
def test_creation(client: Client, draft: UUID, name: str) -> None:
    ask, status = CREATIONS[name]
    answer = ask(client, draft)
    assert answer.status_code == status
    assert answer["Tus-Resumable"] == "1.0.0"


Ask = Callable[[Client, str], Any]
AT = len(FIRST)
PARTS: dict[str, tuple[Ask, int]] = {
    "the rest": (lambda c, p: tus.patch(c, p, REST, AT), 204),
    "nothing": (lambda c, p: tus.patch(c, p, b"", AT, **{"Content-Type": tus.PART, "Content-Length": "0"}), 204),
    "no length": (lambda c, p: tus.patch(c, p, b"", AT, **{"Content-Type": tus.PART}), 411),
    "from the beginning again": (lambda c, p: tus.patch(c, p, FIRST, 0), 409),
    "beyond": (lambda c, p: tus.patch(c, p, REST, AT + 1), 409),
    "no place": (lambda c, p: tus.patch(c, p, REST, ""), 400),
    "a place that is none": (lambda c, p: tus.patch(c, p, REST, "x"), 400),
    "more than the file": (lambda c, p: tus.patch(c, p, REST + b"x", AT), 413),
    "more than a part": (lambda c, p: tus.patch(c, p, bytes(upload.LARGEST_PART + 1), AT), 413),
    "crumbs": (lambda c, p: tus.patch(c, p, REST[:10], AT), 400),
    "another type": (lambda c, p: tus.patch(c, p, REST, AT, kind="image/jpeg"), 415),
    "no version": (lambda c, p: c.patch(p, REST, content_type=tus.PART, headers={"Upload-Offset": str(AT)}), 412),
    "right sha1": (lambda c, p: tus.patch(c, p, REST, AT, **{"Upload-Checksum": tus.checksum(REST, "sha1")}), 204),
    "right sha256": (lambda c, p: tus.patch(c, p, REST, AT, **{"Upload-Checksum": tus.checksum(REST)}), 204),
    "wrong sha256": (lambda c, p: tus.patch(c, p, REST, AT, **{"Upload-Checksum": tus.checksum(FIRST)}), 460),
    "unknown sum": (lambda c, p: tus.patch(c, p, REST, AT, **{"Upload-Checksum": tus.checksum(REST, "md5")}), 400),
    "sum that is none": (lambda c, p: tus.patch(c, p, REST, AT, **{"Upload-Checksum": "sha1 ???"}), 400),
    "by another method's name": (
        lambda c, p: c.post(
            p,
            REST,
            content_type=tus.PART,
            headers={"Tus-Resumable": "1.0.0", "Upload-Offset": str(AT), "X-HTTP-Method-Override": "PATCH"},
        ),
        204,
    ),
    "an upload that there is not": (lambda c, p: tus.patch(c, f"{p[:-12]}{'0' * 12}", REST, AT), 404),
    "posted": (lambda c, p: c.post(p, headers={"Tus-Resumable": "1.0.0"}), 405),
}


@pytest.mark.parametrize("name", PARTS)
def test_parts(client: Client, half: str, name: str) -> None:
    ask, status = PARTS[name]
    answer = ask(client, half)
    assert answer.status_code == status
    arrived = len(DATA) if status == 204 and name != "nothing" else AT
    assert tus.head(client, half)["Upload-Offset"] == str(arrived)
    if status == 204:
        assert answer["Upload-Offset"] == str(arrived)


def test_given_up_is_over(client: Client, half: str) -> None:
    assert tus.end(client, half).status_code == 204
    assert tus.head(client, half).status_code == 410
    assert tus.patch(client, half, REST, AT).status_code == 410
    assert tus.end(client, half).status_code == 410


def keys() -> list[str]:
    with test_database.superuser_connection() as above:
        return [key for (key,) in above.execute("SELECT object_key FROM uploads_part").fetchall()]


def test_expired_is_over_and_goes(client: Client, half: str) -> None:
    (key,) = keys()
    upkeep_storage.delete_orphans(SYSTEM)
    upkeep_storage.delete_uploads(SYSTEM)
    assert storage().exists(key)
    clock.move_forward(upload.kept_for() + timedelta(minutes=1))
    upkeep_storage.delete_orphans(SYSTEM)
    assert storage().exists(key), "a part is no orphan"
    upkeep_storage.delete_uploads(SYSTEM)
    assert not storage().exists(key)
    with test_database.superuser_connection() as above:
        assert above.execute("SELECT count(*) FROM uploads_upload").fetchone() == (0,)


def test_expired_is_told_before_it_goes(client: Client, half: str, draft: UUID, register: Register) -> None:
    with test_database.superuser_connection() as above:
        above.execute("UPDATE uploads_upload SET expires_at = now() - interval '1 second'")
    assert tus.head(client, half).status_code == 410
    assert tus.patch(client, half, REST, AT).status_code == 410
    answer = press(client, page_of(draft), kirim="1", unggahan=id_of(half))
    assert "Pengiriman ini sudah berakhir." in text_of(answer)


def test_parts_of_a_taken_file_go_at_once(client: Client, draft: UUID) -> None:
    path = tus.send(client, draft, large_picture())
    press(client, page_of(draft), kirim="1", unggahan=id_of(path))
    parts = keys()
    upkeep_storage.delete_uploads(SYSTEM)
    assert parts and not any(storage().exists(key) for key in parts)
    assert press(client, page_of(draft), kirim="1", unggahan=id_of(path)).status_code == 303


def test_a_withdrawn_draft_takes_its_uploads_along(client: Client, half: str, draft: UUID) -> None:
    press(client, f"/permohonan/{draft}/tarik", tarik="1")
    assert tus.head(client, half).status_code == 410


def test_another_person_learns_nothing(register: Register, half: str, draft: UUID) -> None:
    other = walking.signed_in(citizen.somebody(register))
    for answer in (
        tus.head(other, half),
        tus.patch(other, half, REST, AT),
        tus.end(other, half),
        tus.begin(other, draft, 100),
    ):
        assert answer.status_code == 404
    own = walking.application_in(walking.begun(other))
    assert press(other, page_of(own), kirim="1", unggahan=id_of(half)).status_code == 404
    assert tus.head(Client(), half).status_code == 303


def test_without_the_forms_mark_nothing_is_written(client: Client, draft: UUID, half: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert tus.begin(strict, draft, 100).status_code == 403
    assert tus.patch(strict, half, REST, AT).status_code == 403
    assert tus.head(client, half)["Upload-Offset"] == str(AT)


def test_too_much_under_way(client: Client, draft: UUID) -> None:
    for _ in range(upload.MOST_OPEN):
        path = tus.begun(client, draft, 100)
    refused = tus.begin(client, draft, 100)
    assert (refused.status_code, refused["Upload-Problem"]) == (429, "uploads_open")
    tus.end(client, path)
    assert tus.begin(client, draft, 100).status_code == 201


def test_too_many_bytes_under_way(client: Client, draft: UUID) -> None:
    for _ in range(upload.MOST_BYTES // upload.LARGEST_FILE):
        tus.begun(client, draft, upload.LARGEST_FILE)
    assert tus.begin(client, draft, 1).status_code == 429


def test_a_document_that_is_not_open(client: Client, register: Register) -> None:
    owner = citizen.somebody(register)
    sent = citizen.sent(owner.actor)
    assert tus.begin(walking.signed_in(owner), sent, 100).status_code == 409


def test_no_byte_of_a_part_lies_in_the_clear(client: Client, half: str) -> None:
    (key,) = keys()
    lying = storage().get(key)
    assert len(lying) > len(FIRST)
    assert not any(FIRST[begin : begin + 8] in lying for begin in range(0, len(FIRST), 8))
