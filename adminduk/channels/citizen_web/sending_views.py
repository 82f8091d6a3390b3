"""Look through everything, state that it is true, send; and the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from adminduk.catalogue.schema import Question
from adminduk.catalogue.text import Text
from adminduk.catalogue.types import Requirement
from adminduk.channels.citizen_web.answers import actor_of, answer_words, typed_answers
from adminduk.channels.citizen_web.own_looks import form_of, status_of
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, Problem
from adminduk.readmodels.citizen_form import SCREENING, Form
from adminduk.readmodels.citizen_pages import Look, ShownPage, shown_pages
from adminduk.readmodels.citizen_readings import Remark, list_remarks
from adminduk.usecases import apply
from adminduk.usecases.entitlement import NotEntitled
from adminduk.usecases.notify import status_link
from adminduk.usecases.outside import catalogue

FIRST_QUESTIONS = Text("Pertanyaan pertama", "First questions")
_TOLD_ELSEWHERE = frozenset({"not_found", "form_incomplete", "too_often"})

_MASK = 2


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the check page with its rows: label, value, link to change it (none: the register's)."""

    title: Text
    rows: tuple[tuple[Text, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is worth a look before a document is sent; nothing of it keeps anybody from sending."""

    requirement: Requirement
    pages: tuple[ShownPage, ...]
    remarks: tuple[Remark, ...]


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """All answers and documents with "Ubah", the statement, and the one button that sends."""
    form = form_of(request, application_id)
    if not form.is_draft:
        return redirect("citizen:receipt", application_id=application_id)
    if form.case.needs_consent:
        return redirect("citizen:application", application_id=application_id)
    if request.method != "POST":
        return _check(request, form)
    try:
        problems = _keep_statements(request, form)
        if problems:
            fresh = form_of(request, application_id)
            return _check(request, fresh, problems=problems)
        apply.submit(actor_of(request), application_id, key=str(posted_key(request)), known=form.case)
    except DomainError as refusal:
        if refusal.code in _TOLD_ELSEWHERE:
            raise
        if refusal.code != "not_open":  # else another press of the same button was quicker
            return _check(request, form, refusal=refusal)
    return redirect_after_post(reverse("citizen:receipt", kwargs={"application_id": application_id}))


def _keep_statements(request: HttpRequest, form: Form) -> tuple[Problem, ...]:
    problems: tuple[Problem, ...] = ()
    for group in form.statement_groups:
        raw, _ = typed_answers(request.POST, group.questions)
        problems += apply.save_answers(actor_of(request), form.case.id, group_id=group.id, raw=raw)
    return problems


def _check(
    request: HttpRequest, form: Form, *, problems: tuple[Problem, ...] = (), refusal: DomainError | None = None
) -> HttpResponse:
    told = problems or ((Problem(refusal.code, None, refusal.params),) if refusal else ())
    return render(
        request,
        "citizen/application/check.html",
        status=422 if told else 200,
        region=form.region,
        form=form,
        sections=sections_of(form),
        statements=form.statements,
        lacking=[step for step in form.steps if not step.is_done and not step.is_optional and step.kind != "check"],
        place=len(form.steps),
        doubted=doubted_documents(request, form),
        refusal=refusal,
        reasons=refusal.reasons if isinstance(refusal, NotEntitled) else (),
        problems=told,
    )


def doubted_documents(request: HttpRequest, form: Form) -> dict[str, Doubts]:
    """By document: pages that would not do and were not sent as they are, and differences of what they say."""
    remarks = list_remarks(actor_of(request), form, catalogue=catalogue())
    found: dict[str, Doubts] = {}
    for requirement in form.requirements:
        shown = shown_pages(form.pages.get(requirement.id, ()), requirement, catalogue=catalogue())
        doubts = Doubts(
            requirement,
            tuple(each for each in shown if each.look is Look.REFUSED),
            tuple(remark for remark in remarks if remark.requirement == requirement.id),
        )
        if doubts.pages or doubts.remarks:
            found[requirement.id] = doubts
    return found


def sections_of(form: Form) -> tuple[Section, ...]:
    """What the register says and what was answered, group by group."""
    found = [Section(group.title, (*_shown(form, group.id), *_answered(form, group.id))) for group in form.groups]
    return (*found, Section(FIRST_QUESTIONS, _answered(form, SCREENING)))


def _shown(form: Form, group_id: str) -> tuple[tuple[Text, str, str | None], ...]:
    return tuple((fact.label, fact.value, None) for fact in form.shown(group_id))


def _answered(form: Form, group_id: str) -> tuple[tuple[Text, str, str | None], ...]:
    where = reverse("citizen:form_group", kwargs={"application_id": form.case.id, "group_id": group_id})
    return tuple((q.label, _words(form, q), f"{where}#{q.id}") for q in form.questions(group_id))


def _words(form: Form, question: Question) -> str:
    return answer_words(question, form.case.answers.get(question.id))


@for_citizen
@require_safe
def receipt(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Proof that it was sent: number, QR of the status page, what happens next. One sheet when printed."""
    status = status_of(request, application_id)
    if status.submitted_at is None:
        return redirect("citizen:application", application_id=application_id)
    return render(
        request, "citizen/application/receipt.html", region=status.region, application=status, qr=qr_of(status.number)
    )


@lru_cache(maxsize=512)
def qr_of(number: str) -> Markup:
    """The address of the status page as a drawing."""
    return drawn(status_link(number))


def drawn(address: str) -> Markup:
    """An address as a QR code."""
    # Any mask can be read; to score all eight takes longer than the rest of the page.
    drawing = segno.make(address, error="m", micro=False, mask=_MASK)
    return Markup(drawing.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704 - made here
