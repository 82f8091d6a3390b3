"""How often somebody may try: counted for the person, the address, the network, at the same cost for any number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from adminduk.kernel.errors import DomainError
from adminduk.modules.accounts.types import Address
from adminduk.usecases.sign_in import Visitor
from tests.making import fresh_address, fresh_identity
from tests.usecases.sign_in.door import Door


def _tries_until_refused(act: Callable[[int], object], most: int) -> int:
    for number in range(most):
        try:
            act(number)
        except DomainError as refusal:
            if refusal.code == "too_often":
                return number
    return most


def test_one_person_from_one_network(door: Door) -> None:
    identity = fresh_identity()
    assert _tries_until_refused(lambda _: door.knock(identity, fresh_address()), 20) == 8


def test_one_person_from_everywhere(door: Door) -> None:
    identity = fresh_identity()

    def knock(number: int) -> None:
        door.visitor = Visitor(network=f"198.51.100.{number}", language="id")
        door.knock(identity, fresh_address())

    assert _tries_until_refused(knock, 60) == 40


def test_one_address(door: Door, address: Address) -> None:
    assert _tries_until_refused(lambda _: door.knock(fresh_identity(), address), 20) == 6


def test_one_network(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    few = replace(settings.ENVIRONMENT, sign_ins_per_network=5)
    monkeypatch.setattr(settings, "ENVIRONMENT", few)
    assert _tries_until_refused(lambda _: door.knock(fresh_identity(), fresh_address()), 20) == 5


def test_a_refused_try_is_counted(door: Door, address: Address) -> None:
    """What the door refuses rolls back; the count must not."""
    for _ in range(6):
        with pytest.raises(DomainError, match="sign_in_wrong"):
            door.knock(fresh_identity(), address)
    with pytest.raises(DomainError, match="too_often"):
        door.knock(door.somebody(), address)
