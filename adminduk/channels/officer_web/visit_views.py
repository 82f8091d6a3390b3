"""Home and village visits: requests, trips, the route, the pack to print, and results afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.officer_web.pages import actor_of, done, go, key_of, problems_of, region_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.foundation.pages.posted import posted_date
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.visits.states import OF_PLACES, Result
from adminduk.readmodels import visit_lists
from adminduk.usecases import trip, visit

STAFF = (ActorKind.OPERATOR, ActorKind.OFFICER, ActorKind.HEAD)
OPERATORS = (ActorKind.OPERATOR, ActorKind.HEAD)
_FURTHEST = date(2100, 1, 1)


@for_staff(*STAFF)
@require_safe
def visits_page(request: HttpRequest) -> HttpResponse:
    """Who asks, and the trips."""
    return _visits(request)


def _visits(request: HttpRequest, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    actor = actor_of(request)
    return show(
        request,
        "officer/recording/visits.html",
        status=422 if problems else 200,
        lists=_lists(actor, clock.today(region_of(actor).time_zone)),
        places=OF_PLACES,
        sent=request.POST,
        problems=problems,
    )


def _lists(actor: Actor, today: date) -> visit_lists.VisitLists:
    """Requests and trips; each look at a person's request is recorded."""
    lists = visit_lists.lists_of(actor, today=today)
    people = [row.visit.application_id for row in lists.asked if row.visit.application_id]
    visit.note_looks(actor, people, at=clock.now())
    return lists


@for_staff(*STAFF)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """A school, a prison or a village asks."""
    sent = request.POST
    place = {"address": sent.get("tempat", ""), "village_name": sent.get("desa", "")}
    place |= {"district_name": sent.get("kecamatan", ""), "note": sent.get("catatan", "")}
    try:
        visit.ask_for_place(
            actor_of(request),
            kind=sent.get("jenis", "")[:12],
            place=place,
            expected=_number(sent.get("jumlah", "")),
            key=key_of(request),
            at=clock.now(),
        )
    except DomainError as refusal:
        if refusal.code != "visit_place_wrong":
            raise
        return _visits(request, refusal.problems)
    return go("visits")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0


@for_staff(*STAFF)
@require_POST
def drop(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A place's request is not needed any more."""
    visit.drop(actor_of(request), visit_id, key=key_of(request), at=clock.now())
    return go("visits")


@for_staff(*STAFF)
@require_POST
def make_trip(request: HttpRequest) -> HttpResponse:
    """A day and a team."""
    actor, sent = actor_of(request), request.POST
    try:
        made = trip.make(
            actor,
            day=_day(request),
            departs=_time(sent.get("berangkat", "")),
            title=sent.get("tujuan", "")[:300],
            team=sent.get("tim", "")[:300],
            today=clock.today(region_of(actor).time_zone),
            key=key_of(request),
            at=clock.now(),
        )
    except DomainError as refusal:
        if refusal.code != "trip_wrong":
            raise
        return _visits(request, refusal.problems)
    return go("trip", trip_id=made)


def _day(request: HttpRequest) -> date | None:
    try:
        return BirthDate.parse(posted_date(request.POST, "hari"), today=_FURTHEST).day
    except DomainError:
        return None


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip().replace(".", ":").zfill(5))
    except ValueError:
        return None


@for_staff(*STAFF)
@require_safe
def trip_page(request: HttpRequest, trip_id: UUID) -> HttpResponse:
    """The route with everybody on it."""
    return _trip(request, trip_id)


def _trip(request: HttpRequest, trip_id: UUID, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    actor = actor_of(request)
    opened, stops = trip.open_trip(actor, trip_id, at=clock.now())
    return show(
        request,
        "officer/recording/trip.html",
        status=422 if problems else 200,
        trip=opened,
        stops=stops,
        asked=_lists(actor, opened.day).asked,
        results=tuple(Result),
        may_record=actor.kind in OPERATORS,
        sent=request.POST,
        problems=problems,
    )


def _done(request: HttpRequest, trip_id: UUID, act: Callable[[], object]) -> HttpResponse:
    def refused(refusal: DomainError) -> HttpResponse:
        return _trip(request, trip_id, problems_of(refusal))

    return done(act, then=go("trip", trip_id=trip_id), refused=refused)


@for_staff(*STAFF)
@require_POST
def add_to_trip(request: HttpRequest, trip_id: UUID) -> HttpResponse:
    """Requests that were ticked, and people by the numbers of their applications, one a line."""
    return _done(
        request,
        trip_id,
        lambda: trip.add(
            actor_of(request),
            trip_id,
            visit_ids=_ids(request.POST.getlist("kunjungan")),
            numbers=request.POST.get("nomor", "")[:4000].split(),
            key=key_of(request),
            at=clock.now(),
        ),
    )


def _ids(texts: list[str]) -> list[UUID]:
    """Raises DomainError("form_incomplete")."""
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise DomainError("form_incomplete") from None


@for_staff(*STAFF)
@require_POST
def take_out(request: HttpRequest, trip_id: UUID, visit_id: UUID) -> HttpResponse:
    """Not on this trip."""
    return _done(
        request,
        trip_id,
        lambda: trip.take_out(actor_of(request), trip_id, visit_id, key=key_of(request), at=clock.now()),
    )


@for_staff(*STAFF)
@require_POST
def move_stop(request: HttpRequest, trip_id: UUID, visit_id: UUID) -> HttpResponse:
    """One place earlier on the route."""
    return _done(
        request,
        trip_id,
        lambda: trip.move_up(actor_of(request), trip_id, visit_id, key=key_of(request), at=clock.now()),
    )


@for_staff(*OPERATORS)
@require_POST
def enter_results(request: HttpRequest, trip_id: UUID) -> HttpResponse:
    """What came of the stops for which a result was chosen."""
    chosen = {name[6:]: str(value) for name, value in request.POST.items() if name.startswith("hasil-") and value}
    return _done(
        request,
        trip_id,
        lambda: trip.enter_results(
            actor_of(request),
            trip_id,
            results=dict(zip(_ids(list(chosen)), chosen.values(), strict=True)),
            key=key_of(request),
            at=clock.now(),
        ),
    )


@for_staff(*STAFF)
@require_safe
def pack(request: HttpRequest, trip_id: UUID) -> HttpResponse:
    """The route as sheets to print: addresses, names, what to look at, room for results."""
    opened, stops = trip.open_trip(actor_of(request), trip_id, at=clock.now())
    return show(request, "officer/recording/pack.html", trip=opened, stops=stops)
