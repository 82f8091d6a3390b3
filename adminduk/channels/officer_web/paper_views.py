"""What the machine read on a page: the places cut out, and the officer's word against it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.officer_web.desk_views import DECIDERS, case_answer, harmless_picture
from adminduk.channels.officer_web.pages import actor_of, at_the_desk, key_of, problems_of
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.errors import DomainError
from adminduk.modules.documents.types import Said, Word
from adminduk.usecases import review_pages, review_words

_LONGEST = 4000


@for_staff(*DECIDERS)
@require_safe
def pieces(request: HttpRequest, application_id: UUID, page_id: UUID) -> HttpResponse:
    """The places of the values named in ?b=, one below the other, for the holder and the head."""
    subjects = tuple(request.GET.get("b", "")[:_LONGEST].split(","))
    data = review_pages.cut_lines(actor_of(request), application_id, page_id=page_id, subjects=subjects, at=clock.now())
    return harmless_picture(data)


@for_staff(*DECIDERS)
@require_POST
@at_the_desk
def say(request: HttpRequest, application_id: UUID, page_id: UUID) -> HttpResponse:
    """The machine was wrong about the picture (`gambar`) or a value (`salah`); or it was not (`batal`)."""
    actor, key, at = actor_of(request), key_of(request), clock.now()
    try:
        if "batal" in request.POST:
            subject = request.POST["batal"]
            review_words.take_back(actor, application_id, page_id=page_id, subject=subject, key=key, at=at)
        else:
            review_words.say(actor, application_id, word=_word(request, page_id), key=key, at=at)
    except DomainError as refusal:
        if refusal.code in ("not_holding", "not_found"):
            raise
        return case_answer(request, application_id, problems=problems_of(refusal))
    return redirect_after_post(f"{reverse('officer:case', args=[application_id])}#baca-{page_id}")


def _word(request: HttpRequest, page_id: UUID) -> Word:
    """Raises DomainError("word_misplaced") for a form that says nothing."""
    if "salah" in request.POST:
        subject = request.POST["salah"]
        return Word(page_id, subject, Said.MISREAD, request.POST.get(f"benar-{subject}", "")[:_LONGEST])
    try:
        return Word(page_id, "", Said(request.POST.get("gambar", "")))
    except ValueError as error:
        raise DomainError("word_misplaced") from error
