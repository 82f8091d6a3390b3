"""Read kept definitions. A release never changes, so that a process may remember it."""

from __future__ import annotations

from contextlib import nullcontext

from adminduk.catalogue.release import Release as CatalogueRelease
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.releases.models import Release

_MOST_REMEMBERED = 512
_remembered: dict[str, CatalogueRelease] = {}


def get_release(release_id: str, *, actor: Actor | None = None) -> CatalogueRelease:
    """The definition as it was.

    `actor` asks for what is not remembered in a transaction of its own; without him the caller has opened one, else
    Release.DoesNotExist is raised.
    """
    known = _remembered.get(release_id)
    if known is None:
        with acting_as(actor) if actor else nullcontext():
            body = Release.objects.values_list("body", flat=True).get(id=release_id)
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.pop(next(iter(_remembered)), None)  # the one that was read first
        known = _remembered[release_id] = CatalogueRelease.from_json(body.encode())
    return known
