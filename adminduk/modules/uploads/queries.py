"""Read what is under way."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.uploads.types import Part, Upload

_ALL = """
SELECT id, region_id, owner_id, application_id, requirement, length, received, ended_as, expires_at
FROM uploads_upload WHERE """
_GET = f"{_ALL} id = %s AND application_id = %s"
_UNDER_WAY = f"{_ALL} application_id = %s AND region_id = %s AND ended_as = '' ORDER BY id"


def get_upload(upload_id: UUID, *, application_id: UUID) -> Upload:
    """One upload, also an ended one. Raises NotFound for no such upload, or not for this actor."""
    row = fetch_one(_GET, [upload_id, application_id])
    if row is None:
        raise NotFound("upload")
    return Upload(*row)


def list_under_way(application_id: UUID, *, region_id: int) -> tuple[Upload, ...]:
    """Uploads of an application that have neither ended nor been swept away."""
    return tuple(Upload(*row) for row in fetch_all(_UNDER_WAY, [application_id, region_id]))


def open_of_owner(owner_id: UUID, *, at: datetime) -> tuple[int, int]:
    """How many uploads of a person are under way, and how many bytes they will have."""
    row = fetch_one(
        "SELECT count(*), coalesce(sum(length), 0) FROM uploads_upload"
        " WHERE owner_id = %s AND ended_as = '' AND expires_at > %s",
        [owner_id, at],
    )
    assert row is not None, "a count always has a row"
    return int(row[0]), int(row[1])


def list_parts(upload_id: UUID) -> tuple[Part, ...]:
    """The parts in the order of the file."""
    found = fetch_all(
        "SELECT id, begins_at, object_key FROM uploads_part WHERE upload_id = %s ORDER BY begins_at", [upload_id]
    )
    return tuple(Part(*row) for row in found)


def list_done_with(region_id: int, *, at: datetime, limit: int = 200) -> tuple[Part, ...]:
    """Parts of uploads that have ended or expired: their objects have to go."""
    found = fetch_all(
        "SELECT p.id, p.begins_at, p.object_key FROM uploads_upload u JOIN uploads_part p ON p.upload_id = u.id"
        " WHERE u.region_id = %s AND p.region_id = %s AND (u.ended_as <> '' OR u.expires_at <= %s) LIMIT %s",
        [region_id, region_id, at, limit],
    )
    return tuple(Part(*row) for row in found)


def known_objects(keys: list[str]) -> frozenset[str]:
    """Which of these objects are parts of an upload of any region (narrow function: only keys are told)."""
    return frozenset(key for (key,) in fetch_all("SELECT key FROM sec.known_parts(%s) AS key", [keys]))
