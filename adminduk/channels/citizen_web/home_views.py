"""The first page, and the way to one's region: by its name, or by a hint from the first digits of a NIK."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from adminduk.catalogue.region_schema import Region
from adminduk.foundation.pages import render
from adminduk.foundation.pages.access import public
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.usecases.outside import catalogue

REGION_COOKIE = "daerah"
_HALF_YEAR = 182 * 86400
_MOST_SHOWN = 6


def remembered_region(request: HttpRequest) -> Region | None:
    """The region whose page this browser saw last: offered, never assumed."""
    try:
        return catalogue().region(RegionCode.parse(request.COOKIES.get(REGION_COOKIE, "")))
    except (DomainError, NotFound):
        return None


def remember_region(request: HttpRequest, response: HttpResponse, code: RegionCode) -> HttpResponse:
    """Leave the region in the browser, so that it need not be asked again."""
    response.set_cookie(
        REGION_COOKIE, code.text, max_age=_HALF_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response


@public
def home(request: HttpRequest) -> HttpResponse:
    """What can be done here, and where does the person live."""
    joined = catalogue().joined_regions
    return render(
        request,
        "citizen/home.html",
        last_region=remembered_region(request),
        joined=joined[:_MOST_SHOWN],
        joined_count=len(joined),
        region_count=len(catalogue().regions),
        services=catalogue().services,
    )


@public
def find_region(request: HttpRequest) -> HttpResponse:
    """By name (GET). The digits of a NIK come by POST, so that no part of it stands in an address or a log."""
    if request.method == "POST":
        return _by_digits(request)
    text = request.GET.get("q", "").strip()[:80]
    found = catalogue().find_regions(text) if text else ()
    return _find_page(request, text=text, found=found, suggested=None, digits="")


def _find_page(request: HttpRequest, **shown: Any) -> HttpResponse:
    """`layanan` in the address: the service that somebody has chosen already, whose page in his region comes next."""
    try:
        service = catalogue().service(request.GET.get("layanan", ""))
    except NotFound:
        service = None
    joined = catalogue().joined_regions[:_MOST_SHOWN] if service else ()
    return render(request, "citizen/find_region.html", service=service, joined=joined, **shown)


def _by_digits(request: HttpRequest) -> HttpResponse:
    digits = "".join(char for char in request.POST.get("nik6", "") if char in "0123456789")[:6]
    suggested = catalogue().region_of_nik_prefix(digits) if len(digits) == 6 else None
    problems: tuple[Problem, ...] = ()
    if suggested is None:
        problems = (Problem("digits_unknown" if len(digits) == 6 else "digits_six", "nik6"),)
    return _find_page(
        request,
        status=422 if problems else 200,
        text="",
        found=(),
        suggested=suggested,
        digits=digits,
        problems=problems,
    )
