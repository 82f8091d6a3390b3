"""The citizen's applications: the list, the form page by page."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from adminduk.catalogue.conditions import Answer
from adminduk.catalogue.schema import Question
from adminduk.catalogue.text import Text
from adminduk.channels.citizen_web.answers import Options, Raw, actor_of, shown_in_form, typed_answers
from adminduk.channels.citizen_web.home_views import remembered_region
from adminduk.channels.citizen_web.own_looks import form_of
from adminduk.channels.citizen_web.status_words import badge_of_listed
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.pages.kept_input import kept_input
from adminduk.kernel.errors import NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.kernel.names import masked
from adminduk.readmodels.citizen_applications import Listed, list_own
from adminduk.readmodels.citizen_form import SCREENING, Form, Step
from adminduk.readmodels.citizen_readings import propose
from adminduk.usecases import apply, corrections
from adminduk.usecases.outside import catalogue

READ_OFF = Text("Dibaca dari foto, periksa.", "Read off the picture, please check.")


@for_citizen
@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """All of one's own applications; drafts wait here for any device."""
    own = list_own(actor_of(request), catalogue=catalogue())
    new_in = _region_for_a_new_one(request, own)
    return render(request, "citizen/application/list.html", own=own, badge_of=badge_of_listed, new_in=new_in)


def _region_for_a_new_one(request: HttpRequest, own: tuple[Listed, ...]) -> RegionCode | None:
    """Where the newest application is, else the region whose page this browser saw last; else it is asked."""
    if own:
        return own[0].region.code
    last = remembered_region(request)
    return last.code if last is not None and last.joined else None


# --- the form ---------------------------------------------------------------------------------------------------------


def step_href(form: Form, step: Step) -> str:
    """Where a page of the form is."""
    if step.kind == "group":
        return reverse("citizen:form_group", kwargs={"application_id": form.case.id, "group_id": step.id})
    if step.kind == "document":
        return reverse("citizen:document", kwargs={"application_id": form.case.id, "requirement_id": step.id})
    return reverse("citizen:check", kwargs={"application_id": form.case.id})


@for_citizen
@require_safe
def task_list(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What is done and what is still to do. A sent application has its status page instead."""
    form = form_of(request, application_id)
    if not form.is_draft:
        return redirect("citizen:own_status", application_id=application_id)
    return render(
        request,
        "citizen/application/task_list.html",
        region=form.region,
        form=form,
        masked_name=masked(str(form.case.subject["name"])),
        steps=[(step, step_href(form, step)) for step in form.steps],
        next_href=step_href(form, form.next_step),
    )


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def group_page(request: HttpRequest, application_id: UUID, group_id: str) -> HttpResponse:
    """One page of questions, of a draft or of what an officer asked to mend."""
    form = form_of(request, application_id)
    if form.case.needs_consent:
        return redirect("citizen:application", application_id=application_id)
    members = form.release.screening if group_id == SCREENING else form.release.group(group_id).questions
    if not form.is_draft and not form.asked_to_mend("question").keys() & {question.id for question in members}:
        return closed(request, application_id)
    answer = _sent if request.method == "POST" else _asked
    return answer(request, form, group_id, members)


def _sent(request: HttpRequest, form: Form, group_id: str, members: tuple[Question, ...]) -> HttpResponse:
    """What was typed is kept; the next page, or this one with what is wrong."""
    raw, options = typed_answers(request.POST, members)
    fresh, problems = _saved(request, form, group_id, raw)
    if "nanti" in request.POST:
        return redirect_after_post(reverse("citizen:applications") + "#tersimpan")
    if not problems:
        return redirect_after_post(_after(fresh, group_id))
    if form.is_draft and not _are_faults(problems, form, group_id):
        return redirect_after_post(request.path)
    return _group(request, fresh, group_id, answers={**fresh.case.answers, **raw}, problems=problems, options=options)


def closed(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """An old tab, or Back after sending: the status tells what became of it, and that nothing is to be done here."""
    there = reverse("citizen:own_status", kwargs={"application_id": application_id})
    return redirect_after_post(there) if request.method == "POST" else redirect(there)


def _saved(request: HttpRequest, form: Form, group_id: str, raw: Raw) -> tuple[Form, tuple[Problem, ...]]:
    """The form after what was typed is stored, and what is wrong with that."""
    actor, application_id = actor_of(request), form.case.id
    if form.is_draft:
        saved = apply.keep_answers(actor, application_id, group_id=group_id, raw=raw)
        return form.answered(saved.answers), saved.problems
    problems = corrections.answer_group(actor, application_id, group_id=group_id, raw=raw)
    return form_of(request, application_id), problems


def _asked(request: HttpRequest, form: Form, group_id: str, members: tuple[Question, ...]) -> HttpResponse:
    """The page as it was saved, or with what was typed when a session had ended."""
    kept = kept_input(request)
    if kept is None:
        return _group(request, form, group_id, answers=form.case.answers)
    raw, options = typed_answers(kept, members)
    return _group(request, form, group_id, answers={**form.case.answers, **raw}, options=options, is_kept=True)


def _are_faults(problems: tuple[Problem, ...], form: Form, group_id: str) -> bool:
    """False when all that lacks are answers to questions that the answers on this page have only just opened."""
    was_there = {question.id for question in form.questions(group_id)}
    return any(problem.code != "answer_needed" or problem.field in was_there for problem in problems)


def _after(form: Form, group_id: str) -> str:
    if not form.is_draft:
        return reverse("citizen:corrections", kwargs={"application_id": form.case.id})
    if group_id == SCREENING or form.is_complete:
        return reverse("citizen:check", kwargs={"application_id": form.case.id})
    return step_href(form, form.after("group", group_id))


def _group(
    request: HttpRequest,
    form: Form,
    group_id: str,
    *,
    answers: Mapping[str, Answer],
    problems: tuple[Problem, ...] = (),
    options: Options | None = None,
    is_kept: bool = False,
) -> HttpResponse:
    questions = form.release.visible_questions(group_id, {**form.case.answers, **answers}, form.facts)
    if not form.is_draft:
        asked = form.asked_to_mend("question")
        if not asked.keys() & {question.id for question in questions}:
            raise NotFound("group")
        questions = tuple(q for q in questions if q.id in asked or q.id not in form.case.answers)
    proposed = propose(actor_of(request), form, questions, catalogue=catalogue()) if form.is_draft else {}
    questions = tuple(_marked(question) if question.id in proposed else question for question in questions)
    is_step = form.is_draft and group_id != SCREENING
    before = form.before("group", group_id) if is_step else None
    return render(
        request,
        "citizen/application/group.html",
        status=422 if problems else 200,
        region=form.region,
        form=form,
        group=None if group_id == SCREENING else form.release.group(group_id),
        questions=questions,
        shown=form.shown(group_id) if form.is_draft else (),
        answers=shown_in_form(questions, {**proposed, **answers}),
        options=options or {},
        corrections=form.asked_to_mend("question"),
        place=form.place_of("group", group_id) if is_step else None,
        back_href=step_href(form, before) if before else _up(form),
        problems=problems,
        is_kept=is_kept,
    )


def _marked(question: Question) -> Question:
    """A question whose field holds what was read: its hint says so first."""
    old = question.hint
    hint = Text(*(f"{READ_OFF.get(lang)} {old.get(lang)}" for lang in ("id", "en"))) if old else READ_OFF
    return msgspec.structs.replace(question, hint=hint)


def _up(form: Form) -> str:
    name = "citizen:application" if form.is_draft else "citizen:corrections"
    return reverse(name, kwargs={"application_id": form.case.id})
