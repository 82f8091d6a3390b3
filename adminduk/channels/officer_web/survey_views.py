"""What people think of the office, for its head: the same figures that everybody may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from adminduk.channels.officer_web.pages import actor_of, region_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.actor import ActorKind
from adminduk.readmodels import survey_results
from adminduk.usecases.outside import catalogue


@for_staff(ActorKind.HEAD)
@require_safe
def results_page(request: HttpRequest) -> HttpResponse:
    """Twelve months, all services."""
    region = region_of(actor_of(request))
    today = clock.today(region.time_zone)
    return show(
        request,
        "officer/survey/results.html",
        survey=catalogue().survey,
        results=survey_results.results_of(region.code.number, catalogue().survey, today=today),
        fewest=survey_results.FEWEST,
    )
