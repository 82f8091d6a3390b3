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
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError
from adminduk.modules.accounts.models import Account, AddressClaim, Challenge
from adminduk.modules.accounts.types import Address, Identity

CODE_LIFETIME = timedelta(minutes=5)
CODE_TRIES = 5


def nik_index(nik: str) -> bytes:
    """Blind index of a NIK."""
    return crypto.blind_index(nik, purpose="nik")


def kk_index(no_kk: str) -> bytes:
    """Blind index of a No. KK."""
    return crypto.blind_index(no_kk, purpose="no_kk")


def address_index(address: Address) -> bytes:
    """Blind index of an address; e-mail addresses are compared without case."""
    return crypto.blind_index(f"{address.channel}:{address.value.casefold()}", purpose="address")


def context_of(account_id: UUID, column: str) -> str:
    """The place that an encrypted column of an account is bound to (accounts are not bound to a region: people move)."""
    return f"accounts_account|{column}|{account_id}|"


def create_account(
    account_id: UUID, *, identity: Identity, address: Address, region_id: int, is_matched: bool, language: str, at: datetime
) -> None:
    """Make an account. Raises DomainError("account_exists") if another sign-in was quicker."""
    account = Account(
        id=account_id,
        region_id=region_id,
        regions=[region_id],
        is_matched=is_matched,
        nik_index=nik_index(str(identity.nik)),
        kk_index=kk_index(str(identity.no_kk)),
        identity=crypto.encrypt_json(identity.to_json(), context=context_of(account_id, "identity")),
        channel=address.channel,
        address=crypto.encrypt(address.value.encode(), context=context_of(account_id, "address")),
        address_index=address_index(address),
        language=language,
        created_at=at,
        signed_in_at=at,
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError("account_exists") from error


def claim_address(address: Address, *, no_kk_index: bytes) -> None:
    """Bind an address to a family. Raises DomainError("address_taken") if it serves another one."""
    index = address_index(address)
    AddressClaim.objects.bulk_create(
        [AddressClaim(address_index=index, kk_index=no_kk_index)], ignore_conflicts=True
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.address_serves(%s, %s)", [index, no_kk_index])
        (is_ours,) = cursor.fetchone() or (False,)
    if not is_ours:
        raise DomainError("address_taken")


def change_address(account_id: UUID, *, address: Address) -> None:
    """Set a new address; the caller has claimed it and told the old one."""
    Account.objects.filter(id=account_id).update(
        channel=address.channel,
        address=crypto.encrypt(address.value.encode(), context=context_of(account_id, "address")),
        address_index=address_index(address),
        is_undeliverable=False,
    )


def mark_undeliverable(account_id: UUID) -> None:
    """A message could not be delivered: the status page asks for a better address."""
    Account.objects.filter(id=account_id).update(is_undeliverable=True)


def become_matched(account_id: UUID, *, identity: Identity) -> None:
    """The register confirmed the person. Raises DomainError("account_exists") if the NIK has a matched account."""
    try:
        with transaction.atomic():
            Account.objects.filter(id=account_id).update(
                is_matched=True,
                kk_index=kk_index(str(identity.no_kk)),
                identity=crypto.encrypt_json(identity.to_json(), context=context_of(account_id, "identity")),
            )
    except IntegrityError as error:
        raise DomainError("account_exists") from error


def follow_family(account_id: UUID, *, identity: Identity) -> None:
    """Keep identity in step with the register (a new No. KK after a move, a corrected name)."""
    Account.objects.filter(id=account_id).update(
        kk_index=kk_index(str(identity.no_kk)),
        identity=crypto.encrypt_json(identity.to_json(), context=context_of(account_id, "identity")),
    )


def signed_in(account_id: UUID, *, region_id: int, language: str, at: datetime) -> None:
    """Note the sign-in, and the region that the person now acts in."""
    account = Account.objects.select_for_update().get(id=account_id)
    if region_id not in account.regions:
        account.regions.append(region_id)
    account.signed_in_at, account.language = at, language
    account.save(update_fields=["regions", "signed_in_at", "language"])


def act_in(account_id: UUID, *, region_id: int) -> None:
    """Add a region to those that the person acts in: he begins an application there."""
    account = Account.objects.select_for_update().only("id", "regions").get(id=account_id)
    if region_id not in account.regions:
        account.regions.append(region_id)
        account.save(update_fields=["regions"])


def end_all_sessions(account_id: UUID) -> None:
    """Every session that began before is over."""
    Account.objects.filter(id=account_id).update(session_epoch=F("session_epoch") + 1)


def delete_account(account_id: UUID) -> None:
    """Forget an account that has nothing left (an unmatched one that ended)."""
    Account.objects.filter(id=account_id).delete()


def new_challenge(purpose: str, *, content: dict[str, Any], at: datetime) -> UUID:
    """Make a six-digit code with what it is for. Returns the challenge's id; the code leaves by a job."""
    challenge_id = uuid7()
    sealed = crypto.encrypt_json(
        {**content, "code": f"{secrets.randbelow(1_000_000):06d}"}, context=_challenge_context(challenge_id)
    )
    Challenge(id=challenge_id, purpose=purpose, content=sealed, ends_at=at + CODE_LIFETIME).save(force_insert=True)
    return challenge_id


def read_challenge(challenge_id: UUID, *, purpose: str, at: datetime) -> dict[str, Any]:
    """What a waiting challenge is for. Raises DomainError("code_ended")."""
    challenge = Challenge.objects.filter(
        id=challenge_id, purpose=purpose, used_at__isnull=True, ends_at__gt=at, tries__lt=CODE_TRIES
    ).first()
    if challenge is None:
        raise DomainError("code_ended")
    content: dict[str, Any] = crypto.decrypt_json(challenge.content, context=_challenge_context(challenge_id))
    return content


def try_code(challenge_id: UUID, *, purpose: str, code: str, at: datetime) -> dict[str, Any] | None:
    """Count one try and compare. Returns the content if right (once only), None if wrong.

    Raises DomainError("code_ended") after five minutes, five tries or use. Run it in a transaction of its own: a wrong
    try must stay counted.
    """
    changed = Challenge.objects.filter(
        id=challenge_id, purpose=purpose, used_at__isnull=True, ends_at__gt=at, tries__lt=CODE_TRIES
    ).update(tries=F("tries") + 1)
    if not changed:
        raise DomainError("code_ended")
    challenge = Challenge.objects.get(id=challenge_id)
    content: dict[str, Any] = crypto.decrypt_json(challenge.content, context=_challenge_context(challenge_id))
    if not hmac.compare_digest(content["code"], code):
        return None
    if not Challenge.objects.filter(id=challenge_id, used_at__isnull=True).update(used_at=at):
        raise DomainError("code_ended")
    return content


def forget_challenges(before: datetime) -> int:
    """Delete ended challenges; returns how many."""
    count, _ = Challenge.objects.filter(ends_at__lt=before).delete()
    return count


def _challenge_context(challenge_id: UUID) -> str:
    return f"accounts_challenge|content|{challenge_id}|"
