"""Pictures of documents for those who decide: who holds the case, and the head of its office."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.documents import actions as pages
from adminduk.modules.documents import queries as documents
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import storage
from adminduk.usecases.review import readable_case


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
