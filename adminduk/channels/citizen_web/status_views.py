"""The owner's status page, and what an officer asked to mend."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from adminduk.catalogue.text import Text
from adminduk.catalogue.types import CodedReason
from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.own_looks import form_of, status_of
from adminduk.channels.citizen_web.sending_views import qr_of
from adminduk.channels.citizen_web.status_words import headline, place_words, timeline_of
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.modules.applications.states import Act, State
from adminduk.modules.applications.types import CorrectionItem
from adminduk.readmodels.citizen_form import SCREENING, Form
from adminduk.readmodels.survey_results import is_to_be_asked
from adminduk.usecases import corrections


@for_citizen
@require_safe
def own_status(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Timeline, whose turn, what to do now, when ready, place in the queue, what was sent. One sheet when printed."""
    status = status_of(request, application_id)
    if status.state is State.DRAFT:
        return redirect("citizen:application", application_id=application_id)
    return render(
        request,
        "citizen/application/status.html",
        region=status.region,
        application=status,
        headline=headline(status),
        entries=timeline_of(status),
        place=place_words(status),
        qr=qr_of(status.number),
        may={act.value for act in status.acts},
        objected_at=status.has_been(Act.OBJECT),
        asks_survey=status.state is State.COMPLETED
        and is_to_be_asked(actor_of(request), application_id, region_id=status.region.code.number),
    )


@dataclass(frozen=True, slots=True)
class ToMend:
    """One item as the page shows it: what, why, what to do, and where."""

    item: CorrectionItem
    label: Text
    reason: CodedReason | None
    href: str


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def corrections_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Each item with its reason and advice; when all are answered, one button sends them back."""
    form = form_of(request, application_id)
    if form.case.state is not State.CORRECTION:
        return redirect("citizen:own_status", application_id=application_id)
    if request.method != "POST":
        return _corrections(request, form)
    try:
        corrections.resubmit(actor_of(request), application_id, key=str(posted_key(request)))
    except DomainError as refusal:
        if refusal.code != "not_complete":
            raise
        return _corrections(request, form, problems=(Problem("corrections_open"),))
    return redirect_after_post(reverse("citizen:own_status", kwargs={"application_id": application_id}))


def _corrections(request: HttpRequest, form: Form, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    items = tuple(_to_mend(form, item) for item in form.corrections)
    return render(
        request,
        "citizen/application/corrections.html",
        status=422 if problems else 200,
        region=form.region,
        form=form,
        items=items,
        is_ready=all(mend.item.answered_at for mend in items),
        problems=problems,
    )


def _to_mend(form: Form, item: CorrectionItem) -> ToMend:
    reasons = {reason.code: reason for reason in form.release.correction_reasons}
    label, href = _question(form, item) if item.kind == "question" else _document(form, item)
    return ToMend(item, label, reasons.get(item.reason), href)


def _question(form: Form, item: CorrectionItem) -> tuple[Text, str]:
    question = form.release.question(item.item)
    groups = [group.id for group in form.release.groups if question in group.questions]
    arguments = {"application_id": form.case.id, "group_id": groups[0] if groups else SCREENING}
    return question.label, f"{reverse('citizen:form_group', kwargs=arguments)}#{question.id}"


def _document(form: Form, item: CorrectionItem) -> tuple[Text, str]:
    found = [requirement for requirement in form.requirements if requirement.id == item.item]
    if not found:
        raise NotFound("requirement")
    arguments = {"application_id": form.case.id, "requirement_id": item.item}
    return found[0].label, reverse("citizen:document", kwargs=arguments)
