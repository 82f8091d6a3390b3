"""Who cannot come to be recorded asks for a visit, or takes the request back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.own_looks import status_of
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.visits.states import BY_CITIZEN
from adminduk.usecases import visit


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def visit_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Why somebody cannot come, and what the team should know."""
    status, actor = status_of(request, application_id), actor_of(request)
    case, recording, asked = visit.find_own(actor, application_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            _act(request, application_id)
        except DomainError as refusal:
            if refusal.code in ("not_found", "form_incomplete"):
                raise
            problems = refusal.problems or (Problem(refusal.code),)
        else:
            return redirect_after_post(reverse("citizen:own_status", kwargs={"application_id": application_id}))
    return render(
        request,
        "citizen/recording/visit.html",
        status=422 if problems else 200,
        region=status.region,
        application=status,
        asked=asked,
        is_due=recording.state in ("wanted", "again"),
        place=visit.place_of(case),
        kinds=BY_CITIZEN,
        sent=request.POST,
        problems=problems,
    )


def _act(request: HttpRequest, application_id: UUID) -> None:
    actor, key, at = actor_of(request), str(posted_key(request)), clock.now()
    if request.POST.get("batal"):
        visit.take_back(actor, application_id, key=key, at=at)
        return
    kind, note = request.POST.get("sebab", "")[:12], request.POST.get("catatan", "")[:4000]
    visit.ask(actor, application_id, kind=kind, note=note, key=key, at=at)
