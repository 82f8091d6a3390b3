"""All addresses. The demo's pages exist in demo and test mode only."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from adminduk.config.health_page import health_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health_page, name="health"),
    path("", include("adminduk.channels.citizen_web.urls")),
    path("petugas/", include("adminduk.channels.officer_web.urls")),
]
if not settings.IS_PRODUCTION:
    urlpatterns.append(path("demo/", include("adminduk.channels.demo_web.urls")))

handler400 = "adminduk.foundation.pages.errors.bad_request"
handler403 = "adminduk.foundation.pages.errors.forbidden"
handler404 = "adminduk.foundation.pages.errors.not_found"
handler500 = "adminduk.foundation.pages.errors.broken"
