"""The beginning of an application: at once for oneself; a page asks for whom of the family, or says why not."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.application_views import step_href
from adminduk.channels.citizen_web.own_looks import form_of, note_own
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.readmodels.citizen_form import Form
from adminduk.usecases import apply, corrections
from adminduk.usecases.entitlement import NotEntitled
from adminduk.usecases.family import list_members
from adminduk.usecases.outside import catalogue

BEGUN = "begin"  # in the session: what was chosen before sign-in
FAMILY = "keluarga"


def remember(request: HttpRequest, region: RegionCode, service_id: str, answers: Mapping[str, object]) -> None:
    """Keep what was chosen, and for whom, until somebody has signed in."""
    is_for_family = request.POST.get("untuk") == FAMILY
    request.session[BEGUN] = {
        "region": region.text,
        "service": service_id,
        "answers": dict(answers),
        **({"for": FAMILY} if is_for_family else {}),
    }


def begin_for_oneself(request: HttpRequest) -> str:
    """Begin what was remembered, for who has just signed in or had done so before; returns where it goes on.

    What has to be asked or refused is said by the page of the beginning. It takes no key: twice leads to one draft.
    """
    begun = request.session[BEGUN]
    if begun.get("for") == FAMILY:
        return f"{reverse('citizen:start')}?untuk={FAMILY}"
    try:
        return _begin(request, begun, member="", key="")
    except DomainError:
        return reverse("citizen:start")


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begin what was chosen before sign-in."""
    begun = request.session.get(BEGUN)
    if not begun:
        return redirect("citizen:applications")
    if request.method != "POST":
        return _page(request, begun)
    try:
        member = request.POST.get("untuk", "")[:64]
        return redirect_after_post(_begin(request, begun, member=member, key=str(posted_key(request))))
    except DomainError as refusal:
        if refusal.code == "screening_open":
            return redirect_after_post(
                reverse("citizen:service", kwargs={"code": begun["region"], "service_id": begun["service"]})
            )
        if refusal.code in ("not_found", "form_incomplete"):
            raise
        return _page(request, begun, refusal=refusal, status=422)


def _begin(request: HttpRequest, begun: Mapping[str, object], *, member: str, key: str) -> str:
    answers = begun["answers"]
    assert isinstance(answers, dict)
    application_id: UUID = apply.start(
        actor_of(request),
        service_id=str(begun["service"]),
        region=RegionCode.parse(str(begun["region"])),
        member=member,
        screening={name: corrections.as_typed(value) for name, value in answers.items()},
        key=key,
    )
    request.session.pop(BEGUN, None)
    if not member:
        note_own(request, application_id)
    return _first_page(form_of(request, application_id))


def _first_page(form: Form) -> str:
    """The first question of a fresh form; where consent comes first, or some of it is done, the list of its pages."""
    if form.case.needs_consent or any(step.is_done for step in form.steps):
        return reverse("citizen:application", kwargs={"application_id": form.case.id})
    return step_href(form, form.next_step)


def _page(
    request: HttpRequest, begun: Mapping[str, str], *, refusal: DomainError | None = None, status: int = 200
) -> HttpResponse:
    region = catalogue().region(RegionCode.parse(begun["region"]))
    is_for_family = request.GET.get("untuk") == FAMILY
    if is_for_family and refusal is None:
        try:
            members = tuple(one for one in list_members(actor_of(request), region=region.code) if not one.is_self)
        except DomainError as unknown:
            return _page(request, begun, refusal=unknown)
    else:
        members = ()
    return render(
        request,
        "citizen/application/start.html",
        status=status,
        region=region,
        is_for_family=is_for_family,
        members=members,
        service=catalogue().service(begun["service"]),
        refusal=refusal,
        reasons=refusal.reasons if isinstance(refusal, NotEntitled) else (),
        problems=(Problem(refusal.code, None, refusal.params),) if refusal else (),
    )
