"""Choose a time: the soonest in one tap, else a month, a day, a time; held for ten minutes, then confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.booked_views import booked_page
from adminduk.channels.citizen_web.own_looks import note_look
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.appointments.types import Kind, Need
from adminduk.readmodels import appointments, draws
from adminduk.readmodels.appointments import Standing, Window
from adminduk.usecases import appoint
from adminduk.usecases.appoint_slots import HORIZON, NOTICE
from adminduk.usecases.outside import catalogue

_SLOT_IS_GONE = frozenset({"slot_taken", "slot_too_small"})
_TRY_AGAIN = _SLOT_IS_GONE | {"hold_ended", "draw_decides"}


@for_citizen
@require_safe
def appointment_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What is booked, what is held, or the choice; `?ubah` chooses anew while what is booked stands."""
    standing = _standing(request, application_id)
    if standing.held:
        return redirect("citizen:appointment_confirm", application_id=application_id)
    if standing.booking and "ubah" not in request.GET:
        return booked_page(request, application_id, standing)
    return _choice(request, application_id, standing)


def _choice(
    request: HttpRequest, application_id: UUID, standing: Standing, *, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    if standing.kind is None:
        return redirect("citizen:own_status", application_id=application_id)
    if not problems and not standing.booking and draws.is_deciding(standing.region, kind=standing.kind):
        return redirect("citizen:draw", application_id=application_id)
    sent = request.GET if request.method != "POST" else request.POST
    together = _ids(sent.getlist("bersama"))
    choice = appointments.get_choice(
        actor_of(request),
        application_id,
        kind=standing.kind,
        catalogue=catalogue(),
        site_id=_id(sent.get("tempat", "")),
        month=_month(sent.get("bulan", "")),
        window=_window(standing, people=1 + len(together)),
    )
    return render(
        request,
        "citizen/appointment/choose.html",
        status=409 if problems else 200,
        region=standing.region,
        application_id=application_id,
        standing=standing,
        choice=choice,
        together=together,
        carried=_carried(sent, together),
        problems=problems,
    )


@for_citizen
@require_safe
def day_page(request: HttpRequest, application_id: UUID, day: str) -> HttpResponse:
    """The times of one day."""
    standing = _standing(request, application_id)
    chosen, site_id = _day(day), _id(request.GET.get("tempat", ""))
    if standing.kind is None or chosen is None or site_id is None:
        return redirect("citizen:appointment", application_id=application_id)
    return _times_of(request, application_id, standing, kind=standing.kind, site_id=site_id, day=chosen)


def _times_of(
    request: HttpRequest, application_id: UUID, standing: Standing, *, kind: Kind, site_id: UUID, day: date,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:  # fmt: skip
    sent = request.GET if request.method != "POST" else request.POST
    together = _ids(sent.getlist("bersama"))
    site, found = appointments.get_day(
        actor_of(request),
        application_id,
        kind=kind,
        catalogue=catalogue(),
        site_id=site_id,
        day=day,
        window=_window(standing, people=1 + len(together)),
    )
    return render(
        request,
        "citizen/appointment/day.html",
        status=409 if problems else 200,
        region=standing.region,
        application_id=application_id,
        standing=standing,
        site=site,
        day=day,
        found=found,
        together=together,
        carried=_carried(sent, together),
        problems=problems,
    )


@for_citizen
@require_POST
def hold(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Keep the chosen time for ten minutes; when somebody was quicker, what is left of that day comes."""
    note_look(request, application_id)
    sent = request.POST
    key, site_id, day, starts = posted_key(request), _id(sent.get("tempat", "")), _day(sent.get("hari", "")), None
    try:
        starts = time.fromisoformat(sent.get("jam", ""))
    except ValueError:
        raise DomainError("form_incomplete") from None
    if site_id is None or day is None:
        raise DomainError("form_incomplete")
    try:
        appoint.hold(
            actor_of(request),
            application_id,
            wish=appoint.Wish(site_id, day, starts),
            together_with=_ids(sent.getlist("bersama")),
            key=str(key),
            at=clock.now(),
        )
    except DomainError as refusal:
        if refusal.code not in _TRY_AGAIN:
            raise
        problems, standing = (Problem(refusal.code, None, refusal.params),), _standing(request, application_id)
        if refusal.code not in _SLOT_IS_GONE or standing.kind is None:
            return _choice(request, application_id, standing, problems=problems)
        return _times_of(
            request, application_id, standing, kind=standing.kind, site_id=site_id, day=day, problems=problems
        )
    return redirect_after_post(_href("appointment_confirm", application_id))


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Look once more, say what one needs in order to come, confirm."""
    standing = _standing(request, application_id)
    if request.method == "POST":
        needs = frozenset(need for need in Need if need.value in request.POST.getlist("perlu"))
        try:
            appoint.confirm(
                actor_of(request), application_id, needs=needs, key=str(posted_key(request)), at=clock.now()
            )
        except DomainError as refusal:
            if refusal.code not in _TRY_AGAIN:
                raise
            return _choice(request, application_id, standing, problems=(Problem(refusal.code),))
        return redirect_after_post(_href("appointment", application_id))
    if not standing.held:
        return redirect("citizen:appointment", application_id=application_id)
    return render(
        request,
        "citizen/appointment/confirm.html",
        region=standing.region,
        application_id=application_id,
        standing=standing,
        needs=Need,
    )


@for_citizen
@require_POST
def let_go(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Give back what is held and choose again."""
    appoint.let_go(actor_of(request), application_id, key=str(posted_key(request)), at=clock.now())
    return redirect_after_post(_href("appointment", application_id) + "?ubah")


def _standing(request: HttpRequest, application_id: UUID) -> Standing:
    note_look(request, application_id)
    return appointments.get_standing(actor_of(request), application_id, catalogue=catalogue(), at=clock.now())


def _window(standing: Standing, *, people: int) -> Window:
    now = clock.now()
    today = now.astimezone(ZoneInfo(standing.region.time_zone)).date()
    return Window(after=now + NOTICE, last=today + HORIZON, people=min(people, appoint.MOST_TOGETHER), at=now)


def _carried(sent: Mapping[str, object], together: tuple[UUID, ...]) -> str:
    """What goes along from page to page: who comes together, and that an appointment is being changed."""
    pairs = [("bersama", str(one)) for one in together] + ([("ubah", "")] if "ubah" in sent else [])
    return f"&{urlencode(pairs)}" if pairs else ""


def _href(name: str, application_id: UUID) -> str:
    return reverse(f"citizen:{name}", kwargs={"application_id": application_id})


def _id(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def _ids(written: list[str]) -> tuple[UUID, ...]:
    return tuple(one for text in written[: appoint.MOST_TOGETHER] if (one := _id(text)))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _month(written: str) -> date | None:
    try:
        return date.fromisoformat(f"{written}-01")
    except ValueError:
        return None
