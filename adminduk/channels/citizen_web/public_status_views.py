"""Status without signing in: number and birth date together, nothing about the person in return."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from adminduk.channels.citizen_web.status_words import headline, place_words, timeline_of
from adminduk.foundation import clock
from adminduk.foundation.pages import render
from adminduk.foundation.pages.access import public
from adminduk.foundation.pages.client import network_of
from adminduk.foundation.pages.posted import posted_date
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError, Problem
from adminduk.readmodels.citizen_status import find_public_status
from adminduk.usecases import look_up
from adminduk.usecases.outside import catalogue

_ZONE = "Asia/Jakarta"  # a birth date is never of tomorrow, wherever the person lives


@public
@require_http_methods(["GET", "HEAD", "POST"])
def status_page(request: HttpRequest, number: str = "") -> HttpResponse:
    """Ask for number and birth date; what is found is shown on the answer to the POST, never at an address."""
    if request.method != "POST":
        return _ask(request, number=number[:30], born="", problems=())
    number, born = request.POST.get("nomor", "")[:40], posted_date(request.POST, "lahir")
    problems = _problems(number, born)
    if problems:
        return _ask(request, number=number, born=born, problems=problems)
    look_up.spend_status_try(network_of(request), number)
    birth_date = BirthDate.parse(born, today=clock.today(_ZONE)).day.isoformat()
    status = find_public_status(number, birth_date, catalogue=catalogue())
    if status is None:
        return _ask(request, number=number, born=born, problems=(Problem("status_unknown", "nomor"),))
    look_up.record_public_look(
        status.application_id, region_id=status.region.code.number, subject_index=status.subject_index
    )
    return render(
        request,
        "citizen/status_found.html",
        region=status.region,
        application=status,
        headline=headline(status),
        entries=timeline_of(status),
        place=place_words(status),
    )


def _problems(number: str, born: str) -> tuple[Problem, ...]:
    found = []
    for field, check in (
        ("nomor", lambda: ApplicationNumber.parse(number)),
        ("lahir", lambda: BirthDate.parse(born, today=clock.today(_ZONE))),
    ):
        try:
            check()
        except DomainError as refusal:
            found.append(Problem(refusal.code, field, refusal.params))
    return tuple(found)


def _ask(request: HttpRequest, *, number: str, born: str, problems: tuple[Problem, ...]) -> HttpResponse:
    return render(
        request,
        "citizen/status_ask.html",
        status=422 if problems else 200,
        number=number,
        born=born,
        problems=problems,
    )
