"""The places of the office: add one, change it, close it and open it again, choose the main one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.officer_web import place_form
from adminduk.channels.officer_web.appointment_views import KEEPERS, MOVED, page_of_site
from adminduk.channels.officer_web.pages import actor_of, go, key_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
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
    return _done(
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
    return _done(request, site_id, lambda: act(actor_of(request), site_id, key=key_of(request), at=clock.now()))


@for_staff(*KEEPERS)
@require_POST
def take_cards(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Cards that lie ready there were carried to another counter."""

    def act() -> None:
        moved = clear_place.take_cards_elsewhere(actor_of(request), site_id, key=key_of(request), at=clock.now())
        request.session[MOVED] = moved

    return _done(request, site_id, act)


@for_staff(*KEEPERS)
@require_POST
def set_printer_active(request: HttpRequest, site_id: UUID, printer_id: UUID) -> HttpResponse:
    """A printer is retired, or used again."""
    is_active = {"ya": True, "tidak": False}.get(request.POST.get("pakai", ""))
    if is_active is None:
        raise DomainError("form_incomplete")
    return _done(
        request,
        site_id,
        lambda: printers.set_active(
            actor_of(request), printer_id, site_id=site_id, is_active=is_active, key=key_of(request), at=clock.now()
        ),
    )


@for_staff(*KEEPERS)
@require_POST
def make_main(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The main place from now on."""
    return _done(
        request,
        site_id,
        lambda: site_setup.make_main(actor_of(request), site_id, key=key_of(request), at=clock.now()),
    )


def _done(
    request: HttpRequest, site_id: UUID, act: Callable[[], object], *, written: PlaceWritten | None = None
) -> HttpResponse:
    """Do it and show the place again; what was typed stays, unless a colleague has changed the place meanwhile."""
    try:
        act()
    except DomainError as refusal:
        if not refusal.problems:
            raise
        kept = None if refusal.code == "place_changed" else written
        return page_of_site(request, site_id, problems=refusal.problems, written=kept)
    return go("site", site_id=site_id)
