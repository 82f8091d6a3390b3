"""Recordings that do not go on by themselves: double, unknown, late. What an officer does, and what he decides."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from adminduk.channels.officer_web.pages import actor_of, go, key_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.actor import ActorKind
from adminduk.kernel.errors import DomainError, Problem
from adminduk.readmodels import recording_lists
from adminduk.usecases import recording_statuses
from adminduk.usecases.outside import catalogue

SETTLERS = (ActorKind.OFFICER, ActorKind.HEAD)
TYPED = "typed"
_FIELDS = {"status_missing": "status", "words_missing": "kata", "words_long": "kata", "answer_choice": "cara"}


@for_staff(*SETTLERS)
@require_safe
def attention_page(request: HttpRequest) -> HttpResponse:
    """All of them, longest waiting first, without names."""
    return show(
        request, "officer/recording/attention.html", rows=recording_lists.attended(actor_of(request), catalogue())
    )


@for_staff(*SETTLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def attended_page(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """One of them: whom it is about, what the centre said, what to do; note, decide, or type the new status."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            _act(request, product_id)
        except DomainError as refusal:
            if refusal.code in ("not_found", "form_incomplete"):
                raise
            problems = (Problem(refusal.code, _FIELDS.get(refusal.code), refusal.params),)
        else:
            return go("record_attention")
    seen = recording_statuses.open_attended(actor_of(request), product_id, at=clock.now())
    return show(
        request,
        "officer/recording/attended.html",
        status=422 if problems else 200,
        seen=seen,
        status_of=catalogue().recording_status,
        hows=recording_statuses.HOWS,
        sent=request.POST,
        problems=problems,
    )


def _act(request: HttpRequest, product_id: UUID) -> None:
    sent, actor, key, at = request.POST, actor_of(request), key_of(request), clock.now()
    if sent.get("cara") == TYPED:
        recording_statuses.enter_typed(actor, product_id, text=sent.get("status", "")[:200], key=key, at=at)
    else:
        recording_statuses.settle(
            actor, product_id, how=sent.get("cara", "")[:10], words=sent.get("kata", "")[:4000], key=key, at=at
        )
