"""The mailbox of the demo: every mail and SMS that left, newest first."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from markupsafe import Markup, escape

from adminduk.channels.demo_web import stand_ins
from adminduk.foundation.pages import render
from adminduk.foundation.pages.access import public

_COUNT = 50
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;)]")


@public
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """All messages, or those to one address. Links in them can be clicked."""
    to = request.GET.get("ke", "").strip()[:254]
    messages = [(message, with_links(message.text)) for message in stand_ins.sent_messages(_COUNT)]
    return render(
        request,
        "demo/mailbox.html",
        messages=[each for each in messages if not to or each[0].to == to],
        addresses=sorted({message.to for message, _ in messages}),
        to=to,
    )


def with_links(text: str) -> Markup:
    """The text, escaped, with its links as links."""
    parts: list[Markup] = []
    end = 0
    for match in _LINK.finditer(text):
        parts.append(escape(text[end : match.start()]))
        parts.append(Markup('<a href="{0}">{0}</a>').format(match.group()))
        end = match.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts)
