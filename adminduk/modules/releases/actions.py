"""Keep the definition that a case begins under."""

from __future__ import annotations

from datetime import datetime

from adminduk.foundation.database.statements import fetch_one, run


def keep(release_id: str, *, region_id: int, service_id: str, body: bytes, at: datetime) -> None:
    """Store the release unless it is stored already; its text, some 30 kB, is not sent for nothing."""
    if fetch_one("SELECT 1 FROM releases_release WHERE id = %s", [release_id]) is None:
        run(
            "INSERT INTO releases_release (id, region_id, service_id, body, created_at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [release_id, region_id, service_id, body.decode(), at],
        )
