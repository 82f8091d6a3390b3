"""Photographs of documents: choose, send, look, take away; for drafts and for what an officer asked to mend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from adminduk.catalogue.types import Requirement
from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.application_views import closed, step_href
from adminduk.channels.citizen_web.own_looks import form_of, note_look
from adminduk.channels.citizen_web.page_views import (
    act_on_pages,
    page_id_of,
    page_to_replace,
    words_of_pages,
)  # fmt: skip
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen
from adminduk.foundation.uploads import is_too_large
from adminduk.kernel.errors import DomainError, NotFound, Problem, Unavailable
from adminduk.readmodels.citizen_form import Form
from adminduk.readmodels.citizen_pages import needed_fields
from adminduk.usecases import attach, upload
from adminduk.usecases.outside import catalogue

FILES = "berkas"
PAGES = "halaman"  # where there is no field for files: the pages that are there
UPLOADS = "unggahan"  # files that came in parts before, see upload_views
MOST_FILES = 10


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def document_page(request: HttpRequest, application_id: UUID, requirement_id: str) -> HttpResponse:
    """One document: what it must look like, its pages so far, and a field for more."""
    form = form_of(request, application_id)
    if form.case.needs_consent:
        return redirect("citizen:application", application_id=application_id)
    requirement = form.requirement(requirement_id)
    if not form.is_draft and requirement_id not in form.asked_to_mend("document"):
        if request.META.get("HTTP_X_REQUESTED_WITH") == "photo":
            raise NotFound("requirement")
        return closed(request, application_id)
    if request.method != "POST":
        return _page(request, form, requirement)
    problems, is_down = _acted_or_attached(request, form, requirement)
    if problems or is_down:
        fresh = form_of(request, application_id)
        return _page(request, fresh, requirement, problems=problems, is_down=is_down)
    if request.META.get("HTTP_X_REQUESTED_WITH") == "photo":
        return HttpResponse(status=204)
    return redirect_after_post(_after(request, form, requirement))


def _acted_or_attached(request: HttpRequest, form: Form, requirement: Requirement) -> tuple[tuple[Problem, ...], bool]:
    try:
        if act_on_pages(request, form, requirement):
            return (), False
    except DomainError as refusal:
        if refusal.code == "not_found":
            raise
        return (Problem(refusal.code, FILES, refusal.params),), False
    except Unavailable:
        return (), True
    return _attach_all(request, form, requirement)


def _attach_all(request: HttpRequest, form: Form, requirement: Requirement) -> tuple[tuple[Problem, ...], bool]:
    """Every file that can be taken is taken; what is wrong with the others is told together."""
    files = _sent(request, form, requirement)
    if not files:
        is_known_elsewhere = any(button in request.POST for button in ("lanjut", "nanti"))
        if is_too_large(request):
            return (Problem("file_too_large", FILES, {"max_mb": 10}),), False
        is_missing = "nanti" not in request.POST and not form.count(requirement.id) and requirement.required
        return ((Problem("file_missing", FILES),) if is_missing or not is_known_elsewhere else ()), False
    problems = []
    for file in files:
        try:
            file()
        except DomainError as refusal:
            if refusal.code == "not_found":
                raise
            problems.append(Problem(refusal.code, FILES, refusal.params))
        except Unavailable:
            return tuple(problems), True
    return tuple(problems), False


def _sent(request: HttpRequest, form: Form, requirement: Requirement) -> list[Callable[[], int]]:
    """How to take each file that was chosen, in the order in which it was."""
    actor, case, kind = actor_of(request), form.case, request.POST.get("jenis", "")
    instead = page_id_of(request.POST["ganti"]) if request.POST.get("ganti") else None

    def whole(file: UploadedFile[bytes]) -> int:
        place = {"requirement_id": requirement.id, "kind": kind}
        return attach.attach(actor, case.id, **place, data=file.read(), replacing=instead, known=case)

    def in_parts(upload_id: UUID) -> int:
        return upload.take(actor, case.id, upload_id, requirement_id=requirement.id, kind=kind, replacing=instead)

    files: list[Callable[[], int]] = [partial(in_parts, each) for each in _upload_ids(request)]
    files += [partial(whole, file) for file in request.FILES.getlist(FILES)]
    return files[:MOST_FILES]


def _upload_ids(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(each) for each in request.POST.getlist(UPLOADS)]
    except ValueError:
        raise NotFound("upload") from None


def _after(request: HttpRequest, form: Form, requirement: Requirement) -> str:
    if "nanti" in request.POST:
        return reverse("citizen:applications") + "#tersimpan"
    if request.POST.get("kembali") == "periksa" and form.is_draft:
        return reverse("citizen:check", kwargs={"application_id": form.case.id})
    if "lanjut" not in request.POST:
        return f"{request.path}#halaman"
    if not form.is_draft:
        return reverse("citizen:corrections", kwargs={"application_id": form.case.id})
    return step_href(form, form.after("document", requirement.id))


def _page(
    request: HttpRequest,
    form: Form,
    requirement: Requirement,
    *,
    problems: tuple[Problem, ...] = (),
    is_down: bool = False,
) -> HttpResponse:
    pages = form.pages.get(requirement.id, ())
    listed = words_of_pages(request, form, requirement)
    correction = form.asked_to_mend("document").get(requirement.id)
    replacing = page_to_replace(request, listed["shown"], correction)
    takes_files = bool(replacing or requirement.alternatives) or len(pages) < requirement.max_pages
    before = form.before("document", requirement.id) if form.is_draft else None
    name = "citizen:application" if form.is_draft else "citizen:corrections"
    return render(
        request,
        "citizen/application/document.html",
        status=503 if is_down else 422 if problems else 200,
        region=form.region,
        form=form,
        requirement=requirement,
        **listed,
        needed=needed_fields(requirement, catalogue=catalogue()),
        replacing=replacing,
        takes_files=takes_files,
        kind=pages[0].kind if pages else requirement.kinds[0],
        place=form.place_of("document", requirement.id) if form.is_draft else None,
        correction=correction,
        back_href=step_href(form, before) if before else reverse(name, kwargs={"application_id": form.case.id}),
        problems=problems if takes_files else tuple(replace(each, field=PAGES) for each in problems),
        is_down=is_down,
    )


@for_citizen
@require_safe
def picture(request: HttpRequest, application_id: UUID, page_id: UUID) -> HttpResponse:
    """A page for its owner, never from a cache that others share; `?kecil` gives the preview."""
    note_look(request, application_id)
    jpeg = attach.read_page(actor_of(request), application_id, page_id=page_id, is_preview="kecil" in request.GET)
    headers = {
        "Content-Disposition": 'attachment; filename="halaman.jpg"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return HttpResponse(jpeg, content_type="image/jpeg", headers=headers)
