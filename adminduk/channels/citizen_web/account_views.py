"""One's own account: address, sessions, data, and who looked at them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adminduk.channels.citizen_web import sessions
from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.look_words import act_words, actor_words
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts.types import Address
from adminduk.usecases import account as use_case
from adminduk.usecases import own_data
from adminduk.usecases.outside import catalogue

EXPORT_NAME = "data-saya-adminduk.json"


@for_citizen
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Masked identity and address, and what can be done with them."""
    own = use_case.get_account(actor_of(request))
    region = catalogue().region(RegionCode.from_number(own.region_id))
    return render(request, "citizen/account/account.html", own=own, region=region, is_changed="diganti" in request.GET)


@for_citizen
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at my data."""
    found = own_data.list_looks(actor_of(request))
    lines = [(look, actor_words(look.actor_kind), act_words(look.act), _region_of(look.region_id)) for look in found]
    return render(request, "citizen/account/looks.html", lines=lines)


def _region_of(number: int) -> object | None:
    try:
        return catalogue().region(RegionCode.from_number(number))
    except (DomainError, NotFound):
        return None


@for_citizen
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything as a file, streamed. By POST: it is written down that it was made."""
    posted_key(request)
    response = StreamingHttpResponse(own_data.export(actor_of(request)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{EXPORT_NAME}"'
    return response


@for_citizen
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions, on all devices."""
    use_case.sign_out_everywhere(actor_of(request), key=str(posted_key(request)))
    request.session.flush()
    return sessions.signed_out()


@for_citizen
@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Half an hour more; asked two minutes before the end. A script is answered without a page."""
    sessions.keep_alive(request)
    if request.headers.get("Sec-Fetch-Mode") == "cors":
        return HttpResponse(status=204)
    return redirect_after_post(sessions.safe_next(request.POST.get("next", "")) or reverse("citizen:applications"))


# --- a new address ----------------------------------------------------------------------------------------------------


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def change_address(request: HttpRequest) -> HttpResponse:
    """Write the new address; a code goes to the old one."""
    actor, typed = actor_of(request), request.POST.get("address", "").strip()[:254]
    if request.method != "POST":
        return _address_form(request, "")
    try:
        address = Address.detect(typed)
        challenge_id = use_case.begin_change(actor, address=address, key=str(posted_key(request)))
    except DomainError as refusal:
        return _address_form(request, typed, refusal)
    return redirect_after_post(reverse("citizen:old_address_code", kwargs={"challenge_id": challenge_id}))


def _address_form(
    request: HttpRequest, typed: str, refusal: DomainError | None = None, *, status: int = 422
) -> HttpResponse:
    return render(
        request,
        "citizen/account/address.html",
        status=status if refusal else 200,
        own=use_case.get_account(actor_of(request)),
        typed=typed,
        problems=(Problem(refusal.code, "address", refusal.params),) if refusal else (),
    )


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def old_address_code(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """The code from the old address; one goes to the new address then."""
    if request.method != "POST":
        return _code_form(request, challenge_id, is_new=False)
    try:
        fresh = use_case.authorise_change(
            actor_of(request), challenge_id, code=request.POST.get("code", "")[:40], key=str(posted_key(request))
        )
    except DomainError as refusal:
        return _code_form(request, challenge_id, is_new=False, refusal=refusal)
    return redirect_after_post(reverse("citizen:new_address_code", kwargs={"challenge_id": fresh}))


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def new_address_code(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """The code from the new address: it is changed, other devices are signed out, the old address is told."""
    if request.method != "POST":
        return _code_form(request, challenge_id, is_new=True)
    try:
        epoch = use_case.finish_change(
            actor_of(request), challenge_id, code=request.POST.get("code", "")[:40], key=str(posted_key(request))
        )
    except DomainError as refusal:
        return _code_form(request, challenge_id, is_new=True, refusal=refusal)
    sessions.go_on_in_epoch(request, epoch)
    return redirect_after_post(f"{reverse('citizen:account')}?diganti")


def _code_form(
    request: HttpRequest, challenge_id: UUID, *, is_new: bool, refusal: DomainError | None = None
) -> HttpResponse:
    try:
        use_case.refuse_ended(challenge_id, is_new=is_new)
    except DomainError as ended:
        return _address_form(request, "", ended, status=410)
    return render(
        request,
        "citizen/account/address_code.html",
        status=422 if refusal else 200,
        is_new=is_new,
        problems=(Problem(refusal.code, "code", refusal.params),) if refusal else (),
    )
