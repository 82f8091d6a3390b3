"""What a newcomer can try, as whom."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from adminduk.foundation.pages import render
from adminduk.foundation.pages.access import public


@public
def start(request: HttpRequest) -> HttpResponse:
    """Everything of the demo on one page."""
    return render(request, "demo/start.html")
