"""Take an application back, object to a refusal, apply anew."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.own_looks import status_of
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.applications.states import Act, State
from adminduk.readmodels.citizen_status import Status
from adminduk.usecases import objections
from adminduk.usecases.entitlement import NotEntitled
from adminduk.usecases.withdraw import withdraw


def _status_href(application_id: UUID) -> str:
    return reverse("citizen:own_status", kwargs={"application_id": application_id})


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Ask once, then do it."""
    status = status_of(request, application_id)
    if request.method == "POST":
        withdraw(actor_of(request), application_id, key=str(posted_key(request)))
        was_draft = status.state is State.DRAFT
        return redirect_after_post(reverse("citizen:applications") if was_draft else _status_href(application_id))
    if Act.WITHDRAW not in status.acts:
        return redirect(_status_href(application_id))
    return render(request, "citizen/application/withdraw.html", region=status.region, application=status)


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def object_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Say in own words why the refusal is wrong; the head of office looks at it."""
    status = status_of(request, application_id)
    if request.method != "POST":
        if Act.OBJECT not in status.acts:
            return redirect(_status_href(application_id))
        return _object(request, status, words="", problems=())
    words = request.POST.get("words", "")
    try:
        objections.object_to_refusal(actor_of(request), application_id, words=words, key=str(posted_key(request)))
    except DomainError as refusal:
        if not refusal.problems:
            raise
        return _object(request, status, words=words, problems=refusal.problems)
    return redirect_after_post(_status_href(application_id))


def _object(request: HttpRequest, status: Status, *, words: str, problems: tuple[Problem, ...]) -> HttpResponse:
    return render(
        request,
        "citizen/application/object.html",
        status=422 if problems else 200,
        region=status.region,
        application=status,
        words=words,
        longest=objections.LONGEST_WORDS,
        problems=problems,
    )


@for_citizen
@require_POST
def begin_anew(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """A new draft with what was filled in before."""
    try:
        draft = objections.apply_anew(actor_of(request), application_id, key=str(posted_key(request)))
    except NotEntitled as refusal:
        status = status_of(request, application_id)
        return render(
            request,
            "citizen/application/not_entitled.html",
            status=422,
            region=status.region,
            reasons=refusal.reasons,
            back_href=_status_href(application_id),
            problems=(Problem("not_entitled"),),
        )
    return redirect_after_post(reverse("citizen:application", kwargs={"application_id": draft}))
