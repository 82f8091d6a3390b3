"""Report a broker or a bribe: a short form for anybody, and the way of the report for whoever holds its number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.home_views import remembered_region
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import public
from adminduk.foundation.pages.client import network_of
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.complaints.types import Told
from adminduk.usecases import report_broker
from adminduk.usecases.outside import catalogue

SENT = "report_sent"


@public
@require_safe
def where_page(request: HttpRequest) -> HttpResponse:
    """In which region it happened."""
    return render(
        request,
        "citizen/report/where.html",
        last_region=remembered_region(request),
        joined=catalogue().joined_regions,
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, code: RegionCode) -> HttpResponse:
    """The form; what was typed stays when something lacks, or when it is sent too often."""
    region = catalogue().region(code)
    if not region.joined:
        return redirect("citizen:report_where")
    if request.method != "POST":
        typed = dict.fromkeys(report_broker.LONGEST, "") | {"contact": ""}
        return _form(request, code, typed=typed, problems=())
    typed = {name: request.POST.get(name, "").strip()[:4000] for name in report_broker.LONGEST}
    try:
        number = report_broker.report(
            Told(**typed),
            region=code,
            client=network_of(request),
            key=str(posted_key(request)),
            at=clock.now(),
        )
    except DomainError as refusal:
        problems = refusal.problems or (Problem(refusal.code, None, refusal.params),)
        return _form(request, code, typed=typed, problems=problems)
    request.session[SENT] = number
    return redirect_after_post(reverse("citizen:report_sent", kwargs={"code": code}))


def _form(
    request: HttpRequest, code: RegionCode, *, typed: dict[str, str], problems: tuple[Problem, ...]
) -> HttpResponse:
    return render(
        request,
        "citizen/report/form.html",
        status=422 if problems else 200,
        region=catalogue().region(code),
        typed=typed,
        longest=report_broker.LONGEST,
        own_address=report_broker.own_address(actor_of(request)),
        problems=problems,
    )


@public
@require_safe
def sent_page(request: HttpRequest, code: RegionCode) -> HttpResponse:
    """The number, once it was sent from this browser; it stands in no address."""
    number = request.session.get(SENT)
    if not number:
        return redirect("citizen:report_look")
    return render(request, "citizen/report/sent.html", region=catalogue().region(code), number=number)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def look_page(request: HttpRequest) -> HttpResponse:
    """Ask for the number; what is found is shown on the answer to the POST, never at an address."""
    number = request.POST.get("nomor", "")[:40]
    if request.method != "POST":
        return _ask(request, number="", problems=())
    try:
        found = report_broker.look(number, client=network_of(request))
    except NotFound:
        return _ask(request, number=number, problems=(Problem("report_unknown", "nomor"),))
    except DomainError as refusal:
        return _ask(request, number=number, problems=(Problem(refusal.code, "nomor", refusal.params),))
    return render(
        request,
        "citizen/report/state.html",
        region=catalogue().region(RegionCode.from_number(found.region_id)),
        report=found,
        outcomes=catalogue().report_outcomes,
    )


def _ask(request: HttpRequest, *, number: str, problems: tuple[Problem, ...]) -> HttpResponse:
    return render(
        request, "citizen/report/look.html", status=422 if problems else 200, number=number, problems=problems
    )
