"""Which counters a site has and what they serve: for the head and the admin."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.officer_web.office_views import KEEPERS
from adminduk.channels.officer_web.pages import actor_of, done, go, key_of, problems_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.counters.types import Service
from adminduk.readmodels import counter_desk
from adminduk.usecases import counter_setup
from adminduk.usecases.queue_at_counter import day_in


@for_staff(*KEEPERS)
@require_safe
def setup_page(request: HttpRequest) -> HttpResponse:
    """All counters of all sites."""
    return _page(request)


def _page(request: HttpRequest, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    actor = actor_of(request)
    day = day_in(actor.regions[0], at=clock.now())
    sites = counter_desk.sites_with_counters(actor, day=day, is_active=False)
    return show(
        request,
        "officer/hall/setup.html",
        status=422 if problems else 200,
        sites=sites,
        services=tuple(Service),
        problems=problems,
    )


@for_staff(*KEEPERS)
@require_POST
def add_counter(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """A further counter."""
    typed = request.POST.get("nomor", "").strip()
    number = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
    return _done(
        request,
        lambda: counter_setup.add_counter(
            actor_of(request),
            site_id=site_id,
            number=number,
            services=_services(request),
            key=key_of(request),
            at=clock.now(),
        ),
        place=str(site_id),
    )


@for_staff(*KEEPERS)
@require_POST
def change_counter(request: HttpRequest, counter_id: UUID) -> HttpResponse:
    """What it serves, whether it is in use, or free again after somebody left without a word."""
    actor, key, at = actor_of(request), key_of(request), clock.now()
    match request.POST.get("tindakan", ""):
        case "pakai":
            return _done(request, lambda: counter_setup.set_active(actor, counter_id, is_active=True, key=key, at=at))
        case "tutup":
            return _done(request, lambda: counter_setup.set_active(actor, counter_id, is_active=False, key=key, at=at))
        case "kosongkan":
            return _done(request, lambda: counter_setup.free_counter(actor, counter_id, key=key, at=at))
        case _:
            return _done(
                request,
                lambda: counter_setup.change_counter(actor, counter_id, services=_services(request), key=key, at=at),
                place=str(counter_id),
            )


def _services(request: HttpRequest) -> tuple[Service, ...]:
    sent = request.POST.getlist("layanan")
    return tuple(service for service in Service if service in sent)


def _done(request: HttpRequest, act: Callable[[], None], *, place: str = "") -> HttpResponse:
    def refused(refusal: DomainError) -> HttpResponse:
        field = f"nomor-{place}" if refusal.code in ("counter_number", "counter_exists") else f"layanan-{place}"
        return _page(request, tuple(Problem(p.code, field, p.params) for p in problems_of(refusal)))

    return done(act, then=go("hall_setup"), refused=refused)
