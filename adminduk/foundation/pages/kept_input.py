"""A form that arrived after the session had ended is kept in the new one, and comes back after signing in."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

SESSION_NAME = "kept_input"
_LARGEST = 20_000  # characters; sessions of strangers cost us a row each
_FORM = "application/x-www-form-urlencoded"


def keep_input(request: HttpRequest) -> None:
    """Put what was posted to this path into the session, encrypted as all of it. Files are not kept."""
    if request.method != "POST":
        return
    written = _written(request) if request.content_type == _FORM else ""
    request.session[SESSION_NAME] = {"path": request.path, "sent": written if len(written) <= _LARGEST else ""}


def _written(request: HttpRequest) -> str:
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    return sent.urlencode()


def interrupted(request: HttpRequest) -> str:
    """For the sign-in page: "kept" or "lost" when a form arrived after the session had ended, else ""."""
    kept = request.session.get(SESSION_NAME)
    return "" if not kept else "kept" if kept["sent"] else "lost"


def kept_input(request: HttpRequest) -> QueryDict | None:
    """What was typed into the form of exactly this page before the session ended, once; else None."""
    kept = request.session.get(SESSION_NAME)
    if request.method != "GET" or not kept or kept["path"] != request.path:
        return None
    del request.session[SESSION_NAME]
    return QueryDict(kept["sent"]) if kept["sent"] else None
