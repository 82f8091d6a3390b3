"""Hand a card over: number and code, then who takes it; a new code, a free reprint, cards that nobody fetches."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adminduk.channels.officer_web.pages import actor_of, go, key_of, problems_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.actor import ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.modules.handovers.types import IdentityPaper, OldCard, Proof, Receipt, Recipient, WrongPrint
from adminduk.readmodels.cards_at_counter import cards_of, count_cards
from adminduk.usecases import hand_over, uncollected

AT_COUNTER = "card_at_counter"
DONE = "card_done"
_FIELDS = ("recipient", "identity", "old_card", "proof", "name", "nik", "has_power_of_attorney")


@for_staff(ActorKind.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def find_page(request: HttpRequest) -> HttpResponse:
    """Number and code, typed or read from the QR, which holds both; below, how many cards lie where."""
    if request.method != "POST":
        return _find(request, number="", problems=(), done=request.session.pop(DONE, ""))
    number, code = _scanned(request.POST.get("nomor", "")[:60], request.POST.get("kode", "")[:12])
    try:
        product_id = hand_over.find(actor_of(request), number=number, code=code, at=clock.now())
    except DomainError as refusal:
        field = "kode" if refusal.code == "pickup_code_wrong" else "nomor"
        code_ = "card_unknown" if isinstance(refusal, NotFound) else refusal.code
        return _find(request, number=number, problems=(Problem(code_, field, refusal.params),), done="")
    request.session[AT_COUNTER] = {"id": str(product_id), "code": code}
    return go("card", product_id=product_id)


def _scanned(number: str, code: str) -> tuple[str, str]:
    """The QR says "KTP-2611-7F3KQ9-92 042817" into the first field."""
    first, _, rest = number.strip().rpartition(" ")
    return (first, rest) if first and not code and rest.isdigit() else (number, code)


def _find(request: HttpRequest, *, number: str, problems: tuple[Problem, ...], done: str) -> HttpResponse:
    sites = count_cards(actor_of(request))
    return show(
        request,
        "officer/hand_over/find.html",
        status=422 if problems else 200,
        number=number,
        sites=sites,
        count=sum(count for _, count in sites),
        done=done,
        problems=problems,
    )


@for_staff(ActorKind.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def card_page(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Whose card it is, and who takes it; only after its code."""
    code = _code_of(request, product_id)
    if request.method != "POST":
        return _card(request, product_id, code, typed={}, problems=())
    typed = {name: request.POST.get(name, "").strip()[:120] for name in _FIELDS}
    try:
        receipt = _receipt(typed)
        hand_over.hand_over(
            actor_of(request), product_id, code=code, receipt=receipt, key=key_of(request), at=clock.now()
        )
    except DomainError as refusal:
        if refusal.code != "receipt_wrong":
            raise
        return _card(request, product_id, code, typed=typed, problems=problems_of(refusal))
    return _over(request, "handed_over")


def _receipt(typed: Mapping[str, str]) -> Receipt:
    """What was chosen. Raises DomainError("receipt_wrong") naming what was not."""
    kinds = (("recipient", Recipient), ("identity", IdentityPaper), ("old_card", OldCard), ("proof", Proof))
    lacking = [Problem("answer_needed", name) for name, kind in kinds if typed[name] not in list(kind)]
    if lacking:
        raise DomainError("receipt_wrong", problems=tuple(lacking))
    return Receipt(
        recipient=Recipient(typed["recipient"]),
        identity=IdentityPaper(typed["identity"]),
        old_card=OldCard(typed["old_card"]),
        proof=Proof(typed["proof"]),
        name=typed["name"],
        nik=typed["nik"],
        has_power_of_attorney=bool(typed["has_power_of_attorney"]),
    )


def _card(
    request: HttpRequest, product_id: UUID, code: str, *, typed: Mapping[str, str], problems: tuple[Problem, ...]
) -> HttpResponse:
    return show(
        request,
        "officer/hand_over/card.html",
        status=422 if problems else 200,
        card=hand_over.read(actor_of(request), product_id, code=code, at=clock.now()),
        typed=typed,
        problems=problems,
    )


def _code_of(request: HttpRequest, product_id: UUID) -> str:
    """The code that was right for this card. Raises NotFound without one."""
    kept = request.session.get(AT_COUNTER, {})
    if kept.get("id") != str(product_id):
        raise NotFound("card")
    return str(kept["code"])


def _over(request: HttpRequest, done: str) -> HttpResponse:
    request.session.pop(AT_COUNTER, None)
    request.session[DONE] = done
    return go("hand_over")


@for_staff(ActorKind.OPERATOR)
@require_POST
def wrong_print(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """The card is wrong: print it anew."""
    code, reason = _code_of(request, product_id), request.POST.get("sebab", "")
    if reason not in list(WrongPrint):
        problem = Problem("reason_missing", "sebab")
        return _card(request, product_id, code, typed={}, problems=(problem,))
    hand_over.wrong_print(
        actor_of(request), product_id, code=code, reason=WrongPrint(reason), key=key_of(request), at=clock.now()
    )
    return _over(request, "reprint")


@for_staff(ActorKind.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: HttpRequest) -> HttpResponse:
    """Somebody has lost his code: look at his papers, then a new one."""
    number, identity = request.POST.get("nomor", "")[:60], request.POST.get("identitas", "")
    problems: tuple[Problem, ...] = ()
    made = ""
    if request.method == "POST" and identity not in list(IdentityPaper):
        problems = (Problem("answer_needed", "identitas"),)
    elif request.method == "POST":
        try:
            made = hand_over.renew_code(
                actor_of(request),
                number=number,
                identity=IdentityPaper(identity),
                key=key_of(request),
                at=clock.now(),
            )
        except DomainError as refusal:
            code = "card_unknown" if isinstance(refusal, NotFound) else refusal.code
            problems = (Problem(code, "nomor", refusal.params),)
    return show(
        request,
        "officer/hand_over/new_code.html",
        status=422 if problems else 200,
        number=number,
        made=made,
        problems=problems,
    )


@for_staff(ActorKind.OPERATOR)
@require_safe
def uncollected_page(request: HttpRequest) -> HttpResponse:
    """Cards that have waited for a month and more."""
    at = clock.now()
    cards = cards_of(actor_of(request), at=at, before=at - uncollected.UNCOLLECTED_AFTER)
    return show(
        request,
        "officer/hand_over/uncollected.html",
        cards=cards.cards,
        count=cards.count,
        to=cards.to,
        days=uncollected.UNCOLLECTED_AFTER.days,
    )


@for_staff(ActorKind.OPERATOR)
@require_POST
def take_to_main(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """It goes to the main place."""
    uncollected.take_to_main(actor_of(request), product_id, key=key_of(request), at=clock.now())
    return go("uncollected")
