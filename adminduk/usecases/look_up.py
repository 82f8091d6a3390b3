"""Looks at an application by others than the office: limited, and recorded for the person to see."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from adminduk.foundation import clock
from adminduk.foundation.limits import Limit, spend
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import NotFound
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.accounts.actions import nik_index
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.audit import actions as audit
from adminduk.usecases.case_record import record

# Many people share one address (mobile networks), so a client gets more tries than a number.
OF_CLIENT = Limit("status_client", 60, timedelta(hours=1))
OF_NUMBER = Limit("status_number", 10, timedelta(hours=1))


def spend_status_try(client: str, number: str) -> None:
    """Count one try, however the number is written. Raises DomainError: too_often, number_shape, number_check."""
    wanted = ApplicationNumber.parse(number)
    spend(OF_CLIENT, client)
    spend(OF_NUMBER, wanted.text)


def record_public_look(application_id: UUID, *, region_id: int, subject_index: bytes) -> None:
    """Somebody who knew number and birth date has seen the status."""
    actor = Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=(region_id,))
    with acting_as(actor):
        audit.record(
            "case.status",
            actor=actor,
            at=clock.now(),
            region_id=region_id,
            about=("application", application_id),
            subject_index=subject_index,
        )


def record_own_look(actor: Actor, application_id: UUID) -> None:
    """The owner opens an application; where it is about somebody else, that person can see it. Raises NotFound."""
    with acting_as(actor):
        case = cases.get_case(application_id)
        if case.owner_id != actor.id:
            raise NotFound("application")
        if is_about_another(case):
            record("case.read", case, actor=actor, at=clock.now())


def is_about_another(case: Case) -> bool:
    """Whether the case is about somebody else than its owner, who is acting."""
    own = accounts.get_person(case.owner_id).identity.nik
    return nik_index(str(own)) != case.subject_index
