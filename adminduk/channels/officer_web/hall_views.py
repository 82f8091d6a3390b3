"""An operator's counter: choose it, call the next person, and what becomes of him; all by keyboard."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.officer_web.appointment_views import NEED_WORDS
from adminduk.channels.officer_web.pages import actor_of, go, key_of, problems_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.counters.types import Service
from adminduk.readmodels import counter_desk
from adminduk.usecases import queue_at_counter
from adminduk.usecases.outside import catalogue
from adminduk.usecases.queue_at_counter import COUNTER_STAFF, place_of_staff

_BESIDE = {"transfer_nowhere": "tujuan"}
_SHOWN_BELOW = frozenset({"recall_first", "transfer_nowhere", "ticket_moved", "counter_busy", "counter_occupied"})


@for_staff(*COUNTER_STAFF)
@require_safe
def choose_page(request: HttpRequest) -> HttpResponse:
    """Which counter is mine today."""
    return _choose(request)


def _choose(request: HttpRequest, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    actor = actor_of(request)
    _, day = place_of_staff(actor, at=clock.now())
    sites = counter_desk.sites_with_counters(actor, day=day)
    return show(request, "officer/hall/choose.html", status=409 if problems else 200, sites=sites, problems=problems)


@for_staff(*COUNTER_STAFF)
@require_POST
def sit_down(request: HttpRequest, counter_id: UUID) -> HttpResponse:
    """Begin there."""
    try:
        queue_at_counter.sit_down(actor_of(request), counter_id, key=key_of(request), at=clock.now())
    except DomainError as refusal:
        if refusal.code not in _SHOWN_BELOW:
            raise
        return _choose(request, problems_of(refusal))
    return go("hall_desk")


@for_staff(*COUNTER_STAFF)
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Stop there; not while somebody stands at the counter."""
    try:
        queue_at_counter.leave_counter(actor_of(request), key=key_of(request), at=clock.now())
    except DomainError as refusal:
        if refusal.code not in _SHOWN_BELOW:
            raise
        return _desk(request, problems_of(refusal))
    return go("hall_choose")


@for_staff(*COUNTER_STAFF)
@require_safe
def desk_page(request: HttpRequest) -> HttpResponse:
    """Who is here, what for, how many wait."""
    return _desk(request)


def _desk(request: HttpRequest, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    actor, at = actor_of(request), clock.now()
    _, day = place_of_staff(actor, at=at)
    desk = counter_desk.desk_of(actor, day=day)
    if desk is None:
        return go("hall_choose") if not problems else _choose(request, problems)
    here = queue_at_counter.look_at(actor, desk.standing, at=at) if desk.standing else None
    return show(
        request,
        "officer/hall/desk.html",
        status=409 if problems else 200,
        desk=desk,
        case=here.case if here else None,
        service_title=_title(here.case.service_id) if here else None,
        needs=here.needs if here else (),
        need_words=NEED_WORDS,
        product=here.product if here and here.product and here.product.is_open else None,
        problems=problems,
    )


def _title(service_id: str) -> object:
    return next((service.title for service in catalogue().services if service.id == service_id), service_id)


@for_staff(*COUNTER_STAFF)
@require_POST
def call_next(request: HttpRequest) -> HttpResponse:
    """The one who stands here is done; the next is called."""
    queue_at_counter.call_next(
        actor_of(request), done=_uuid(request.POST.get("selesai", "")), key=key_of(request), at=clock.now()
    )
    return go("hall_desk")


@for_staff(*COUNTER_STAFF)
@require_POST
def act_on_ticket(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Call again, did not come, done, or send on: the button says which."""
    try:
        _act(request, ticket_id)
    except DomainError as refusal:
        if refusal.code not in _SHOWN_BELOW:
            raise
        return _desk(request, tuple(Problem(p.code, _BESIDE.get(p.code), p.params) for p in problems_of(refusal)))
    return go("hall_desk")


def _act(request: HttpRequest, ticket_id: UUID) -> None:
    actor, key, at = actor_of(request), key_of(request), clock.now()
    match request.POST.get("tindakan", ""):
        case "ulang":
            queue_at_counter.recall(actor, ticket_id, key=key, at=at)
        case "tidak_datang":
            queue_at_counter.miss(actor, ticket_id, key=key, at=at)
        case "selesai":
            queue_at_counter.finish(actor, ticket_id, key=key, at=at)
        case "pindah":
            to = _destination(request.POST.get("tujuan", ""))
            queue_at_counter.transfer(actor, ticket_id, to=to, key=key, at=at)
        case _:
            raise DomainError("form_incomplete")


def _destination(sent: str) -> tuple[Service, UUID | None]:
    """What the form sends: a service, or a service and a counter. Raises DomainError("transfer_nowhere")."""
    service, _, counter = sent.partition(":")
    try:
        return Service(service), UUID(counter) if counter else None
    except ValueError:
        raise DomainError("transfer_nowhere") from None


def _uuid(sent: str) -> UUID | None:
    try:
        return UUID(sent)
    except ValueError:
        return None


def service_of(sent: str) -> Service:
    """The service that a form names. Raises DomainError("form_incomplete")."""
    try:
        return Service(sent)
    except ValueError:
        raise DomainError("form_incomplete") from None
