"""Sign-in: four answers and an address, then a code; and the way out."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adminduk.catalogue.region_schema import Region
from adminduk.channels.citizen_web import begin_views, sessions, sign_in_form
from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.home_views import remember_region, remembered_region
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen, public
from adminduk.foundation.pages.kept_input import interrupted
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.actor import ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.usecases import sign_in as use_case
from adminduk.usecases.account import get_account
from adminduk.usecases.outside import catalogue
from adminduk.usecases.sessions import citizen_actor

_MOST_LISTED = 30
_TRY_LATER = "too_often"


# --- four answers -----------------------------------------------------------------------------------------------------


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The four answers and an address. `daerah` is the region whose office asks the register."""
    if request.actor.kind == ActorKind.CITIZEN:  # type: ignore[attr-defined]
        return redirect(sessions.safe_next(request.GET.get("next", "")) or sessions.way_on(request))
    sent = request.POST if request.method == "POST" else request.GET
    region = _region(request, sent.get("daerah", ""))
    if region is None:
        return _choose_region(request)
    if request.method == "POST":
        return _begun(request, region)
    prefill = request.session.get("prefill", {}) if settings.IS_DEMO else {}
    answers = {name: str(prefill.get(name, "")) for name in sign_in_form.FIELDS}
    return _form(request, region, answers)


def _region(request: HttpRequest, code: str) -> Region | None:
    """The region that was asked for, else the one chosen before, else the one whose page this browser saw last."""
    begun = request.session.get("begin") or {}
    for written in (code, str(begun.get("region", ""))):
        try:
            found = catalogue().region(RegionCode.parse(written))
        except (DomainError, NotFound):
            continue
        return found if found.joined else None
    last = remembered_region(request)
    return last if last is not None and last.joined else None


def _choose_region(request: HttpRequest) -> HttpResponse:
    joined = catalogue().joined_regions
    return render(
        request,
        "citizen/sign_in/region.html",
        joined=joined if len(joined) <= _MOST_LISTED else (),
        next=sessions.safe_next(request.GET.get("next", "")),
        interrupted=interrupted(request),
    )


def _form(
    request: HttpRequest,
    region: Region,
    answers: dict[str, str],
    *,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    return render(
        request,
        "citizen/sign_in/form.html",
        status=status,
        region=region,
        answers=answers,
        problems=problems,
        next=sessions.safe_next(sent.get("next", "")),
        interrupted=interrupted(request),
        is_for_other=sent.get("bantu") == "ya",
    )


def _begun(request: HttpRequest, region: Region) -> HttpResponse:
    answers = sign_in_form.typed(request.POST)
    read = sign_in_form.read(answers, today=_today(region))
    if read.identity is None or read.address is None:
        return _form(request, region, answers, problems=read.problems, status=422)
    try:
        challenge_id = use_case.begin(
            region=region.code,
            identity=read.identity,
            address=read.address,
            visitor=sessions.visitor_of(request),
            key=str(posted_key(request)),
        )
    except DomainError as refusal:
        if refusal.code not in ("sign_in_wrong", _TRY_LATER):
            raise
        return _refused(_form(request, region, answers, problems=_as_problems(refusal), status=422), refusal)
    wanted = sessions.safe_next(request.POST.get("next", ""))
    if wanted:
        request.session["next"] = wanted
    return remember_region(request, redirect_after_post(_code_url(challenge_id)), region.code)


def _today(region: Region) -> date:
    return clock.today(region.time_zone)


def _as_problems(refusal: DomainError, field: str | None = None) -> tuple[Problem, ...]:
    return (Problem(refusal.code, field, refusal.params),)


def _refused(response: HttpResponse, refusal: DomainError) -> HttpResponse:
    """A form that comes back because of a limit says so to machines too."""
    if refusal.code == _TRY_LATER:
        response.status_code = 429
        response["Retry-After"] = str(60 * int(refusal.params.get("minutes", 1)))
    return response


# --- the code ---------------------------------------------------------------------------------------------------------


def _code_url(challenge_id: UUID) -> str:
    return reverse("citizen:code", kwargs={"challenge_id": challenge_id})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """Six digits from the message."""
    if request.actor.kind == ActorKind.CITIZEN:  # type: ignore[attr-defined]
        return redirect(sessions.way_on(request))
    if request.method != "POST":
        return _code_page(request, challenge_id)
    try:
        signed_in = use_case.confirm(
            challenge_id,
            code=request.POST.get("code", "")[:40],
            visitor=sessions.visitor_of(request),
            key=str(posted_key(request)),
        )
    except DomainError as refusal:
        if refusal.code == "form_incomplete":
            raise
        return _refused(_code_page(request, challenge_id, refusal), refusal)
    sessions.begin_session(request, signed_in)
    way_on = _way_on(request, signed_in) if signed_in.is_matched else reverse("citizen:unmatched")
    response = redirect_after_post(way_on)
    sessions.remember_device(request, response, signed_in)
    return response


def _way_on(request: HttpRequest, signed_in: use_case.SignedIn) -> str:
    """Somebody who had chosen a service finds its form begun."""
    if begin_views.BEGUN in request.session:
        actor = citizen_actor(signed_in.account_id, signed_in.epoch)
        if actor is not None:  # else ended from another device in this very moment
            request.actor = actor  # type: ignore[attr-defined]
            return begin_views.begin_for_oneself(request)
    return sessions.way_on(request)


def _code_page(request: HttpRequest, challenge_id: UUID, refusal: DomainError | None = None) -> HttpResponse:
    try:
        waiting = use_case.waiting_page(challenge_id)
    except DomainError as ended:
        return render(
            request, "citizen/sign_in/code_ended.html", status=410, problems=_as_problems(ended), refusal=refusal
        )
    return render(
        request,
        "citizen/sign_in/code.html",
        status=422 if refusal else 200,
        region=catalogue().region(RegionCode.from_number(waiting.region_id)),
        waiting=waiting,
        problems=_as_problems(refusal, "code") if refusal else (),
        is_sent_again="lagi" in request.GET,
    )


@public
@require_POST
def resend(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """A new code to the same address."""
    try:
        fresh = use_case.resend(challenge_id, key=str(posted_key(request)))
    except DomainError as refusal:
        return _refused(_code_page(request, challenge_id, refusal), refusal)
    return redirect_after_post(f"{_code_url(fresh)}?lagi")


@for_citizen
@require_safe
def unmatched(request: HttpRequest) -> HttpResponse:
    """What it means that the data could not be compared yet: for the person and for the office."""
    own = get_account(actor_of(request))
    if own.is_matched:
        return redirect(sessions.way_on(request))
    region = catalogue().region(RegionCode.from_number(own.region_id))
    return render(
        request,
        "citizen/sign_in/unmatched.html",
        region=region,
        is_by_hand=region.register == "manual",
        way_on=sessions.way_on(request),
    )


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    request.session.flush()
    return sessions.signed_out()
