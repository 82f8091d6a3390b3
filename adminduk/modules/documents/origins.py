"""What a file told of where it comes from, sealed beside its pages."""

from __future__ import annotations

from uuid import UUID

import msgspec

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_all
from adminduk.modules.documents.origin import Origin


def seal(origin: Origin | None, *, page_id: UUID, region_id: int) -> bytes | None:
    """Encrypt for the row of its page; None when there is nothing to tell."""
    if origin is None or origin.is_empty:
        return None
    return crypto.encrypt(msgspec.json.encode(origin), context=_context_of(page_id, region_id))


def list_of_application(application_id: UUID, *, region_id: int) -> dict[UUID, Origin]:
    """What there is to tell of present pages, by page. Raises InvalidTag for what was changed or moved."""
    rows = fetch_all(
        "SELECT id, origin FROM documents_page WHERE application_id = %s AND region_id = %s"
        " AND removed_at IS NULL AND origin IS NOT NULL",
        [application_id, region_id],
    )
    return {
        page_id: msgspec.json.decode(crypto.decrypt(sealed, context=_context_of(page_id, region_id)), type=Origin)
        for page_id, sealed in rows
    }


def _context_of(page_id: UUID, region_id: int) -> str:
    return f"documents_page|origin|{page_id}|{region_id}"
