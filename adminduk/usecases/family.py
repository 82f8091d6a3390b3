"""The people on one's own Kartu Keluarga, as the register knows them: for whom one may apply."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError, NotFound, Unavailable
from adminduk.kernel.identifiers import RegionCode
from adminduk.kernel.names import masked
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries as account_queries
from adminduk.modules.accounts.ports import RegisterPerson
from adminduk.modules.accounts.types import Person
from adminduk.modules.audit import actions as audit
from adminduk.usecases.outside import catalogue, register

ADULT = 17


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the Kartu Keluarga. `token` names him in forms; `masked_name` is "S••• R•••••".

    The name stays masked: who has signed in has shown that he knows his own data, not the others'. `relation` is the
    register's word for the relation to the head of the family.
    """

    token: str
    masked_name: str
    relation: str
    age: int
    is_adult: bool
    is_self: bool


def list_members(actor: Actor, *, region: RegionCode) -> tuple[Member, ...]:
    """Everybody on the actor's Kartu Keluarga, head first; ages are counted on the office's day in `region`.

    Raises DomainError: not_matched (his own data are not compared yet), family_unknown (the register cannot be asked).
    """
    holder, people = _read(actor, region=region)
    today = clock.today(catalogue().region(region).time_zone)
    return tuple(_member(person, holder, today=today) for person in people)


def find_member(actor: Actor, token: str, *, region: RegionCode) -> RegisterPerson:
    """The member whom a form named. Raises NotFound for somebody else; DomainError as `list_members`."""
    _, people = _read(actor, region=region)
    for person in people:
        if hmac.compare_digest(_token(person), token):
            return person
    raise NotFound("family_member")


def _read(actor: Actor, *, region: RegionCode) -> tuple[Person, tuple[RegisterPerson, ...]]:
    with acting_as(actor):
        holder = account_queries.get_person(actor.id)
    if not holder.is_matched:
        raise DomainError("not_matched")
    identity = holder.identity
    try:
        people = register().list_family(identity.no_kk, nik=identity.nik, region=region)
    except Unavailable:
        raise DomainError("family_unknown") from None
    with acting_as(actor):
        for person in people:
            audit.record(
                "family.list",
                actor=actor,
                at=clock.now(),
                region_id=holder.region_id,
                about=("account", holder.id),
                subject_index=accounts.nik_index(str(person.nik)),
            )
    return holder, people


def _member(person: RegisterPerson, holder: Person, *, today: date) -> Member:
    age = BirthDate(person.birth_date).age_on(today)
    return Member(
        token=_token(person),
        masked_name=masked(person.name),
        relation=person.family_relation,
        age=age,
        is_adult=age >= ADULT,
        is_self=person.nik == holder.identity.nik,
    )


def _token(person: RegisterPerson) -> str:
    return accounts.nik_index(str(person.nik)).hex()
