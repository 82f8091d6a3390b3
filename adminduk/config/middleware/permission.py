"""Who is asking, and may he: before any view runs, by the mark that the view carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from adminduk.foundation.pages import errors, redirect_after_post
from adminduk.foundation.pages.access import Access, access_of
from adminduk.foundation.pages.kept_input import keep_input
from adminduk.foundation.pages.rendering import ANONYMOUS
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, Unavailable
from adminduk.usecases import sessions

_ACTORS: dict[str, Callable[[UUID, int, tuple[Any, ...] | None], Actor | None]] = {
    "citizen": sessions.citizen_actor,
    "officer": sessions.officer_actor,
}


class Permission:
    """Sets `request.actor`; sends whoever must sign in to sign-in, and tells nobody else that a page exists."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = ANONYMOUS  # type: ignore[attr-defined]
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse, or let the view run with its actor."""
        access = access_of(view)
        if access is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} does not say who may open it")
        actor = _actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
        request.is_public_page = access.is_public and actor is ANONYMOUS  # type: ignore[attr-defined]
        if access.kinds is None or actor.kind in access.kinds:
            return None
        if actor is not ANONYMOUS:
            raise Http404
        return _to_sign_in(request, access)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal that no view has caught becomes a page that says what to do."""
        if isinstance(exception, DomainError):
            return errors.refused(request, exception)
        if isinstance(exception, Unavailable):
            return errors.unavailable(request)
        return None


def _actor_of(request: HttpRequest) -> Actor:
    """Who the session says, if that session has not been ended elsewhere."""
    for kind, find in _ACTORS.items():
        known = request.session.get(kind)
        if known:
            person = UUID(known["id"])
            actor = find(person, known["epoch"], request.session.told_of(kind, person))  # type: ignore[attr-defined]
            if actor is not None:
                request.session.slide()  # type: ignore[attr-defined]
                return actor
            request.session.flush()
            return ANONYMOUS
    return ANONYMOUS


def _to_sign_in(request: HttpRequest, access: Access) -> HttpResponse:
    """What was typed into a form is kept, for who owns the page it belongs to."""
    keep_input(request)
    is_citizen = access.kinds is not None and ActorKind.CITIZEN in access.kinds
    sign_in = reverse("citizen:sign_in" if is_citizen else "officer:sign_in")
    return redirect_after_post(f"{sign_in}?{urlencode({'next': request.path})}")
