"""A look at a status without signing in: limited, and recorded for the person to see."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from adminduk.foundation import clock
from adminduk.foundation.limits import Limit, spend
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.modules.audit import actions as audit

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
