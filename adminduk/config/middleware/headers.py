"""What browsers may do with our answers."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from adminduk.foundation.pages import statics

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' '{style}'; img-src 'self' blob: data:; font-src 'none';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Headers:
    """Content security policy without unsafe-inline, and nothing personal in any cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.setdefault("Content-Security-Policy", _POLICY.format(style=statics.style_hash()))
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache" if _is_public(request, response) else "no-store"
        return response


def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
    return bool(getattr(request, "is_public_page", False)) and request.method == "GET" and response.status_code == 200
