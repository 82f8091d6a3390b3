"""Words in two languages side by side, and the page that is being made now (its request and language)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from markupsafe import Markup

LANGUAGES = ("id", "en")


class HasBothLanguages(Protocol):
    """A pair of texts, such as the catalogue's Text."""

    def get(self, lang: str) -> str: ...


class IsProblem(Protocol):
    """A refusal as a code: a Problem or a DomainError."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, str | int]: ...


@dataclass(frozen=True, slots=True)
class Page:
    """The page that is being made: templates and their macros find request and language here."""

    request: HttpRequest | None
    language: str


_NO_PAGE = Page(None, "id")
_page: ContextVar[Page] = ContextVar("page", default=_NO_PAGE)


def current_page() -> Page:
    """The page that this thread is making."""
    return _page.get()


def begin_page(request: HttpRequest) -> None:
    """From here on `t` speaks the language of the request."""
    _page.set(Page(request, getattr(request, "language", "id")))


def t(indonesian: str, english: str, **values: object) -> Markup:
    """The text in the language of the page. Texts may hold markup, values are escaped."""
    chosen = _safe(english if _page.get().language == "en" else indonesian)
    return chosen.format(**values) if values else chosen


@cache
def _safe(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - texts stand in our sources


def indonesian(text: str) -> Markup | str:
    """Words that have no translation, as titles of laws: on an English page marked for those who hear it."""
    return Markup('<span lang="id">{}</span>').format(text) if _page.get().language == "en" else text


def words(text: HasBothLanguages | str | None) -> str:
    """A defined text in the language of the page; plain text as it is, nothing for None."""
    if text is None or isinstance(text, str):
        return text or ""
    return text.get(_page.get().language)


@cache
def _problem_text() -> Callable[[str, str, Mapping[str, str | int]], str]:
    found: Callable[[str, str, Mapping[str, str | int]], str] = import_string(settings.PROBLEM_TEXT)
    return found


def problem_words(problem: IsProblem | str | None) -> str:
    """The sentence for a refusal; text as it is, nothing for None."""
    if problem is None or isinstance(problem, str):
        return problem or ""
    return _problem_text()(problem.code, _page.get().language, problem.params)
