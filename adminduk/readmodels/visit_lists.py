"""Visits as lists: who asks to be visited, and the trips with how many stops each has."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.visits import queries
from adminduk.modules.visits.models import VisitRequest as Row
from adminduk.modules.visits.states import State
from adminduk.modules.visits.types import Trip, VisitRequest
from adminduk.readmodels.recording_lists import numbers_of


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A request; `number` is empty for a school, prison or village."""

    visit: VisitRequest
    number: str


@dataclass(frozen=True, slots=True)
class TripRow:
    """A trip, with its stops and how many of them still lack a result."""

    trip: Trip
    stops: int
    left: int


@dataclass(frozen=True, slots=True)
class VisitLists:
    """Requests by kecamatan and desa, trips by day."""

    asked: tuple[AskedRow, ...]
    trips: tuple[TripRow, ...]


def lists_of(actor: Actor, *, today: date) -> VisitLists:
    """The region's."""
    (region_id,) = actor.regions
    with acting_as(actor):
        asked = queries.list_asked(region_id)
        trips = queries.list_trips(region_id, since=today)
        numbers = numbers_of([v.application_id for v in asked if v.application_id], region_id=region_id)
        states = Row.objects.filter(region_id=region_id, trip_id__in=[trip.id for trip in trips])
        of_trips = list(states.values_list("trip_id", "state"))
    stops = Counter(trip_id for trip_id, _ in of_trips)
    left = Counter(trip_id for trip_id, state in of_trips if state == State.PLANNED)
    by_place = sorted(asked, key=lambda v: (v.place.get("district_name", "~"), v.place.get("village_name", "~")))
    return VisitLists(
        asked=tuple(AskedRow(v, numbers.get(v.application_id, "") if v.application_id else "") for v in by_place),
        trips=tuple(TripRow(trip, stops[trip.id], left[trip.id]) for trip in trips),
    )
