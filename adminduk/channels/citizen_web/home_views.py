"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from adminduk.foundation.pages import render
from adminduk.foundation.pages.access import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """Find your region, see what you can do."""
    return render(request, "citizen/home.html")
