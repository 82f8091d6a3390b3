"""The front desk, on a tablet: a number for whoever comes, printed with a QR code and the word that all wait for."""

from __future__ import annotations

from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from adminduk.channels.officer_web.hall_views import service_of
from adminduk.channels.officer_web.pages import actor_of, go, key_of, problems_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.errors import DomainError, Problem
from adminduk.readmodels import counter_desk
from adminduk.usecases import take_number as at_the_door
from adminduk.usecases.check_in import check_in_at_desk as at_the_desk
from adminduk.usecases.queue_at_counter import COUNTER_STAFF, place_of_staff

_ABOUT_THE_NUMBER = frozenset(
    {
        "number_shape",
        "number_check",
        "check_in_unknown",
        "check_in_elsewhere",
        "check_in_early",
        "check_in_later",
        "ticket_moved",
        "own_family",
    }
)


@for_staff(*COUNTER_STAFF)
@require_safe
def sites_page(request: HttpRequest) -> HttpResponse:
    """Which site's front desk this is. Where there is one only, its page."""
    actor = actor_of(request)
    _, day = place_of_staff(actor, at=clock.now())
    sites = counter_desk.sites_with_counters(actor, day=day)
    if len(sites) == 1:
        return go("front_desk", site_id=sites[0].site.id)
    return show(request, "officer/hall/front_desks.html", sites=sites)


@for_staff(*COUNTER_STAFF)
@require_safe
def front_desk_page(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """A large button for each thing that people come for."""
    return _front_desk(request, site_id)


def _front_desk(
    request: HttpRequest, site_id: UUID, problems: tuple[Problem, ...] = (), *, typed: str = ""
) -> HttpResponse:
    actor, at = actor_of(request), clock.now()
    _, day = place_of_staff(actor, at=at)
    site, waiting = counter_desk.front_desk_of(actor, site_id, day=day)
    return show(
        request,
        "officer/hall/front_desk.html",
        status=422 if problems else 200,
        site=site,
        waiting=waiting,
        typed=typed,
        problems=problems,
    )


@for_staff(*COUNTER_STAFF)
@require_POST
def take_number(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """A number for somebody without an appointment; the page to print comes next."""
    service = service_of(request.POST.get("layanan", ""))
    try:
        taken = at_the_door.take_number(
            actor_of(request), site_id=site_id, service=service, key=key_of(request), at=clock.now()
        )
    except DomainError as refusal:
        if refusal.code != "transfer_nowhere":
            raise
        return _front_desk(request, site_id, problems_of(refusal))
    return go("ticket", ticket_id=taken)


@for_staff(*COUNTER_STAFF)
@require_POST
def check_in(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Somebody with an appointment: his code, or the number of his application."""
    typed = request.POST.get("nomor", "")[:300]
    try:
        ticket_id = at_the_desk(actor_of(request), site_id=site_id, typed=typed, key=key_of(request), at=clock.now())
    except DomainError as refusal:
        if refusal.code not in _ABOUT_THE_NUMBER:
            raise
        problems = tuple(Problem(p.code, "nomor", p.params) for p in problems_of(refusal))
        return _front_desk(request, site_id, problems, typed=typed)
    return go("ticket", ticket_id=ticket_id)


@for_staff(*COUNTER_STAFF)
@require_safe
def ticket_page(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """The ticket, to be printed."""
    ticket, site = counter_desk.ticket_of(actor_of(request), ticket_id)
    link = at_the_door.ticket_link(ticket.id)
    return show(request, "officer/hall/ticket.html", ticket=ticket, site=site, qr=_qr(link))


@for_staff(*COUNTER_STAFF)
@require_POST
def leave_queue(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """He goes away and says so."""
    actor = actor_of(request)
    ticket, site = counter_desk.ticket_of(actor, ticket_id)
    try:
        at_the_door.leave_queue(actor, ticket.id, key=key_of(request), at=clock.now())
    except DomainError as refusal:
        if refusal.code != "ticket_moved":
            raise
        return _front_desk(request, site.id, problems_of(refusal))
    return go("front_desk", site_id=site.id)


def _qr(link: str) -> Markup:
    drawing = segno.make(link, error="m", micro=False)
    return Markup(drawing.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704 - made here
