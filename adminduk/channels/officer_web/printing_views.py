"""Printing at the office: the line, a batch, the check of each card, jams, exceptions, what an officer must look at."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.officer_web.pages import actor_of, done, go, key_of, problems_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.actor import ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.readmodels import print_floor, print_words
from adminduk.usecases import print_cards, print_trouble, printers

PRINTERS = (ActorKind.OPERATOR, ActorKind.HEAD)


def uuid_in(text: str | None) -> UUID | None:
    """An id out of a form or a query, None where there is none. Raises NotFound for what is no id."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("id") from None


@for_staff(*PRINTERS)
@require_safe
def printing_page(request: HttpRequest) -> HttpResponse:
    """The line of a place and what is under way there."""
    return _page(request)


def _page(request: HttpRequest, *, problems: tuple[Problem, ...] = (), site_id: UUID | None = None) -> HttpResponse:
    actor = actor_of(request)
    wanted = site_id or uuid_in(request.GET.get("tempat"))
    has_sites = bool(print_floor.printing_sites(actor))
    placeless = print_floor.count_placeless(actor)
    return show(
        request,
        "officer/printing/floor.html",
        status=422 if problems else 200,
        floor=print_floor.floor_of(actor, site_id=wanted) if has_sites else None,
        placeless=placeless,
        problems=problems,
        most=print_cards.MOST_IN_BATCH,
        overdue_before=clock.now() - print_trouble.OVERDUE,
        stopped_words=print_words.STOPPED,
        is_head=actor.kind is ActorKind.HEAD,
    )


def _done(request: HttpRequest, act: Callable[[], object], *, site_id: UUID | None = None) -> HttpResponse:
    query = f"?tempat={site_id}" if site_id else ""
    return done(
        act,
        then=redirect_after_post(reverse("officer:printing") + query),
        refused=lambda refusal: _page(request, problems=problems_of(refusal), site_id=site_id),
    )


@for_staff(*PRINTERS)
@require_POST
def begin_batch(request: HttpRequest) -> HttpResponse:
    """Print the next cards."""
    printer_id = uuid_in(request.POST.get("pencetak"))
    typed = request.POST.get("jumlah", "")
    if printer_id is None:
        return _page(request, problems=(Problem("printer_missing", "pencetak"),))
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    return _done(
        request,
        lambda: print_cards.begin_batch(
            actor_of(request), printer_id=printer_id, count=count, key=key_of(request), at=clock.now()
        ),
        site_id=uuid_in(request.POST.get("tempat")),
    )


@for_staff(*PRINTERS)
@require_POST
def add_printer(request: HttpRequest) -> HttpResponse:
    """The place has a printer."""
    site_id = uuid_in(request.POST.get("tempat"))
    if site_id is None:
        raise NotFound("site")
    return _done(
        request,
        lambda: printers.add_printer(
            actor_of(request), site_id=site_id, name=request.POST.get("nama", "")[:200], key=key_of(request),
            at=clock.now(),
        ),
        site_id=site_id,
    )  # fmt: skip


@for_staff(*PRINTERS)
@require_safe
def check_page(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """A printed card in front of whoever checks it; each look is recorded."""
    print_cards.look_at(actor_of(request), job_id, at=clock.now())
    return _check_page(request, job_id)


def _check_page(request: HttpRequest, job_id: UUID, *, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    return show(
        request,
        "officer/printing/check.html",
        status=422 if problems else 200,
        card=print_floor.checked_card(actor_of(request), job_id),
        problems=problems,
        reasons={code: print_words.SPOILED[code] for code in print_cards.SPOILED},
    )


@for_staff(*PRINTERS)
@require_safe
def face(request: HttpRequest, job_id: UUID, side: str) -> HttpResponse:
    """A face of the printed card as a picture."""
    which = "back" if side == "belakang" else "front"
    picture = print_cards.face(actor_of(request), job_id, side=which, at=clock.now())
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer


@for_staff(*PRINTERS)
@require_POST
def decide_check(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The card is good, or it is spoiled and printed anew."""
    actor = actor_of(request)

    def act() -> None:
        if request.POST.get("hasil", "") == "baik":
            print_cards.accept(actor, job_id, key=key_of(request), at=clock.now())
        else:
            reason = request.POST.get("alasan", "")
            print_cards.reject(actor, job_id, reason=reason, key=key_of(request), at=clock.now())

    def refused(refusal: DomainError) -> HttpResponse:
        problem = Problem(refusal.code, "alasan" if refusal.code == "reason_missing" else None, refusal.params)
        return _check_page(request, job_id, problems=(problem,))

    return done(act, then=go("printing"), refused=refused)


@for_staff(*PRINTERS)
@require_POST
def end_jam(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The card in a printer that stopped is spoiled, or came out clean."""
    is_spoiled = request.POST.get("hasil") != "utuh"
    return _done(
        request,
        lambda: print_trouble.end_jam(
            actor_of(request), job_id, is_spoiled=is_spoiled, key=key_of(request), at=clock.now()
        ),
        site_id=uuid_in(request.POST.get("tempat")),
    )


@for_staff(*PRINTERS)
@require_POST
def end_silence(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """A printer says nothing of a card: ask it again, or wait for it no more."""
    actor, at = actor_of(request), clock.now()
    site_id = uuid_in(request.POST.get("tempat"))
    if request.POST.get("hasil") == "tanya":
        return _done(request, lambda: print_trouble.ask_again(actor, job_id, at=at), site_id=site_id)
    return _done(request, lambda: print_trouble.give_up(actor, job_id, key=key_of(request), at=at), site_id=site_id)


@for_staff(*PRINTERS)
@require_safe
def ahead_page(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Print somebody's card before its turn: asks for the reason."""
    return _ahead_page(request, product_id)


def _ahead_page(request: HttpRequest, product_id: UUID, *, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    return show(
        request,
        "officer/printing/ahead.html",
        status=422 if problems else 200,
        row=print_floor.waiting_of(actor_of(request), product_id),
        problems=problems,
        reasons=print_words.AHEAD,
    )


@for_staff(*PRINTERS)
@require_POST
def move_ahead(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Do it, for a coded reason that is counted in public."""
    reason = request.POST.get("alasan", "")
    return done(
        lambda: print_cards.move_ahead(
            actor_of(request), product_id, reason=reason, key=key_of(request), at=clock.now()
        ),
        then=go("printing"),
        refused=lambda refusal: _ahead_page(
            request, product_id, problems=(Problem(refusal.code, "alasan", refusal.params),)
        ),
    )


@for_staff(ActorKind.HEAD)
@require_POST
def decide_stopped(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """The head has looked at what stopped a card: print it, or end the application."""
    actor = actor_of(request)

    def act() -> None:
        if request.POST.get("hasil") == "cetak":
            print_cards.resume(actor, product_id, key=key_of(request), at=clock.now())
        else:
            print_cards.end_stopped(actor, product_id, key=key_of(request), at=clock.now())

    return _done(request, act)
