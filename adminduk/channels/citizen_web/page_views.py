"""Pages of a document: turn, order, send as they are, remove; and the list of them, asked for while they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypedDict
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from adminduk.catalogue.types import Requirement
from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.own_looks import form_of
from adminduk.foundation.pages import render
from adminduk.foundation.pages.access import for_citizen
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import NotFound
from adminduk.modules.applications.types import CorrectionItem
from adminduk.readmodels.citizen_form import Form
from adminduk.readmodels.citizen_pages import ShownPage, shown_pages
from adminduk.readmodels.citizen_readings import list_missing
from adminduk.usecases import arrange, attach
from adminduk.usecases.check_documents import count_ahead
from adminduk.usecases.outside import catalogue

ORDER = "urutan"
_PAGES_MISSING = "pages_missing"  # a reason of definitions/reference/correction_reasons.yaml
QUICK = 3  # so many pictures ahead are read before anybody has looked up
_ACTS: Mapping[str, Callable[[Actor, UUID, UUID], None]] = {
    "hapus": lambda actor, case_id, page_id: attach.remove_page(actor, case_id, page_id=page_id),
    "putar": lambda actor, case_id, page_id: arrange.turn(actor, case_id, page_id=page_id, degrees=90),
    "naik": lambda actor, case_id, page_id: arrange.move(actor, case_id, page_id=page_id, by=-1),
    "turun": lambda actor, case_id, page_id: arrange.move(actor, case_id, page_id=page_id, by=1),
    "apa_adanya": lambda actor, case_id, page_id: arrange.send_as_is(actor, case_id, page_id=page_id),
}


def act_on_pages(request: HttpRequest, form: Form, requirement: Requirement) -> bool:
    """Do what a button on a page says; False when none was pressed. Raises as the acts do."""
    actor = actor_of(request)
    if ORDER in request.POST:
        wanted = tuple(page_id_of(each) for each in request.POST[ORDER].split(",") if each)
        arrange.order(actor, form.case.id, requirement_id=requirement.id, page_ids=wanted)
        return True
    for name, act in _ACTS.items():
        if name in request.POST:
            act(actor, form.case.id, page_id_of(request.POST[name]))
            return True
    return False


def page_id_of(text: str) -> UUID:
    """Raises NotFound for what is no id."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("page") from None


class Listed(TypedDict):
    """What the list of pages shows. `ahead`: how many pictures wait, 0 where that is soon done.

    `missing`: numbers of pages that the document says it has and that are not there.
    """

    shown: tuple[ShownPage, ...]
    ahead: int
    missing: tuple[int, ...]


def words_of_pages(request: HttpRequest, form: Form, requirement: Requirement) -> Listed:
    """The pages of a document for the list."""
    shown = shown_pages(form.pages.get(requirement.id, ()), requirement, catalogue=catalogue())
    ahead = count_ahead() if any(each.is_reading for each in shown) else 0
    missing = list_missing(actor_of(request), form, requirement.id)
    return {"shown": shown, "ahead": ahead if ahead > QUICK else 0, "missing": missing}


def page_to_replace(
    request: HttpRequest, shown: tuple[ShownPage, ...], correction: CorrectionItem | None
) -> ShownPage | None:
    """Whose place the next picture takes: the one that was asked for, else the first that would not do.

    Where an officer asked for another picture (`correction`) and none has come yet, that is the first of all, unless
    he asked for pages that lack.
    """
    if "tambah" in request.GET:
        return None
    wanted = request.GET.get("ganti", "")
    asked = next((each for each in shown if str(each.page.id) == wanted), None)
    would_not_do = asked or next((each for each in shown if each.page.is_open), None)
    is_awaited = correction is not None and correction.answered_at is None and correction.reason != _PAGES_MISSING
    return would_not_do or (shown[0] if shown and is_awaited else None)


@for_citizen
@require_safe
def page_list(request: HttpRequest, application_id: UUID, requirement_id: str) -> HttpResponse:
    """The list of a document's pages alone, for the script that asks while they are read."""
    form = form_of(request, application_id)
    requirement = form.requirement(requirement_id)
    if form.case.needs_consent or not (form.is_draft or requirement_id in form.asked_to_mend("document")):
        raise NotFound("requirement")
    answer = render(
        request,
        "citizen/application/page_list.html",
        form=form,
        requirement=requirement,
        **words_of_pages(request, form, requirement),
    )
    answer["Cache-Control"] = "no-store"
    return answer
