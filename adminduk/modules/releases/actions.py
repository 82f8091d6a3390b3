"""Keep the definition that a case begins under."""

from __future__ import annotations

from datetime import datetime

from adminduk.modules.releases.models import Release


def keep(release_id: str, *, region_id: int, service_id: str, body: bytes, at: datetime) -> None:
    """Store the release unless it is stored already."""
    Release.objects.bulk_create(
        [Release(id=release_id, region_id=region_id, service_id=service_id, body=body.decode(), created_at=at)],
        ignore_conflicts=True,
    )
