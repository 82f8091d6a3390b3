"""Pages as their owner wants them: in another order, turned, or sent as they are in spite of a verdict."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from adminduk.foundation import clock
from adminduk.foundation.limits import spend
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import NotFound
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import actions as pages
from adminduk.modules.documents import origins
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents.origin import Origin
from adminduk.modules.documents.turning import marked_as_turned
from adminduk.modules.documents.types import StoredPage
from adminduk.usecases import attach, check_documents, judging
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import rewriter, storage

Degrees = Literal[90, 180, 270]


def order(actor: Actor, application_id: UUID, *, requirement_id: str, page_ids: tuple[UUID, ...]) -> None:
    """Put the pages of a document in this order; pages that are not named keep theirs behind the named ones.

    Saying the same twice is harmless. Raises NotFound for a page that is not one of the document, and
    DomainError("not_open") out of the citizen's turn.
    """
    at = clock.now()
    with acting_as(actor):
        case = cases.get_case(application_id, lock=True)
        present = [page.id for page in _pages(case, requirement_id)]
        if not set(page_ids) <= set(present):
            raise NotFound("page")
        attach.refuse_closed(case, requirement_id)
        wanted = (*dict.fromkeys(page_ids), *(page for page in present if page not in page_ids))
        if wanted != tuple(present):
            pages.order_pages(wanted, application_id=case.id, at=at)
            record("case.order_pages", case, actor=actor, at=at)


def move(actor: Actor, application_id: UUID, *, page_id: UUID, by: Literal[-1, 1]) -> None:
    """Put a page one place forward (-1) or back (1); at the end nothing happens. Raises as `order`."""
    with acting_as(actor):
        case = cases.get_case(application_id)
        requirement_id = documents.get_page(page_id, application_id=application_id).requirement
        present = [page.id for page in _pages(case, requirement_id)]
    place = present.index(page_id)
    beside = min(max(place + by, 0), len(present) - 1)
    present[place], present[beside] = present[beside], present[place]
    order(actor, application_id, requirement_id=requirement_id, page_ids=tuple(present))


def turn(actor: Actor, application_id: UUID, *, page_id: UUID, degrees: Degrees) -> None:
    """Turn a page clockwise: it is judged and read anew. A page that is gone by then comes back last.

    Raises NotFound; DomainError: not_open, too_often; Unavailable when rewriter or storage cannot work now.
    """
    with acting_as(actor):
        case = cases.get_case(application_id)
        page = documents.get_page(page_id, application_id=application_id)
        attach.refuse_closed(case, page.requirement)
        origin = origins.list_of_application(case.id, region_id=case.region_id).get(page.id, Origin())
    spend(attach.FILES, str(actor.id), unless=attach.REFUSED_FILES)
    name = page.object_key
    jpeg = pages.unseal(storage().get(name), object_key=name, region_id=page.region_id)
    turned = rewriter().rewrite(marked_as_turned(jpeg, degrees=degrees), is_portrait=judging.is_portrait(page.kind))
    fresh = tuple(attach.store(one, case=case, kind=page.kind, signed=origin.signatures) for one in turned.pages)
    at = clock.now()
    with acting_as(actor):
        case = cases.get_case(application_id, lock=True)
        attach.refuse_closed(case, page.requirement)
        count = len(_pages(case, page.requirement))
        added = pages.add_pages(
            case.id,
            region_id=case.region_id,
            owner_id=case.owner_id,
            requirement=(page.requirement, page.kind),
            pages=fresh,
            max_pages=max(count, 1),
            at=at,
            replacing=page.id,
        )
        check_documents.enqueue(added, region_id=case.region_id)
        record("case.turn_page", case, actor=actor, at=at)


def send_as_is(actor: Actor, application_id: UUID, *, page_id: UUID) -> None:
    """The page is to be looked at as it is, whatever the verdict: the officer sees that its owner wanted so.

    Twice is harmless. Raises NotFound, DomainError("not_open").
    """
    at = clock.now()
    with acting_as(actor):
        case = cases.get_case(application_id, lock=True)
        page = documents.get_page(page_id, application_id=application_id)
        attach.refuse_closed(case, page.requirement)
        if page.sent_as_is_at is None:
            pages.send_as_is((page.id,), application_id=case.id, at=at)
            record("case.send_as_is", case, actor=actor, at=at)


def _pages(case: Case, requirement_id: str) -> tuple[StoredPage, ...]:
    found = documents.list_pages(case.id, region_id=case.region_id)
    return tuple(page for page in found if page.requirement == requirement_id)
