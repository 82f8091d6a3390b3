"""Blank cards at the office: all places and the day's reconciliation, one place with its acts, alarms for the head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.officer_web.pages import actor_of, go, key_of, problems_of, region_of, show
from adminduk.channels.officer_web.printing_views import PRINTERS, uuid_in
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.foundation.pages.posted import posted_date
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.modules.blanks.types import Because, Cards
from adminduk.readmodels import print_floor, print_words
from adminduk.usecases import keep_stock

_FIRST, _FURTHEST = date(2000, 1, 1), date(2100, 1, 1)
_FIELDS = {
    "serials_wrong": "awal",
    "serials_known": "awal",
    "cards_not_there": "awal",
    "delivery_note_missing": "surat",
    "reason_missing": "alasan",
    "difference_unexplained": "sebab",
    "minutes_number_missing": "nomor",
    "minutes_known": "nomor",
    "site_wrong": "ke",
    "date_format": "tanggal",
}


@for_staff(*PRINTERS)
@require_safe
def stock_page(request: HttpRequest) -> HttpResponse:
    """All places, and the reconciliation of a day."""
    actor = actor_of(request)
    today = clock.today(region_of(actor).time_zone)
    day = today
    if typed := request.GET.get("hari"):
        try:
            day = min(max(date.fromisoformat(typed), _FIRST), today)
        except ValueError:
            raise NotFound("day") from None
    return show(
        request,
        "officer/printing/stock.html",
        stock=print_floor.stock_of(actor, day=day),
        day=day,
        today=today,
        before=date.fromordinal(day.toordinal() - 1),
    )


@for_staff(*PRINTERS)
@require_safe
def site_page(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """One place: its cards, its acts, its entries."""
    return _site_page(request, site_id)


def _site_page(request: HttpRequest, site_id: UUID, *, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    actor = actor_of(request)
    return show(
        request,
        "officer/printing/site.html",
        status=422 if problems else 200,
        stock=print_floor.site_stock(actor, site_id),
        problems=problems,
        acting=request.POST.get("tindakan", "") if problems else "",
        typed={name: request.POST.get(name, "")[:200] for name in request.POST} if problems else {},
        my_id=actor.id,
        spoiled_reasons={code: print_words.SPOILED[code] for code in keep_stock.SPOILED_IN_STOCK},
        all_reasons=print_words.SPOILED,
        lost_reasons=print_words.LOST,
        kinds=print_words.KINDS,
    )


@for_staff(*PRINTERS)
@require_POST
def act_on_stock(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """One act on a place's cards; which, the form says."""
    act = _ACTS.get(request.POST.get("tindakan", ""))
    if act is None:
        raise DomainError("form_incomplete")
    try:
        act(actor_of(request), site_id, request.POST, key_of(request))
    except DomainError as refusal:
        if refusal.code in ("not_found", "form_incomplete"):
            raise
        field = _FIELDS.get(refusal.code)
        problems = (Problem(refusal.code, field, refusal.params),) if field else problems_of(refusal)
        return _site_page(request, site_id, problems=problems)
    return go("stock_site", site_id=site_id)


def _number(sent: QueryDict, name: str) -> int:
    """Digits as they are typed, with spaces and points. Raises DomainError("serials_wrong")."""
    digits = "".join(char for char in sent.get(name, "") if char not in " .-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise DomainError("serials_wrong")
    return int(digits)


def _cards(sent: QueryDict) -> Cards:
    first = _number(sent, "awal")
    return Cards(first, _number(sent, "akhir") if sent.get("akhir", "").strip() else first)


def _because(sent: QueryDict) -> Because:
    return Because(sent.get("alasan", ""), sent.get("sebab", "")[:200])


def _deliver(actor: Actor, site_id: UUID, sent: QueryDict, key: str) -> None:
    keep_stock.deliver(
        actor, _cards(sent), site_id=site_id, document=sent.get("surat", "")[:60], key=key, at=clock.now()
    )


def _send(actor: Actor, site_id: UUID, sent: QueryDict, key: str) -> None:
    to_site_id = uuid_in(sent.get("ke"))
    if to_site_id is None:
        raise DomainError("site_wrong")
    keep_stock.send(actor, _cards(sent), site_id=site_id, to_site_id=to_site_id, key=key, at=clock.now())


def _receive(actor: Actor, site_id: UUID, sent: QueryDict, key: str) -> None:
    keep_stock.receive(actor, _cards(sent), site_id=site_id, key=key, at=clock.now())


def _spoil(actor: Actor, site_id: UUID, sent: QueryDict, key: str) -> None:
    keep_stock.spoil(actor, _cards(sent), site_id=site_id, because=_because(sent), key=key, at=clock.now())


def _lose(actor: Actor, site_id: UUID, sent: QueryDict, key: str) -> None:
    keep_stock.lose(actor, _cards(sent), site_id=site_id, because=_because(sent), key=key, at=clock.now())


def _find(actor: Actor, site_id: UUID, sent: QueryDict, key: str) -> None:
    keep_stock.find(actor, _cards(sent), site_id=site_id, key=key, at=clock.now())


def _count(actor: Actor, site_id: UUID, sent: QueryDict, key: str) -> None:
    words = sent.get("sebab", "")[:200]
    keep_stock.count(actor, _number(sent, "hitungan"), site_id=site_id, words=words, key=key, at=clock.now())


def _destroy(actor: Actor, site_id: UUID, sent: QueryDict, key: str) -> None:
    serials = [int(text) for text in sent.getlist("kartu") if text.isascii() and text.isdigit() and len(text) <= 12]
    old_cards = [found for text in sent.getlist("ktp_lama") if (found := uuid_in(text))]
    keep_stock.destroy(
        actor, (serials, old_cards), site_id=site_id, number=sent.get("nomor", ""), method=sent.get("cara", ""),
        key=key, at=clock.now(),
    )  # fmt: skip


def _expect(actor: Actor, site_id: UUID, sent: QueryDict, key: str) -> None:
    try:
        day = BirthDate.parse(posted_date(sent, "tanggal"), today=_FURTHEST).day
    except DomainError:
        raise DomainError("date_format") from None
    keep_stock.expect_delivery(actor, site_id=site_id, on=day, key=key, at=clock.now())


_ACTS: dict[str, Callable[[Actor, UUID, QueryDict, str], None]] = {
    "kiriman": _deliver,
    "kirim": _send,
    "terima": _receive,
    "rusak": _spoil,
    "hilang": _lose,
    "temu": _find,
    "hitung": _count,
    "musnah": _destroy,
    "perkiraan": _expect,
}


@for_staff(ActorKind.HEAD)
@require_safe
def watch_page(request: HttpRequest) -> HttpResponse:
    """Prints that should not have been, and counts that do not agree."""
    return show(
        request,
        "officer/printing/watch.html",
        watch=print_floor.watch_of(actor_of(request), at=clock.now()),
        alarms=print_words.ALARMS,
        days=print_floor.ALARM_DAYS,
    )
