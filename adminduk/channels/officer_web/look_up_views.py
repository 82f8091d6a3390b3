"""A citizen calls: find his application by number, with a reason."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from adminduk.channels.officer_web.desk_views import DECIDERS
from adminduk.channels.officer_web.pages import actor_of, go, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.errors import DomainError, Problem
from adminduk.usecases import review_look_up

FOUND = "looked_up"


@for_staff(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Number and reason; the reason stays in the audit trail."""
    number, reason = request.POST.get("nomor", "")[:60], request.POST.get("alasan", "")[:4000]
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            found = review_look_up.find(actor_of(request), number=number, reason=reason, at=clock.now())
        except DomainError as refusal:
            field = "alasan" if refusal.code.startswith("words_") else "nomor"
            problems = (Problem(refusal.code, field, refusal.params),)
        else:
            request.session[FOUND] = {"id": str(found), "reason": reason}
            return go("looked_up", application_id=found)
    return show(
        request,
        "officer/search.html",
        status=422 if problems else 200,
        number=number,
        reason=reason,
        problems=problems,
    )


@for_staff(*DECIDERS)
@require_safe
def looked_up(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What was found; only after a search that named its reason."""
    kept = request.session.get(FOUND, {})
    if kept.get("id") != str(application_id):
        raise Http404
    found = review_look_up.read(actor_of(request), application_id, reason=kept["reason"], at=clock.now())
    return show(request, "officer/looked_up.html", found=found, reason=kept["reason"])
