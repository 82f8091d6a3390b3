"""Read requests for visits, and trips."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.kernel.errors import NotFound
from adminduk.modules.visits import models
from adminduk.modules.visits.states import OPEN, State
from adminduk.modules.visits.types import Trip, VisitRequest

MOST_LISTED = 200


def context_of(visit_id: UUID, region_id: int) -> str:
    """The place that the encrypted column is bound to."""
    return f"visits_visitrequest|place|{visit_id}|{region_id}"


def request_of(row: models.VisitRequest) -> VisitRequest:
    """A row as a value, opened."""
    context = context_of(row.id, row.region_id)
    place: Mapping[str, Any] = crypto.decrypt_json(row.place, context=context) if row.place else {}
    return VisitRequest(
        id=row.id,
        region_id=row.region_id,
        owner_id=row.owner_id,
        product_id=row.product_id,
        application_id=row.application_id,
        kind=row.kind,
        asked_by=row.asked_by,
        place={name: str(value) for name, value in place.items()},
        expected=row.expected,
        state=State(row.state),
        trip_id=row.trip_id,
        position=row.position,
        day=row.day,
        result=row.result,
        asked_at=row.asked_at,
    )


def trip_of(row: models.Trip) -> Trip:
    """A row as a value."""
    return Trip(
        id=row.id,
        region_id=row.region_id,
        day=row.day,
        departs=row.departs,
        title=row.title,
        team=row.team,
        is_closed=row.is_closed,
        made_at=row.made_at,
    )


def get_request(visit_id: UUID, *, region_id: int) -> VisitRequest:
    """One request. Raises NotFound."""
    row = models.VisitRequest.objects.filter(id=visit_id, region_id=region_id).first()
    if row is None:
        raise NotFound("visit")
    return request_of(row)


def find_open(product_id: UUID, *, region_id: int) -> VisitRequest | None:
    """The visit that a product's person has asked for or is planned."""
    row = models.VisitRequest.objects.filter(product_id=product_id, region_id=region_id, state__in=list(OPEN)).first()
    return request_of(row) if row else None


def list_visited_ids(region_id: int) -> frozenset[UUID]:
    """Products whose person is visited, or has asked to be."""
    rows = models.VisitRequest.objects.filter(region_id=region_id, state__in=list(OPEN), product_id__isnull=False)
    return frozenset(product_id for product_id in rows.values_list("product_id", flat=True) if product_id)


def list_asked(region_id: int, *, limit: int = MOST_LISTED) -> tuple[VisitRequest, ...]:
    """Requests that stand in no trip, oldest first."""
    rows = models.VisitRequest.objects.filter(region_id=region_id, state=State.ASKED).order_by("asked_at")
    return tuple(request_of(row) for row in rows[:limit])


def list_of_trip(trip_id: UUID, *, region_id: int) -> tuple[VisitRequest, ...]:
    """Everybody of a trip, in the order of the route."""
    rows = models.VisitRequest.objects.filter(trip_id=trip_id, region_id=region_id).order_by("position", "id")
    return tuple(request_of(row) for row in rows)


def list_of_application(application_id: UUID, *, region_id: int) -> tuple[VisitRequest, ...]:
    """All requests about an application, oldest first."""
    rows = models.VisitRequest.objects.filter(application_id=application_id, region_id=region_id)
    return tuple(request_of(row) for row in rows.order_by("asked_at"))


def get_trip(trip_id: UUID, *, region_id: int) -> Trip:
    """One trip. Raises NotFound."""
    row = models.Trip.objects.filter(id=trip_id, region_id=region_id).first()
    if row is None:
        raise NotFound("trip")
    return trip_of(row)


def list_trips(region_id: int, *, since: date, limit: int = MOST_LISTED) -> tuple[Trip, ...]:
    """Trips of that day or later, and older ones whose results have not all been entered, by day."""
    rows = models.Trip.objects.filter(region_id=region_id)
    open_ones = rows.filter(day__gte=since) | rows.filter(is_closed=False)
    return tuple(trip_of(row) for row in open_ones.order_by("day", "departs", "id")[:limit])
