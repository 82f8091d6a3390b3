"""Files become pages, or a refusal in words; what is down loses nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from PIL import Image

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound, Unavailable
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents.types import StoredPage
from adminduk.usecases import apply, attach, outside
from tests.at_once import at_once
from tests.usecases import citizen
from tests.usecases.stand_ins import SEMARANG, Register

pytestmark = pytest.mark.usefixtures("database")


def pdf(pages: int) -> bytes:
    """A PDF of scanned pages."""
    pictures = [Image.open(io.BytesIO(citizen.picture())) for _ in range(pages)]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def send(actor: Actor, draft: UUID, data: bytes, *, requirement_id: str = "kk", kind: str = "") -> int:
    return attach.attach(actor, draft, requirement_id=requirement_id, kind=kind, data=data)


def pages_of(actor: Actor, draft: UUID) -> tuple[StoredPage, ...]:
    with acting_as(actor):
        return documents.list_pages(draft, region_id=SEMARANG.number)


@pytest.fixture
def actor(register: Register) -> Actor:
    return citizen.somebody(register).actor


@pytest.fixture
def draft(actor: Actor) -> UUID:
    return citizen.start(actor)


class Down:
    """An outside system that cannot answer."""

    def __getattr__(self, name: str) -> object:
        raise Unavailable("down")


def down() -> Down:
    """Named in the settings of the tests."""
    return Down()


@pytest.fixture
def breakable(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Call it with the name of a port's setting and that system is down."""
    from django.conf import settings

    def break_down(setting: str) -> None:
        monkeypatch.setattr(settings, setting, "tests.usecases.test_attach.down")
        outside.forget()

    yield break_down
    monkeypatch.undo()
    outside.forget()


def test_a_page_is_stored_sealed_and_read_back_by_its_owner(actor: Actor, draft: UUID) -> None:
    assert send(actor, draft, citizen.picture()) == 1
    (page,) = pages_of(actor, draft)
    jpeg = attach.read_page(actor, draft, page_id=page.id)
    assert jpeg.startswith(b"\xff\xd8")
    assert jpeg not in outside.storage().get(page.object_key)
    assert len(attach.read_page(actor, draft, page_id=page.id, is_preview=True)) <= len(jpeg)


def test_the_same_picture_twice_is_one_page(actor: Actor, draft: UUID) -> None:
    picture = citizen.picture()
    send(actor, draft, picture)
    send(actor, draft, picture)
    assert len(pages_of(actor, draft)) == 1


def test_the_same_picture_sent_in_parallel_is_one_page(actor: Actor, draft: UUID) -> None:
    picture = citizen.picture()
    answers = at_once(4, lambda _: send(actor, draft, picture))
    assert answers == [1, 1, 1, 1]
    assert len(pages_of(actor, draft)) == 1


def test_several_files_make_one_document_in_order(actor: Actor, draft: UUID) -> None:
    send(actor, draft, citizen.picture())
    send(actor, draft, citizen.picture())
    assert [page.position for page in pages_of(actor, draft)] == [1, 2]
    with pytest.raises(DomainError, match="too_many_pages"):
        send(actor, draft, citizen.picture())


def test_a_pdf_brings_all_its_pages_or_none(actor: Actor, draft: UUID) -> None:
    assert send(actor, draft, pdf(2)) == 2
    with pytest.raises(DomainError, match="too_many_pages"):
        send(actor, draft, pdf(3), requirement_id="surat_kehilangan")
    assert {page.requirement for page in pages_of(actor, draft)} == {"kk"}


def test_another_kind_of_paper_replaces_the_first(actor: Actor, draft: UUID) -> None:
    send(actor, draft, citizen.picture(), requirement_id="akta_lahir", kind="akta_kelahiran")
    send(actor, draft, citizen.picture(), requirement_id="akta_lahir", kind="surat_keterangan_lahir")
    assert [page.kind for page in pages_of(actor, draft)] == ["surat_keterangan_lahir"]
    with pytest.raises(DomainError, match="document_kind"):
        send(actor, draft, citizen.picture(), requirement_id="akta_lahir", kind="paspor")


def test_a_removed_page_is_gone_and_may_come_again(actor: Actor, draft: UUID) -> None:
    picture = citizen.picture()
    send(actor, draft, picture)
    (page,) = pages_of(actor, draft)
    attach.remove_page(actor, draft, page_id=page.id)
    attach.remove_page(actor, draft, page_id=page.id)
    assert pages_of(actor, draft) == ()
    with pytest.raises(NotFound):
        attach.read_page(actor, draft, page_id=page.id)
    send(actor, draft, picture)
    assert len(pages_of(actor, draft)) == 1


def test_a_document_that_nobody_asked_for(actor: Actor, draft: UUID) -> None:
    with pytest.raises(NotFound):
        send(actor, draft, citizen.picture(), requirement_id="buku_nikah")


def test_another_citizen_sees_adds_and_removes_nothing(register: Register, actor: Actor, draft: UUID) -> None:
    send(actor, draft, citizen.picture())
    (page,) = pages_of(actor, draft)
    other = citizen.somebody(register).actor
    with pytest.raises(NotFound):
        attach.read_page(other, draft, page_id=page.id)
    with pytest.raises(NotFound):
        attach.remove_page(other, draft, page_id=page.id)
    with pytest.raises(NotFound):
        send(other, draft, citizen.picture())


def test_a_page_is_read_only_through_its_own_application(register: Register, actor: Actor, draft: UUID) -> None:
    send(actor, draft, citizen.picture())
    (page,) = pages_of(actor, draft)
    with pytest.raises(NotFound):
        attach.read_page(actor, page.id, page_id=page.id)


def test_after_sending_nothing_is_added(actor: Actor) -> None:
    sent = apply.submit(actor, citizen.complete_draft(actor), key="")
    with pytest.raises(DomainError, match="not_open"):
        send(actor, sent, citizen.picture())


def test_many_refused_files_have_to_wait_and_good_ones_do_not_count(actor: Actor, draft: UUID) -> None:
    for _ in range(attach.REFUSED_FILES.times):
        with pytest.raises(DomainError, match="file_type"):
            send(actor, draft, b"no picture")
    with pytest.raises(DomainError, match="too_often"):
        send(actor, draft, citizen.picture())
    clock.move_forward(attach.REFUSED_FILES.window + timedelta(seconds=1))
    assert send(actor, draft, citizen.picture()) == 1


@pytest.mark.parametrize("setting", ["DOCUMENT_STORAGE", "DOCUMENT_REWRITER"])
def test_what_is_down_is_told_and_the_draft_goes_on_later(
    actor: Actor, draft: UUID, breakable: object, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen.fill_in(actor, draft)
    assert callable(breakable)
    breakable(setting)
    with pytest.raises(Unavailable):
        send(actor, draft, citizen.picture())
    assert pages_of(actor, draft) == ()
    monkeypatch.undo()
    outside.forget()
    assert send(actor, draft, citizen.picture()) == 1
