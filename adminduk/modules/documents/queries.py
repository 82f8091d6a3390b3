"""Read what pages an application has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection

from adminduk.foundation.database.prepared import Question
from adminduk.foundation.database.statements import fetch, fetch_all
from adminduk.kernel.errors import NotFound
from adminduk.modules.documents.models import Page
from adminduk.modules.documents.papers_as_json import measures_of, verdict_of
from adminduk.modules.documents.types import PageToRead, ReadingState, StoredPage

_PAGES = """
SELECT id, region_id, application_id, requirement, kind, position, width, height, size, object_key, preview_key,
    created_at, verdict, read_verdict, attempt, was_refused, sent_as_is_at, reading, read_at
FROM documents_page WHERE application_id = %s AND region_id = ANY (%s) AND removed_at IS NULL
ORDER BY requirement, position"""
_BEFORE_VERDICTS = 12


def stored(page: Page) -> StoredPage:
    """A row as what crosses the module's edge."""
    return StoredPage(
        id=page.id,
        region_id=page.region_id,
        application_id=page.application_id,
        requirement=page.requirement,
        kind=page.kind,
        position=page.position,
        width=page.width,
        height=page.height,
        size=page.size,
        object_key=page.object_key,
        preview_key=page.preview_key,
        created_at=page.created_at,
        cheap=verdict_of(page.verdict),
        read=verdict_of(page.read_verdict),
        attempt=page.attempt,
        was_refused=page.was_refused,
        sent_as_is_at=page.sent_as_is_at,
        reading=ReadingState(page.reading),
        read_at=page.read_at,
    )


def _of_row(row: tuple[Any, ...]) -> StoredPage:
    plain, (cheap, read, attempt, was_refused, as_is_at, reading, read_at) = (
        row[:_BEFORE_VERDICTS],
        row[_BEFORE_VERDICTS:],
    )
    later = (verdict_of(cheap), verdict_of(read), attempt, was_refused, as_is_at, ReadingState(reading), read_at)
    return StoredPage(*(*plain, *later))


def list_pages(application_id: UUID, *, region_id: int) -> tuple[StoredPage, ...]:
    """The pages in order of document and position."""
    return fetch(pages_of(application_id, regions=(region_id,)))


def pages_of(application_id: UUID, *, regions: tuple[int, ...]) -> Question[tuple[StoredPage, ...]]:
    """`list_pages`, to be asked with others, by one who does not know yet in which of his regions they lie."""
    return Question(_PAGES, [application_id, list(regions)], lambda rows: tuple(_of_row(row) for row in rows))


def count_pages(application_id: UUID, *, region_id: int) -> dict[str, int]:
    """How many pages each document has, by requirement; documents without any are left out."""
    counted = fetch_all(
        "SELECT requirement, count(*) FROM documents_page"
        " WHERE application_id = %s AND region_id = %s AND removed_at IS NULL GROUP BY requirement",
        [application_id, region_id],
    )
    return {requirement: int(count) for requirement, count in counted}


def get_page(page_id: UUID, *, application_id: UUID) -> StoredPage:
    """One page. Raises NotFound for no such page, or not for this actor."""
    page = Page.objects.filter(id=page_id, application_id=application_id, removed_at__isnull=True).first()
    if page is None:
        raise NotFound("page")
    return stored(page)


def find_waiting(page_id: UUID) -> PageToRead | None:
    """A page that still has to be read; None for one that was read, could not be read, or was removed."""
    page = Page.objects.filter(id=page_id, reading=ReadingState.WAITING, removed_at__isnull=True).first()
    return None if page is None else PageToRead(stored(page), measures_of(page.measures))


def get_requirement(page_id: UUID, *, application_id: UUID) -> str:
    """Which document a page belongs, or once belonged, to. Raises NotFound."""
    found = Page.objects.filter(id=page_id, application_id=application_id).values_list("requirement", flat=True).first()
    if found is None:
        raise NotFound("page")
    return found


def list_removed(region_id: int, *, limit: int = 200) -> tuple[StoredPage, ...]:
    """Removed pages whose pictures still have to go."""
    return tuple(stored(page) for page in Page.objects.filter(region_id=region_id, removed_at__isnull=False)[:limit])


def known_objects(keys: list[str]) -> frozenset[str]:
    """Which of these objects belong to a page of any region, removed ones too (narrow function: only keys are told)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM sec.known_objects(%s) AS key", [keys])
        return frozenset(key for (key,) in cursor.fetchall())
