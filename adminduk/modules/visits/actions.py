"""Write requests for visits, and trips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from adminduk.foundation import crypto
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.visits import models
from adminduk.modules.visits.queries import context_of, request_of, trip_of
from adminduk.modules.visits.states import COME_AGAIN, OPEN, Kind, Result, State
from adminduk.modules.visits.types import Trip, VisitRequest


def _in_order(rows: QuerySet[models.VisitRequest]) -> Sequence[models.VisitRequest]:
    """These, locked. Whoever holds several takes them in this one order, else two stand in each other's way."""
    return list(rows.select_for_update().order_by("id"))


def ask(
    *,
    region_id: int,
    kind: Kind,
    asked_by: str,
    place: Mapping[str, str],
    at: datetime,
    owner_id: UUID | None = None,
    product_id: UUID | None = None,
    application_id: UUID | None = None,
    expected: int = 1,
) -> UUID:
    """Somebody is to be visited. Raises DomainError("visit_asked") if that is open already for the product."""
    visit_id = uuid7()
    row = models.VisitRequest(
        id=visit_id,
        region_id=region_id,
        owner_id=owner_id,
        product_id=product_id,
        application_id=application_id,
        kind=kind,
        asked_by=asked_by,
        place=crypto.encrypt_json(dict(place), context=context_of(visit_id, region_id)),
        expected=expected,
        state=State.ASKED,
        asked_at=at,
        changed_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError("visit_asked") from error
    return visit_id


def drop(visit_id: UUID, *, region_id: int, at: datetime) -> None:
    """Taken back, or not needed. Raises DomainError("visit_over") when it is not open any more."""
    changed = models.VisitRequest.objects.filter(id=visit_id, region_id=region_id, state__in=list(OPEN)).update(
        state=State.DROPPED, trip_id=None, position=None, day=None, changed_at=at
    )
    if not changed:
        raise DomainError("visit_over")


def drop_of_product(product_id: UUID, *, region_id: int, at: datetime) -> None:
    """Whoever was recorded elsewhere, or withdrew, is not visited."""
    models.VisitRequest.objects.filter(product_id=product_id, region_id=region_id, state__in=list(OPEN)).update(
        state=State.DROPPED, trip_id=None, position=None, day=None, changed_at=at
    )


def hold_of_products(product_ids: Iterable[UUID], *, region_id: int) -> None:
    """Hold the open visits of these products before any of them is dropped."""
    _in_order(
        models.VisitRequest.objects.filter(product_id__in=list(product_ids), region_id=region_id, state__in=list(OPEN))
    )


def make_trip(*, region_id: int, day: date, departs: time, title: str, team: str, made_by: UUID, at: datetime) -> Trip:
    """A day of a team outside, still without anybody to visit."""
    row = models.Trip(
        id=uuid7(),
        region_id=region_id,
        day=day,
        departs=departs,
        title=title,
        team=team,
        made_by=made_by,
        made_at=at,
    )
    row.save(force_insert=True)
    return trip_of(row)


def lock_trip(trip_id: UUID, *, region_id: int) -> Trip:
    """The trip, held to the end of the transaction. Raises NotFound."""
    row = models.Trip.objects.select_for_update().filter(id=trip_id, region_id=region_id).first()
    if row is None:
        raise NotFound("trip")
    return trip_of(row)


def put_into(trip: Trip, route: Sequence[UUID], *, at: datetime) -> tuple[VisitRequest, ...]:
    """Set the route of a locked trip: these requests in this order; returns those that are new in it.

    Raises DomainError("visit_over") when one of them is in another trip or not open.
    """
    new = []
    rows = models.VisitRequest.objects.filter(id__in=route, region_id=trip.region_id)
    held = {row.id: row for row in _in_order(rows)}
    for position, visit_id in enumerate(route, 1):
        row = held.get(visit_id)
        if row is None or row.state not in OPEN or row.trip_id not in (None, trip.id):
            raise DomainError("visit_over")
        is_new = row.trip_id is None
        row.state, row.trip_id, row.position, row.day = State.PLANNED, trip.id, position, trip.day
        row.changed_at = at
        row.save(update_fields=["state", "trip_id", "position", "day", "changed_at"])
        if is_new:
            new.append(request_of(row))
    return tuple(new)


def take_out(visit_id: UUID, *, region_id: int, at: datetime) -> None:
    """Back to the list of requests. Raises DomainError("visit_over")."""
    changed = models.VisitRequest.objects.filter(id=visit_id, region_id=region_id, state=State.PLANNED).update(
        state=State.ASKED, trip_id=None, position=None, day=None, changed_at=at
    )
    if not changed:
        raise DomainError("visit_over")


def enter_result(visit_id: UUID, *, region_id: int, result: Result, at: datetime) -> None:
    """What came of a planned visit; whoever was not met stands on the list again. Raises DomainError("visit_over")."""
    planned = models.VisitRequest.objects.filter(id=visit_id, region_id=region_id, state=State.PLANNED)
    if result in COME_AGAIN:
        changed = planned.update(state=State.ASKED, trip_id=None, position=None, day=None, result=result, changed_at=at)
    else:
        changed = planned.update(state=State.DONE, result=result, changed_at=at)
    if not changed:
        raise DomainError("visit_over")


def close_trip(trip_id: UUID, *, region_id: int) -> None:
    """All results have been entered."""
    models.Trip.objects.filter(id=trip_id, region_id=region_id).update(is_closed=True)


def forget(application_id: UUID, *, region_id: int) -> None:
    """Delete the requests of an application whose time of keeping is over."""
    models.VisitRequest.objects.filter(application_id=application_id, region_id=region_id).delete()


def end_unreported(region_id: int, *, before: date, at: datetime) -> tuple[VisitRequest, ...]:
    """Close trips of before this day whose results nobody has entered. Returns the people who are on the list again.

    A school's or prison's request of such a trip goes whole.
    """
    trips = models.Trip.objects.select_for_update().filter(region_id=region_id, day__lt=before, is_closed=False)
    ids = [trip.id for trip in trips.order_by("id")]
    of_trips = models.VisitRequest.objects.filter(region_id=region_id, state=State.PLANNED, trip_id__in=ids)
    planned = _in_order(of_trips)
    of_trips.filter(product_id__isnull=True).delete()
    of_trips.update(state=State.ASKED, trip_id=None, position=None, day=None, changed_at=at)
    models.Trip.objects.filter(id__in=ids).update(is_closed=True)
    return tuple(request_of(row) for row in planned if row.product_id is not None)


def forget_places(region_id: int, *, before: datetime) -> int:
    """Where and why of visits that ended before this moment; returns how many.

    A person's request stays without its place, for what became of it belongs to his application; a school's or
    prison's goes whole, also one that nobody has planned since then.
    """
    of_places = models.VisitRequest.objects.filter(region_id=region_id, product_id__isnull=True)
    never, _ = of_places.filter(state=State.ASKED, changed_at__lt=before).delete()
    ended = models.VisitRequest.objects.filter(
        region_id=region_id, state__in=[State.DONE, State.DROPPED], changed_at__lt=before
    ).exclude(place=b"")
    gone, _ = ended.filter(product_id__isnull=True).delete()
    return never + gone + ended.update(place=b"")
