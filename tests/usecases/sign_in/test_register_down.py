"""The register does not answer, or the region has no access to it: nobody is turned away, nothing is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adminduk.kernel.errors import DomainError
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.accounts.types import Address
from tests.making import fresh_address, fresh_identity
from tests.usecases.sign_in.door import Door
from tests.usecases.sign_in.test_sign_in import opened


def test_who_signed_in_before_comes_in_by_code_alone(door: Door, address: Address) -> None:
    identity = door.somebody()
    first = door.come_in(identity, address)
    door.register.is_down = True
    again = door.come_in(identity, address)
    assert (again.account_id, again.is_matched) == (first.account_id, True)


def test_a_new_person_goes_on_unmatched(door: Door, address: Address) -> None:
    door.register.is_down = True
    identity = fresh_identity()
    signed_in = door.come_in(identity, address)
    assert not signed_in.is_matched
    assert (opened(signed_in).is_matched, opened(signed_in).identity) == (False, identity)
    assert accounts.find_matched_id(str(identity.nik)) is None


def test_an_unmatched_account_is_found_by_its_address_only(door: Door, address: Address) -> None:
    door.register.is_down = True
    identity = fresh_identity()
    mine = door.come_in(identity, address)
    assert door.come_in(identity, address).account_id == mine.account_id
    assert door.come_in(identity, fresh_address()).account_id != mine.account_id


def test_an_unmatched_sign_in_does_not_touch_the_account_of_that_nik(door: Door, address: Address) -> None:
    """Wrong answers, register down: whoever it is learns nothing and gets a sign-in of his own."""
    identity = door.somebody()
    own = door.come_in(identity, address)
    door.register.is_down = True
    stranger = door.come_in(replace(identity, name="Orang Lain"), fresh_address())
    assert not stranger.is_matched
    assert stranger.account_id != own.account_id
    assert opened(own).identity == identity


def test_unmatched_takes_no_address_from_a_family(door: Door, address: Address) -> None:
    door.register.is_down = True
    door.come_in(fresh_identity(), address)
    door.register.is_down = False
    assert door.come_in(door.somebody(), address).is_matched


def test_the_register_is_back(door: Door, address: Address) -> None:
    identity = door.somebody()
    door.register.is_down = True
    unmatched = door.come_in(identity, address)
    door.register.is_down = False
    matched = door.come_in(identity, address)
    assert (matched.account_id, matched.is_matched) == (unmatched.account_id, True)
    assert accounts.find_matched_id(str(identity.nik)) == matched.account_id


def test_the_register_is_back_and_says_no(door: Door, address: Address) -> None:
    door.register.is_down = True
    identity = fresh_identity()
    door.come_in(identity, address)
    door.register.is_down = False
    with pytest.raises(DomainError, match="sign_in_wrong"):
        door.knock(identity, address)
