"""The demo's clock: forward only, for all processes at once, so that a deadline need not be waited for."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from adminduk.catalogue.text import Text
from adminduk.foundation import clock, jobs
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import public
from adminduk.kernel.errors import NotFound

STEPS = {
    "10d": (timedelta(seconds=10), Text("10 detik", "10 seconds")),
    "10m": (timedelta(minutes=10), Text("10 menit", "10 minutes")),
    "1j": (timedelta(hours=1), Text("1 jam", "1 hour")),
    "1h": (timedelta(days=1), Text("1 hari", "1 day")),
    "7h": (timedelta(days=7), Text("7 hari", "7 days")),
    "30h": (timedelta(days=30), Text("30 hari", "30 days")),
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def clock_page(request: HttpRequest) -> HttpResponse:
    """Show what time it is here, and move it."""
    if request.method != "POST":
        return render(request, "demo/clock.html", now=clock.now(), offset=clock.offset(), steps=STEPS)
    try:
        by, _ = STEPS[request.POST.get("langkah", "")]
    except KeyError:
        raise NotFound("step") from None
    clock.move_forward(by)
    jobs.follow_clock(by)
    return redirect_after_post(reverse("demo:clock"))
