"""Four answers and a code: who comes in, who does not, and what the door tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.accounts.types import Address, Identity, Person
from adminduk.usecases import sign_in
from adminduk.usecases.sign_in import SignedIn
from tests.at_once import at_once
from tests.making import fresh_address, fresh_identity
from tests.usecases.letters import run_waiting_jobs
from tests.usecases.sign_in.door import Door


def opened(signed_in: SignedIn) -> Person:
    actor = Actor(kind=ActorKind.CITIZEN, id=signed_in.account_id, regions=(3374,))
    with acting_as(actor):
        return accounts.get_person(signed_in.account_id)


def test_a_new_person_comes_in_with_the_code(door: Door, address: Address) -> None:
    identity = door.somebody()
    person = opened(door.come_in(identity, address))
    assert (person.is_matched, person.identity, person.address) == (True, identity, address)


def test_case_accents_and_marks_of_a_name_do_not_count(door: Door, address: Address) -> None:
    identity = door.somebody("Ni Ma'ruf")
    assert door.come_in(replace(identity, name="ni  MARUF"), address).is_matched


def _changed(identity: Identity) -> list[Identity]:
    other = fresh_identity("Orang Lain")
    return [
        replace(identity, no_kk=other.no_kk),
        replace(identity, name="Orang Lain"),
        replace(identity, birth_date=date(1991, 8, 17)),
        other,  # a NIK that the register does not know
    ]


def test_unknown_and_different_data_get_one_answer(door: Door, address: Address) -> None:
    identity = door.somebody()
    refusals = []
    for wrong in _changed(identity):
        asked = door.register.asked
        with pytest.raises(DomainError) as refusal:
            door.knock(wrong, address)
        refusals.append((refusal.value.code, dict(refusal.value.params), door.register.asked - asked))
    assert refusals == [("sign_in_wrong", {}, 1)] * 4
    assert door.letters.mails == []


def test_an_account_does_not_change_the_answer_to_wrong_data(door: Door, address: Address) -> None:
    identity = door.somebody()
    door.come_in(identity, address)
    with pytest.raises(DomainError, match="sign_in_wrong"):
        door.knock(replace(identity, birth_date=date(1991, 8, 17)), address)


def test_a_code_opens_once(door: Door, address: Address) -> None:
    challenge = door.knock(door.somebody(), address)
    code = door.letters.code_for(address.value)
    door.answer(challenge, code)
    with pytest.raises(DomainError, match="code_ended"):
        door.answer(challenge, code)


def test_the_same_form_sent_twice_gets_the_same_answer(door: Door, address: Address) -> None:
    challenge, key = door.knock(door.somebody(), address), str(uuid4())
    code = door.letters.code_for(address.value)
    assert door.answer(challenge, code, key) == door.answer(challenge, code, key)
    clock.move_forward(timedelta(seconds=11))
    with pytest.raises(DomainError, match="code_ended"):
        door.answer(challenge, code, key)


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_five_tries(door: Door, address: Address) -> None:
    challenge = door.knock(door.somebody(), address)
    code = door.letters.code_for(address.value)
    left = []
    for _ in range(5):
        with pytest.raises(DomainError, match="code_wrong") as refusal:
            door.answer(challenge, _wrong(code))
        left.append(refusal.value.params["left"])
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(DomainError, match="code_ended"):
        door.answer(challenge, code)


def test_five_minutes(door: Door, address: Address) -> None:
    challenge = door.knock(door.somebody(), address)
    clock.move_forward(timedelta(minutes=5, seconds=1))
    with pytest.raises(DomainError, match="code_ended"):
        door.answer(challenge, door.letters.code_for(address.value))


@pytest.mark.parametrize("typed", ["{first}{second} ", "{first} {second}", "{first}-{second}\n"])
def test_a_pasted_code_may_hold_spaces(door: Door, address: Address, typed: str) -> None:
    challenge = door.knock(door.somebody(), address)
    code = door.letters.code_for(address.value)
    assert door.answer(challenge, typed.format(first=code[:3], second=code[3:])).is_matched


def test_a_new_code_ends_the_old_one(door: Door, address: Address) -> None:
    first = door.knock(door.somebody(), address)
    old = door.letters.code_for(address.value)
    second = sign_in.resend(first, key="")
    run_waiting_jobs()
    with pytest.raises(DomainError, match="code_ended"):
        door.answer(first, old)
    assert door.answer(second, door.letters.code_for(address.value)).is_matched


def test_codes_are_sent_again_three_times_at_most(door: Door, address: Address) -> None:
    challenge = door.knock(door.somebody(), address)
    for _ in range(3):
        challenge = sign_in.resend(challenge, key="")
    with pytest.raises(DomainError, match="too_often"):
        sign_in.resend(challenge, key="")


def test_a_new_code_asked_for_twice_is_one_code(door: Door, address: Address) -> None:
    first, key = door.knock(door.somebody(), address), str(uuid4())
    second = sign_in.resend(first, key=key)
    assert [sign_in.resend(first, key=key) for _ in range(4)] == [second] * 4
    run_waiting_jobs()
    assert len(door.letters.mails) == 2
    assert door.answer(second, door.letters.code_for(address.value)).is_matched


def test_a_form_sent_twice_sends_one_code(door: Door, address: Address) -> None:
    identity, key = door.somebody(), str(uuid4())
    assert door.knock(identity, address, key) == door.knock(identity, address, key)
    assert len(door.letters.mails) == 1


def test_a_mended_address_gets_a_code_of_its_own(door: Door, address: Address) -> None:
    """Back, another address, the same form again."""
    identity, key = door.somebody(), str(uuid4())
    other = fresh_address()
    assert door.knock(identity, address, key) != door.knock(identity, other, key)
    assert len(door.letters.to(other.value)) == 1


def test_by_sms(door: Door) -> None:
    mobile = Address.parse("sms", "0812-3456-7890")
    assert door.come_in(door.somebody(), mobile).is_matched
    assert len(door.letters.messages[0].text) <= 160


def test_parallel_confirms_make_one_account(door: Door, address: Address) -> None:
    identity = door.somebody()
    challenges = [door.knock(identity, address) for _ in range(4)]
    sent = [mail for mail in door.letters.mails if mail.to == address.value]
    codes = {mail.message_id: mail.subject[-6:] for mail in sent}
    results = at_once(4, lambda number: door.answer(challenges[number], codes[str(challenges[number])]))
    assert {result.account_id for result in results if isinstance(result, SignedIn)} == {
        accounts.find_matched_id(str(identity.nik))
    }
    assert not [result for result in results if not isinstance(result, SignedIn)]


def test_a_new_no_kk_is_followed(door: Door, address: Address) -> None:
    old = door.somebody()
    door.come_in(old, address)
    moved = replace(old, no_kk=fresh_identity().no_kk)
    door.register.add(moved)
    assert opened(door.come_in(moved, address)).identity == moved
    family_member = replace(fresh_identity("Anak Rekaan"), no_kk=moved.no_kk)
    door.register.add(family_member)
    assert door.come_in(family_member, address).is_matched


def test_the_dead_are_not_found(door: Door, address: Address) -> None:
    with pytest.raises(DomainError, match="sign_in_wrong"):
        door.knock(fresh_identity(), address)
