"""Add, order and remove pages. Their pictures are stored before (see usecases.attach): a row always has its picture."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from adminduk.catalogue.papers.types import Verdict
from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_all, run, run_later
from adminduk.kernel.errors import DomainError
from adminduk.modules.documents import origins
from adminduk.modules.documents import papers_as_json as as_json
from adminduk.modules.documents.models import OfficerWord, Page, Reading, Refusal
from adminduk.modules.documents.types import NewPage, ReadingState


def seal(picture: bytes, *, object_key: str, region_id: int) -> bytes:
    """Encrypt a picture for its place in the storage."""
    return crypto.encrypt(picture, context=f"storage|{object_key}||{region_id}")


def unseal(sealed: bytes, *, object_key: str, region_id: int) -> bytes:
    """Open a picture read from the storage. Raises InvalidTag if it was changed or exchanged."""
    return crypto.decrypt(sealed, context=f"storage|{object_key}||{region_id}")


_Row: TypeAlias = tuple[UUID, str, bytes, int, Verdict | None]


@dataclass(slots=True)
class _There:
    """What a document has: its pages as (id, kind, content, position, verdict), and what was refused before."""

    pages: list[_Row] = field(default_factory=list)
    refused: dict[bytes, Verdict] = field(default_factory=dict)

    def part(self, leaving: Set[UUID], *, remembered: Set[UUID]) -> None:
        """Let pages go; those that would not do are remembered."""
        left = [page for page in self.pages if page[0] in remembered]
        self.refused |= {page[2]: page[4] for page in left if page[4] and not page[4].accepted}
        self.pages = [page for page in self.pages if page[0] not in leaving]


def add_pages(
    application_id: UUID,
    *,
    region_id: int,
    owner_id: UUID,
    requirement: tuple[str, str],
    pages: tuple[NewPage, ...],
    max_pages: int,
    at: datetime,
    replacing: UUID | None = None,
) -> tuple[NewPage, ...]:
    """Append pages to the document `requirement` = (id, kind chosen); the first takes the place of `replacing`.

    The same picture twice is one page: it is passed over. Choosing another kind replaces what was there. A picture
    that was refused and taken away is known when it comes again. Returns the pages that were new. Raises
    DomainError("too_many_pages", most=…).

    The caller holds the application's row (queries.get_case with lock=True): two uploads at once never take one place.
    """
    requirement_id, kind = requirement
    there = _there(application_id, region_id, requirement)
    known = {page[2]: page for page in there.pages if page[1] == kind}
    _note_again([known[page.content_index] for page in pages if page.content_index in known])
    fresh = [page for page in pages if page.content_index not in known]
    other_kind = {page[0] for page in there.pages if page[1] != kind}
    leaving = {page[0]: page[3] for page in there.pages if page[0] in other_kind or (fresh and page[0] == replacing)}
    there.part(leaving.keys(), remembered=leaving.keys() - other_kind)
    if len(there.pages) + len(fresh) > max_pages:
        raise DomainError("too_many_pages", most=max_pages)
    if leaving:
        _take_away(list(leaving), application_id=application_id, at=at)
    last = max((page[3] for page in there.pages), default=0)
    places = [leaving[replacing]] if replacing in leaving and replacing is not None else []
    places += range(last + 1, last + 1 + len(fresh))
    for page, position in zip(fresh, places, strict=False):
        run_later(
            _INSERT,
            [
                page.id, region_id, owner_id, application_id, requirement_id, kind, position, page.object_key,
                page.preview_key, page.width, page.height, page.size, page.content_index,
                as_json.as_text(page.measures), as_json.as_text(there.refused.get(page.content_index, page.cheap)),
                len(there.refused) + 1, page.content_index in there.refused,
                ReadingState.WAITING if page.is_to_be_read else ReadingState.NONE,
                origins.seal(page.origin, page_id=page.id, region_id=region_id), at,
            ],
        )  # fmt: skip
    return tuple(fresh)


def _note_again(present: list[_Row]) -> None:
    """The same picture was sent though it is there: where it would not do, its owner is told that it is the same."""
    refused = [page[0] for page in present if page[4] and not page[4].accepted]
    if refused:
        run("UPDATE documents_page SET was_refused = true, attempt = attempt + 1 WHERE id = ANY(%s)", [refused])


_INSERT = """
INSERT INTO documents_page (id, region_id, owner_id, application_id, requirement, kind, position, object_key,
    preview_key, width, height, size, content_index, measures, verdict, attempt, was_refused, reading, origin,
    created_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""

_THERE = """
SELECT id, kind, content_index, position, coalesce(read_verdict, verdict) FROM documents_page
WHERE application_id = %(application)s AND region_id = %(region)s AND requirement = %(requirement)s
    AND removed_at IS NULL
UNION ALL
SELECT NULL, kind, content_index, 0, verdict FROM documents_refusal
WHERE application_id = %(application)s AND region_id = %(region)s AND requirement = %(requirement)s
    AND kind = %(kind)s"""


def _there(application_id: UUID, region_id: int, requirement: tuple[str, str]) -> _There:
    there, (requirement_id, kind) = _There(), requirement
    values = {"application": application_id, "region": region_id, "requirement": requirement_id, "kind": kind}
    for page_id, paper, content, position, text in fetch_all(_THERE, values):
        verdict = as_json.verdict_of(text)
        if page_id is not None:
            there.pages.append((page_id, paper, bytes(content), position, verdict))
        elif verdict is not None:
            there.refused[bytes(content)] = verdict
    return there


def _take_away(page_ids: list[UUID], *, application_id: UUID, at: datetime) -> None:
    """Remove pages. Of those that would not do the index is kept: the same picture is known when it comes again."""
    run(
        "INSERT INTO documents_refusal"
        " (id, region_id, owner_id, application_id, requirement, kind, content_index, verdict, at)"
        " SELECT gen_random_uuid(), region_id, owner_id, application_id, requirement, kind, content_index,"
        " coalesce(read_verdict, verdict), %s FROM documents_page"
        " WHERE id = ANY(%s) AND application_id = %s AND removed_at IS NULL"
        " AND (coalesce(read_verdict, verdict)::jsonb ->> 'accepted') = 'false' ON CONFLICT DO NOTHING",
        [at, page_ids, application_id],
    )
    Page.objects.filter(id__in=page_ids, application_id=application_id, removed_at__isnull=True).update(removed_at=at)


def remove_page(page_id: UUID, *, application_id: UUID, at: datetime) -> None:
    """Remove a page; its picture is deleted by the cleaning job. Removing twice is harmless."""
    _take_away([page_id], application_id=application_id, at=at)


def order_pages(page_ids: tuple[UUID, ...], *, application_id: UUID, at: datetime) -> None:
    """Give pages of one document the positions 1, 2, 3 … in this order; the caller has checked that they are all."""
    run("UPDATE documents_page SET removed_at = %s WHERE id = ANY(%s)", [at, list(page_ids)])
    # away for a moment: no position is taken twice on the way to the new order
    run(
        "UPDATE documents_page SET removed_at = NULL, position = array_position(%(ids)s::uuid[], id)"
        " WHERE id = ANY(%(ids)s) AND application_id = %(application)s",
        {"ids": list(page_ids), "application": application_id},
    )


def send_as_is(page_ids: tuple[UUID, ...], *, application_id: UUID, at: datetime) -> None:
    """Their owner wants pages to be looked at as they are. Twice is harmless."""
    Page.objects.filter(id__in=page_ids, application_id=application_id, sent_as_is_at__isnull=True).update(
        sent_as_is_at=at
    )


def remove_all(application_id: UUID, *, region_id: int, at: datetime) -> None:
    """Remove all pages of an application (draft deleted, retention), and what is known of refused ones."""
    Page.objects.filter(application_id=application_id, region_id=region_id, removed_at__isnull=True).update(
        removed_at=at
    )
    Refusal.objects.filter(application_id=application_id, region_id=region_id).delete()


def forget_pages(page_ids: list[UUID]) -> None:
    """Delete the rows of removed pages after their pictures are gone, with what was read on them."""
    Reading.objects.filter(page_id__in=page_ids, page__removed_at__isnull=False).delete()
    OfficerWord.objects.filter(page_id__in=page_ids, page__removed_at__isnull=False).delete()
    Page.objects.filter(id__in=page_ids, removed_at__isnull=False).delete()
