"""Whom an application is about: the account's holder, or somebody on his Kartu Keluarga, as the register knows him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from adminduk.catalogue.conditions import Fact
from adminduk.foundation.tenancy import acting_as, look_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import Unavailable
from adminduk.kernel.identifiers import Nik, RegionCode
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries as account_queries
from adminduk.modules.accounts.types import Identity, Person
from adminduk.usecases.facts import FAMILY, SELF, facts_of, unmatched_facts
from adminduk.usecases.family import ADULT, find_member
from adminduk.usecases.identity_match import identity_in
from adminduk.usecases.outside import register


@dataclass(frozen=True, slots=True)
class Subject:
    """The person an application is about. `needs_consent`: another adult, who confirms by a code of his own."""

    identity: Identity
    facts: Mapping[str, Fact]
    is_matched: bool
    needs_consent: bool


def token_of(nik: Nik) -> str:
    """How forms name somebody of the family."""
    return accounts.nik_index(str(nik)).hex()


def read_subject(actor: Actor, *, region: RegionCode, member: str, today: date) -> Subject:
    """The account's holder (`member` is ""), or the member of his family whom a form named by this token.

    Asks the register, so never inside a transaction. While the register cannot be reached the holder stands as he
    described himself, not matched; about others nothing is known then: raises DomainError("family_unknown"), and
    NotFound for somebody who is not on the holder's Kartu Keluarga.
    """
    (holder,) = look_as(actor, account_queries.person_of(actor.id))
    if member in ("", token_of(holder.identity.nik)):
        return _holder(holder, region=region, today=today)
    found = find_member(actor, member, region=region)
    is_adult = BirthDate(found.birth_date).age_on(today) >= ADULT
    facts = facts_of(found, region=region, today=today, applies_for=FAMILY)
    return Subject(identity_in(found), facts, is_matched=True, needs_consent=is_adult)


def match_again(actor: Actor, *, subject: Mapping[str, str], region: RegionCode, today: date) -> Subject | None:
    """Ask the register again about somebody who was not matched when his application began; None: still not matched.

    Only for holders whom a sign-in has matched: who never was is compared by the job, with all four answers.
    """
    with acting_as(actor):
        holder = account_queries.get_person(actor.id)
    if Nik.parse(subject["nik"]) != holder.identity.nik:
        return None
    found = _holder(holder, region=region, today=today)
    return found if found.is_matched else None


def _holder(holder: Person, *, region: RegionCode, today: date) -> Subject:
    """A new No. KK or name since the sign-in is the register's to tell; another birth date is another person."""
    found = None
    if holder.is_matched:
        try:
            found = register().find_person(holder.identity.nik, region=region)
        except Unavailable:
            found = None
    if found is None or found.birth_date != holder.identity.birth_date:
        facts = unmatched_facts(holder.identity, today=today)
        return Subject(holder.identity, facts, is_matched=False, needs_consent=False)
    facts = facts_of(found, region=region, today=today, applies_for=SELF)
    return Subject(identity_in(found), facts, is_matched=True, needs_consent=False)
