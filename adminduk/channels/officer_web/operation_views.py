"""The operators' first page: what waits after approval, and the ways to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from adminduk.channels.officer_web.navigation import links_for
from adminduk.channels.officer_web.pages import actor_of, show
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.actor import ActorKind
from adminduk.readmodels import operations
from adminduk.usecases.outside import catalogue


@for_staff(ActorKind.OPERATOR, ActorKind.HEAD)
@require_safe
def operations_page(request: HttpRequest) -> HttpResponse:
    """How many wait at each step, and where one works on them."""
    actor = actor_of(request)
    return show(
        request,
        "officer/operations.html",
        steps=operations.waiting_steps(actor, catalogue=catalogue()),
        ways=[link for link in links_for(actor.kind) if link.url != "operations"],
    )
