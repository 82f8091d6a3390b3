"""Cards for the courier: what waits where, what he has, and the lists of late."""

from __future__ import annotations

from dataclasses import dataclass

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications import queries as cases
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.deliveries.states import WITH_COURIER, ParcelState
from adminduk.modules.deliveries.types import Manifest, Parcel
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite


@dataclass(frozen=True, slots=True)
class NumberedParcel:
    """A parcel with the number of its application."""

    parcel: Parcel
    number: str


@dataclass(frozen=True, slots=True)
class ParcelsOfOffice:
    """`waiting`: how many wait at each place that has some; `with_courier`: longest first."""

    waiting: tuple[tuple[ServiceSite, int], ...]
    with_courier: tuple[NumberedParcel, ...]
    manifests: tuple[Manifest, ...]


def parcels_of(actor: Actor) -> ParcelsOfOffice:
    """What the operator's page about couriers shows: numbers, no names."""
    (region_id,) = actor.regions
    with acting_as(actor):
        sites = offices.list_sites(region_id, is_active=False)
        waiting = parcels.list_in(region_id, ParcelState.WAITING)
        counts = tuple((site, sum(parcel.site_id == site.id for parcel in waiting)) for site in sites)
        return ParcelsOfOffice(
            waiting=tuple((site, count) for site, count in counts if count),
            with_courier=tuple(
                NumberedParcel(parcel, cases.get_case(parcel.application_id).number)
                for parcel in parcels.list_in(region_id, *WITH_COURIER, limit=200)
            ),
            manifests=parcels.list_manifests(region_id),
        )
