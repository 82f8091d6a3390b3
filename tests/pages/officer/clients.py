"""Browsers of the office, signed in."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from adminduk.foundation import clock
from adminduk.foundation.jobs import system_actor
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.offices import queries as offices
from adminduk.usecases.officer_sign_in import open_demo_session


def browser_of(actor: Actor) -> Client:
    """A browser in which this officer has signed in."""
    with acting_as(system_actor(actor.regions[0])):  # an inspector reads no rows of the staff
        email = offices.get_member(actor.id, region_id=actor.regions[0]).email
    entered = open_demo_session(email, at=clock.now())
    client = Client()
    session = client.session
    session["officer"] = {"id": str(entered.id), "epoch": entered.epoch}
    session.save()
    return client


def send(client: Client, path: str, **fields: object) -> HttpResponse:
    """A form with a fresh key."""
    return client.post(path, {"key": str(uuid4()), **fields})  # type: ignore[return-value]
