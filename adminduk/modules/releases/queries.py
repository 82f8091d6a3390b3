"""Read kept definitions. A release never changes, so that a process may remember it."""

from __future__ import annotations

from functools import lru_cache

from adminduk.catalogue.release import Release as CatalogueRelease
from adminduk.modules.releases.models import Release


@lru_cache(maxsize=512)
def get_release(release_id: str) -> CatalogueRelease:
    """The definition as it was. Raises Release.DoesNotExist outside the region's context when not yet remembered."""
    return CatalogueRelease.from_json(Release.objects.values_list("body", flat=True).get(id=release_id).encode())
