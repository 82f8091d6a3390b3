"""One line per request, without anything personal: the route's pattern, never the path or what was sent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

_log = logging.getLogger("adminduk.request")


class RequestLog:
    """Gives the request its id, which the answer and every error page name, and logs how it ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        request.id = uuid4().hex[:12]  # type: ignore[attr-defined]
        response = self._get_response(request)
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        match = request.resolver_match
        _log.info(
            "request",
            extra={
                "request_id": request.id,  # type: ignore[attr-defined]
                "method": request.method,
                "route": match.route if match else "",
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - begin) * 1000, 1),
            },
        )
        return response
