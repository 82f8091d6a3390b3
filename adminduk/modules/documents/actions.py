"""Add and remove pages. The pictures are stored before (see usecases.attach), so a row always has its picture."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_all, fetch_one, run
from adminduk.kernel.errors import DomainError
from adminduk.modules.documents.models import Page
from adminduk.modules.documents.types import NewPage


def seal(picture: bytes, *, object_key: str, region_id: int) -> bytes:
    """Encrypt a picture for its place in the storage."""
    return crypto.encrypt(picture, context=f"storage|{object_key}||{region_id}")


def unseal(sealed: bytes, *, object_key: str, region_id: int) -> bytes:
    """Open a picture read from the storage. Raises InvalidTag if it was changed or exchanged."""
    return crypto.decrypt(sealed, context=f"storage|{object_key}||{region_id}")


def add_pages(
    application_id: UUID,
    *,
    region_id: int,
    owner_id: UUID,
    requirement: tuple[str, str],
    pages: tuple[NewPage, ...],
    max_pages: int,
    at: datetime,
) -> None:
    """Append pages to the document `requirement` = (id, kind chosen).

    The same picture twice is one page: it is passed over. Choosing another kind replaces what was there. Raises
    DomainError("too_many_pages", most=…).
    """
    requirement_id, kind = requirement
    # two uploads at once must not take the same position
    fetch_one("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{application_id}|{requirement_id}"])
    present = fetch_all(
        "SELECT id, kind, content_index, position FROM documents_page"
        " WHERE application_id = %s AND region_id = %s AND requirement = %s AND removed_at IS NULL",
        [application_id, region_id, requirement_id],
    )
    replaced = [row[0] for row in present if row[1] != kind]
    if replaced:
        Page.objects.filter(id__in=replaced).update(removed_at=at)
    staying = [row for row in present if row[1] == kind]
    known = {bytes(row[2]) for row in staying}
    fresh = [page for page in pages if page.content_index not in known]
    last = max((row[3] for row in staying), default=0)
    if len(staying) + len(fresh) > max_pages:
        raise DomainError("too_many_pages", most=max_pages)
    for position, page in enumerate(fresh, last + 1):
        run(
            "INSERT INTO documents_page (id, region_id, owner_id, application_id, requirement, kind, position,"
            " object_key, preview_key, width, height, size, content_index, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                page.id, region_id, owner_id, application_id, requirement_id, kind, position, page.object_key,
                page.preview_key, page.width, page.height, page.size, page.content_index, at,
            ],
        )  # fmt: skip


def remove_page(page_id: UUID, *, application_id: UUID, at: datetime) -> None:
    """Remove a page; its picture is deleted by the cleaning job. Removing twice is harmless."""
    Page.objects.filter(id=page_id, application_id=application_id, removed_at__isnull=True).update(removed_at=at)


def remove_all(application_id: UUID, *, region_id: int, at: datetime) -> None:
    """Remove all pages of an application (draft deleted, retention)."""
    Page.objects.filter(application_id=application_id, region_id=region_id, removed_at__isnull=True).update(
        removed_at=at
    )


def forget_pages(page_ids: list[UUID]) -> None:
    """Delete the rows of removed pages after their pictures are gone."""
    Page.objects.filter(id__in=page_ids, removed_at__isnull=False).delete()
