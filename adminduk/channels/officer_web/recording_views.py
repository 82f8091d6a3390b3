"""The operator's pages of recording: find the person, check, record, report; and statuses typed or imported."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adminduk.channels.officer_web.pages import actor_of, done, go, key_of, problems_of, region_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.actor import ActorKind
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.recordings.states import Result
from adminduk.readmodels import recording_lists, recording_present
from adminduk.usecases import record, recording_statuses
from adminduk.usecases.outside import catalogue

OPERATORS = (ActorKind.OPERATOR, ActorKind.HEAD)
BRINGERS = (ActorKind.OPERATOR, ActorKind.OFFICER, ActorKind.HEAD)
IMPORTED = "imported"
_FIELDS = {"photo_not_approved": "foto_disetujui", "status_missing": "status"}


@for_staff(*OPERATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def recording_page(request: HttpRequest) -> HttpResponse:
    """How many wait, and the way to a person by the number of the application."""
    actor, number = actor_of(request), request.POST.get("nomor", "")[:60]
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            return go("record_person", product_id=record.find(actor, number=number))
        except DomainError as refusal:
            code = "recording_unknown" if refusal.code == "not_found" else refusal.code
            problems = (Problem(code, "nomor", refusal.params),)
    return show(
        request,
        "officer/recording/recording.html",
        status=422 if problems else 200,
        present=recording_present.present(actor, today=clock.today(region_of(actor).time_zone)),
        unfinished=recording_lists.unfinished(actor, at=clock.now()),
        counts=recording_lists.counts_of(actor),
        number=number,
        problems=problems,
    )


@for_staff(*OPERATORS)
@require_safe
def person_page(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Who sits there, what is to be checked, and what came of earlier attempts."""
    return _person(request, product_id)


def _person(request: HttpRequest, product_id: UUID, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    seen = record.open_person(actor_of(request), product_id, at=clock.now())
    return show(
        request,
        "officer/recording/person.html",
        status=422 if problems else 200,
        seen=seen,
        station=catalogue().recording_station,
        status_of=catalogue().recording_status,
        sent=request.POST,
        problems=problems,
    )


def _done(request: HttpRequest, product_id: UUID, act: Callable[[], object]) -> HttpResponse:
    """Do it and show the person again; what lacks stands beside its field."""

    def refused(refusal: DomainError) -> HttpResponse:
        field = _FIELDS.get(refusal.code)
        return _person(request, product_id, (Problem(refusal.code, field),) if field else problems_of(refusal))

    return done(act, then=go("record_person", product_id=product_id), refused=refused)


@for_staff(*OPERATORS)
@require_POST
def begin(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Everything is checked: the person sits before the camera."""
    station = catalogue().recording_station
    return _done(
        request,
        product_id,
        lambda: record.begin(
            actor_of(request),
            product_id,
            checks=[code for code in station.checks if request.POST.get(f"cek-{code}")],
            exceptions=request.POST.getlist("lain"),
            site_id=_place(request.POST.get("tempat", "")),
            key=key_of(request),
            at=clock.now(),
        ),
    )


def _place(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@for_staff(*OPERATORS)
@require_POST
def finish(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """What came of it."""
    try:
        attempt_id, result = UUID(request.POST.get("percobaan", "")), Result(request.POST.get("hasil", ""))
    except ValueError:
        return _person(request, product_id, (Problem("answer_choice", "hasil"),))
    return _done(
        request,
        product_id,
        lambda: record.finish(
            actor_of(request),
            attempt_id,
            result=result,
            photographs=_count(request.POST.get("foto", "")),
            is_photo_approved=bool(request.POST.get("foto_disetujui")),
            key=key_of(request),
            at=clock.now(),
        ),
    )


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 1


@for_staff(*OPERATORS)
@require_POST
def type_status(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """A status that somebody has read in the national application."""
    return _done(
        request,
        product_id,
        lambda: recording_statuses.enter_typed(
            actor_of(request),
            product_id,
            text=request.POST.get("status", "")[:200],
            key=key_of(request),
            at=clock.now(),
        ),
    )


@for_staff(*BRINGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """A list of statuses out of the national application."""
    if request.method != "POST":
        return show(request, "officer/recording/import.html", imported=request.session.pop(IMPORTED, None))
    file = request.FILES.get("berkas")
    given = file.read() if file is not None else b""
    try:
        imported = recording_statuses.import_file(actor_of(request), given, key=key_of(request), at=clock.now())
    except DomainError as refusal:
        problems = (Problem(refusal.code, "berkas", refusal.params),)
        return show(request, "officer/recording/import.html", status=422, imported=None, problems=problems)
    request.session[IMPORTED] = {
        "news": imported.news,
        "known": imported.known,
        "strangers": imported.strangers,
        "own_family": imported.own_family,
        "unreadable": list(imported.unreadable[:20]),
    }
    return go("record_import")
