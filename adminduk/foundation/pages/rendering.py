"""From a template and what it shows to an answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Environment

from adminduk.foundation.pages import statics
from adminduk.foundation.pages.environment import in_language
from adminduk.foundation.pages.words import begin_page
from adminduk.kernel.actor import NOBODY, Actor, ActorKind

ANONYMOUS = Actor(ActorKind.ANONYMOUS, NOBODY, ())
STYLE_COOKIE = "gaya"


def render(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page. `region` and `problems` need not be given; everything else that the template names must be."""
    begin_page(request)
    language = getattr(request, "language", "id")
    has_style = request.COOKIES.get(STYLE_COOKIE) == statics.version()
    defaults = {
        "request": request,
        "language": language,
        "actor": getattr(request, "actor", ANONYMOUS),
        "theme": theme_of(request),
        "is_demo": settings.IS_DEMO,
        "has_style": has_style,
        "region": None,
        "problems": (),
    }
    html = in_language(_environment(), language).get_template(template).render(defaults | context)
    response = HttpResponse(html, status=status, headers={"Content-Language": language})
    if not has_style:
        response.set_cookie(STYLE_COOKIE, statics.version(), max_age=180 * 86400, httponly=True, samesite="Lax")
    return response


def _environment() -> Environment:
    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)
    return engine.env


def theme_of(request: HttpRequest) -> str:
    """One of terang and gelap, or nothing for whatever the device prefers."""
    chosen = request.COOKIES.get("tampilan", "")
    return chosen if chosen in ("terang", "gelap") else ""


def redirect_after_post(url: str) -> HttpResponse:
    """303: the browser reads `url` with GET, so that Back and reload do no harm."""
    return HttpResponse(status=303, headers={"Location": url})


def compile_templates() -> None:
    """All pages in Indonesian, less than a second of work, so that no visitor waits for it. English when asked for."""
    environment = _environment()
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)
