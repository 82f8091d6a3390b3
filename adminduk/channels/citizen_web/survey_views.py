"""Nine short questions when everything is done, and what all answers together say."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.own_looks import status_of
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen, public
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications.states import State
from adminduk.readmodels import survey_results
from adminduk.usecases import survey
from adminduk.usecases.outside import catalogue


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def survey_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """All questions on one page; each may be passed over, and all of them with one button."""
    status = status_of(request, application_id)
    back = reverse("citizen:own_status", kwargs={"application_id": application_id})
    if request.method == "POST":
        survey.give(
            actor_of(request), application_id, scores=_scores(request), key=str(posted_key(request)), at=clock.now()
        )
        return redirect_after_post(back)
    region_id = status.region.code.number
    if status.state is not State.COMPLETED or not survey_results.is_to_be_asked(
        actor_of(request), application_id, region_id=region_id
    ):
        return redirect(back)
    return render(
        request,
        "citizen/survey/ask.html",
        region=status.region,
        application=status,
        survey=catalogue().survey,
    )


def _scores(request: HttpRequest) -> dict[str, int]:
    """What was chosen; nothing for who passes over all. Raises DomainError("survey_wrong")."""
    if request.POST.get("lewati"):
        return {}
    chosen = {element.id: request.POST.get(element.id, "") for element in catalogue().survey.elements}
    try:
        return {element: int(score) for element, score in chosen.items() if score}
    except ValueError:
        raise DomainError("survey_wrong") from None


@public
@require_safe
def results_page(request: HttpRequest, code: RegionCode) -> HttpResponse:
    """What people of a region think, as figures with the number of answers."""
    region = catalogue().region(code)
    if not region.joined:
        return redirect("citizen:region", code=code)
    today = clock.now().astimezone(ZoneInfo(region.time_zone)).date()
    return render(
        request,
        "citizen/survey/results.html",
        region=region,
        survey=catalogue().survey,
        results=survey_results.results_of(code.number, catalogue().survey, today=today),
        fewest=survey_results.FEWEST,
    )
