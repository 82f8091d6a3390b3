"""Before anybody signs in: what a service needs, by three to five questions, and a truthful answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from adminduk.catalogue.conditions import Answers
from adminduk.catalogue.region_schema import Region
from adminduk.catalogue.release import Release
from adminduk.channels.citizen_web import begin_views
from adminduk.channels.citizen_web.home_views import remember_region
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import public
from adminduk.foundation.pages.posted import posted_answers
from adminduk.kernel.actor import ActorKind
from adminduk.kernel.errors import Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.readmodels.region_page import office_now
from adminduk.usecases.outside import catalogue

_SECONDS_PER_QUESTION, _SECONDS_PER_DOCUMENT, _SECONDS_AROUND = 20, 60, 120


@dataclass(frozen=True, slots=True)
class _Place:
    """The service as it holds in the region today."""

    region: Region
    release: Release
    now: datetime
    today: date


def _place(code: RegionCode, service_id: str) -> _Place:
    """Raises NotFound for an unknown service or region."""
    region, now = catalogue().region(code), clock.now()
    today = now.astimezone(ZoneInfo(region.time_zone)).date()
    return _Place(region, catalogue().release(service_id, code, today), now, today)


def minutes_to_fill(release: Release) -> int:
    """About how long filling in and photographing takes."""
    questions = sum(len(group.questions) for group in release.groups)
    documents = sum(document.required for document in release.requirements({}, {}))
    seconds = _SECONDS_AROUND + questions * _SECONDS_PER_QUESTION + documents * _SECONDS_PER_DOCUMENT
    return round(seconds / 60)


@public
def start_page(request: HttpRequest, code: RegionCode, service_id: str) -> HttpResponse:
    """What it is, that it is free, what to prepare, and the first questions."""
    place = _place(code, service_id)
    if not place.region.joined:
        return redirect("citizen:region", code=code)
    return remember_region(request, _start(request, place, answers={}, problems=()), code)


def _start(
    request: HttpRequest,
    place: _Place,
    *,
    answers: dict[str, str | list[str]],
    problems: tuple[Problem, ...],
    is_one_more: bool = False,
) -> HttpResponse:
    release, known = place.release, {key: value for key, value in answers.items() if value}
    return render(
        request,
        "citizen/service.html",
        status=422 if problems else 200,
        region=place.region,
        release=release,
        office=office_now(place.region, at=place.now),
        minutes=minutes_to_fill(release),
        documents=release.requirements({}, {}),
        questions=release.visible_questions("screening", known, {}),
        answers=answers,
        problems=problems,
        is_one_more=is_one_more,
    )


def _screened(place: _Place, sent: QueryDict) -> tuple[Answers, tuple[Problem, ...], dict[str, str | list[str]]]:
    raw = posted_answers(sent, place.release.screening)
    clean, problems = place.release.check_answers("screening", raw, {}, {"today": place.today.isoformat()})
    return clean, problems, raw


@public
def result_page(request: HttpRequest, code: RegionCode, service_id: str) -> HttpResponse:
    """Exactly what this person needs, how long it takes, whether he must come, and whether he is entitled."""
    place = _place(code, service_id)
    if not place.region.joined:
        return redirect("citizen:region", code=code)
    answers, problems, raw = _screened(place, request.GET)
    if problems:
        asked = request.GET.get("ditanya", "").split(",")  # a browser does not send what was left unanswered
        missed = tuple(problem for problem in problems if problem.field in asked)
        return _start(request, place, answers=raw, problems=missed, is_one_more=not missed and bool(answers))
    release, office = place.release, office_now(place.region, at=place.now)
    facts = release.assumed_facts(answers) | {"today": place.today.isoformat()}
    return render(
        request,
        "citizen/requirements.html",
        region=place.region,
        release=release,
        office=office,
        minutes=minutes_to_fill(release),
        documents=release.requirements(answers, facts),
        entitlement=release.foresee(answers, place.today),
        visit=release.visit_needed(facts, answers),
        steps=release.steps(facts, answers),
        expected=office.expected_by(place.now, release.deadline_minutes),
        deadline=release.provenance["deadline_minutes"],
        answers=answers,
        back_href=f"{reverse('citizen:service', kwargs={'code': code, 'service_id': service_id})}#pertanyaan",
    )


@public
@require_POST
def begin(request: HttpRequest, code: RegionCode, service_id: str) -> HttpResponse:
    """Keep what was answered, and go to sign-in; who has signed in finds the form begun."""
    place = _place(code, service_id)
    answers, problems, _ = _screened(place, request.POST)
    if problems or not place.region.joined:
        return redirect_after_post(reverse("citizen:service", kwargs={"code": code, "service_id": service_id}))
    begin_views.remember(request, code, service_id, answers)
    if request.actor.kind == ActorKind.CITIZEN:  # type: ignore[attr-defined]
        return redirect_after_post(begin_views.begin_for_oneself(request))
    query = urlencode({"daerah": code.text, "layanan": service_id})
    return redirect_after_post(f"{reverse('citizen:sign_in')}?{query}")
