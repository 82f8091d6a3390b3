"""A citizen's account: the address that protects it, and every way to change it.

A new address needs a code from the old one, then a code from the new one. Who has lost the old one comes to the
counter, where an officer sees documents. The old address is told each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from adminduk.foundation import clock
from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.kernel.identifiers import Nik, NoKk, RegionCode
from adminduk.kernel.moments import long_moment
from adminduk.kernel.names import masked
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries as account_queries
from adminduk.modules.accounts.types import Address, Person
from adminduk.modules.audit import actions as audit
from adminduk.modules.notifications import actions as notifications
from adminduk.modules.notifications.types import Recipient
from adminduk.modules.offices import queries as offices
from adminduk.usecases import codes
from adminduk.usecases.deliver import ADDRESS, OLD_ADDRESS
from adminduk.usecases.notify import office_name, recipient_of
from adminduk.usecases.outside import catalogue

REBOUND, ADMITTED = "rebound", "admitted"
_SHORTEST_REASON: Final = 10
_LONGEST_REASON: Final = 200
_COUNTER_STAFF: Final = frozenset({ActorKind.OFFICER, ActorKind.HEAD})


@dataclass(frozen=True, slots=True)
class Account:
    """One's own account as its page shows it: masked, for a screen may be seen by others."""

    masked_nik: str
    masked_name: str
    masked_address: str
    channel: str
    is_matched: bool
    is_undeliverable: bool
    region_id: int


def get_account(actor: Actor) -> Account:
    """The actor's own account. Raises NotFound."""
    with acting_as(actor):
        person = account_queries.get_person(actor.id)
    return Account(
        masked_nik=person.identity.nik.masked,
        masked_name=masked(person.identity.name),
        masked_address=person.address.masked,
        channel=person.address.channel,
        is_matched=person.is_matched,
        is_undeliverable=person.is_undeliverable,
        region_id=person.region_id,
    )


def sign_out_everywhere(actor: Actor, *, key: str) -> None:
    """End every session of the account, this one too."""

    def act() -> str:
        person = account_queries.get_person(actor.id)
        accounts.end_all_sessions(actor.id)
        _record("account.sign_out_everywhere", actor, person, at=clock.now())
        return ""

    once(actor, key, act)


# --- a new address, by oneself ----------------------------------------------------------------------------------------


def begin_change(actor: Actor, *, address: Address, key: str) -> UUID:
    """Send a code to the old address, to authorise the new one. Returns the challenge's id.

    Raises DomainError: address_same, too_often.
    """
    with acting_as(actor):
        person = account_queries.get_person(actor.id)
    if address == person.address:
        raise DomainError("address_same")
    codes.spend_on_address(person.address)
    codes.spend_on_address(address)
    at = clock.now()
    content = _content(person, to=person.address) | {"new": codes.address_json(address)}

    def act() -> str:
        _record("account.ask_change", actor, person, at=at)
        return str(codes.send(OLD_ADDRESS, content=content, region_id=person.region_id, at=at))

    return UUID(once(actor, f"{key}|{codes.target(address.value)}" if key else "", act))


def refuse_ended(challenge_id: UUID, *, is_new: bool) -> None:
    """Raises DomainError("code_ended") if no code of the old or the new address waits under this id."""
    codes.waiting(challenge_id, purpose=ADDRESS if is_new else OLD_ADDRESS)


def authorise_change(actor: Actor, challenge_id: UUID, *, code: str, key: str) -> UUID:
    """Take the old address's code, and send one to the new address. Returns the new challenge's id.

    Raises DomainError: code_format, code_wrong (left), code_ended, too_often.
    """

    def act(content: Mapping[str, Any]) -> UUID:
        person = _own(actor, content)
        content_of_new = _content(person, to=Address(**content["new"]))
        return codes.send(ADDRESS, content=content_of_new, region_id=person.region_id, at=clock.now())

    return codes.redeem(challenge_id, purpose=OLD_ADDRESS, code=code, key=key, actor=actor, act=act)


def finish_change(actor: Actor, challenge_id: UUID, *, code: str, key: str) -> int:
    """Take the new address's code and change it; other sessions end. Returns the epoch for this one.

    Raises DomainError: code_format, code_wrong (left), code_ended, too_often, address_taken, account_exists.
    """

    def act(content: Mapping[str, Any]) -> int:
        person = _own(actor, content)
        new = codes.address_of(content)
        if person.address == new:
            return person.session_epoch  # the same form again
        _change(actor, person, new, region_id=person.region_id, at=clock.now(), reason="")
        return person.session_epoch + 1

    return codes.redeem(challenge_id, purpose=ADDRESS, code=code, key=key, actor=actor, act=act)


def _content(person: Person, *, to: Address) -> dict[str, Any]:
    return {
        "account": str(person.id),
        "address": codes.address_json(to),
        "language": person.language,
        "region": person.region_id,
        "job_region": person.region_id,
        "target": codes.target("change", str(person.id)),
    }


def _own(actor: Actor, content: Mapping[str, Any]) -> Person:
    if content["account"] != str(actor.id):
        raise DomainError("code_ended")
    return account_queries.get_person(actor.id)


def _change(actor: Actor, person: Person, new: Address, *, region_id: int, at: datetime, reason: str) -> None:
    """Inside the caller's transaction: claim, tell the old address, change, end all sessions, record."""
    if person.is_matched:
        accounts.claim_address(new, no_kk_index=accounts.kk_index(str(person.identity.no_kk)))
    _tell_old_address(recipient_of(person.id), new, region_id=region_id, at=at)
    accounts.change_address(person.id, address=new)
    accounts.end_all_sessions(person.id)
    _record("account.change_address", actor, person, at=at, region_id=region_id, reason=reason)


def _tell_old_address(old: Recipient, new: Address, *, region_id: int, at: datetime) -> None:
    region = catalogue().region(RegionCode.from_number(region_id))
    notifications.plan(
        "address_changed",
        to=old,
        region_id=region_id,
        application_id=None,
        params={
            "office": office_name(region_id, old.language),
            "time": long_moment(at, region.time_zone, old.language),
            "address": new.masked,
        },
        due_at=at,
        at=at,
    )


# --- a new address, at the counter ------------------------------------------------------------------------------------


def rebind_at_counter(
    actor: Actor, *, nik: Nik, no_kk: NoKk, address: Address, reason: str, is_shared: bool, key: str
) -> str:
    """An officer has seen the person and his documents: bind a new address, and end all sessions.

    `is_shared`: the address serves another family too, by its consent (a neighbour's telephone). Then somebody without
    an account may sign in with it from now on. Returns REBOUND, or ADMITTED when there is no account yet.

    Raises NotFound (no account that acts in this region with this NIK and No. KK, or the officer's own family's);
    DomainError: reason_needed, address_taken.
    """
    if actor.kind not in _COUNTER_STAFF:
        raise NotFound("account")
    words = reason.strip()
    if not _SHORTEST_REASON <= len(words) <= _LONGEST_REASON:
        raise DomainError("reason_needed")
    (region_id,) = actor.regions

    def act() -> str:
        family = accounts.kk_index(str(no_kk))
        if offices.get_member(actor.id, region_id=region_id).kk_index == family:
            raise NotFound("account")
        if is_shared:
            accounts.share_address(address, no_kk_index=family)
        account_id = account_queries.find_matched_id(str(nik))
        if account_id is None:
            return _admit(actor, nik, is_shared=is_shared, reason=words)
        person = account_queries.get_person(account_id)
        if person.identity.no_kk != no_kk:
            raise NotFound("account")
        _change(actor, person, address, region_id=region_id, at=clock.now(), reason=words)
        return REBOUND

    return once(actor, key, act)


def _admit(actor: Actor, nik: Nik, *, is_shared: bool, reason: str) -> str:
    if not is_shared:
        raise NotFound("account")
    audit.record(
        "account.share_address",
        actor=actor,
        at=clock.now(),
        region_id=actor.regions[0],
        about=("officer", actor.id),
        subject_index=accounts.nik_index(str(nik)),
        reason=reason,
    )
    return ADMITTED


def _record(
    act: str, actor: Actor, person: Person, *, at: datetime, region_id: int | None = None, reason: str = ""
) -> None:
    audit.record(
        act,
        actor=actor,
        at=at,
        region_id=person.region_id if region_id is None else region_id,
        about=("account", person.id),
        subject_index=accounts.nik_index(str(person.identity.nik)),
        reason=reason,
    )
