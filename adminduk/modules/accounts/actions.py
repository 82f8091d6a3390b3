"""Make and change accounts, send and check codes."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_one, run_later
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.accounts.models import Account, AddressClaim, AddressShare, Challenge
from adminduk.modules.accounts.types import Address, Identity, Person, TriedCode

CODE_LIFETIME = timedelta(minutes=5)
CODE_TRIES = 5
SAME_FORM = timedelta(seconds=10)
_NEW_ACCOUNT = """
INSERT INTO accounts_account (id, region_id, regions, is_matched, nik_index, kk_index, identity, channel, address,
    address_index, is_undeliverable, language, session_epoch, created_at, signed_in_at)
VALUES (%(id)s, %(region)s, %(regions)s, %(is_matched)s, %(nik)s, %(kk)s, %(identity)s, %(channel)s, %(address)s,
    %(address_index)s, false, %(language)s, 0, %(at)s, %(at)s)
ON CONFLICT DO NOTHING
RETURNING sec.address_serves(%(address_index)s, %(kk)s) OR sec.address_shared(%(address_index)s, %(kk)s)"""
_CLAIM = "INSERT INTO accounts_addressclaim (address_index, kk_index) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_TRIED = (
    "SELECT content, tries, ends_at, used_at, used_by FROM accounts_challenge WHERE id = %s AND purpose = %s FOR UPDATE"
)
_SIGN_IN = """
UPDATE accounts_account SET signed_in_at = %(at)s, language = %(language)s,
    regions = CASE WHEN %(region)s = ANY (regions) THEN regions ELSE array_append(regions, %(region)s) END
WHERE id = %(id)s"""


def nik_index(nik: str) -> bytes:
    """Blind index of a NIK."""
    return crypto.blind_index(nik, purpose="nik")


def kk_index(no_kk: str) -> bytes:
    """Blind index of a No. KK."""
    return crypto.blind_index(no_kk, purpose="no_kk")


def address_index(address: Address) -> bytes:
    """Blind index of an address; writings that reach the same mailbox share it."""
    return crypto.blind_index(address.key, purpose="address")


def context_of(account_id: UUID, column: str) -> str:
    """The place that an encrypted column of an account is bound to: not to a region, for people move."""
    return f"accounts_account|{column}|{account_id}|"


def create_account(
    account_id: UUID,
    *,
    identity: Identity,
    address: Address,
    region_id: int,
    is_matched: bool,
    language: str,
    at: datetime,
) -> Person:
    """Make an account. The address of a matched one is bound to its family.

    Raises DomainError("account_exists") if another sign-in was quicker, ("address_taken") if the address serves another
    family.
    """
    if is_matched:
        run_later(_CLAIM, [address_index(address), kk_index(str(identity.no_kk))])
    made = fetch_one(
        _NEW_ACCOUNT,
        {
            "id": account_id,
            "region": region_id,
            "regions": [region_id],
            "is_matched": is_matched,
            "nik": nik_index(str(identity.nik)),
            "kk": kk_index(str(identity.no_kk)),
            "identity": crypto.encrypt_json(identity.to_json(), context=context_of(account_id, "identity")),
            "channel": address.channel,
            "address": crypto.encrypt(address.value.encode(), context=context_of(account_id, "address")),
            "address_index": address_index(address),
            "language": language,
            "at": at,
        },
    )
    if made is None:
        raise DomainError("account_exists")
    if is_matched and not made[0]:
        raise DomainError("address_taken")
    return Person(
        id=account_id,
        region_id=region_id,
        regions=(region_id,),
        is_matched=is_matched,
        identity=identity,
        address=address,
        is_undeliverable=False,
        language=language,
        session_epoch=0,
    )


def claim_address(address: Address, *, no_kk_index: bytes) -> None:
    """Bind an address to a family. Raises DomainError("address_taken") if it serves another one."""
    claim_address_index(address_index(address), no_kk_index=no_kk_index)


def claim_address_index(index: bytes, *, no_kk_index: bytes) -> None:
    """As `claim_address`, for an address that is known by its index."""
    run_later(_CLAIM, [index, no_kk_index])
    if not _is("address_serves", index, no_kk_index) and not _is("address_shared", index, no_kk_index):
        raise DomainError("address_taken")


def share_address(address: Address, *, no_kk_index: bytes) -> None:
    """Let an address serve one more family; the office has seen why."""
    share = AddressShare(id=uuid7(), address_index=address_index(address), kk_index=no_kk_index)
    AddressShare.objects.bulk_create([share], ignore_conflicts=True)


def change_address(account_id: UUID, *, address: Address) -> None:
    """Set a new address; the caller has claimed it and told the old one, which becomes free if nobody else uses it.

    Raises DomainError("account_exists") for a person who is not matched and has another account at that address.
    """
    account = Account.objects.select_for_update().get(id=account_id)
    old = bytes(account.address_index)
    account.channel = address.channel
    account.address = crypto.encrypt(address.value.encode(), context=context_of(account_id, "address"))
    account.address_index = address_index(address)
    account.is_undeliverable = False
    try:
        with transaction.atomic():
            account.save(update_fields=["channel", "address", "address_index", "is_undeliverable"])
    except IntegrityError as error:
        raise DomainError("account_exists") from error
    _free_unused_address(old)


def mark_undeliverable(account_id: UUID, *, address: Address) -> None:
    """A message could not be delivered: the status page asks for a better address, unless there is one by now."""
    Account.objects.filter(id=account_id, address_index=address_index(address)).update(is_undeliverable=True)


def become_matched(account_id: UUID, *, identity: Identity) -> None:
    """The register confirmed the person: he now has the one account of his NIK, and his address is his family's.

    Raises DomainError("account_exists") if the NIK has a matched account, ("address_taken") if the address serves
    another family.
    """
    account = Account.objects.select_for_update().get(id=account_id)
    claim_address_index(bytes(account.address_index), no_kk_index=kk_index(str(identity.no_kk)))
    account.is_matched = True
    account.kk_index = kk_index(str(identity.no_kk))
    account.identity = crypto.encrypt_json(identity.to_json(), context=context_of(account_id, "identity"))
    try:
        with transaction.atomic():
            account.save(update_fields=["is_matched", "kk_index", "identity"])
    except IntegrityError as error:
        raise DomainError("account_exists") from error


def follow_family(account_id: UUID, *, identity: Identity) -> None:
    """Keep identity in step with the register: a new No. KK after a move, with the address; a corrected name."""
    account = Account.objects.select_for_update().get(id=account_id)
    old, new = bytes(account.kk_index), kk_index(str(identity.no_kk))
    account.kk_index = new
    account.identity = crypto.encrypt_json(identity.to_json(), context=context_of(account_id, "identity"))
    account.save(update_fields=["kk_index", "identity"])
    if old != new:
        _move_claim(bytes(account.address_index), old=old, new=new)


def signed_in(account_id: UUID, *, region_id: int, language: str, at: datetime) -> None:
    """Note the sign-in, and the region that the person now acts in."""
    run_later(_SIGN_IN, {"id": account_id, "region": region_id, "at": at, "language": language})


def act_in(account_id: UUID, *, region_id: int) -> None:
    """Add a region to those that the person acts in: he begins an application there. Holds the account's row."""
    row = fetch_one("SELECT regions FROM accounts_account WHERE id = %s FOR UPDATE", [account_id])
    if row is None:
        raise NotFound("account")
    if region_id not in row[0]:
        run_later(
            "UPDATE accounts_account SET regions = array_append(regions, %s) WHERE id = %s",
            [region_id, account_id],
        )


def end_all_sessions(account_id: UUID) -> None:
    """Every session that began before is over."""
    Account.objects.filter(id=account_id).update(session_epoch=F("session_epoch") + 1)


def delete_account(account_id: UUID) -> None:
    """Forget an account that has nothing left; its address is free when nobody else uses it."""
    old = Account.objects.filter(id=account_id).values_list("address_index", flat=True).first()
    Account.objects.filter(id=account_id).delete()
    if old is not None:
        _free_unused_address(bytes(old))


def new_challenge(purpose: str, *, content: dict[str, Any], at: datetime) -> UUID:
    """Make a six-digit code with what it is for. Returns the challenge's id; the code leaves by a job."""
    challenge_id = uuid7()
    sealed = crypto.encrypt_json(
        {**content, "code": f"{secrets.randbelow(1_000_000):06d}"}, context=challenge_context(challenge_id)
    )
    run_later(
        "INSERT INTO accounts_challenge (id, purpose, content, tries, ends_at) VALUES (%s, %s, %s, 0, %s)",
        [challenge_id, purpose, sealed, at + CODE_LIFETIME],
    )
    return challenge_id


def end_challenge(challenge_id: UUID, *, at: datetime) -> None:
    """Its code is worth nothing any more: another was sent instead."""
    Challenge.objects.filter(id=challenge_id, used_at__isnull=True).update(used_at=at)


def try_code(challenge_id: UUID, *, purpose: str, code: str, at: datetime, form: str = "") -> TriedCode:
    """Count one try and compare; a right code is used up.

    The same `form` sent twice within ten seconds gets the same answer: a button pressed twice must not fail. Raises
    DomainError("code_ended") after five minutes, five tries or use. Commit also when the code is wrong: the try must
    stay counted.
    """
    row = fetch_one(_TRIED, [challenge_id, purpose])
    if row is None or row[2] <= at:
        raise DomainError("code_ended")
    sealed, tries, _, used_at, used_by = row
    content: dict[str, Any] = crypto.decrypt_json(sealed, context=challenge_context(challenge_id))
    is_right = hmac.compare_digest(content["code"].encode(), code.encode())
    mark = crypto.blind_index(form, purpose="code_form") if form else None
    if used_at is not None:
        is_same_form = mark is not None and used_by == mark
        if is_same_form and is_right and at - used_at <= SAME_FORM:
            return TriedCode(content=content, is_right=True, tries_left=CODE_TRIES - tries)
        raise DomainError("code_ended")
    if tries >= CODE_TRIES:
        raise DomainError("code_ended")
    used = (at, mark) if is_right else (None, None)
    run_later(
        "UPDATE accounts_challenge SET tries = %s, used_at = %s, used_by = %s WHERE id = %s",
        [tries + 1, *used, challenge_id],
    )
    return TriedCode(content=content, is_right=is_right, tries_left=CODE_TRIES - tries - 1)


def forget_challenges(before: datetime) -> int:
    """Delete ended challenges; returns how many."""
    count, _ = Challenge.objects.filter(ends_at__lt=before).delete()
    return count


def challenge_context(challenge_id: UUID) -> str:
    """The place that a challenge's content is bound to."""
    return f"accounts_challenge|content|{challenge_id}|"


def _is(function: str, address: bytes, family: bytes) -> bool:
    """Ask a narrow function: the app role may not read which family an address serves."""
    (answer,) = fetch_one(f"SELECT sec.{function}(%s, %s)", [address, family]) or (False,)
    return bool(answer)


def _move_claim(address: bytes, *, old: bytes, new: bytes) -> None:
    if _is("address_serves", address, old):
        AddressClaim.objects.filter(address_index=address).delete()
        AddressClaim.objects.bulk_create([AddressClaim(address_index=address, kk_index=new)], ignore_conflicts=True)


def _free_unused_address(index: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.address_users(%s)", [index])
        (users,) = cursor.fetchone() or (1,)
    if not users:
        AddressClaim.objects.filter(address_index=index).delete()
