"""A citizen's web session: begun after the code, ended by himself, by half an hour of rest, or from another device."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from adminduk.foundation.pages import redirect_after_post
from adminduk.foundation.pages.client import device_of, network_of
from adminduk.foundation.pages.kept_input import SESSION_NAME
from adminduk.usecases.sign_in import SignedIn, Visitor

DEVICE_COOKIE = "perangkat"
_MARKS_KEPT = 5  # a family shares a telephone
_MARKS_FOR = 180 * 86400
_CARRIED = ("begin", "next", SESSION_NAME)


def visitor_of(request: HttpRequest) -> Visitor:
    """Who is at the door."""
    marks = request.COOKIES.get(DEVICE_COOKIE, "")[:400].split(".")
    return Visitor(
        network=network_of(request),
        language=getattr(request, "language", "id"),
        device=device_of(request),
        known_marks=tuple(mark for mark in marks if mark)[:_MARKS_KEPT],
    )


def begin_session(request: HttpRequest, signed_in: SignedIn) -> None:
    """A fresh key; of what was there only the way on is carried over."""
    carried = {name: request.session[name] for name in _CARRIED if name in request.session}
    request.session.renew()  # type: ignore[attr-defined]
    request.session.update(carried)
    request.session["citizen"] = {"id": str(signed_in.account_id), "epoch": signed_in.epoch}


def remember_device(request: HttpRequest, response: HttpResponse, signed_in: SignedIn) -> None:
    """Leave a mark that tells nothing but lets this browser be recognised."""
    marks = [signed_in.device_mark, *(m for m in visitor_of(request).known_marks if m != signed_in.device_mark)]
    response.set_cookie(
        DEVICE_COOKIE,
        ".".join(marks[:_MARKS_KEPT]),
        max_age=_MARKS_FOR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def safe_next(text: str) -> str:
    """`text` if it is a path of ours, else "": nobody is led elsewhere after signing in."""
    is_ours = url_has_allowed_host_and_scheme(text, allowed_hosts=None) and text.startswith("/")
    return text[:300] if is_ours else ""


def way_on(request: HttpRequest) -> str:
    """Where somebody who has just signed in goes: to what he had chosen, to where he was stopped, or to his list."""
    if request.session.get("begin"):
        return reverse("citizen:start")
    return str(request.session.get("next", "")) or reverse("citizen:applications")


def go_on_in_epoch(request: HttpRequest, epoch: int) -> None:
    """All sessions were ended, but this one is the person's who did it."""
    known = request.session["citizen"]
    request.session.cycle_key()
    request.session["citizen"] = {**known, "epoch": epoch}


def keep_alive(request: HttpRequest) -> None:
    """The half hour begins anew."""
    request.session.modified = True


def signed_out() -> HttpResponse:
    """To the first page; the browser forgets the pictures that waited in it (static/citizen/photo_store.js)."""
    response = redirect_after_post(reverse("citizen:home"))
    response["Clear-Site-Data"] = '"storage"'
    return response
