"""The demo's open door for citizens: all but the code, and never in production."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings

from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.accounts.types import Address, Identity
from adminduk.usecases import sign_in
from adminduk.usecases.sign_in import SignedIn
from tests.making import fresh_address, fresh_identity
from tests.usecases.sign_in.door import Door
from tests.usecases.sign_in.test_sign_in import opened
from tests.usecases.stand_ins import SEMARANG


def enter(door: Door, identity: Identity, address: Address) -> SignedIn:
    return sign_in.open_demo_session(region=SEMARANG, identity=identity, address=address, visitor=door.visitor)


def test_it_makes_the_account_and_finds_it_again(door: Door, address: Address) -> None:
    identity = door.somebody()
    first = enter(door, identity, address)
    assert enter(door, identity, fresh_address()).account_id == first.account_id
    assert (opened(first).is_matched, opened(first).address) == (True, address)


def test_it_is_the_account_that_the_code_opens(door: Door, address: Address) -> None:
    identity = door.somebody()
    assert door.come_in(identity, address).account_id == enter(door, identity, address).account_id


def test_it_compares_as_the_form_does(door: Door, address: Address) -> None:
    identity = door.somebody()
    for wrong in (replace(identity, name="Orang Lain"), fresh_identity()):
        with pytest.raises(DomainError, match="sign_in_wrong"):
            enter(door, wrong, address)


def test_production_refuses_it_whoever_asks(door: Door, address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = door.somebody()
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, mode="production"))
    with pytest.raises(NotFound):
        enter(door, identity, address)
