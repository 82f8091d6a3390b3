"""Which language a page speaks: the person's choice, else the browser's wish, else Indonesian."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from adminduk.foundation.pages.words import LANGUAGES, begin_page

COOKIE = "bahasa"
_SPEAKS = {"id": "id", "in": "id", "ms": "id", "jv": "id", "su": "id", "en": "en"}  # old Androids send "in" for "id"


def wanted(header: str) -> str:
    """The first language of an Accept-Language header that we speak, by weight; Indonesian if there is none."""
    wishes: list[tuple[float, int, str]] = []
    for part in header[:200].split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), len(wishes), name.partition("-")[0].lower()))
        except ValueError:
            continue
    return next((_SPEAKS[name] for _, _, name in sorted(wishes) if name in _SPEAKS), "id")


class Language:
    """Sets `request.language` to "id" or "en"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(COOKIE, "")
        language = chosen if chosen in LANGUAGES else wanted(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        request.language = language  # type: ignore[attr-defined]
        begin_page(request)
        response = self._get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response
