"""Pages are read after they have come: once, by the system, sealed; what is down or off stops nobody."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Generator, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings

from adminduk.catalogue.papers.types import Cause, ReadPage
from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound, Unavailable
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents import readings
from adminduk.modules.documents.types import Reading, ReadingState, StoredPage
from adminduk.usecases import apply, arrange, attach, outside, own_data, upload
from adminduk.usecases.check_documents import count_ahead, read_document
from adminduk.usecases.upkeep_storage import delete_pictures
from tests import database
from tests.usecases import citizen, readers
from tests.usecases.stand_ins import SEMARANG, Register

pytestmark = pytest.mark.usefixtures("database")
SYSTEM = jobs.system_actor(SEMARANG.number)


@pytest.fixture
def reader(register: Register) -> Iterator[readers.Reader]:
    """A reader that sees a KK."""
    with readers.in_place() as reader:
        yield reader


@pytest.fixture
def actor(register: Register, reader: readers.Reader) -> Actor:
    return citizen.somebody(register).actor


@pytest.fixture
def draft(actor: Actor) -> UUID:
    return citizen.start(actor)


def send(actor: Actor, draft: UUID, data: bytes | None = None, **changes: object) -> StoredPage:
    """One picture for the KK; the page as it stands then."""
    wanted = {"requirement_id": "kk", "kind": "", "data": data or citizen.picture()} | changes
    attach.attach(actor, draft, **wanted)  # type: ignore[arg-type]
    return pages_of(actor, draft)[-1]


def pages_of(actor: Actor, draft: UUID) -> tuple[StoredPage, ...]:
    with acting_as(actor):
        return documents.list_pages(draft, region_id=SEMARANG.number)


def page_of(actor: Actor, draft: UUID, page_id: UUID) -> StoredPage:
    return next(page for page in pages_of(actor, draft) if page.id == page_id)


def readings_of(actor: Actor, draft: UUID) -> dict[UUID, Reading]:
    with acting_as(actor):
        return readings.list_of_application(draft, region_id=SEMARANG.number)


def waiting_jobs() -> list[str]:
    """Pages in the queue, as the job table names them."""
    with database.superuser_connection() as above:
        rows = above.execute(
            "SELECT args -> 'ids' ->> 'page_id' FROM procrastinate_jobs WHERE queue_name = 'pictures' ORDER BY id"
        ).fetchall()
    return [page_id for (page_id,) in rows]


def test_a_page_waits_in_a_queue_of_its_own_with_nothing_but_its_id(actor: Actor, draft: UUID) -> None:
    page = send(actor, draft)
    assert page.reading is ReadingState.WAITING
    assert waiting_jobs() == [str(page.id)]
    assert count_ahead() == 1
    assert jobs.PICTURES not in jobs.shared_queues()


def test_what_stands_on_a_page_is_kept_sealed_and_judged(actor: Actor, draft: UUID) -> None:
    page = send(actor, draft)
    read_document(SYSTEM, str(page.id))
    after = page_of(actor, draft, page.id)
    assert after.reading is ReadingState.DONE
    assert after.verdict is not None and after.verdict.kind == "kk"
    reading = readings_of(actor, draft)[page.id]
    assert reading.paper is not None
    assert reading.paper.fields["no_kk"].value == "3374010501209001"
    with database.superuser_connection() as above:
        (row,) = above.execute("SELECT r::text, p::text FROM documents_reading r, documents_page p").fetchall()
    assert not any("3374010501209001" in text or "SANTOSO" in text for text in row)


def test_reading_twice_is_reading_once(actor: Actor, draft: UUID, reader: readers.Reader) -> None:
    page = send(actor, draft)
    read_document(SYSTEM, str(page.id))
    reader.page = readers.page_of(*readers.BILL)
    read_document(SYSTEM, str(page.id))
    assert reader.asked == 1
    assert len(readings_of(actor, draft)) == 1


def test_a_reading_that_comes_too_late_is_dropped(actor: Actor, draft: UUID, reader: readers.Reader) -> None:
    page = send(actor, draft)
    asked = reader.read

    def removed_meanwhile(jpeg: bytes, *, is_complete: bool = True) -> ReadPage:
        attach.remove_page(actor, draft, page_id=page.id)
        return asked(jpeg)

    reader.read = removed_meanwhile  # type: ignore[method-assign]
    read_document(SYSTEM, str(page.id))
    assert readings_of(actor, draft) == {}
    read_document(SYSTEM, str(page.id))
    assert reader.asked == 1


def test_another_document_is_told_by_its_kind(actor: Actor, draft: UUID, reader: readers.Reader) -> None:
    page = send(actor, draft, requirement_id="akta_lahir", kind="akta_kelahiran")
    read_document(SYSTEM, str(page.id))
    verdict = page_of(actor, draft, page.id).verdict
    assert verdict is not None and not verdict.accepted
    assert [reason.cause for reason in verdict.reasons] == [Cause.WRONG_TYPE]
    assert verdict.kind == "kk"


def test_another_document_is_not_read_to_its_end(actor: Actor, draft: UUID, reader: readers.Reader) -> None:
    page = send(actor, draft, requirement_id="akta_lahir", kind="akta_kelahiran")
    read_document(SYSTEM, str(page.id))
    assert not reader.has_read_all
    other = send(actor, draft)
    read_document(SYSTEM, str(other.id))
    assert reader.has_read_all, "what is wanted is read whole, for the officer"


def test_what_the_first_lines_tell_is_told_before_the_others_are_read(
    actor: Actor, draft: UUID, reader: readers.Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = send(actor, draft)
    told: list[StoredPage] = []
    stages = reader.read_in_stages

    def watched(jpeg: bytes) -> Generator[ReadPage]:
        for seen in stages(jpeg):
            told.append(page_of(actor, draft, page.id))
            yield seen

    monkeypatch.setattr(reader, "read_in_stages", watched)
    read_document(SYSTEM, str(page.id))
    before, *meanwhile = told
    assert (before.read, before.reading) == (None, ReadingState.WAITING)
    assert len(meanwhile) == 2
    assert all(page.read is not None and page.read.accepted and page.is_waiting for page in meanwhile)
    after = page_of(actor, draft, page.id)
    assert after.reading is ReadingState.DONE
    assert after.verdict is not None and not after.verdict.accepted, "no member's NIK stands on it"


def test_what_only_the_second_stage_shows_is_told_then(
    actor: Actor, draft: UUID, reader: readers.Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, reader.glance, reader.second = send(actor, draft), readers.page_of("Semarang"), reader.page
    told: list[StoredPage] = []
    stages = reader.read_in_stages

    def watched(jpeg: bytes) -> Generator[ReadPage]:
        for seen in stages(jpeg):
            told.append(page_of(actor, draft, page.id))
            yield seen

    monkeypatch.setattr(reader, "read_in_stages", watched)
    read_document(SYSTEM, str(page.id))
    *before, meanwhile = told
    assert [page.read for page in before] == [None, None]
    assert meanwhile.read is not None and meanwhile.read.accepted


def test_few_lines_refuse_nothing_that_all_lines_accept(actor: Actor, draft: UUID, reader: readers.Reader) -> None:
    page, reader.glance = send(actor, draft, requirement_id="surat_kehilangan"), readers.page_of("Semarang")
    read_document(SYSTEM, str(page.id))
    assert reader.has_read_all


def test_a_reader_that_is_down_is_asked_again(actor: Actor, draft: UUID, reader: readers.Reader) -> None:
    page, reader.is_down = send(actor, draft), True
    with pytest.raises(Unavailable):
        read_document(SYSTEM, str(page.id))
    assert page_of(actor, draft, page.id).reading is ReadingState.WAITING
    reader.is_down = False
    read_document(SYSTEM, str(page.id))
    assert page_of(actor, draft, page.id).reading is ReadingState.DONE


def test_a_picture_that_beats_the_reader_is_left_to_the_officer(
    actor: Actor, draft: UUID, reader: readers.Reader
) -> None:
    page, reader.is_beaten = send(actor, draft), True
    read_document(SYSTEM, str(page.id))
    assert page_of(actor, draft, page.id).reading is ReadingState.FAILED
    read_document(SYSTEM, str(page.id))
    assert reader.asked == 1


def test_with_reading_off_nothing_waits(actor: Actor, draft: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "READS_DOCUMENTS", "tests.usecases.readers.off")
    outside.forget()
    page = send(actor, draft)
    assert page.reading is ReadingState.NONE
    assert page.cheap is not None
    assert waiting_jobs() == []


def test_a_portrait_is_not_read(actor: Actor, draft: UUID) -> None:
    page = send(actor, draft, requirement_id="pas_foto")
    assert page.reading is ReadingState.NONE
    assert waiting_jobs() == []


def test_a_waiting_page_keeps_nobody_from_sending(actor: Actor) -> None:
    sent = apply.submit(actor, citizen.complete_draft(actor), key="")
    for page_id in waiting_jobs():
        read_document(SYSTEM, page_id)
    assert len(readings_of(actor, sent)) == len(waiting_jobs()) > 0


def test_another_citizen_and_another_region_read_nothing(register: Register, actor: Actor, draft: UUID) -> None:
    page = send(actor, draft)
    read_document(SYSTEM, str(page.id))
    assert readings_of(citizen.somebody(register).actor, draft) == {}
    assert readings_of(jobs.system_actor(5171), draft) == {}
    read_document(jobs.system_actor(5171), str(page.id))  # finds nothing to read


# --- what its owner does --------------------------------------------------------------------------------------------


def refused(
    actor: Actor, draft: UUID, reader: readers.Reader, data: bytes | None = None, **changes: object
) -> StoredPage:
    """A page on which the reader sees a bill."""
    page, reader.page = send(actor, draft, data, **changes), readers.page_of(*readers.BILL)
    read_document(SYSTEM, str(page.id))
    after = page_of(actor, draft, page.id)
    assert after.is_open
    return after


def test_a_refused_picture_is_known_when_it_comes_again(actor: Actor, draft: UUID, reader: readers.Reader) -> None:
    picture = citizen.picture()
    first = refused(actor, draft, reader, picture)
    assert (first.attempt, first.was_refused) == (1, False)
    attach.remove_page(actor, draft, page_id=first.id)
    again = send(actor, draft, picture)
    assert (again.attempt, again.was_refused, again.is_open) == (2, True, True)
    other = send(actor, draft)
    assert (other.attempt, other.was_refused, other.is_open) == (2, False, False)


def test_the_same_picture_in_the_place_of_itself_is_told(actor: Actor, draft: UUID, reader: readers.Reader) -> None:
    picture = citizen.picture()
    first = refused(actor, draft, reader, picture)
    again = send(actor, draft, picture, replacing=first.id)
    assert again.id == first.id
    assert (again.attempt, again.was_refused) == (2, True)


def test_a_new_picture_takes_the_place_of_the_refused_one(actor: Actor, draft: UUID, reader: readers.Reader) -> None:
    first = refused(actor, draft, reader)
    second = send(actor, draft)
    fresh = send(actor, draft, replacing=first.id)
    pages = pages_of(actor, draft)
    assert second.id in {page.id for page in pages} and first.id not in {page.id for page in pages}
    assert [page.position for page in pages] == [1, 2]
    assert fresh.id == second.id and pages[0].attempt == 2  # the new one stands first, `send` shows the last


def test_a_place_that_is_gone_is_taken_at_the_end(actor: Actor, draft: UUID) -> None:
    first, second = send(actor, draft), send(actor, draft)
    attach.remove_page(actor, draft, page_id=first.id)
    third = send(actor, draft, replacing=first.id)
    assert [page.id for page in pages_of(actor, draft)] == [second.id, third.id]


def test_sent_as_it_is(actor: Actor, draft: UUID, reader: readers.Reader, register: Register) -> None:
    page = refused(actor, draft, reader)
    for _ in range(2):
        arrange.send_as_is(actor, draft, page_id=page.id)
    after = page_of(actor, draft, page.id)
    assert after.sent_as_is_at is not None and after.is_refused and not after.is_open
    with pytest.raises(NotFound):
        arrange.send_as_is(citizen.somebody(register).actor, draft, page_id=page.id)


def test_pages_in_another_order(actor: Actor, draft: UUID, register: Register) -> None:
    first, second = send(actor, draft), send(actor, draft)
    for _ in range(2):
        arrange.order(actor, draft, requirement_id="kk", page_ids=(second.id, first.id))
    assert [page.id for page in pages_of(actor, draft)] == [second.id, first.id]
    arrange.move(actor, draft, page_id=first.id, by=-1)
    arrange.move(actor, draft, page_id=first.id, by=-1)
    assert [page.id for page in pages_of(actor, draft)] == [first.id, second.id]
    with pytest.raises(NotFound):
        arrange.order(actor, draft, requirement_id="kk", page_ids=(draft,))
    with pytest.raises(NotFound):
        arrange.move(citizen.somebody(register).actor, draft, page_id=first.id, by=1)


def test_a_turned_page_is_another_picture_in_the_same_place(actor: Actor, draft: UUID) -> None:
    first, second = send(actor, draft), send(actor, draft)
    arrange.turn(actor, draft, page_id=first.id, degrees=90)
    turned, after = pages_of(actor, draft)
    assert after.id == second.id and turned.id != first.id
    assert (turned.width, turned.height) == (first.height, first.width)
    assert turned.reading is ReadingState.WAITING


def test_after_sending_pages_stay_as_they_are(actor: Actor) -> None:
    sent = apply.submit(actor, citizen.complete_draft(actor), key="")
    page = pages_of(actor, sent)[0]
    with pytest.raises(DomainError, match="not_open"):
        arrange.turn(actor, sent, page_id=page.id, degrees=90)
    with pytest.raises(DomainError, match="not_open"):
        arrange.send_as_is(actor, sent, page_id=page.id)
    with pytest.raises(DomainError, match="not_open"):
        arrange.order(actor, sent, requirement_id=page.requirement, page_ids=(page.id,))


# --- what is kept ---------------------------------------------------------------------------------------------------


def count(table: str) -> int:
    with database.superuser_connection() as above:
        ((number,),) = above.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(number)


def test_what_was_read_goes_with_its_page(actor: Actor, draft: UUID, reader: readers.Reader) -> None:
    page = refused(actor, draft, reader)
    attach.remove_page(actor, draft, page_id=page.id)
    assert count("documents_refusal") == 1
    delete_pictures(SYSTEM)
    assert (count("documents_reading"), count("documents_page")) == (0, 0)


def test_an_export_holds_what_was_read_and_the_pictures(actor: Actor, draft: UUID) -> None:
    page, other = send(actor, draft), send(actor, draft)
    read_document(SYSTEM, str(page.id))
    begun = upload.begin(actor, draft, requirement_id="surat_kehilangan", length=4000)
    outside.storage().delete(other.object_key)
    told = "".join(own_data.export(actor))
    assert "BUDI SANTOSO" in told and "3374010501209001" in told
    (case,) = json.loads(told)["applications"]
    first, second = case["documents"]
    assert b64decode(first["picture"]) == attach.read_page(actor, draft, page_id=page.id)
    assert second["picture"] is None, "what is lost keeps nobody from the rest"
    (under_way,) = case["uploads_under_way"]
    assert (under_way["id"], under_way["length"], under_way["received"]) == (str(begun.id), 4000, 0)
    assert page.object_key not in told


def test_the_owner_sees_that_a_machine_has_read(actor: Actor, draft: UUID) -> None:
    page = send(actor, draft)
    read_document(SYSTEM, str(page.id))
    clock.move_forward(timedelta(seconds=1))
    assert "case.check_page" in {look.act for look in own_data.list_looks(actor)}
