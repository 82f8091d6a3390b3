"""Somebody at the door, with a register, a mail server and an SMS gateway that the test holds in its hands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from pytest_django import Settings

from adminduk.modules.accounts.types import Address, Identity
from adminduk.usecases import outside, sign_in
from adminduk.usecases.sign_in import SignedIn, Visitor
from tests.making import fresh_identity
from tests.usecases import letters as letter_box
from tests.usecases import stand_ins
from tests.usecases.letters import Letters, run_waiting_jobs
from tests.usecases.stand_ins import SEMARANG, Register


@dataclass
class Door:
    """Somebody tries to come in."""

    register: Register
    letters: Letters
    visitor: Visitor = field(default_factory=lambda: Visitor(network="203.0.113.7", language="id", device="Peramban"))

    def somebody(self, name: str = "Siti Rekaan") -> Identity:
        """A person whom the register knows."""
        identity = fresh_identity(name)
        self.register.add(identity)
        return identity

    def knock(self, identity: Identity, address: Address, key: str = "") -> UUID:
        """The four answers; the code is on its way afterwards."""
        challenge = sign_in.begin(
            region=SEMARANG, identity=identity, address=address, visitor=self.visitor, key=key or str(uuid4())
        )
        run_waiting_jobs()
        return challenge

    def come_in(self, identity: Identity, address: Address) -> SignedIn:
        """The whole way, with the code that arrived at `address`."""
        challenge = self.knock(identity, address)
        return self.answer(challenge, self.letters.code_for(address.value))

    def answer(self, challenge: UUID, code: str, key: str = "") -> SignedIn:
        return sign_in.confirm(challenge, code=code, visitor=self.visitor, key=key or str(uuid4()))


@contextmanager
def open_door(settings: Settings) -> Iterator[Door]:
    """A register, mail and SMS that work and know nobody."""
    settings.POPULATION_REGISTER = "tests.usecases.stand_ins.register"
    settings.MAIL_SENDER = settings.SMS_SENDER = "tests.usecases.letters.sender"
    outside.forget()
    vars(stand_ins.the_register).update(vars(Register()))
    vars(letter_box.the_letters).update(vars(Letters()))
    yield Door(register=stand_ins.the_register, letters=letter_box.the_letters)
    outside.forget()
