"""An adult member of the family agrees to an application that is made for him."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from adminduk.catalogue.region_schema import Region
from adminduk.channels.citizen_web.answers import actor_of
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.kernel.names import masked
from adminduk.modules.accounts.types import Address
from adminduk.usecases import consent as use_case
from adminduk.usecases.outside import catalogue


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Where the member gets his code."""
    typed = request.POST.get("address", "").strip()[:254]
    if request.method != "POST":
        return _form(request, application_id, typed)
    try:
        challenge_id = use_case.begin(
            actor_of(request),
            application_id,
            address=Address.detect(typed),
            language=getattr(request, "language", "id"),
            key=str(posted_key(request)),
        )
    except NotFound:
        raise
    except DomainError as refusal:
        return _form(request, application_id, typed, refusal)
    return redirect_after_post(_code_url(application_id, challenge_id))


def _form(request: HttpRequest, application_id: UUID, typed: str, refusal: DomainError | None = None) -> HttpResponse:
    case = use_case.get_waiting_case(actor_of(request), application_id)
    return render(
        request,
        "citizen/account/consent.html",
        status=422 if refusal else 200,
        region=_region(case.region_id),
        application_id=application_id,
        masked_name=masked(case.subject["name"]),
        service=catalogue().service(case.service_id),
        typed=typed,
        problems=(Problem(refusal.code, "address", refusal.params),) if refusal else (),
    )


def _region(number: int) -> Region:
    return catalogue().region(RegionCode.from_number(number))


def _code_url(application_id: UUID, challenge_id: UUID) -> str:
    return reverse("citizen:consent_code", kwargs={"application_id": application_id, "challenge_id": challenge_id})


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def consent_code(request: HttpRequest, application_id: UUID, challenge_id: UUID) -> HttpResponse:
    """The member types his code."""
    if request.method != "POST":
        return _code_page(request, application_id, challenge_id)
    try:
        use_case.confirm(
            actor_of(request),
            application_id,
            challenge_id,
            code=request.POST.get("code", "")[:40],
            key=str(posted_key(request)),
        )
    except NotFound:
        raise
    except DomainError as refusal:
        return _code_page(request, application_id, challenge_id, refusal)
    return redirect_after_post(reverse("citizen:application", kwargs={"application_id": application_id}))


@for_citizen
@require_POST
def resend_consent_code(request: HttpRequest, application_id: UUID, challenge_id: UUID) -> HttpResponse:
    """A new code for the member."""
    use_case.get_waiting_case(actor_of(request), application_id)
    try:
        fresh = use_case.resend(challenge_id, key=str(posted_key(request)))
    except DomainError as refusal:
        return _code_page(request, application_id, challenge_id, refusal)
    return redirect_after_post(f"{_code_url(application_id, fresh)}?lagi")


def _code_page(
    request: HttpRequest, application_id: UUID, challenge_id: UUID, refusal: DomainError | None = None
) -> HttpResponse:
    case = use_case.get_waiting_case(actor_of(request), application_id)
    try:
        waiting = use_case.waiting_page(challenge_id)
    except DomainError as ended:
        return _form(request, application_id, "", ended)
    return render(
        request,
        "citizen/account/consent_code.html",
        status=422 if refusal else 200,
        region=_region(case.region_id),
        application_id=application_id,
        masked_name=masked(case.subject["name"]),
        service=catalogue().service(case.service_id),
        waiting=waiting,
        is_sent_again="lagi" in request.GET,
        problems=(Problem(refusal.code, "code", refusal.params),) if refusal else (),
    )
