"""How a citizen comes in: four answers compared with the register, then a code to the address that protects him.

The first address bound to a person protects him from whoever holds a copy of his Kartu Keluarga. So the code of an
account goes to that address alone, whatever is typed, and nothing on the page tells whether there is an account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from adminduk.foundation import clock, limits
from adminduk.foundation.idempotency import once
from adminduk.foundation.ids import uuid7
from adminduk.foundation.limits import Limit
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Unavailable
from adminduk.kernel.identifiers import RegionCode
from adminduk.kernel.moments import long_moment
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries as account_queries
from adminduk.modules.accounts.types import EMAIL, Address, Identity, Person
from adminduk.modules.audit import actions as audit
from adminduk.modules.notifications import actions as notifications
from adminduk.usecases import codes
from adminduk.usecases.deliver import SIGN_IN
from adminduk.usecases.identity_match import agree, identity_in
from adminduk.usecases.notify import recipient_of
from adminduk.usecases.outside import catalogue, register

PER_PERSON_AND_NETWORK: Final = Limit("sign_in_pair", times=8, window=timedelta(minutes=15))
PER_PERSON: Final = Limit("sign_in_nik", times=40, window=timedelta(minutes=15))  # strangers lock nobody out fast
CODES_PER_PERSON_AND_DAY: Final = Limit("sign_in_codes_day", times=40, window=timedelta(days=1))
# Telephone companies put whole towns behind one address: this only stops machines.
_NETWORK_WINDOW: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the door, as far as the browser tells: the client's address, its language, words for the device.

    `known_marks` are the marks that earlier sign-ins left in this browser; see SignedIn.
    """

    network: str
    language: str
    device: str = ""
    known_marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """For the web session. `device_mark` lets the browser be recognised next time."""

    account_id: UUID
    epoch: int
    is_matched: bool
    device_mark: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What a sign-in has come to before its code is sent."""

    identity: Identity
    is_matched: bool
    account: Person | None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sign-in whose code was right."""

    identity: Identity
    address: Address
    is_matched: bool
    region_id: int
    language: str
    at: datetime


def begin(*, region: RegionCode, identity: Identity, address: Address, visitor: Visitor, key: str) -> UUID:
    """Compare the four answers and send a code. Returns the challenge's id.

    While the register cannot answer, somebody without an account goes on as "belum dicocokkan". Raises DomainError:
    region_not_joined, too_often, and sign_in_wrong for unknown and for different data alike.
    """
    if not catalogue().region(region).joined:
        raise DomainError("region_not_joined")
    _spend(identity, address, visitor)
    actor, now = codes.anonymous(region.number), clock.now()
    found = _compare(identity, region=region)
    if found is None:
        with acting_as(actor):
            _record("account.sign_in_refused", actor, identity, about=("sign_in", uuid7()), at=now)
        raise DomainError("sign_in_wrong")
    limits.spend(CODES_PER_PERSON_AND_DAY, _target(found, address))

    def act() -> str:
        challenge_id = _send_code(found, typed=address, language=visitor.language, region_id=region.number, at=now)
        _record("account.send_code", actor, identity, about=("sign_in", challenge_id), at=now)
        return str(challenge_id)

    # Who goes back to mend a mistyped address sends the same form with something else in it.
    typed = codes.target(str(identity.to_json()), address.key)
    return UUID(once(actor, f"{key}|{typed}" if key else "", act))


def confirm(challenge_id: UUID, *, code: str, visitor: Visitor, key: str) -> SignedIn:
    """Take the code and sign in: to the account that there is, or to a new one.

    Raises DomainError: code_format, code_wrong (left), code_ended, too_often, address_taken (the address serves another
    family: another address or the counter helps).
    """

    def act(content: Mapping[str, Any]) -> SignedIn:
        return _enter(content, visitor)

    return codes.redeem(challenge_id, purpose=SIGN_IN, code=code, key=key, actor=codes.NO_REGION, act=act)


def resend(challenge_id: UUID, *, key: str) -> UUID:
    """Send a new code to the same address, once per key; the newest counts.

    Raises DomainError: code_ended, too_often.
    """
    return codes.resend(challenge_id, purpose=SIGN_IN, key=key)


def waiting_page(challenge_id: UUID) -> codes.CodePage:
    """What the code's page shows. Raises DomainError("code_ended")."""
    return codes.page(challenge_id, purpose=SIGN_IN)


def open_demo_session(*, region: RegionCode, identity: Identity, address: Address, visitor: Visitor) -> SignedIn:
    """The demo's one-click sign-in: everything but the code, and to the account's own address.

    Raises NotFound in production, whoever it is; DomainError: region_not_joined, sign_in_wrong, address_taken.
    """
    if settings.ENVIRONMENT.mode not in ("demo", "test"):
        raise NotFound("citizen")
    if not catalogue().region(region).joined:
        raise DomainError("region_not_joined")
    found = _compare(identity, region=region)
    if found is None:
        raise DomainError("sign_in_wrong")
    entry = _Entry(
        identity=found.identity,
        address=found.account.address if found.account else address,
        is_matched=found.is_matched,
        region_id=region.number,
        language=visitor.language,
        at=clock.now(),
    )
    with acting_as(codes.anonymous(region.number)):
        return _come_in(entry, found.account.id if found.account else None, visitor)


# --- before the code --------------------------------------------------------------------------------------------------


def _spend(identity: Identity, address: Address, visitor: Visitor) -> None:
    times = settings.ENVIRONMENT.sign_ins_per_network
    limits.spend_each(
        (Limit("sign_in_network", times=times, window=_NETWORK_WINDOW), visitor.network),
        (PER_PERSON_AND_NETWORK, f"{identity.nik}|{visitor.network}"),
        (PER_PERSON, str(identity.nik)),
        *codes.limits_of_address(address),
    )


def _compare(identity: Identity, *, region: RegionCode) -> _Candidate | None:
    """None: the register knows no such person, or another than the answers describe."""
    account = _account_of(identity)
    try:
        person = register().find_person(identity.nik, region=region)
    except Unavailable:
        if account is not None and agree(identity, account.identity):
            return _Candidate(account.identity, is_matched=True, account=account)
        # Also for somebody else's NIK: a refusal here would tell that this NIK has an account.
        return _Candidate(identity, is_matched=False, account=None)
    if person is None or not agree(identity, identity_in(person)):
        return None
    return _Candidate(identity_in(person), is_matched=True, account=account)


def _account_of(identity: Identity) -> Person | None:
    account_id = account_queries.find_matched_id(str(identity.nik))
    if account_id is None:
        return None
    with acting_as(_citizen(account_id)):
        return account_queries.get_person(account_id)


def _target(found: _Candidate, typed: Address) -> str:
    """Whom the code opens: an account, or what this NIK and this address may become."""
    if found.account is not None:
        return codes.target("account", str(found.account.id))
    return codes.target(str(found.identity.nik), typed.key)


def _send_code(found: _Candidate, *, typed: Address, language: str, region_id: int, at: datetime) -> UUID:
    account = found.account
    content = {
        "identity": found.identity.to_json(),
        "is_matched": found.is_matched,
        "account": str(account.id) if account else "",
        "address": codes.address_json(account.address if account else typed),
        "language": language,
        "region": region_id,
        "job_region": account.region_id if account else region_id,
        "target": _target(found, typed),
    }
    return codes.send(SIGN_IN, content=content, region_id=region_id, at=at)


# --- after the code ---------------------------------------------------------------------------------------------------


def _enter(content: Mapping[str, Any], visitor: Visitor) -> SignedIn:
    entry = _Entry(
        identity=Identity.from_json(content["identity"]),
        address=codes.address_of(content),
        is_matched=content["is_matched"],
        region_id=content["region"],
        language=visitor.language,
        at=clock.now(),
    )
    return _come_in(entry, UUID(content["account"]) if content["account"] else None, visitor)


def _come_in(entry: _Entry, known: UUID | None, visitor: Visitor) -> SignedIn:
    """Into the account that is known or found, else into a new one."""
    account_id = known or _find(entry)
    is_new = account_id is None
    if account_id is None:
        try:
            return _enter_new(entry, visitor)
        except DomainError as refusal:
            # A parallel sign-in of the same person was quicker.
            account_id = _find(entry) if refusal.code == "account_exists" else None
            if account_id is None:
                raise
    with acting_as(_citizen(account_id, entry.region_id)):
        return _open(account_id, entry, visitor, is_new=is_new)


def _find(entry: _Entry) -> UUID | None:
    """The account that this sign-in may open."""
    find = account_queries.find_id if entry.is_matched else account_queries.find_unmatched_id
    return find(str(entry.identity.nik), address=entry.address)


def _enter_new(entry: _Entry, visitor: Visitor) -> SignedIn:
    account_id = uuid7()
    with acting_as(_citizen(account_id, entry.region_id)):
        person = accounts.create_account(
            account_id,
            identity=entry.identity,
            address=entry.address,
            region_id=entry.region_id,
            is_matched=entry.is_matched,
            language=entry.language,
            at=entry.at,
        )
        return _opened(person, entry, visitor, is_new=True)


def _open(account_id: UUID, entry: _Entry, visitor: Visitor, *, is_new: bool) -> SignedIn:
    """Raises DomainError("code_ended") when the account has another address than the one that got the code."""
    person = account_queries.get_person(account_id)
    if person.address.key != entry.address.key:
        raise DomainError("code_ended")
    if entry.is_matched and not person.is_matched:
        accounts.become_matched(account_id, identity=entry.identity)
    elif entry.is_matched and person.identity != entry.identity:
        accounts.follow_family(account_id, identity=entry.identity)
    accounts.signed_in(account_id, region_id=entry.region_id, language=entry.language, at=entry.at)
    return _opened(person, entry, visitor, is_new=is_new)


def _opened(person: Person, entry: _Entry, visitor: Visitor, *, is_new: bool) -> SignedIn:
    actor = _citizen(person.id, entry.region_id)
    _record("account.sign_in", actor, entry.identity, about=("account", person.id), at=entry.at)
    mark = _device_mark(person)
    if not is_new and mark not in visitor.known_marks:
        _tell_of_new_device(person, entry, visitor)
    return SignedIn(
        account_id=person.id,
        epoch=person.session_epoch,
        is_matched=entry.is_matched or person.is_matched,
        device_mark=mark,
    )


def _tell_of_new_device(person: Person, entry: _Entry, visitor: Visitor) -> None:
    """By e-mail only: the telephone that a thief would have to hold has just shown the code itself."""
    if person.address.channel != EMAIL or not visitor.device:
        return
    zone = catalogue().region(RegionCode.from_number(entry.region_id)).time_zone
    notifications.plan(
        "sign_in_new_device",
        to=recipient_of(person.id),
        region_id=entry.region_id,
        application_id=None,
        params={
            "link": f"{settings.ENVIRONMENT.base_url}/akun/",
            "device": visitor.device,
            "time": long_moment(entry.at, zone, entry.language),
        },
        due_at=entry.at,
        at=entry.at,
    )


def _device_mark(person: Person) -> str:
    """Tells nothing by itself; signing out everywhere makes every device a new one."""
    return codes.target("device", str(person.id), str(person.session_epoch))[:32]


def _citizen(account_id: UUID, *regions: int) -> Actor:
    return Actor(kind=ActorKind.CITIZEN, id=account_id, regions=regions)


def _record(act: str, actor: Actor, identity: Identity, *, about: tuple[str, UUID], at: datetime) -> None:
    index = accounts.nik_index(str(identity.nik))
    audit.record(act, actor=actor, at=at, region_id=actor.regions[0], about=about, subject_index=index)
