"""What a file tells of where it comes from is found before it is made anew, and stays sealed with its pages."""

from __future__ import annotations

import io
from uuid import UUID

import pytest
import segno
from PIL import Image

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.documents import origins
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents.origin import FileSignature, Integrity, Origin
from adminduk.usecases import arrange, attach
from tests import database
from tests.signed_pdfs import exchanged, make_root, make_signer, signed_pdf
from tests.usecases import citizen
from tests.usecases.stand_ins import SEMARANG, Register

pytestmark = pytest.mark.usefixtures("database")
NAME = "Contoh Pejabat Rahasia"


@pytest.fixture
def actor(register: Register) -> Actor:
    return citizen.somebody(register).actor


@pytest.fixture
def draft(actor: Actor) -> UUID:
    return citizen.start(actor)


@pytest.fixture
def signed() -> bytes:
    return signed_pdf(make_signer(make_root(), NAME))


def told(actor: Actor, draft: UUID) -> tuple[Origin, ...]:
    with acting_as(actor):
        return tuple(origins.list_of_application(draft, region_id=SEMARANG.number).values())


def send(actor: Actor, draft: UUID, data: bytes) -> UUID:
    attach.attach(actor, draft, requirement_id="kk", kind="", data=data)
    with acting_as(actor):
        return documents.list_pages(draft, region_id=SEMARANG.number)[-1].id


def test_a_signature_is_kept_sealed(actor: Actor, draft: UUID, signed: bytes) -> None:
    send(actor, draft, signed)
    assert told(actor, draft) == (Origin((FileSignature(Integrity.WHOLE, NAME),)),)
    with database.superuser_connection() as connection:
        (row,) = connection.execute("SELECT p::text, p.origin FROM documents_page p")
    assert NAME not in row[0] and NAME.encode() not in bytes(row[1])


def test_a_forged_file_is_told_as_such(actor: Actor, draft: UUID, signed: bytes) -> None:
    send(actor, draft, exchanged(signed, b"AKTA CONTOH", b"AKTA PALSU "))
    assert told(actor, draft) == (Origin((FileSignature(Integrity.BROKEN),)),)


def test_a_turned_page_keeps_what_its_file_told(actor: Actor, draft: UUID, signed: bytes) -> None:
    arrange.turn(actor, draft, page_id=send(actor, draft, signed), degrees=90)
    assert told(actor, draft) == (Origin((FileSignature(Integrity.WHOLE, NAME),)),)


def test_a_qr_code_is_kept_as_text(actor: Actor, draft: UUID) -> None:
    code, out = io.BytesIO(), io.BytesIO()
    segno.make("https://contoh.example/surat/9").save(code, kind="png", scale=8)
    page = Image.new("RGB", (1200, 1600), "#eee")
    page.paste(Image.open(code).convert("RGB"), (400, 700))
    page.save(out, "JPEG")
    send(actor, draft, out.getvalue())
    assert told(actor, draft) == (Origin((), ("https://contoh.example/surat/9",)),)


def test_most_pages_have_nothing_to_tell(actor: Actor, draft: UUID) -> None:
    send(actor, draft, citizen.picture())
    assert told(actor, draft) == ()
    with database.superuser_connection() as connection:
        assert connection.execute("SELECT origin FROM documents_page").fetchall() == [(None,)]
