"""What the inspectorate has on its desk: reports of brokers and bribes, oldest first. Nobody of the office comes in."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.officer_web.pages import actor_of, done, go, key_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.actor import ActorKind
from adminduk.kernel.errors import DomainError, Problem
from adminduk.usecases import inspect_report
from adminduk.usecases.outside import catalogue


@for_staff(ActorKind.INSPECTOR)
@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """What waits and what has ended; nothing of what was written."""
    waiting, closed = inspect_report.list_reports(actor_of(request))
    return show(
        request,
        "officer/report/list.html",
        waiting=waiting,
        closed=closed,
        most=inspect_report.MOST_LISTED,
        outcomes=catalogue().report_outcomes,
        now=clock.now(),
    )


@for_staff(ActorKind.INSPECTOR)
@require_safe
def report_page(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report; each look is recorded."""
    return _page(request, report_id)


def _page(
    request: HttpRequest,
    report_id: UUID,
    *,
    problems: tuple[Problem, ...] = (),
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    return show(
        request,
        "officer/report/one.html",
        status=422 if problems else 200,
        report=inspect_report.read_report(actor_of(request), report_id, at=clock.now()),
        outcomes=catalogue().report_outcomes,
        longest=inspect_report.LONGEST_WORDS,
        typed=typed or {},
        problems=problems,
    )


def _done(request: HttpRequest, report_id: UUID, field: str, act: Callable[[], None]) -> HttpResponse:
    """Do it and show the report again; what is wrong stands beside its field, with what was typed."""

    def refused(refusal: DomainError) -> HttpResponse:
        typed = {field: request.POST.get(field, "")[:5000]}
        problem = Problem(refusal.code, field, refusal.params)
        return _page(request, report_id, problems=(problem,), typed=typed)

    return done(act, then=go("report", report_id=report_id), refused=refused)


@for_staff(ActorKind.INSPECTOR)
@require_POST
def note(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A note among inspectors."""
    words = request.POST.get("catatan", "")
    return _done(
        request,
        report_id,
        "catatan",
        lambda: inspect_report.add_note(actor_of(request), report_id, words=words, key=key_of(request), at=clock.now()),
    )


@for_staff(ActorKind.INSPECTOR)
@require_POST
def answer(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """An answer that the reporter reads."""
    words = request.POST.get("jawaban", "")
    return _done(
        request,
        report_id,
        "jawaban",
        lambda: inspect_report.answer(actor_of(request), report_id, words=words, key=key_of(request), at=clock.now()),
    )


@for_staff(ActorKind.INSPECTOR)
@require_POST
def close(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The end, with its outcome."""
    outcome = request.POST.get("hasil", "")
    return _done(
        request,
        report_id,
        "hasil",
        lambda: inspect_report.close(
            actor_of(request), report_id, outcome=outcome, key=key_of(request), at=clock.now()
        ),
    )
