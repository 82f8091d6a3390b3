"""What a form sent, in the shape in which the catalogue and use cases want it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest, QueryDict

from adminduk.kernel.errors import DomainError

_LONGEST = 4000


class IsQuestion(Protocol):
    """A question of a definition."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...


def posted_date(sent: QueryDict, name: str) -> str:
    """Day-month-year as typed into the three fields of `date_field`; "" if all three are empty."""
    parts = [sent.get(f"{name}-{part}", "").strip()[:8] for part in ("hari", "bulan", "tahun")]
    return "-".join(parts) if any(parts) else ""


def posted_answers(sent: QueryDict, questions: Iterable[IsQuestion]) -> dict[str, str | list[str]]:
    """The raw answers to `questions`: what `Release.check_answers` takes, and what the form shows again."""
    answers: dict[str, str | list[str]] = {}
    for question in questions:
        if question.type == "date":
            answers[question.id] = posted_date(sent, question.id) or sent.get(question.id, "")[:_LONGEST]
        elif question.type == "choices":
            answers[question.id] = [value[:_LONGEST] for value in sent.getlist(question.id)]
        else:
            answers[question.id] = sent.get(question.id, "")[:_LONGEST]
    return answers


def posted_key(request: HttpRequest) -> UUID:
    """The idempotency key of `form_key()`. Raises DomainError("form_incomplete")."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise DomainError("form_incomplete") from None
