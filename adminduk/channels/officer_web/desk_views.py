"""The desk: the queue, the next case, the case itself, its pictures."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from adminduk.catalogue.papers.types import Cause
from adminduk.channels.officer_web.navigation import links_for
from adminduk.channels.officer_web.pages import (
    actor_of,
    at_the_desk,
    go,
    go_on,
    key_of,
    problems_of,
    region_of,
    show,
    stay,
)
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.foundation.tenancy import together
from adminduk.kernel.actor import STAFF, Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.readmodels import desk, desk_papers, office, queue
from adminduk.usecases import review, review_match, review_pages
from adminduk.usecases.calendar import calendar_for
from adminduk.usecases.outside import catalogue

DECIDERS = (ActorKind.OFFICER, ActorKind.HEAD)


@for_staff(*STAFF)
@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """What waits. Nobody picks: there is one button. Whoever does not decide is led to his own first page."""
    actor = actor_of(request)
    if actor.kind not in DECIDERS:
        return _first_page(actor)
    with together(actor):
        waiting = queue.queue_of(actor, calendar_for(actor), at=clock.now())
        me = office.member_of(actor)
    return show(request, "officer/queue.html", me=me, queue=waiting, titles=titles())


def _first_page(actor: Actor) -> HttpResponse:
    links = links_for(actor.kind)
    if not links:
        raise NotFound("page")
    return redirect(f"officer:{links[0].url}")


@for_staff(*DECIDERS)
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """The oldest case, or the one that is held already."""
    return go_on(request)


@for_staff(*DECIDERS)
@require_safe
@at_the_desk
def case_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """A case that the officer holds, or any for the head to read."""
    return case_answer(request, application_id)


def case_answer(
    request: HttpRequest,
    application_id: UUID,
    *,
    problems: tuple[Problem, ...] = (),
    ticked: frozenset[str] = frozenset(),
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    """The desk with a case on it, and what was wrong with the decision that was sent."""
    actor, at = actor_of(request), clock.now()
    with together(actor):
        opened = review.open_case(actor, application_id, at=at)
        calendar = calendar_for(actor)
        waiting = queue.queue_of(actor, calendar, at=at)
    due_at = opened.case.due_at
    today = clock.today(region_of(actor).time_zone)
    mended = frozenset(item.item for item in opened.corrections if item.answered_at)
    return show(
        request,
        "officer/case.html",
        status=422 if problems else 200,
        me=opened.me,
        opened=opened,
        desk=desk.arrange(opened.case, opened.release, pages=opened.pages, mended=mended, today=today),
        shown=desk_papers.show_pages(
            opened.case,
            opened.release,
            pages=opened.pages,
            examined=opened.examined,
            papers=catalogue().papers,
            today=today,
        ),
        causes={cause: catalogue().picture_cause(cause).what for cause in Cause},
        queue=waiting,
        left=queue.urgency_of(calendar, due_at, at=at) if due_at else None,
        service=opened.release,
        titles=titles(),
        compared=review_match.COMPARED,
        problems=problems,
        ticked=ticked,
        typed=typed or {},
    )


@for_staff(*DECIDERS)
@require_POST
def still_here(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The desk's script says that somebody is working; 409 when the hold has ended."""
    stay(request)
    try:
        review.hold_on(actor_of(request), application_id, at=clock.now())
    except DomainError:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


@for_staff(*DECIDERS)
@require_POST
@at_the_desk
def hand_back(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Let somebody else have it."""
    review.hand_back(actor_of(request), application_id, key=key_of(request), at=clock.now())
    return go("queue")


@for_staff(*DECIDERS)
@require_POST
@at_the_desk
def escalate(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Give it up to the head of office, saying why."""
    words = request.POST.get("alasan", "")[:4000]
    try:
        review.escalate(actor_of(request), application_id, words=words, key=key_of(request), at=clock.now())
    except DomainError as refusal:
        return _again(request, application_id, refusal, field="alasan", words=words)
    return go_on(request)


@for_staff(*DECIDERS)
@require_POST
@at_the_desk
def add_note(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """A note for the office."""
    words = request.POST.get("catatan", "")[:4000]
    try:
        review.add_note(actor_of(request), application_id, words=words, key=key_of(request), at=clock.now())
    except DomainError as refusal:
        return _again(request, application_id, refusal, field="catatan", words=words)
    return go("case", application_id=application_id)


@for_staff(*DECIDERS)
@require_POST
@at_the_desk
def confirm_match(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The officer has compared by hand."""
    compared = frozenset(name for name in review_match.COMPARED if request.POST.get(f"cocok-{name}"))
    try:
        review_match.confirm_match(
            actor_of(request), application_id, compared=compared, key=key_of(request), at=clock.now()
        )
    except DomainError as refusal:
        if refusal.code in ("not_holding", "not_found"):
            raise
        return case_answer(request, application_id, problems=problems_of(refusal))
    return go("case", application_id=application_id)


@for_staff(*DECIDERS)
@require_safe
def picture(request: HttpRequest, application_id: UUID, page_id: UUID) -> HttpResponse:
    """One page of a document as JPEG, for its holder and the head. Browsers show it, and never run anything in it."""
    data = review_pages.read_page(
        actor_of(request),
        application_id,
        page_id=page_id,
        at=clock.now(),
        is_preview=request.GET.get("ukuran") == "kecil",
    )
    return harmless_picture(data)


def harmless_picture(data: bytes) -> HttpResponse:
    """A JPEG that is shown, kept nowhere, and never anything else than a picture."""
    return HttpResponse(
        data,
        content_type="image/jpeg",
        headers={
            "Content-Disposition": 'attachment; filename="halaman.jpg"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, no-store",
        },
    )


def titles() -> dict[str, object]:
    """Names of the services by id, for lists."""
    return {service.id: service.title for service in catalogue().services}


def _again(request: HttpRequest, application_id: UUID, refusal: DomainError, *, field: str, words: str) -> HttpResponse:
    if refusal.code in ("not_holding", "not_found"):
        raise refusal
    problem = Problem(refusal.code, field, refusal.params)
    return case_answer(request, application_id, problems=(problem,), typed={field: words})
