"""Send six-digit codes and take them back: what sign-in, a change of address and a family member's consent share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from adminduk.foundation import clock, crypto, jobs, limits
from adminduk.foundation.idempotency import once
from adminduk.foundation.limits import Limit
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.kernel.errors import DomainError
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries as account_queries
from adminduk.modules.accounts.types import Address, WaitingCode
from adminduk.usecases.deliver import SEND_CODE

CODES_PER_ADDRESS: Final = Limit("code_address", times=6, window=timedelta(minutes=15))
CODES_PER_ADDRESS_AND_DAY: Final = Limit("code_address_day", times=24, window=timedelta(days=1))
# Five tries for each code would add up over many codes: this bounds what can be guessed about one person in a day.
TRIES_PER_TARGET: Final = Limit("code_tries", times=30, window=timedelta(days=1))
RESENDS: Final = Limit("code_resend", times=3, window=timedelta(minutes=15))

Result = TypeVar("Result")
NO_REGION: Final = Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=())


@dataclass(frozen=True, slots=True)
class CodePage:
    """What the page that waits for a code may show: nothing that tells whether there is an account."""

    challenge_id: UUID
    ends_at: datetime
    region_id: int


def anonymous(region_id: int) -> Actor:
    """Nobody in particular, acting in one region."""
    return Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=(region_id,))


def address_json(address: Address) -> dict[str, str]:
    """For encrypted storage only."""
    return {"channel": address.channel, "value": address.value}


def address_of(content: Mapping[str, Any]) -> Address:
    """Where the code of a challenge went."""
    return Address(content["address"]["channel"], content["address"]["value"])


def limits_of_address(address: Address) -> tuple[tuple[Limit, str], ...]:
    """What one code for an address counts against."""
    return (CODES_PER_ADDRESS, address.key), (CODES_PER_ADDRESS_AND_DAY, address.key)


def spend_on_address(address: Address) -> None:
    """Count one code for an address that somebody typed. Raises DomainError("too_often"). Not in a transaction."""
    limits.spend_each(*limits_of_address(address))


def send(purpose: str, *, content: Mapping[str, Any], region_id: int, at: datetime) -> UUID:
    """Make a challenge and the job that sends its code, in the present transaction. Returns the challenge's id.

    `content` has at least address, language, target (whom a guess would open, a blind index in hex) and region.
    """
    challenge_id = accounts.new_challenge(purpose, content=dict(content), at=at)
    jobs.enqueue(SEND_CODE, region=region_id, challenge_id=str(challenge_id))
    return challenge_id


def target(*parts: str) -> str:
    """Whom a guess would open, without telling who it is."""
    return crypto.blind_index("|".join(parts), purpose="code_target").hex()


def waiting(challenge_id: UUID, *, purpose: str) -> WaitingCode:
    """A challenge that still waits. Raises DomainError("code_ended")."""
    code = account_queries.find_waiting_code(challenge_id, at=clock.now())
    if code is None or code.purpose != purpose:
        raise DomainError("code_ended")
    return code


def page(challenge_id: UUID, *, purpose: str) -> CodePage:
    """What the code's page shows. Raises DomainError("code_ended")."""
    code = waiting(challenge_id, purpose=purpose)
    return CodePage(challenge_id=challenge_id, ends_at=code.ends_at, region_id=code.content["region"])


def redeem(
    challenge_id: UUID, *, purpose: str, code: str, key: str, actor: Actor, act: Callable[[Mapping[str, Any]], Result]
) -> Result:
    """Take a code, and do `act` with what it is for, all in one transaction as `actor`.

    Wrong tries are counted for the challenge and for the person whom a guess would open. If `act` raises, the code may
    be used again. Raises DomainError: code_format, code_wrong (left), code_ended, too_often.
    """
    digits, result = clean_code(code), None
    with acting_as(actor):
        tried = accounts.try_code(challenge_id, purpose=purpose, code=digits, at=clock.now(), form=key)
        target_of_guess = tried.content["target"]
        limits.refuse_if_spent(TRIES_PER_TARGET, target_of_guess)
        if tried.is_right:
            result = act(tried.content)
    if result is None:
        limits.spend(TRIES_PER_TARGET, target_of_guess)
        raise DomainError("code_wrong", left=tried.tries_left)
    return result


def clean_code(text: str) -> str:
    """The six digits of what was typed or pasted. Raises DomainError("code_format")."""
    digits = "".join(char for char in text if char in "0123456789")
    rest = "".join(char for char in text if char not in "0123456789")
    if len(digits) != 6 or rest.strip(" \t\r\n-.\u00a0\u200b"):
        raise DomainError("code_format")
    return digits


def resend(challenge_id: UUID, *, purpose: str, key: str) -> UUID:
    """End a challenge and send a new code for the same thing; the newest code counts. Returns the new id.

    The same form sent twice gives the same id. Raises DomainError: code_ended, too_often.
    """

    def act() -> str:
        # All of it within the act: a second press finds the challenge ended, and must neither fail nor be counted.
        code = waiting(challenge_id, purpose=purpose)
        root = code.content.get("first", str(challenge_id))
        limits.spend(RESENDS, root)
        now = clock.now()
        content = {name: value for name, value in code.content.items() if name != "code"}
        accounts.end_challenge(challenge_id, at=now)
        return str(send(purpose, content={**content, "first": root}, region_id=content["job_region"], at=now))

    return UUID(once(NO_REGION, f"{challenge_id}|{key}" if key else "", act))
