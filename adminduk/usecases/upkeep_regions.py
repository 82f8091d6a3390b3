"""Which regions have work for periodic jobs."""

from __future__ import annotations

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.modules.audit import queries as trail
from adminduk.usecases.outside import catalogue


def list_regions() -> tuple[int, ...]:
    """The joined ones, and after them those that have left: what they hold is still kept, ended and deleted in time."""
    joined = [region.code.number for region in catalogue().joined_regions]
    others = sorted({region.code.number for region in catalogue().regions} - set(joined))
    with acting_as(Actor(kind=ActorKind.SYSTEM, id=NOBODY, regions=tuple(others))):
        left = trail.list_regions_with_entries(others)  # every act leaves an entry, and entries are never removed
    return (*joined, *left)
