"""Who a web session speaks for: looked up at each request, so that signing out everywhere works at once."""

from __future__ import annotations

from uuid import UUID

from adminduk.kernel.actor import Actor, ActorKind
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.offices import queries as offices


def citizen_actor(account_id: UUID, epoch: int) -> Actor | None:
    """The citizen of a session that began in `epoch`; None if the account is gone or all sessions were ended since."""
    found = accounts.session_of(account_id)
    if found is None or found[0] != epoch:
        return None
    return Actor(kind=ActorKind.CITIZEN, id=account_id, regions=found[1])


def officer_actor(officer_id: UUID, epoch: int) -> Actor | None:
    """The person of an office whose session began in `epoch`; None if deactivated or ended since."""
    officer = offices.find_officer(officer_id)
    if officer is None or officer.session_epoch != epoch:
        return None
    return Actor(kind=ActorKind(officer.role), id=officer_id, regions=(officer.region_id,))
