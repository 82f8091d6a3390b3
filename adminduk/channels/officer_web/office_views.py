"""The head's overview, and the office itself: staff, hours, closures, the banner of an incident."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from adminduk.catalogue.papers.types import Cause
from adminduk.catalogue.region_schema import Region
from adminduk.channels.officer_web.desk_views import titles
from adminduk.channels.officer_web.pages import actor_of, done, go, key_of, region_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.foundation.pages.posted import posted_date
from adminduk.kernel.actor import ActorKind
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError, Problem
from adminduk.readmodels import machine_rates, office, print_floor
from adminduk.usecases import office_hours, office_staff
from adminduk.usecases.calendar import calendar_for
from adminduk.usecases.outside import catalogue

KEEPERS = (ActorKind.HEAD, ActorKind.ADMIN)
_FURTHEST = date(2100, 1, 1)


@for_staff(ActorKind.HEAD)
@require_safe
def head_page(request: HttpRequest) -> HttpResponse:
    """Who holds what, what is late, what did not arrive, how often the machine was wrong."""
    actor = actor_of(request)
    overview = office.overview_of(actor, calendar_for(actor), at=clock.now())
    today = clock.today(region_of(actor).time_zone)
    return show(
        request,
        "officer/head.html",
        overview=overview,
        titles=titles(),
        rates=machine_rates.rates_of(actor, catalogue().papers, today=today),
        days=machine_rates.DAYS,
        fewest=machine_rates.FEWEST,
        causes={cause: catalogue().picture_cause(cause).what for cause in Cause},
    )


@for_staff(*KEEPERS)
@require_safe
def office_page(request: HttpRequest) -> HttpResponse:
    """Hours, closures and banner; staff for the admin."""
    return _page(request)


def _page(
    request: HttpRequest, *, problems: tuple[Problem, ...] = (), typed: dict[str, str] | None = None
) -> HttpResponse:
    actor = actor_of(request)
    lists = office.lists_of(actor, today=clock.today(region_of(actor).time_zone))
    return show(
        request,
        "officer/office.html",
        status=422 if problems else 200,
        lists=lists,
        hours=_hours(lists, region_of(actor)),
        roles=office_staff.ROLES,
        placeless=print_floor.count_placeless(actor),
        problems=problems,
        typed=typed or {},
    )


def _hours(lists: office.OfficeLists, region: Region) -> dict[str, str]:
    """The week as it is typed: the office's own rows, else what its region's file says."""
    spans = [(row.weekday, row.opens, row.closes) for row in lists.openings]
    spans = spans or [(day, *span) for day, opened in region.hours.items() for span in opened]
    return {
        name: ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for day, opens, closes in spans if day == number)
        for number, name in enumerate(office_hours.WEEKDAYS)
    }


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:1000] for name in request.POST}


def _done(request: HttpRequest, act: Callable[[], object], *, field: str | None = None) -> HttpResponse:
    """Do it and show the page again; what is wrong stands beside its field, with what was typed."""

    def refused(refusal: DomainError) -> HttpResponse:
        problems = refusal.problems or (Problem(refusal.code, field, refusal.params),)
        return _page(request, problems=problems, typed=_typed(request))

    return done(act, then=go("office"), refused=refused)


@for_staff(ActorKind.ADMIN)
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by e-mail."""
    sent = request.POST
    return _done(
        request,
        lambda: office_staff.invite(
            actor_of(request),
            email=sent.get("email", "")[:300],
            name=sent.get("name", "")[:300],
            role=sent.get("role", ""),
            key=key_of(request),
            at=clock.now(),
        ),
        field="email",
    )


@for_staff(ActorKind.ADMIN)
@require_POST
def invite_again(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """A new link for a lost phone or password."""
    return _done(
        request,
        lambda: office_staff.invite_again(actor_of(request), officer_id, key=key_of(request), at=clock.now()),
    )


@for_staff(ActorKind.ADMIN)
@require_POST
def set_active(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Deactivate somebody, or let him back in."""
    is_active = request.POST.get("aktif") == "ya"
    return _done(
        request,
        lambda: office_staff.set_active(
            actor_of(request), officer_id, is_active=is_active, key=key_of(request), at=clock.now()
        ),
    )


@for_staff(ActorKind.ADMIN)
@require_POST
def set_family(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Note somebody's own No. KK."""
    return _done(
        request,
        lambda: office_staff.set_family(
            actor_of(request),
            officer_id,
            no_kk=request.POST.get("no_kk", "")[:40],
            key=key_of(request),
            at=clock.now(),
        ),
        field=f"no_kk-{officer_id}",
    )


@for_staff(*KEEPERS)
@require_POST
def set_hours(request: HttpRequest) -> HttpResponse:
    """Set the week."""
    written = {day: request.POST.get(day, "")[:100] for day in office_hours.WEEKDAYS}
    return _done(
        request,
        lambda: office_hours.set_hours(actor_of(request), written=written, key=key_of(request), at=clock.now()),
        field=office_hours.WEEKDAYS[0],
    )


@for_staff(*KEEPERS)
@require_POST
def close_on(request: HttpRequest) -> HttpResponse:
    """Close the office on a day."""
    try:
        day = BirthDate.parse(posted_date(request.POST, "hari_tutup"), today=_FURTHEST).day
    except DomainError:
        problem = Problem("date_format", "hari_tutup")
        return _page(request, problems=(problem,), typed=_typed(request))
    return _done(
        request,
        lambda: office_hours.close_on(
            actor_of(request), day=day, reason=request.POST.get("sebab", ""), key=key_of(request), at=clock.now()
        ),
        field="sebab",
    )


@for_staff(*KEEPERS)
@require_POST
def open_on(request: HttpRequest) -> HttpResponse:
    """Take a closure back."""
    try:
        day = date.fromisoformat(request.POST.get("hari", ""))
    except ValueError:
        raise DomainError("form_incomplete") from None
    return _done(request, lambda: office_hours.open_on(actor_of(request), day=day, key=key_of(request), at=clock.now()))


@for_staff(*KEEPERS)
@require_POST
def incident(request: HttpRequest) -> HttpResponse:
    """Show the banner, or take it down."""
    actor = actor_of(request)
    if request.POST.get("selesai"):
        return _done(request, lambda: office_hours.end_incident(actor, key=key_of(request), at=clock.now()))
    return _done(
        request,
        lambda: office_hours.begin_incident(
            actor, text=request.POST.get("gangguan", "")[:1000], key=key_of(request), at=clock.now()
        ),
        field="gangguan",
    )
