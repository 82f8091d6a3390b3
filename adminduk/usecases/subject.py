"""Whom an application is about: the account's holder or somebody on his Kartu Keluarga, as far as the register knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from adminduk.catalogue.conditions import Fact
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError, Unavailable
from adminduk.kernel.identifiers import Nik, RegionCode
from adminduk.kernel.names import are_same_name
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.accounts.ports import RegisterPerson
from adminduk.modules.accounts.types import Identity, Person
from adminduk.usecases.facts import FAMILY, SELF, facts_of, unmatched_facts
from adminduk.usecases.outside import register

ADULT = 17


@dataclass(frozen=True, slots=True)
class Subject:
    """The person an application is about. `needs_consent`: another adult, who confirms by a code of his own."""

    identity: Identity
    facts: Mapping[str, Fact]
    is_matched: bool
    needs_consent: bool


def read_subject(actor: Actor, *, region: RegionCode, nik: Nik | None, today: date) -> Subject:
    """The account's holder (`nik` is None), or the member of his family with `nik`.

    Asks the register, so never inside a transaction. While the register cannot be reached the holder stands as he
    described himself, not matched; about others nothing is known then: raises DomainError("family_unknown"), and
    ("not_family") for somebody who is not on the holder's Kartu Keluarga.
    """
    with acting_as(actor):
        holder = accounts.get_person(actor.id)
    if nik is None or nik == holder.identity.nik:
        return _holder(holder, region=region, today=today)
    return _member(holder, nik, region=region, today=today)


def match_again(actor: Actor, *, subject: Mapping[str, str], region: RegionCode, today: date) -> Subject | None:
    """Ask the register again about somebody who was not matched when his application began; None: still not matched.

    Only for holders whom a sign-in has matched: who never was is compared by the job, with all four answers.
    """
    nik = Nik.parse(subject["nik"])
    with acting_as(actor):
        holder = accounts.get_person(actor.id)
    if not holder.is_matched or nik != holder.identity.nik:
        return None
    found = _holder(holder, region=region, today=today)
    return found if found.is_matched else None


def is_same_person(identity: Identity, person: RegisterPerson) -> bool:
    """Whether the register's person is who somebody says he is: all four answers agree."""
    return (
        identity.nik == person.nik
        and identity.no_kk == person.no_kk
        and identity.birth_date == person.birth_date
        and are_same_name(identity.name, person.name)
    )


def _holder(holder: Person, *, region: RegionCode, today: date) -> Subject:
    found = _ask(holder.identity.nik, region=region) if holder.is_matched else None
    if found is None or found.birth_date != holder.identity.birth_date:
        return Subject(holder.identity, unmatched_facts(holder.identity, today=today), False, False)
    facts = facts_of(found, region=region, today=today, applies_for=SELF)
    return Subject(_identity(found), facts, True, False)


def _member(holder: Person, nik: Nik, *, region: RegionCode, today: date) -> Subject:
    found = _ask(nik, region=region) if holder.is_matched else None
    if found is None:
        raise DomainError("family_unknown")
    if found.no_kk != holder.identity.no_kk:
        raise DomainError("not_family")
    is_adult = BirthDate(found.birth_date).age_on(today) >= ADULT
    facts = facts_of(found, region=region, today=today, applies_for=FAMILY)
    return Subject(_identity(found), facts, True, is_adult)


def _ask(nik: Nik, *, region: RegionCode) -> RegisterPerson | None:
    try:
        return register().find_person(nik, region=region)
    except Unavailable:
        return None


def _identity(person: RegisterPerson) -> Identity:
    return Identity(nik=person.nik, no_kk=person.no_kk, name=person.name, birth_date=person.birth_date)
