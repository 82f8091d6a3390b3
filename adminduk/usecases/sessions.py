"""Who a web session speaks for: looked up at each request, so that signing out everywhere works at once.

`told` is what was answered about the person when the session was read; None where he must be asked about.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from adminduk.kernel.actor import Actor, ActorKind
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.offices import queries as offices


def citizen_actor(account_id: UUID, epoch: int, told: tuple[Any, ...] | None = None) -> Actor | None:
    """The citizen of a session that began in `epoch`; None if the account is gone or all sessions were ended since."""
    found = accounts.session_of(account_id, told=told)
    if found is None or found[0] != epoch:
        return None
    return Actor(kind=ActorKind.CITIZEN, id=account_id, regions=found[1])


def officer_actor(officer_id: UUID, epoch: int, told: tuple[Any, ...] | None = None) -> Actor | None:
    """The person of an office whose session began in `epoch`; None if deactivated or ended since."""
    found = offices.session_of(officer_id, told=told)
    if found is None or found[0] != epoch:
        return None
    _, region, role = found
    return Actor(kind=ActorKind(role), id=officer_id, regions=(region,))
