"""Sign in, sign out, accept an invitation."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from markupsafe import Markup

from adminduk.channels.officer_web.pages import actor_of, go, problems_of
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_staff, public
from adminduk.foundation.pages.client import network_of
from adminduk.kernel.actor import STAFF
from adminduk.kernel.errors import DomainError, Problem
from adminduk.usecases import officer_sign_in

ENROLMENT = "enrolment"


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail, password and code on one page: what of the three was wrong is not told."""
    if request.method != "POST":
        if actor_of(request).is_staff:
            return redirect(_next_of(request) or reverse("officer:queue"))
        return render(request, "officer/sign_in.html", email="", next=_next_of(request))
    email = request.POST.get("email", "")[:254]
    try:
        entered = officer_sign_in.sign_in(
            email=email,
            password=request.POST.get("password", "")[:200],
            code=request.POST.get("code", "")[:12],
            client=network_of(request),
            at=clock.now(),
        )
    except DomainError as refusal:
        status = 429 if refusal.code == "too_often" else 422
        return render(
            request,
            "officer/sign_in.html",
            status=status,
            email=email,
            next=_next_of(request),
            problems=problems_of(refusal),
        )
    enter(request, entered)
    return redirect_after_post(_next_of(request) or reverse("officer:queue"))


@for_staff(*STAFF)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; a case that is held stays held for its half hour."""
    officer_sign_in.sign_out(actor_of(request), at=clock.now())
    request.session.flush()
    return go("sign_in")


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set password and authenticator. The secret stays in the session until it is accepted."""
    kept = request.session.get(ENROLMENT, {})
    secret = bytes.fromhex(kept["secret"]) if kept.get("token") == token else None
    at = clock.now()
    try:
        opened = officer_sign_in.read_invitation(token, secret=secret, client=network_of(request), at=at)
    except DomainError as refusal:
        return render(request, "officer/invitation_ended.html", status=410, refusal=refusal)
    request.session[ENROLMENT] = {"token": token, "secret": opened.secret.hex()}
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        problems = _accepted(request, token, opened.secret)
        if not problems:
            return go("queue")
    return render(
        request,
        "officer/invitation.html",
        status=422 if problems else 200,
        opened=opened,
        qr=_qr(opened.uri),
        problems=problems,
    )


def _accepted(request: HttpRequest, token: str, secret: bytes) -> tuple[Problem, ...]:
    password = request.POST.get("password", "")[:200]
    if password != request.POST.get("password_again", "")[:200]:
        return (Problem("password_differs", "password_again"),)
    try:
        entered = officer_sign_in.accept_invitation(
            token, password=password, code=request.POST.get("code", "")[:12], secret=secret, at=clock.now()
        )
    except DomainError as refusal:
        return problems_of(refusal)
    enter(request, entered)
    return ()


def enter(request: HttpRequest, entered: officer_sign_in.SignedIn) -> None:
    """Begin a fresh session: nothing of before comes along."""
    request.session.flush()
    request.session["officer"] = {"id": str(entered.id), "epoch": entered.epoch}


def _next_of(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is one of our own pages."""
    wanted = str(request.POST.get("next") or request.GET.get("next") or "")
    is_ours = wanted.startswith("/petugas/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else ""


def _qr(text: str) -> Markup:
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4, light="#fff")
    return Markup(out.getvalue().decode())  # noqa: S704 - made by segno
