"""Accounts and codes under their rules: one per person, one family per address, a code for one thing, once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries
from adminduk.modules.accounts.types import Address, Person, TriedCode
from tests.at_once import at_once
from tests.database import superuser_connection
from tests.making import fresh_address, fresh_identity, fresh_region, make_owner, system

pytestmark = pytest.mark.usefixtures("database")


def challenge(purpose: str = "sign_in") -> tuple[UUID, str]:
    """A waiting code and what it is."""
    challenge_id = accounts.new_challenge(purpose, content={"for": "somebody"}, at=clock.now())
    code = queries.find_waiting_code(challenge_id, at=clock.now())
    assert code is not None
    return challenge_id, code.content["code"]


def test_codes_are_six_digits_and_lie_nowhere_in_clear() -> None:
    challenge_id, code = challenge()
    assert len(code) == 6
    with superuser_connection() as connection:
        row = str(connection.execute("SELECT * FROM accounts_challenge").fetchone())
    assert str(challenge_id) in row
    assert "somebody" not in row


def test_a_code_for_one_purpose_opens_no_other() -> None:
    challenge_id, code = challenge("consent")
    with pytest.raises(DomainError, match="code_ended"):
        try_code(challenge_id, code)


def test_of_parallel_guesses_five_are_heard() -> None:
    challenge_id, code = challenge()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    results = at_once(8, lambda _: try_code(challenge_id, wrong))
    assert sum(isinstance(result, TriedCode) for result in results) == 5
    assert [str(result) for result in results if isinstance(result, DomainError)] == ["code_ended"] * 3


def try_code(challenge_id: UUID, code: str) -> TriedCode:
    with acting_as(system(fresh_region())):
        return accounts.try_code(challenge_id, purpose="sign_in", code=code, at=clock.now())


def test_of_parallel_right_codes_one_is_taken() -> None:
    challenge_id, code = challenge()
    results = at_once(4, lambda _: try_code(challenge_id, code))
    assert sum(isinstance(result, TriedCode) for result in results) == 1


def test_ended_codes_are_forgotten() -> None:
    challenge_id, _ = challenge()
    assert accounts.forget_challenges(clock.now()) == 0
    assert accounts.forget_challenges(clock.now() + timedelta(minutes=6)) == 1
    assert queries.find_waiting_code(challenge_id, at=clock.now()) is None


def test_of_parallel_claims_of_an_address_one_family_gets_it() -> None:
    address, families = fresh_address(), [accounts.kk_index(str(fresh_identity().no_kk)) for _ in range(6)]

    def claim(number: int) -> bytes:
        with acting_as(system(fresh_region())):
            accounts.claim_address(address, no_kk_index=families[number])
        return families[number]

    results = at_once(6, claim)
    assert len([result for result in results if isinstance(result, bytes)]) == 1


def test_a_second_account_of_a_person_is_refused() -> None:
    region, identity = fresh_region(), fresh_identity()
    make_owner(region, identity=identity)
    with pytest.raises(DomainError, match="account_exists"):
        make_owner(region, identity=identity)


def created(region: int, address: Address, *, is_matched: bool = True) -> Person:
    """An account of somebody new, as it was told when it was made."""
    account_id = uuid7()
    with acting_as(Actor(kind=ActorKind.CITIZEN, id=account_id, regions=(region,))):
        return accounts.create_account(
            account_id,
            identity=fresh_identity(),
            address=address,
            region_id=region,
            is_matched=is_matched,
            language="en",
            at=clock.now(),
        )


@pytest.mark.parametrize("is_matched", [True, False])
def test_an_account_is_told_as_it_is_read(is_matched: bool) -> None:
    region = fresh_region()
    made = created(region, fresh_address(), is_matched=is_matched)
    with acting_as(system(region)):
        assert queries.get_person(made.id) == made


def test_a_matched_account_binds_its_address_to_its_family() -> None:
    region, address = fresh_region(), fresh_address()
    created(region, address, is_matched=False)
    owner = created(region, address)
    with pytest.raises(DomainError, match="address_taken"):
        created(region, address)
    with acting_as(system(region)):
        accounts.claim_address(address, no_kk_index=accounts.kk_index(str(owner.identity.no_kk)))
    assert created(region, address, is_matched=False).address == address


def test_an_account_whose_address_is_refused_is_not_made() -> None:
    region, address, waiting = fresh_region(), fresh_address(), fresh_identity()
    created(region, address)
    with pytest.raises(DomainError, match="address_taken"):
        make_owner(region, identity=waiting, address=address)
    assert queries.find_matched_id(str(waiting.nik)) is None
    assert make_owner(region, identity=waiting).identity == waiting


def test_the_account_of_a_person_is_found_before_the_one_that_waits() -> None:
    region, identity, address = fresh_region(), fresh_identity(), fresh_address()
    nik = str(identity.nik)
    waiting = make_owner(region, identity=identity, address=address, is_matched=False)
    assert queries.find_id(nik, address=address) == waiting.actor.id
    assert queries.find_id(nik, address=fresh_address()) is None
    owner = make_owner(region, identity=identity)
    assert queries.find_id(nik, address=address) == owner.actor.id


def test_who_is_not_matched_takes_nobodys_place() -> None:
    region, identity = fresh_region(), fresh_identity()
    make_owner(region, identity=identity, is_matched=False)
    make_owner(region, identity=identity, is_matched=False)
    assert make_owner(region, identity=identity).identity == identity


def test_becoming_matched_claims_the_address() -> None:
    region = fresh_region()
    waiting = make_owner(region, is_matched=False)
    with acting_as(waiting.actor):
        accounts.become_matched(waiting.actor.id, identity=waiting.identity)
    other = accounts.kk_index(str(fresh_identity().no_kk))
    with pytest.raises(DomainError, match="address_taken"), acting_as(system(region)):
        accounts.claim_address(waiting.address, no_kk_index=other)


def test_becoming_matched_is_refused_when_the_person_has_an_account() -> None:
    region, identity = fresh_region(), fresh_identity()
    make_owner(region, identity=identity)
    waiting = make_owner(region, identity=identity, is_matched=False)
    with pytest.raises(DomainError, match="account_exists"), acting_as(waiting.actor):
        accounts.become_matched(waiting.actor.id, identity=identity)


def test_a_later_refusal_of_an_old_address_does_not_mark_the_new_one() -> None:
    owner, new = make_owner(fresh_region()), fresh_address()
    with acting_as(owner.actor):
        accounts.change_address(owner.actor.id, address=new)
        accounts.mark_undeliverable(owner.actor.id, address=owner.address)
        assert not queries.get_person(owner.actor.id).is_undeliverable
