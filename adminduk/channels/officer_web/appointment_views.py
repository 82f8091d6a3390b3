"""The day's appointments for the counters; capacity, breaks and closures of each place for who keeps the office."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from adminduk.catalogue.text import Text
from adminduk.channels.officer_web import place_form
from adminduk.channels.officer_web.desk_views import titles
from adminduk.channels.officer_web.pages import actor_of, done, go, key_of, problems_of, region_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.foundation.pages.posted import posted_date
from adminduk.kernel.actor import ActorKind
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.appointments.types import Capacity, Kind, Need
from adminduk.modules.offices.types import PlaceWritten
from adminduk.readmodels import appointment_days, cards_at_counter, print_floor
from adminduk.usecases import appoint_setup, site_setup
from adminduk.usecases.appoint_setup import USUAL_MINUTES, Shut
from adminduk.usecases.office_hours import WEEKDAYS

COUNTER_STAFF = (ActorKind.OPERATOR, ActorKind.OFFICER, ActorKind.HEAD, ActorKind.ADMIN)
KEEPERS = (ActorKind.HEAD, ActorKind.ADMIN)
MOVED = "cards_moved"  # by the press before this page
_FURTHEST = date(2100, 1, 1)
KIND_WORDS = {Kind.RECORDING: Text("Perekaman", "Recording")}
NEED_WORDS = {
    Need.COMPANION: Text("pendamping", "companion"),
    Need.WHEELCHAIR: Text("kursi roda", "wheelchair"),
    Need.SIGN_LANGUAGE: Text("bahasa isyarat", "sign language"),
}


@for_staff(*COUNTER_STAFF)
@require_safe
def day_list(request: HttpRequest) -> HttpResponse:
    """Who comes today, place by place: times, numbers, needs; no names."""
    actor = actor_of(request)
    today = clock.today(region_of(actor).time_zone)
    sites = appointment_days.list_sites(actor)
    chosen = next((site for site in sites if str(site.id) == request.GET.get("tempat")), sites[0] if sites else None)
    day = _iso(request.GET.get("hari", "")) or today
    coming = appointment_days.list_of_day(actor, site_id=chosen.id, day=day) if chosen else ()
    return show(
        request,
        "officer/appointments/day.html",
        sites=sites,
        chosen=chosen,
        day=day,
        today=today,
        coming=coming,
        titles=titles(),
        kind_words=KIND_WORDS,
        need_words=NEED_WORDS,
    )


@for_staff(*KEEPERS)
@require_safe
def site_page(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """What a place is set to."""
    return page_of_site(request, site_id)


def page_of_site(
    request: HttpRequest,
    site_id: UUID,
    *,
    problems: tuple[Problem, ...] = (),
    typed: dict[str, str] | None = None,
    written: PlaceWritten | None = None,
) -> HttpResponse:
    """What a place is set to; `written`: what was typed about the place itself and refused."""
    actor = actor_of(request)
    settings = appointment_days.settings_of(actor, site_id, today=clock.today(region_of(actor).time_zone))
    cards_ready, cards_to = cards_at_counter.cards_at(actor, site_id)
    cards_moved = request.session.pop(MOVED, None)
    shown = {
        f"{kind}-{day}": _capacity_words(row for row in settings.capacity[kind] if row.weekday == weekday)
        for kind in Kind
        for weekday, day in enumerate(WEEKDAYS)
    }
    shown |= {f"{kind}-minutes": str(_minutes(settings.capacity[kind])) for kind in Kind}
    shown |= {
        f"break-{day}": ", ".join(_span(row.begins, row.ends) for row in settings.breaks if row.weekday == weekday)
        for weekday, day in enumerate(WEEKDAYS)
    }
    return show(
        request,
        "officer/appointments/site.html",
        status=422 if problems else 200,
        settings=settings,
        shown=shown | (typed or {}),
        problems=problems,
        kind_words=KIND_WORDS,
        span=_span,
        place=written or place_form.written_of(settings.site),
        seen=site_setup.seen_of(settings.site),
        cards_ready=cards_ready,
        cards_to=cards_to,
        cards_moved=cards_moved,
        printers=print_floor.printers_at(actor, site_id),
        **place_form.choices_of(actor),
    )


@for_staff(*KEEPERS)
@require_POST
def set_capacity(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The week's capacity for one kind of business."""
    kind = _kind(request.POST.get("kind", ""))
    if kind is None:
        raise DomainError("form_incomplete")
    written = {day: request.POST.get(f"{kind}-{day}", "")[:100] for day in WEEKDAYS}
    return act_on_site(
        request,
        site_id,
        lambda: appoint_setup.set_capacity(
            actor_of(request),
            site_id,
            kind=kind,
            minutes=request.POST.get(f"{kind}-minutes", "").strip()[:4],
            written=written,
            key=key_of(request),
            at=clock.now(),
        ),
    )


@for_staff(*KEEPERS)
@require_POST
def set_breaks(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The week's breaks."""
    written = {day: request.POST.get(f"break-{day}", "")[:100] for day in WEEKDAYS}
    return act_on_site(
        request,
        site_id,
        lambda: appoint_setup.set_breaks(
            actor_of(request), site_id, written=written, key=key_of(request), at=clock.now()
        ),
    )


@for_staff(*KEEPERS)
@require_POST
def close_site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Close the place; everybody whom it hits is moved and told."""
    sent = request.POST
    try:
        day = BirthDate.parse(posted_date(sent, "day"), today=_FURTHEST).day
    except DomainError:
        return page_of_site(request, site_id, problems=(Problem("date_format", "day"),), typed=_typed(request))
    shut = Shut(day, sent.get("part", "")[:40], sent.get("reason", "")[:1000])
    return act_on_site(
        request,
        site_id,
        lambda: appoint_setup.close_site(actor_of(request), site_id, shut=shut, key=key_of(request), at=clock.now()),
    )


@for_staff(*KEEPERS)
@require_POST
def open_site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Take a closure back."""
    try:
        closure_id = UUID(request.POST.get("closure", ""))
    except ValueError:
        raise DomainError("form_incomplete") from None
    return act_on_site(
        request,
        site_id,
        lambda: appoint_setup.open_site(
            actor_of(request), site_id, closure_id=closure_id, key=key_of(request), at=clock.now()
        ),
    )


def act_on_site(
    request: HttpRequest, site_id: UUID, act: Callable[[], object], *, written: PlaceWritten | None = None
) -> HttpResponse:
    """Do it and show the place again; what is wrong stands beside its field, with what was typed.

    `written` stays too, unless a colleague has changed the place meanwhile.
    """

    def refused(refusal: DomainError) -> HttpResponse:
        kept = None if refusal.code == "place_changed" else written
        return page_of_site(request, site_id, problems=problems_of(refusal), typed=_typed(request), written=kept)

    return done(act, then=go("site", site_id=site_id), refused=refused)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:1000] for name in request.POST}


def _capacity_words(rows: Iterable[Capacity]) -> str:
    return ", ".join(f"{_span(row.opens, row.closes)} x{row.places}" for row in rows)


def _minutes(rows: tuple[Capacity, ...]) -> int:
    return rows[0].minutes if rows else USUAL_MINUTES


def _span(begins: time | None, ends: time | None) -> str:
    return f"{begins:%H:%M}-{ends:%H:%M}" if begins and ends else ""


def _kind(written: str) -> Kind | None:
    return next((kind for kind in Kind if kind.value == written), None)


def _iso(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
