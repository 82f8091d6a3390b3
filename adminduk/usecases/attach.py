"""Documents: a stranger's file becomes harmless pictures, sealed and stored, then pages of the application."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from adminduk.catalogue.types import Requirement
from adminduk.foundation import clock, crypto
from adminduk.foundation.ids import uuid7
from adminduk.foundation.limits import Limit, spend
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import actions as pages
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents.origin import FileSignature, Origin
from adminduk.modules.documents.ports import RewrittenPage
from adminduk.modules.documents.types import NewPage
from adminduk.modules.releases import queries as releases
from adminduk.usecases import check_documents, judging
from adminduk.usecases.apply import DRAFT_LIFETIME, local_day
from adminduk.usecases.case_record import record
from adminduk.usecases.look_up import is_about_another
from adminduk.usecases.outside import rewriter, storage

# A hostile file may cost seconds of work (docs/adr/0010): whoever sends many of them has to wait.
REFUSED_FILES = Limit("refused_files", 20, timedelta(hours=1))
FILES = Limit("files", 150, timedelta(hours=1))
DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where pages go."""

    case: Case
    requirement: Requirement
    kind: str


def attach(
    actor: Actor,
    application_id: UUID,
    *,
    requirement_id: str,
    kind: str,
    data: bytes,
    replacing: UUID | None = None,
    known: Case | None = None,
) -> int:
    """Add the pages of one file to a document, each with a first verdict; returns how many the file had.

    `kind` is the chosen paper where there is a choice ("": the usual one). `replacing`: the page whose place the new
    one takes; if it is gone, the new one comes last. `known`: the case as its owner's page has just read it. It takes
    no key: the same picture twice is one page. Raises NotFound; DomainError: not_open (not the citizen's turn, or
    nobody asked for this document), document_kind, too_many_pages, too_often, file_…; Unavailable when rewriter or
    storage cannot work now, with nothing changed.
    """
    with acting_as(actor):
        place = _place(known or cases.get_case(application_id), requirement_id, kind)
    spend(FILES, str(actor.id), unless=REFUSED_FILES)
    try:
        rewritten = rewriter().rewrite(data, is_portrait=judging.is_portrait(place.kind))
    except DomainError:
        spend(REFUSED_FILES, str(actor.id))
        raise
    signed = rewritten.signatures
    fresh = tuple(store(page, case=place.case, kind=place.kind, signed=signed) for page in rewritten.pages)
    with acting_as(actor):
        case = cases.get_case(application_id, lock=True)
        if case != place.case or case.state is not State.DRAFT:  # what an officer asks for is read under the lock
            place = _place(case, requirement_id, kind)
        _add(actor, place, fresh, replacing=replacing)
    return len(fresh)


def store(page: RewrittenPage, *, case: Case, kind: str, signed: tuple[FileSignature, ...] = ()) -> NewPage:
    """Seal and store a picture and its preview, and judge it as a page of this kind.

    `signed`: of the file it came from. What no row comes to name is removed by the cleaning job.
    """
    region_id = case.region_id
    key = storage().new_key()
    names = key, storage().new_key(beside=key)
    pictures = zip(names, (page.jpeg, page.preview), strict=True)
    storage().put_all({name: pages.seal(picture, object_key=name, region_id=region_id) for name, picture in pictures})
    return NewPage(
        id=uuid7(),
        object_key=names[0],
        preview_key=names[1],
        width=page.width,
        height=page.height,
        size=len(page.jpeg),
        content_index=crypto.blind_index(hashlib.sha256(page.jpeg).hexdigest(), purpose="page"),
        measures=page.measures,
        cheap=judging.first_verdict(page.measures, wanted=judging.expectation(kind, case)),
        is_to_be_read=judging.is_read(kind),
        origin=Origin(signed, page.codes),
    )


def remove_page(actor: Actor, application_id: UUID, *, page_id: UUID) -> None:
    """Take a page away again; twice is harmless. Raises NotFound for another's page, DomainError("not_open")."""
    at = clock.now()
    with acting_as(actor):
        case = cases.get_case(application_id, lock=True)
        refuse_closed(case, documents.get_requirement(page_id, application_id=application_id))
        pages.remove_page(page_id, application_id=application_id, at=at)
        record("case.remove_page", case, actor=actor, at=at)


def read_page(actor: Actor, application_id: UUID, *, page_id: UUID, is_preview: bool = False) -> bytes:
    """The picture (JPEG), for its owner; officers look through `review_pages`. A look at another's is recorded.

    Raises NotFound; Unavailable when the storage cannot answer now.
    """
    with acting_as(actor):
        case = cases.get_case(application_id)
        if case.owner_id != actor.id:
            raise NotFound("application")
        page = documents.get_page(page_id, application_id=application_id)
        if not is_preview and is_about_another(case):
            record("case.read_page", case, actor=actor, at=clock.now())
    name = page.preview_key if is_preview else page.object_key
    return pages.unseal(storage().get(name), object_key=name, region_id=page.region_id)


def refuse_document(case: Case, requirement_id: str) -> None:
    """Raise NotFound for a document that is not asked for, DomainError("not_open") out of the citizen's turn."""
    _place(case, requirement_id, "")


def _place(case: Case, requirement_id: str, kind: str) -> _Place:
    release = releases.get_release(case.release_id)
    asked = release.requirements(case.answers, case.facts_on(local_day(case)))
    requirement = next((item for item in asked if item.id == requirement_id), None)
    if requirement is None:
        raise NotFound("requirement")
    chosen = kind or requirement.kinds[0]
    if chosen not in requirement.kinds:
        raise DomainError("document_kind")
    refuse_closed(case, requirement_id)
    return _Place(case, requirement, chosen)


def refuse_closed(case: Case, requirement_id: str) -> None:
    """Pages change in a draft, and in documents that an officer has asked to mend."""
    if case.state is State.CORRECTION:
        items = cases.list_corrections(case.id, region_id=case.region_id, round_number=case.round)
        if any(item.kind == DOCUMENT and item.item == requirement_id for item in items):
            return
    elif case.state is State.DRAFT:
        return
    raise DomainError("not_open")


def _add(actor: Actor, place: _Place, fresh: tuple[NewPage, ...], *, replacing: UUID | None) -> None:
    case, requirement, at = place.case, place.requirement, clock.now()
    added = pages.add_pages(
        case.id,
        region_id=case.region_id,
        owner_id=case.owner_id,
        requirement=(requirement.id, place.kind),
        pages=fresh,
        max_pages=requirement.max_pages,
        at=at,
        replacing=replacing,
    )
    check_documents.enqueue(added, region_id=case.region_id)
    if case.state is State.CORRECTION:
        applications.answer_correction(case.id, round_number=case.round, kind=DOCUMENT, item=requirement.id, at=at)
    applications.keep_draft(case.id, region_id=case.region_id, ends_at=at + DRAFT_LIFETIME)
    record("case.add_page", case, actor=actor, at=at)
