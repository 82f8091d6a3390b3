"""The Jinja2 environment of all pages, named in settings."""

from __future__ import annotations

import secrets
from functools import cache, lru_cache
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, get_token
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from adminduk.foundation.pages import formats, statics
from adminduk.foundation.pages.one_language import OneLanguage
from adminduk.foundation.pages.words import IsProblem, current_page, indonesian, problem_words, t, words


def csrf() -> Markup:
    """The hidden field that proves that a form came from us."""
    request = current_page().request
    if request is None:
        raise RuntimeError("csrf() outside a page")
    field: Markup | None = getattr(request, "csrf_field", None)
    if field is None:  # one token for all forms of a page; the next page has another
        field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(_masked_token(request))
        request.csrf_field = field  # type: ignore[attr-defined]
    return field


def _masked_token(request: HttpRequest) -> str:
    """As Django's get_token, which asks the kernel for each of 32 letters; here one draw serves for all."""
    secret = request.META.get("CSRF_COOKIE")
    if secret is None:
        return get_token(request)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True  # its time begins anew
    drawn, mask = secrets.randbits(256), []
    for _ in secret:
        drawn, letter = divmod(drawn, len(CSRF_ALLOWED_CHARS))
        mask.append(letter)
    sums = (CSRF_ALLOWED_CHARS.index(letter) + add for letter, add in zip(secret, mask, strict=True))
    return "".join(CSRF_ALLOWED_CHARS[place % len(CSRF_ALLOWED_CHARS)] for place in (*mask, *sums))


def form_key() -> Markup:
    """The hidden field by which a form sent twice is done once. What was sent comes back when a form has errors."""
    request = current_page().request
    sent = request.POST.get("key", "") if request is not None and request.method == "POST" else ""
    return Markup('<input type="hidden" name="key" value="{}">').format(sent or uuid4())


def url(name: str, /, **arguments: Any) -> str:
    """The path of a view: `citizen:region` with the code 33.74, for example."""
    return _path(name, *arguments.items())


@lru_cache(maxsize=4096)
def _path(name: str, *arguments: tuple[str, Any]) -> str:
    return reverse(name, kwargs=dict(arguments) or None)


def problem_of(problems: tuple[Any, ...], field: str) -> IsProblem | None:
    """The first problem of a field, or None."""
    return next((problem for problem in problems if problem.field == field), None)


def create(**options: Any) -> Environment:
    """The Indonesian environment; `in_language` gives its English twin."""
    return _made("id", options)


def in_language(environment: Environment, language: str) -> Environment:
    """The environment for pages in `language`, with the loader and options of `environment`."""
    return environment if language == "id" else _english(environment)


@cache
def _english(environment: Environment) -> Environment:
    return _made("en", {"loader": environment.loader, "auto_reload": environment.auto_reload})


def _made(language: str, options: dict[str, Any]) -> Environment:
    """Undefined names are errors, everything is escaped."""
    options = options | {"undefined": StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    environment = OneLanguage(language, **options)
    environment.globals |= {
        "t": t,
        "csrf": csrf,
        "form_key": form_key,
        "url": url,
        "static": statics.url_of,
        "inline_style": statics.inline_style,
        "problem_of": problem_of,
    }
    environment.filters |= {
        "words": words,
        "indonesian": indonesian,
        "problem_words": problem_words,
        "date_long": formats.date_long,
        "date_plain": formats.date_plain,
        "date_short": formats.date_short,
        "date_parts": formats.date_parts,
        "moment": formats.moment,
        "local": formats.local,
        "clock_time": formats.clock_time,
        "zone_name": formats.zone_name,
        "number": formats.number,
        "working_time": formats.working_time,
        "grouped": formats.grouped,
    }
    return environment
