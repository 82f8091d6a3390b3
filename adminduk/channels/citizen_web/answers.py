"""Answers between forms and people: what was typed, and how an answer reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from django.http import HttpRequest, QueryDict

from adminduk.catalogue.conditions import Answer
from adminduk.catalogue.schema import Question
from adminduk.foundation.pages import formats, t
from adminduk.foundation.pages.posted import posted_answers
from adminduk.foundation.pages.words import words
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode
from adminduk.usecases.outside import catalogue

Raw = dict[str, str | list[str]]
Options = dict[str, tuple[tuple[str, str], ...]]


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, as the middleware has found out."""
    return cast(Actor, vars(request)["actor"])


def typed_answers(sent: QueryDict, questions: Iterable[Question]) -> tuple[Raw, Options]:
    """What was typed; names of regions become their codes, and where a name fits several, these are offered."""
    asked = tuple(questions)
    raw, options = posted_answers(sent, asked), dict[str, tuple[tuple[str, str], ...]]()
    for question in asked:
        typed = raw.get(question.id)
        if question.type == "region" and isinstance(typed, str) and typed.strip():
            found = _regions(typed)
            if len(found) == 1:
                raw[question.id] = found[0][0]
            else:
                options[question.id] = found
    return raw, options


def _regions(typed: str) -> tuple[tuple[str, str], ...]:
    try:
        code = RegionCode.parse(typed)
    except DomainError:
        found = {hit.region.code.text: hit.region.name for hit in catalogue().find_regions(typed, limit=8)}
        exact = {code: name for code, name in found.items() if name.casefold() == typed.strip().casefold()}
        return tuple((exact or found).items())
    return ((code.text, code.text),)


def shown_in_form(questions: Iterable[Question], answers: Mapping[str, object]) -> dict[str, object]:
    """Answers as the fields show them: regions by name."""
    shown = dict(answers)
    for question in questions:
        if question.type == "region" and question.id in shown:
            shown[question.id] = _region_name(str(shown[question.id]))
    return shown


def answer_words(question: Question, answer: Answer | None) -> str:
    """How an answer reads, in the language of the page; "" for none."""
    if isinstance(answer, list):
        return ", ".join(_choice_label(question, value) for value in answer)
    if isinstance(answer, bool):
        return str(t("Ya", "Yes") if answer else t("Tidak", "No"))
    text = "" if answer is None else str(answer)
    read = _READ.get(question.type)
    return read(question, text) if read and text else text


def _choice_label(question: Question, value: str) -> str:
    return next((words(choice.label) for choice in question.choices if choice.value == value), value)


def _region_name(text: str) -> str:
    try:
        return catalogue().region(RegionCode.parse(text)).name
    except DomainError:
        return text


_READ: Mapping[str, Callable[[Question, str], str]] = {
    "choice": _choice_label,
    "date": lambda _, text: formats.date_plain(text),
    "region": lambda _, text: _region_name(text),
}
