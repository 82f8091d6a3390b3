"""What the reading job leaves: verdicts and sealed readings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.catalogue.papers.types import Verdict
from adminduk.foundation.database.statements import fetch_all, fetch_one, run, run_later
from adminduk.modules.documents import papers_as_json as as_json
from adminduk.modules.documents.types import Reading, ReadingState


def keep(page_id: UUID, *, region_id: int, reading: Reading, verdict: Verdict, at: datetime) -> bool:
    """Store what was read and what follows. False, and nothing stored, when the page does not wait any more."""
    row = fetch_one(
        "UPDATE documents_page SET reading = %s, read_verdict = %s, read_at = %s"
        " WHERE id = %s AND region_id = %s AND reading = %s AND removed_at IS NULL RETURNING owner_id, application_id",
        [ReadingState.DONE, as_json.as_text(verdict), at, page_id, region_id, ReadingState.WAITING],
    )
    if row is None:
        return False
    run_later(
        "INSERT INTO documents_reading (page_id, region_id, owner_id, application_id, sealed, read_at)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        [page_id, region_id, *row, as_json.seal(reading, page_id=page_id, region_id=region_id), at],
    )
    return True


def tell(page_id: UUID, *, region_id: int, verdict: Verdict) -> bool:
    """What the first lines say of a page, while the others are being read. False when it does not wait any more."""
    return bool(
        run(
            "UPDATE documents_page SET read_verdict = %s"
            " WHERE id = %s AND region_id = %s AND reading = %s AND removed_at IS NULL",
            [as_json.as_text(verdict), page_id, region_id, ReadingState.WAITING],
        )
    )


def give_up(page_id: UUID, *, region_id: int, at: datetime) -> bool:
    """This page cannot be read by the machine: an officer reads it. False when it does not wait any more."""
    return bool(
        run(
            "UPDATE documents_page SET reading = %s, read_verdict = NULL, read_at = %s"
            " WHERE id = %s AND region_id = %s AND reading = %s AND removed_at IS NULL",
            [ReadingState.FAILED, at, page_id, region_id, ReadingState.WAITING],
        )
    )


def list_of_application(application_id: UUID, *, region_id: int) -> dict[UUID, Reading]:
    """What was read on the present pages of an application, by page."""
    rows = fetch_all(
        "SELECT r.page_id, r.sealed FROM documents_reading r JOIN documents_page p ON p.id = r.page_id"
        " WHERE r.application_id = %s AND r.region_id = %s AND p.removed_at IS NULL"
        " ORDER BY p.requirement, p.position",
        [application_id, region_id],
    )
    return {page_id: as_json.unseal(sealed, page_id=page_id, region_id=region_id) for page_id, sealed in rows}
