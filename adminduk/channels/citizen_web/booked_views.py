"""An appointment that stands: where and when, into one's own calendar, given back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from adminduk.catalogue.text import Text
from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.own_looks import note_look
from adminduk.channels.citizen_web.sending_views import drawn
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.posted import posted_key
from adminduk.foundation.pages.words import words
from adminduk.kernel.errors import NotFound
from adminduk.modules.appointments.states import State
from adminduk.modules.appointments.types import Booking
from adminduk.modules.offices.types import ServiceSite
from adminduk.readmodels import appointments
from adminduk.readmodels.appointments import Standing
from adminduk.usecases import appoint
from adminduk.usecases.check_in import check_in_link
from adminduk.usecases.outside import catalogue

_SUMMARY = Text("Perekaman KTP-el", "KTP-el recording")
_LINE = 60  # of at most 75 bytes; two-byte letters fit too


def booked_page(request: HttpRequest, application_id: UUID, standing: Standing) -> HttpResponse:
    """Where, when, what to bring; change, cancel, calendar."""
    assert standing.booking
    return render(
        request,
        "citizen/appointment/booked.html",
        region=standing.region,
        application_id=application_id,
        standing=standing,
        booking=standing.booking,
        site=standing.sites[standing.booking.site_id],
        is_open=standing.booking.state is State.BOOKED,
        is_today=standing.booking.day == clock.today(standing.region.time_zone),
        qr=drawn(check_in_link(standing.booking)),
    )


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Ask once, then give the place back."""
    note_look(request, application_id)
    actor = actor_of(request)
    if request.method == "POST":
        appoint.cancel(actor, application_id, key=str(posted_key(request)), at=clock.now())
        return redirect_after_post(reverse("citizen:own_status", kwargs={"application_id": application_id}))
    standing = appointments.get_standing(actor, application_id, catalogue=catalogue(), at=clock.now())
    if standing.booking is None or standing.booking.state is not State.BOOKED:
        return redirect("citizen:appointment", application_id=application_id)
    return render(
        request,
        "citizen/appointment/cancel.html",
        region=standing.region,
        application_id=application_id,
        booking=standing.booking,
        site=standing.sites[standing.booking.site_id],
    )


@for_citizen
@require_safe
def calendar_file(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The appointment for the calendar of a phone (RFC 5545): number, time, place; nothing about the person."""
    note_look(request, application_id)
    now = clock.now()
    standing = appointments.get_standing(actor_of(request), application_id, catalogue=catalogue(), at=now)
    if standing.booking is None:
        raise NotFound("appointment")
    site = standing.sites[standing.booking.site_id]
    written = _calendar(standing.booking, site, title=f"{words(_SUMMARY)} {standing.number}", at=now)
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{standing.number}.ics"'
    return response


def _calendar(booking: Booking, site: ServiceSite, *, title: str, at: datetime) -> str:
    ends_at = booking.starts_at + timedelta(minutes=booking.minutes)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Adminduk//ID",
        "BEGIN:VEVENT",
        f"UID:{booking.id}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(booking.starts_at)}",
        f"DTEND:{_utc(ends_at)}",
        f"SUMMARY:{_escaped(title)}",
        f"LOCATION:{_escaped(f'{site.name}, {site.address}')}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\;," else sign for sign in text)


def _folded(line: str) -> str:
    return "\r\n ".join(line[start : start + _LINE] for start in range(0, len(line), _LINE))
