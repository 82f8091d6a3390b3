"""Language and display: kept in a cookie, no session, nothing about the person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from adminduk.foundation.pages import redirect_after_post
from adminduk.foundation.pages.access import public

_YEAR = 365 * 86400


def _keep(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    to = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(to, allowed_hosts=None) and to.startswith("/")
    response = redirect_after_post(to if is_ours else "/")
    response.set_cookie(cookie, value, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


@public
@csrf_exempt  # a stranger's page could at most change the language, and every public page would need a token
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak Indonesian or English from now on."""
    return _keep(request, "bahasa", "en" if request.POST.get("bahasa") == "en" else "id")


@public
@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device wishes."""
    chosen = request.POST.get("tampilan", "")
    return _keep(request, "tampilan", chosen if chosen in ("terang", "gelap") else "")
