"""Halls for everybody: how full it is now, the screen on the wall, one's own number. Numbers, no names."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from adminduk.catalogue.region_schema import Region
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import public
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.counters.types import Called
from adminduk.readmodels import hall
from adminduk.usecases import check_in
from adminduk.usecases.outside import catalogue

DARK = "gelap"
_TOLD_HERE = frozenset({"check_in_early", "check_in_later", "check_in_unknown"})


@public
@require_safe
def halls_page(request: HttpRequest, code: RegionCode) -> HttpResponse:
    """All sites of a region, with how many wait."""
    region = _joined(code)
    return render(request, "citizen/hall/halls.html", region=region, halls=hall.halls_of(region, at=clock.now()))


@public
@require_safe
def hall_page(request: HttpRequest, code: RegionCode, site_id: UUID) -> HttpResponse:
    """How full a site is now: how many wait, how long it takes today, which numbers are called."""
    region, at = _joined(code), clock.now()
    return render(request, "citizen/hall/hall.html", region=region, at=at, hall=hall.hall_of(region, site_id, at=at))


@public
@require_safe
def screen(request: HttpRequest, code: RegionCode, site_id: UUID) -> HttpResponse:
    """For a screen on the wall: dark, large, asks again by itself, speaks when it is allowed to."""
    region, at = _joined(code), clock.now()
    return render(
        request,
        "citizen/hall/screen.html",
        region=region,
        at=at,
        hall=hall.hall_of(region, site_id, at=at),
        theme=DARK,
        spoken=_spoken,
    )


@public
@require_safe
def ticket_page(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Where the holder of a ticket stands."""
    place = hall.find_place(ticket_id)
    if place is None:
        raise NotFound("ticket")
    region, at = catalogue().region(RegionCode.from_number(place.region_id)), clock.now()
    own = hall.own_place(place, region, at=at)
    waiting = hall.hall_of(region, place.site_id, at=at).waiting
    now = next((row for row in waiting if row.service == place.service), None)
    return render(request, "citizen/hall/ticket.html", region=region, own=own, now=now, at=at)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_page(request: HttpRequest, code: RegionCode, booking_id: UUID) -> HttpResponse:
    """The QR code of an appointment leads here: "I have come", and the number follows."""
    region, at = _joined(code), clock.now()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            taken = check_in.check_in_oneself(code.number, booking_id, at=at)
        except DomainError as refusal:
            if refusal.code not in _TOLD_HERE:
                raise
            problems = (Problem(refusal.code, None, refusal.params),)
        else:
            return redirect_after_post(reverse("citizen:ticket", kwargs={"ticket_id": taken}))
    return render(
        request,
        "citizen/hall/check_in.html",
        status=409 if problems else 200,
        region=region,
        expected=check_in.expected(code.number, booking_id, at=at),
        problems=problems,
    )


def _spoken(call: Called) -> str:
    """In Indonesian, whatever the page speaks: sign by sign, as numbers are called out."""
    return f"Nomor antrean {', '.join(call.label)}. Silakan ke loket {call.counter_number}."


def _joined(code: RegionCode) -> Region:
    region = catalogue().region(code)
    if not region.joined:
        raise NotFound("site")
    return region
