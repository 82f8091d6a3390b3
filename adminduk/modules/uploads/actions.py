"""Begin, continue and end uploads. A part is stored before its row (see usecases.upload), so a row has its bytes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_one, run
from adminduk.foundation.ids import uuid7
from adminduk.modules.uploads.models import Part
from adminduk.modules.uploads.types import Ending, Upload


def seal(data: bytes, *, upload: Upload, begins_at: int) -> bytes:
    """Encrypt a part for its place in this file."""
    return crypto.encrypt(data, context=_context(upload, begins_at))


def unseal(sealed: bytes, *, upload: Upload, begins_at: int) -> bytes:
    """Open a part. Raises InvalidTag if it was changed, or belongs to another place or file."""
    return crypto.decrypt(sealed, context=_context(upload, begins_at))


def _context(upload: Upload, begins_at: int) -> str:
    return f"uploads_part|object|{upload.id}.{begins_at}|{upload.region_id}"


def begin(upload: Upload, *, at: datetime) -> None:
    """Keep a new upload of which nothing has arrived."""
    run(
        "INSERT INTO uploads_upload (id, region_id, owner_id, application_id, requirement, length, received, ended_as,"
        " created_at, expires_at) VALUES (%s, %s, %s, %s, %s, %s, 0, '', %s, %s)",
        [
            upload.id, upload.region_id, upload.owner_id, upload.application_id, upload.requirement, upload.length, at,
            upload.expires_at,
        ],
    )  # fmt: skip


def hold_back_others(owner_id: UUID) -> None:
    """Two beginnings of one person wait for each other until the transaction ends: counts stay true."""
    fetch_one("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"uploads|{owner_id}"])


def append(upload: Upload, *, begins_at: int, size: int, object_key: str) -> bool:
    """Acknowledge a stored part; False when the file does not go on there (another was quicker, or it has ended)."""
    moved = run(
        "UPDATE uploads_upload SET received = received + %s WHERE id = %s AND received = %s AND ended_as = ''",
        [size, upload.id, begins_at],
    )
    if not moved:
        return False
    run(
        "INSERT INTO uploads_part (id, region_id, owner_id, upload_id, begins_at, size, object_key)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [uuid7(), upload.region_id, upload.owner_id, upload.id, begins_at, size, object_key],
    )
    return True


def end(upload_id: UUID, *, ended_as: Ending) -> None:
    """Nothing is added any more; the parts are deleted by the cleaning job. The first ending stays."""
    run("UPDATE uploads_upload SET ended_as = %s WHERE id = %s AND ended_as = ''", [ended_as, upload_id])


def end_of_application(application_id: UUID, *, region_id: int) -> None:
    """Give up whatever is under way for an application."""
    run(
        "UPDATE uploads_upload SET ended_as = 'given_up'"
        " WHERE application_id = %s AND region_id = %s AND ended_as = ''",
        [application_id, region_id],
    )


def forget_parts(part_ids: list[UUID]) -> None:
    """Delete the rows of parts after their objects are gone."""
    Part.objects.filter(id__in=part_ids).delete()


def forget_expired(region_id: int, *, at: datetime) -> None:
    """Delete the rows of expired uploads that have no parts any more."""
    run(
        "DELETE FROM uploads_upload u WHERE region_id = %s AND expires_at <= %s"
        " AND NOT EXISTS (SELECT FROM uploads_part p WHERE p.upload_id = u.id)",
        [region_id, at],
    )
