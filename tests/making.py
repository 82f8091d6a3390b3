"""Rows for tests, made by the modules' own actions. Everything is fresh, so that tests never meet in the database."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.identifiers import Nik, NoKk
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts.types import Address, Identity
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications.states import Act
from adminduk.modules.releases import actions as releases

SERVICE = "ktp_el_hilang"
BORN = date(1990, 8, 17)


def fresh_region() -> int:
    """A region that no other test uses (the number is none of a real kabupaten/kota)."""
    return 10_000 + secrets.randbelow(2_000_000_000)


_serials = itertools.cycle(range(1, 9999))  # one after the other: drawn by lot, two of a hundred would soon meet


def fresh_identity(name: str = "Contoh Rekaan") -> Identity:
    """A fictional person."""
    return Identity(
        nik=Nik.parse(f"337401170890{next(_serials):04d}"),
        no_kk=NoKk.parse(f"3374{secrets.randbelow(10**12):012d}"),
        name=name,
        birth_date=BORN,
    )


def fresh_address() -> Address:
    return Address(channel="email", value=f"{secrets.token_hex(6)}@contoh.example")


def anonymous(region: int) -> Actor:
    return Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=(region,))


def system(region: int) -> Actor:
    return Actor(kind=ActorKind.SYSTEM, id=NOBODY, regions=(region,))


def officer(region: int, kind: ActorKind = ActorKind.OFFICER) -> Actor:
    return Actor(kind=kind, id=uuid7(), regions=(region,))


@dataclass(frozen=True, slots=True)
class Owner:
    """A citizen with an account."""

    actor: Actor
    identity: Identity
    address: Address


def make_owner(
    region: int, *, is_matched: bool = True, identity: Identity | None = None, address: Address | None = None
) -> Owner:
    """An account in `region`."""
    account_id, who, address = uuid7(), identity or fresh_identity(), address or fresh_address()
    actor = Actor(kind=ActorKind.CITIZEN, id=account_id, regions=(region,))
    with acting_as(actor):
        accounts.create_account(
            account_id,
            identity=who,
            address=address,
            region_id=region,
            is_matched=is_matched,
            language="id",
            at=clock.now(),
        )
    return Owner(actor=actor, identity=who, address=address)


def make_draft(owner: Owner, *, answers: dict[str, str] | None = None, ends_at: datetime | None = None) -> UUID:
    """A draft of `owner` about himself."""
    (region,), now, case_id = owner.actor.regions, clock.now(), uuid7()
    release_id = secrets.token_hex(32)
    with acting_as(owner.actor):
        releases.keep(release_id, region_id=region, service_id=SERVICE, body=b"{}", at=now)
        applications.create_draft(
            case_id,
            actor=owner.actor,
            region_id=region,
            number=ApplicationNumber.new("KTP", today=now.date()).text,
            service_id=SERVICE,
            release_id=release_id,
            subject=owner.identity.to_json(),
            indexes=(accounts.nik_index(str(owner.identity.nik)), accounts.kk_index(str(owner.identity.no_kk))),
            facts={"name": owner.identity.name},
            answers=answers or {},
            is_matched=True,
            needs_consent=False,
            ends_at=ends_at or now + timedelta(days=30),
            at=now,
        )
    return case_id


def make_submitted(owner: Owner) -> UUID:
    """A sent application of `owner`, without a place in the queue."""
    case_id, now = make_draft(owner), clock.now()
    (region,) = owner.actor.regions
    with acting_as(owner.actor):
        applications.transition(
            case_id, Act.SUBMIT, actor=owner.actor, region_id=region, at=now, submitted_at=now, due_at=now
        )
        applications.claim(
            case_id,
            service_id=SERVICE,
            subject_index=accounts.nik_index(str(owner.identity.nik)),
            region_id=region,
            owner_id=owner.actor.id,
        )
    return case_id
