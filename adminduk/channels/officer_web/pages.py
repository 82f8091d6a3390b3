"""What every page of the officers has: who is there, whose office, and the undo of the last ten seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from adminduk.catalogue.region_schema import Region
from adminduk.channels.officer_web.navigation import links_for
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.offices.types import StaffMember
from adminduk.readmodels import office
from adminduk.usecases import review
from adminduk.usecases.outside import catalogue

UNDO = "undo"
SEEN = "seen"
STAY_MINUTES = 5
_NO_FIELD_S_FAULT = frozenset({"not_found", "form_incomplete"})
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Undo:
    """The decision that can still be taken back."""

    application_id: UUID
    act: str
    until: datetime
    seconds: int


def actor_of(request: HttpRequest) -> Actor:
    """Whom the Permission middleware let in."""
    actor = request.actor  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)
    return actor


def region_of(actor: Actor) -> Region:
    """The office's region."""
    return catalogue().region(RegionCode.from_number(actor.regions[0]))


def show(
    request: HttpRequest, template: str, *, status: int = 200, me: StaffMember | None = None, **context: Any
) -> HttpResponse:
    """A page for somebody who has signed in; `me` where his row has been read already."""
    actor = actor_of(request)
    stay(request)
    return render(
        request,
        template,
        status=status,
        region=region_of(actor),
        links=links_for(actor.kind),
        me=me or office.member_of(actor),
        undo=undo_of(request),
        **context,
    )


def stay(request: HttpRequest) -> None:
    """A session ends after half an hour of rest, not of work; it is written at most every few minutes."""
    now = int(clock.now().timestamp()) // (60 * STAY_MINUTES)
    if request.session.get(SEEN) != now:
        request.session[SEEN] = now


def at_the_desk(view: View) -> View:
    """When the case does not lie on the officer's desk any more, a page says so and offers the next one."""

    @wraps(view)
    def looked_after(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as refusal:
            if refusal.code != "not_holding":
                raise
            return show(request, "officer/not_holding.html", status=409, refusal=refusal)

    return looked_after


def remember_decision(request: HttpRequest, application_id: UUID, act: str, *, until: datetime) -> None:
    """The next page offers to take it back."""
    request.session[UNDO] = {"id": str(application_id), "act": act, "until": until.isoformat()}


def undo_of(request: HttpRequest) -> Undo | None:
    """What the bar at the bottom offers, if its ten seconds are not over."""
    kept = request.session.get(UNDO)
    if not kept:
        return None
    until = datetime.fromisoformat(kept["until"])
    seconds = int((until - clock.now()).total_seconds() + 0.999)
    return Undo(UUID(kept["id"]), kept["act"], until, seconds) if seconds > 0 else None


def key_of(request: HttpRequest) -> str:
    """The idempotency key of the form. Raises DomainError("form_incomplete")."""
    return str(posted_key(request))


def go(name: str, **arguments: object) -> HttpResponse:
    """303 to a page of the officers."""
    return redirect_after_post(reverse(f"officer:{name}", kwargs=arguments or None))


def go_on(request: HttpRequest) -> HttpResponse:
    """Take the next case and open it; the queue's page when nothing waits. Sent twice it gives the held one."""
    taken = review.take_next(actor_of(request), at=clock.now())
    return go("case", application_id=taken) if taken else go("queue")


def done(
    act: Callable[[], object], *, then: HttpResponse, refused: Callable[[DomainError], HttpResponse]
) -> HttpResponse:
    """Do an act and go on with `then`; `refused` shows the page again with what was wrong.

    Raises what no field of a page can mend: an unknown thing, and a form without its key.
    """
    try:
        act()
    except DomainError as refusal:
        if refusal.code in _NO_FIELD_S_FAULT:
            raise
        return refused(refusal)
    return then


def problems_of(refusal: DomainError) -> tuple[Problem, ...]:
    """What a form shows of a refusal: the single problems, or the refusal itself."""
    return refusal.problems or (Problem(refusal.code, None, refusal.params),)
