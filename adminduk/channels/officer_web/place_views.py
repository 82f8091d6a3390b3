"""The places of the office: add one, change it, close it and open it again, choose the main one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.officer_web import place_form
from adminduk.channels.officer_web.appointment_views import KEEPERS, MOVED, act_on_site
from adminduk.channels.officer_web.pages import actor_of, go, key_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.offices.types import PlaceWritten
from adminduk.readmodels import appointment_days
from adminduk.usecases import clear_place, printers, site_setup


@for_staff(*KEEPERS)
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """The places of the office, closed ones too, and a form for a further one."""
    return _list(request)


def _list(
    request: HttpRequest, *, problems: tuple[Problem, ...] = (), written: PlaceWritten = place_form.EMPTY
) -> HttpResponse:
    actor = actor_of(request)
    return show(
        request,
        "officer/appointments/sites.html",
        status=422 if problems else 200,
        sites=appointment_days.list_sites(actor, is_active=False),
        problems=problems,
        place=written,
        **place_form.choices_of(actor),
    )


@for_staff(*KEEPERS)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A further place; its page follows, with the usual capacity to be looked at."""
    written = place_form.written_in(request.POST)
    try:
        site_id = site_setup.add(actor_of(request), written=written, key=key_of(request), at=clock.now())
    except DomainError as refusal:
        if not refusal.problems:
            raise
        return _list(request, problems=refusal.problems, written=written)
    return go("site", site_id=site_id)


@for_staff(*KEEPERS)
@require_POST
def change(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Name, address, kecamatan, what is done there."""
    written, seen = place_form.written_in(request.POST), request.POST.get("seen", "")[:40]
    return act_on_site(
        request,
        site_id,
        lambda: site_setup.change(
            actor_of(request), site_id, written=written, seen=seen, key=key_of(request), at=clock.now()
        ),
        written=written,
    )


@for_staff(*KEEPERS)
@require_POST
def set_active(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Close the place, or open it again."""
    act = {"ya": site_setup.reopen, "tidak": site_setup.close}.get(request.POST.get("aktif", ""))
    if act is None:
        raise DomainError("form_incomplete")
    return _press(request, site_id, act)


@for_staff(*KEEPERS)
@require_POST
def take_cards(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Cards that lie ready there were carried to another counter."""

    def act(actor: Actor, here: UUID, *, key: str, at: datetime) -> None:
        request.session[MOVED] = clear_place.take_cards_elsewhere(actor, here, key=key, at=at)

    return _press(request, site_id, act)


@for_staff(*KEEPERS)
@require_POST
def set_printer_active(request: HttpRequest, site_id: UUID, printer_id: UUID) -> HttpResponse:
    """A printer is retired, or used again."""
    is_active = {"ya": True, "tidak": False}.get(request.POST.get("pakai", ""))
    if is_active is None:
        raise DomainError("form_incomplete")
    return _press(request, site_id, partial(printers.set_active, printer_id=printer_id, is_active=is_active))


@for_staff(*KEEPERS)
@require_POST
def make_main(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The main place from now on."""
    return _press(request, site_id, site_setup.make_main)


def _press(request: HttpRequest, site_id: UUID, act: Callable[..., object]) -> HttpResponse:
    """One button about a place, with nothing typed."""
    return act_on_site(request, site_id, lambda: act(actor_of(request), site_id, key=key_of(request), at=clock.now()))
