"""A family of which one has signed in, and a draft for another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts.types import Address, Identity
from adminduk.modules.applications import actions as applications
from adminduk.modules.releases import actions as releases
from adminduk.usecases import outside
from adminduk.usecases.sign_in import SignedIn
from tests.making import SERVICE, fresh_identity
from tests.usecases.sign_in.door import Door
from tests.usecases.stand_ins import SEMARANG, years_ago

REGION = SEMARANG.number


@dataclass
class Home:
    """Somebody who has signed in, and people on his Kartu Keluarga."""

    actor: Actor
    owner: Identity
    wife: Identity
    child: Identity


def citizen(signed_in: SignedIn) -> Actor:
    """Who the session speaks for."""
    return Actor(kind=ActorKind.CITIZEN, id=signed_in.account_id, regions=(REGION,))


def make_home(door: Door, address: Address) -> Home:
    """Budi, who has signed in at `address`, his wife Siti and their child Ani, aged nine."""
    owner = door.somebody("Budi Rekaan")
    wife = replace(fresh_identity("Siti Rekaan"), no_kk=owner.no_kk)
    child = replace(fresh_identity("Ani"), no_kk=owner.no_kk, birth_date=years_ago(date(2026, 6, 1), 9))
    for member in (wife, child):
        door.register.add(member)
    return Home(citizen(door.come_in(owner, address)), owner, wife, child)


def draft_for(member: Identity, home: Home) -> UUID:
    """A draft of the home's owner about somebody on his Kartu Keluarga, waiting for that person's word."""
    case_id, now = uuid7(), clock.now()
    release = outside.catalogue().release(SERVICE, SEMARANG)
    with acting_as(home.actor):
        releases.keep(release.id, region_id=REGION, service_id=SERVICE, body=release.to_json(), at=now)
        applications.create_draft(
            case_id,
            actor=home.actor,
            region_id=REGION,
            number="KTP-2611-7F3KQ9-92",
            service_id=SERVICE,
            release_id=release.id,
            subject=member.to_json(),
            indexes=(accounts.nik_index(str(member.nik)), accounts.kk_index(str(member.no_kk))),
            facts={},
            answers={},
            is_matched=True,
            needs_consent=True,
            ends_at=now + timedelta(days=30),
            at=now,
        )
    return case_id
