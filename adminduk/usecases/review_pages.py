"""Pictures of documents for those who decide: who holds the case, and the head of its office."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.catalogue.papers.types import Box
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import NotFound
from adminduk.modules.documents import actions as pages
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents import readings
from adminduk.modules.documents.ports import MOST_SLOTS
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import rewriter, storage
from adminduk.usecases.review import readable_case
from adminduk.usecases.review_words import value_at

_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


def read_page(actor: Actor, application_id: UUID, *, page_id: UUID, at: datetime, is_preview: bool = False) -> bytes:
    """The picture (JPEG), or its small preview; the look is recorded.

    Raises NotFound, DomainError("not_holding"), and Unavailable when the storage cannot answer now.
    """
    with acting_as(actor):
        case = readable_case(actor, application_id, at=at)
        page = documents.get_page(page_id, application_id=case.id)
        record("case.read_page", case, actor=actor, at=at, reason=page.requirement)
    name = page.preview_key if is_preview else page.object_key
    return pages.unseal(storage().get(name), object_key=name, region_id=page.region_id)


def cut_lines(actor: Actor, application_id: UUID, *, page_id: UUID, subjects: tuple[str, ...], at: datetime) -> bytes:
    """The places where these values were read on a page, one below the other in one JPEG; the look is recorded once.

    Each has a slot of SLOT_WIDTH × SLOT_HEIGHT pixels; what was not read leaves it white. Raises like `read_page`,
    and NotFound for a page that was not read, or for no or too many subjects.
    """
    if not 0 < len(subjects) <= MOST_SLOTS:
        raise NotFound("page")
    with acting_as(actor):
        case = readable_case(actor, application_id, at=at)
        page = documents.get_page(page_id, application_id=case.id)
        reading = readings.list_of_application(case.id, region_id=case.region_id).get(page.id)
        if reading is None or reading.paper is None:
            raise NotFound("page")
        record("case.read_page", case, actor=actor, at=at, reason=page.requirement)
    read = (value_at(reading.paper, subject) for subject in subjects)
    boxes = tuple(one.box if one else _NOWHERE for one in read)
    name = page.object_key
    jpeg = pages.unseal(storage().get(name), object_key=name, region_id=page.region_id)
    return rewriter().cut(jpeg, boxes, turn=reading.page.rotation)
