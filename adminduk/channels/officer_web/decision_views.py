"""Approve, ask for corrections, refuse in two steps, take back within ten seconds."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from adminduk.catalogue.text import Text
from adminduk.channels.officer_web.desk_views import DECIDERS, case_answer
from adminduk.channels.officer_web.pages import (
    UNDO,
    actor_of,
    at_the_desk,
    go,
    go_on,
    key_of,
    problems_of,
    region_of,
    remember_decision,
    show,
)
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.foundation.pages.words import words
from adminduk.kernel.errors import DomainError, Problem
from adminduk.readmodels import desk
from adminduk.usecases import review, review_decisions, review_undo
from adminduk.usecases.review_decisions import Asked, Refusal

TICK = "cek-"
_NOT_HIS = frozenset({"not_holding", "not_found", "form_incomplete"})


@for_staff(*DECIDERS)
@require_POST
@at_the_desk
def approve(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Approve and open the next case."""
    at = clock.now()
    ticked = frozenset(name.removeprefix(TICK) for name in request.POST if name.startswith(TICK))
    try:
        review_decisions.approve(actor_of(request), application_id, ticked=ticked, key=key_of(request), at=at)
    except DomainError as refusal:
        if refusal.code in _NOT_HIS:
            raise
        return case_answer(request, application_id, problems=problems_of(refusal), ticked=ticked)
    # The register was asked before the decision, which may have taken seconds.
    remember_decision(request, application_id, "approve", until=clock.now() + review_decisions.UNDO)
    return go_on(request)


@for_staff(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def ask_corrections(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Several items at once, each with a coded reason and words."""
    if request.method != "POST":
        return _corrections_page(request, application_id)
    at, asked = clock.now(), _asked(request)
    try:
        review_decisions.ask_corrections(actor_of(request), application_id, items=asked, key=key_of(request), at=at)
    except DomainError as refusal:
        if refusal.code in _NOT_HIS:
            raise
        return _corrections_page(request, application_id, asked=asked, problems=problems_of(refusal))
    remember_decision(request, application_id, "ask_corrections", until=at + review_decisions.UNDO)
    return go_on(request)


def _asked(request: HttpRequest) -> tuple[Asked, ...]:
    """The ticked items. Their fields are pilih-<kind>-<item>, alasan-…, kata-… and the rest."""
    asked = []
    for name in request.POST:
        if name.startswith("pilih-") and name.count("-") >= 2:
            _, kind, item = name.split("-", 2)
            asked.append(
                Asked(
                    kind,
                    item,
                    request.POST.get(f"alasan-{kind}-{item}", ""),
                    request.POST.get(f"kata-{kind}-{item}", "")[:4000],
                )
            )
    return tuple(asked)


def _corrections_page(
    request: HttpRequest,
    application_id: UUID,
    *,
    asked: tuple[Asked, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    opened = review.open_case(actor_of(request), application_id, at=clock.now())
    if not opened.is_mine:
        raise DomainError("not_holding")
    arranged = _arranged(request, opened)
    answered = {row.id: row for row in arranged.answered}
    compared = {row.id: row for row in arranged.compared}
    items = [
        (kind, item, _label(opened, arranged, kind, item), answered.get(item), compared.get(item))
        for kind, item in review_decisions.mendable(opened.release, opened.case)
    ]
    return show(
        request,
        "officer/corrections.html",
        status=422 if problems else 200,
        opened=opened,
        items=items,
        names={f"{kind}-{item}": words(label) for kind, item, label, _, _ in items},
        reasons={
            kind: [reason for reason in opened.release.correction_reasons if f"{kind}s" in reason.applies_to]
            for kind in ("document", "question")
        },
        asked={(each.kind, each.item): each for each in asked},
        days=review_decisions.TIME_TO_CORRECT.days,
        problems=problems,
    )


def _label(opened: review.OpenedCase, arranged: desk.Desk, kind: str, item: str) -> Text:
    if kind == "document":
        return next(paper.requirement.label for paper in arranged.papers if paper.requirement.id == item)
    return opened.release.question(item).label


def _arranged(request: HttpRequest, opened: review.OpenedCase) -> desk.Desk:
    today = clock.today(region_of(actor_of(request)).time_zone)
    return desk.arrange(opened.case, opened.release, pages=opened.pages, mended=frozenset(), today=today)


@for_staff(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def refuse(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """First the reason, then a page that shows what will be told; only its button refuses."""
    refusal = Refusal(
        request.POST.get("alasan", "")[:60],
        request.POST.get("kata", "")[:4000],
        tuple(request.POST.getlist("dokumen"))[:20],
    )
    if request.method != "POST" or request.POST.get("ubah"):
        return _refusal_page(request, application_id, refusal)
    actor, at = actor_of(request), clock.now()
    try:
        if not request.POST.get("yakin"):
            reason = review_decisions.check_refusal(actor, application_id, refusal=refusal, at=at)
            return _refusal_page(request, application_id, refusal, reason=reason)
        review_decisions.refuse(actor, application_id, refusal=refusal, key=key_of(request), at=at)
    except DomainError as wrong:
        if wrong.code in _NOT_HIS:
            raise
        return _refusal_page(request, application_id, refusal, problems=(_beside(wrong),))
    remember_decision(request, application_id, "refuse", until=at + review_decisions.UNDO)
    return go_on(request)


def _beside(wrong: DomainError) -> Problem:
    """The field that a refused refusal is about."""
    fields = {"reason_missing": "alasan", "words_missing": "kata", "words_long": "kata"}
    return Problem(wrong.code, fields.get(wrong.code, "dokumen"), wrong.params)


def _refusal_page(
    request: HttpRequest,
    application_id: UUID,
    refusal: Refusal,
    *,
    reason: object | None = None,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    opened = review.open_case(actor_of(request), application_id, at=clock.now())
    if not opened.is_mine:
        raise DomainError("not_holding")
    return show(
        request,
        "officer/refusal_check.html" if reason else "officer/refusal.html",
        status=422 if problems else 200,
        opened=opened,
        papers=_arranged(request, opened).papers,
        refusal=refusal,
        reason=reason,
        problems=problems,
    )


@for_staff(*DECIDERS)
@require_POST
def undo(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take the decision back and open the case again."""
    review_undo.undo(actor_of(request), application_id, key=key_of(request), at=clock.now())
    request.session.pop(UNDO, None)
    return go("case", application_id=application_id)
