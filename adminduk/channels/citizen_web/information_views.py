"""Help and privacy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from adminduk.channels.citizen_web.home_views import remembered_region
from adminduk.channels.citizen_web.region_views import shown_contacts
from adminduk.foundation.pages import render
from adminduk.foundation.pages.access import public
from adminduk.usecases.outside import catalogue


@public
def help_page(request: HttpRequest) -> HttpResponse:
    """Whom to ask, how to tell the real site, where to report brokers and bribes."""
    region = remembered_region(request)
    return render(
        request,
        "citizen/help.html",
        region=region,
        contacts=shown_contacts(region.contacts) if region else (),
        national=shown_contacts(catalogue().national_contacts),
    )


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, who sees it, and what one can ask for."""
    return render(
        request,
        "citizen/privacy.html",
        region=remembered_region(request),
        retention=catalogue().retention.values(),
        legal_basis=catalogue().legal_bases["uu_pdp"].title,
    )
