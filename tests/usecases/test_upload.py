"""Parts that come at once, and what is lost when nothing may be: one wins, and what was acknowledged is there."""

from __future__ import annotations

import secrets
from collections import Counter
from uuid import UUID

import pytest

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Unavailable
from adminduk.modules.uploads import queries as under_way
from adminduk.modules.uploads.types import Upload
from adminduk.usecases import outside, upload
from tests.at_once import at_once
from tests.usecases import citizen
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")
SIZE = 10_000


@pytest.fixture
def actor(register: Register) -> Actor:
    return citizen.somebody(register).actor


@pytest.fixture
def draft(actor: Actor) -> UUID:
    return citizen.start(actor)


def codes(answers: list[object]) -> Counter[str]:
    return Counter(answer.code if isinstance(answer, DomainError) else type(answer).__name__ for answer in answers)


def content(actor: Actor, draft: UUID, upload_id: UUID) -> bytes:
    """What was acknowledged, put together."""
    from adminduk.modules.uploads import actions as uploads

    with acting_as(actor):
        found = under_way.get_upload(upload_id, application_id=draft)
        parts = under_way.list_parts(upload_id)
    return b"".join(
        uploads.unseal(outside.storage().get(part.object_key), upload=found, begins_at=part.begins_at) for part in parts
    )


def test_of_parts_for_the_same_place_one_wins(actor: Actor, draft: UUID) -> None:
    begun = upload.begin(actor, draft, requirement_id="kk", length=3 * SIZE)
    rivals = [secrets.token_bytes(SIZE) for _ in range(6)]
    for offset in (0, SIZE, 2 * SIZE):

        def send(number: int, at: int = offset) -> Upload:
            return upload.append(actor, draft, begun.id, offset=at, data=rivals[number], checksum=None)

        answers = at_once(len(rivals), send)
        assert codes(list(answers)) == {"Upload": 1, "upload_place": 5}
    whole = content(actor, draft, begun.id)
    assert len(whole) == 3 * SIZE
    assert all(whole[offset : offset + SIZE] in rivals for offset in (0, SIZE, 2 * SIZE))


def test_the_objects_of_losers_are_gone(actor: Actor, draft: UUID) -> None:
    before = set(outside.storage().list_keys())
    begun = upload.begin(actor, draft, requirement_id="kk", length=SIZE)
    at_once(6, lambda _: upload.append(actor, draft, begun.id, offset=0, data=bytes(SIZE), checksum=None))
    assert len(set(outside.storage().list_keys()) - before) == 1


def test_places_for_uploads_are_counted_also_at_once(actor: Actor, draft: UUID) -> None:
    answers = at_once(14, lambda _: upload.begin(actor, draft, requirement_id="kk", length=SIZE))
    assert codes(list(answers)) == {"Upload": upload.MOST_OPEN, "uploads_open": 14 - upload.MOST_OPEN}


def test_taken_at_once_is_one_page(actor: Actor, draft: UUID) -> None:
    picture = citizen.picture()
    begun = upload.begin(actor, draft, requirement_id="kk", length=len(picture))
    upload.append(actor, draft, begun.id, offset=0, data=picture, checksum=None)
    answers = at_once(3, lambda _: upload.take(actor, draft, begun.id, requirement_id="kk", kind=""))
    assert set(answers) <= {0, 1}
    from tests.usecases.test_attach import pages_of

    assert len(pages_of(actor, draft)) == 1


class Full:
    """A storage without room."""

    def new_key(self) -> str:
        return "00/00/00"

    def put(self, key: str, data: bytes) -> None:
        raise Unavailable("full")


def full() -> Full:
    """Named in the settings of the test."""
    return Full()


def test_a_full_disk_acknowledges_nothing(actor: Actor, draft: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    begun = upload.begin(actor, draft, requirement_id="kk", length=SIZE)
    with monkeypatch.context() as patched:
        patched.setattr(settings, "DOCUMENT_STORAGE", "tests.usecases.test_upload.full")
        outside.forget()
        with pytest.raises(Unavailable):
            upload.append(actor, draft, begun.id, offset=0, data=bytes(SIZE), checksum=None)
    outside.forget()
    assert upload.look(actor, draft, begun.id).received == 0
    assert upload.append(actor, draft, begun.id, offset=0, data=bytes(SIZE), checksum=None).is_whole
