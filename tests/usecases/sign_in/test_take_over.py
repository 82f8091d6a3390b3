"""Whoever holds a copy of a Kartu Keluarga knows all four answers. The address bound first protects its owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adminduk.foundation import clock
from adminduk.kernel.errors import DomainError
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.accounts.types import Address
from tests.making import fresh_address, fresh_identity
from tests.usecases.letters import run_waiting_jobs
from tests.usecases.sign_in.door import Door
from tests.usecases.sign_in.test_sign_in import opened

THIEF = Address("email", "pencuri@contoh.example")


@pytest.mark.parametrize("is_down", [False, True])
def test_the_code_of_an_account_goes_to_its_own_address_alone(door: Door, address: Address, is_down: bool) -> None:
    victim = door.somebody()
    own = door.come_in(victim, address)
    door.register.is_down = is_down
    challenge = door.knock(victim, THIEF)
    assert door.letters.to(THIEF.value) == []
    assert len(door.letters.to(address.value)) == 2
    assert door.answer(challenge, door.letters.code_for(address.value)).account_id == own.account_id
    assert opened(own).address == address


def test_a_thief_without_the_code_stays_outside(door: Door, address: Address) -> None:
    victim = door.somebody()
    door.come_in(victim, address)
    challenge = door.knock(victim, THIEF)
    code = door.letters.code_for(address.value)
    for guess in range(5):
        with pytest.raises(DomainError, match="code_wrong"):
            door.answer(challenge, f"{(int(code) + 7 + guess) % 1_000_000:06d}")
    with pytest.raises(DomainError, match="code_ended"):
        door.answer(challenge, code)


def test_guesses_do_not_add_up_over_many_codes(door: Door, address: Address) -> None:
    victim = door.somebody()
    door.come_in(victim, address)
    for _ in range(6):
        challenge = door.knock(victim, fresh_address())
        code = door.letters.code_for(address.value)
        for guess in range(5):
            with pytest.raises(DomainError):
                door.answer(challenge, f"{(int(code) + 7 + guess) % 1_000_000:06d}")
    clock.move_forward(timedelta(minutes=16))
    challenge = door.knock(victim, fresh_address())
    with pytest.raises(DomainError, match="too_often"):
        door.answer(challenge, door.letters.code_for(address.value))
    clock.move_forward(timedelta(days=1))
    assert door.come_in(victim, address).is_matched


def test_an_account_made_meanwhile_is_not_opened_by_an_earlier_code(door: Door, address: Address) -> None:
    victim = door.somebody()
    challenge = door.knock(victim, THIEF)
    own = door.come_in(victim, address)
    with pytest.raises(DomainError, match="code_ended"):
        door.answer(challenge, door.letters.code_for(THIEF.value))
    assert opened(own).address == address


def test_one_address_serves_one_family(door: Door, address: Address) -> None:
    first = door.somebody()
    door.come_in(first, address)
    relative = replace(fresh_identity("Anak Rekaan"), no_kk=first.no_kk)
    door.register.add(relative)
    assert door.come_in(relative, address).is_matched
    stranger = door.somebody("Orang Lain")
    with pytest.raises(DomainError, match="address_taken"):
        door.come_in(stranger, address)
    assert accounts.find_matched_id(str(stranger.nik)) is None


@pytest.mark.parametrize("written", ["siti.rekaan@gmail.com", "SITIREKAAN@GMAIL.com", "sitirekaan+2@gmail.com"])
def test_writings_of_one_mailbox_are_one_address(door: Door, written: str) -> None:
    door.come_in(door.somebody(), Address.parse("email", "sitirekaan@gmail.com"))
    with pytest.raises(DomainError, match="address_taken"):
        door.come_in(door.somebody("Orang Lain"), Address.parse("email", written))


def test_a_new_device_is_told(door: Door, address: Address) -> None:
    identity = door.somebody()
    first = door.come_in(identity, address)
    door.visitor = replace(door.visitor, known_marks=(first.device_mark,))
    door.come_in(identity, address)
    door.visitor = replace(door.visitor, known_marks=(), device="Firefox di Android")
    door.come_in(identity, address)
    run_waiting_jobs()
    assert [text for text in door.letters.to(address.value) if "perangkat baru" in text] == [
        text for text in door.letters.to(address.value) if "Firefox di Android" in text
    ]
    assert "Firefox di Android" in door.letters.to(address.value)[-1]
