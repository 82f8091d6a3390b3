"""An application for its owner's pages; the first look of a session at somebody else's stands in that person's log."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from adminduk.channels.citizen_web.answers import actor_of
from adminduk.readmodels.citizen_form import Form, get_form
from adminduk.readmodels.citizen_status import Status, get_status
from adminduk.usecases.look_up import record_own_look
from adminduk.usecases.outside import catalogue

LOOKED = "looked"


def form_of(request: HttpRequest, application_id: UUID) -> Form:
    """The owner's application as a form. Raises NotFound."""
    note_look(request, application_id)
    return get_form(actor_of(request), application_id, catalogue=catalogue())


def status_of(request: HttpRequest, application_id: UUID) -> Status:
    """The owner's application as a status. Raises NotFound."""
    note_look(request, application_id)
    return get_status(actor_of(request), application_id, catalogue=catalogue())


def note_own(request: HttpRequest, application_id: UUID) -> None:
    """The owner has just begun it for himself: his looks at it need no record."""
    known = request.session.get(LOOKED, [])
    if str(application_id) not in known:
        request.session[LOOKED] = [*known, str(application_id)]


def note_look(request: HttpRequest, application_id: UUID) -> None:
    """Record a look once per session and application. Raises NotFound."""
    known = request.session.get(LOOKED, [])
    if str(application_id) not in known:
        record_own_look(actor_of(request), application_id)
        request.session[LOOKED] = [*known, str(application_id)]
