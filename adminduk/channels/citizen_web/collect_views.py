"""Collect the card with a code, or have it brought: what it costs stands there before anybody chooses."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.own_looks import status_of
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, Problem
from adminduk.readmodels.collect import collect_of
from adminduk.usecases import choose_delivery as delivery


@for_citizen
@require_safe
def collect_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Where the card waits, its code as digits and QR, what to bring; and the courier, where he is offered."""
    return _page(request, application_id)


def _page(request: HttpRequest, application_id: UUID, *, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    status, actor = status_of(request, application_id), actor_of(request)
    card = collect_of(actor, application_id, region_id=status.region.code.number)
    return render(
        request,
        "citizen/collect/card.html",
        status=422 if problems else 200,
        region=status.region,
        application=status,
        card=card,
        qr=drawn(f"{status.number} {card.code}") if card and card.code else "",
        offer=delivery.offer_of(actor, application_id, at=clock.now()),
        problems=problems,
    )


@lru_cache(maxsize=512)
def drawn(text: str) -> Markup:
    """A QR code as a drawing."""
    drawing = segno.make(text, error="m", micro=False)
    return Markup(drawing.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704 - made here


@for_citizen
@require_POST
def choose_delivery(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The courier shall bring it, at the cost that was shown."""
    return _decided(request, application_id, delivery.choose)


@for_citizen
@require_POST
def drop_delivery(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Collect it after all."""
    return _decided(request, application_id, delivery.drop)


def _decided(request: HttpRequest, application_id: UUID, decide: Callable[..., None]) -> HttpResponse:
    try:
        decide(actor_of(request), application_id, key=str(posted_key(request)), at=clock.now())
    except DomainError as refusal:
        if refusal.code not in ("delivery_not_offered", "parcel_not_possible"):
            raise
        return _page(request, application_id, problems=(Problem(refusal.code),))
    return redirect_after_post(reverse("citizen:collect", kwargs={"application_id": application_id}))
