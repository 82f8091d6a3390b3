"""Read accounts: one's own, or by narrow functions for sign-in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from adminduk.foundation import crypto
from adminduk.kernel.errors import NotFound
from adminduk.modules.accounts.actions import CODE_TRIES, address_index, challenge_context, context_of, nik_index
from adminduk.modules.accounts.models import Account, Challenge
from adminduk.modules.accounts.types import Address, Identity, Person, WaitingCode


def find_matched_id(nik: str) -> UUID | None:
    """The account of a person, by NIK, whoever asks: a narrow function that tells only the id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.account_of_nik(%s)", [nik_index(nik)])
        (account_id,) = cursor.fetchone() or (None,)
    return account_id


def find_unmatched_id(nik: str, *, address: Address) -> UUID | None:
    """The account "belum dicocokkan" of this NIK *and* this address: nobody else's sign-in finds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.unmatched_account(%s, %s)", [nik_index(nik), address_index(address)])
        (account_id,) = cursor.fetchone() or (None,)
    return account_id


def get_person(account_id: UUID) -> Person:
    """An account that the actor may see. Raises NotFound."""
    account = Account.objects.filter(id=account_id).first()
    if account is None:
        raise NotFound("account")
    return Person(
        id=account.id,
        region_id=account.region_id,
        regions=tuple(account.regions),
        is_matched=account.is_matched,
        identity=Identity.from_json(crypto.decrypt_json(account.identity, context=context_of(account_id, "identity"))),
        address=Address(
            channel=account.channel,
            value=crypto.decrypt(account.address, context=context_of(account_id, "address")).decode(),
        ),
        is_undeliverable=account.is_undeliverable,
        language=account.language,
        session_epoch=account.session_epoch,
    )


def session_of(account_id: UUID) -> tuple[int, tuple[int, ...]] | None:
    """Session epoch and regions of an account, for each request of a signed-in citizen; None if it is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_epoch, regions FROM sec.session_of(%s)", [account_id])
        row = cursor.fetchone()
    return (int(row[0]), tuple(row[1])) if row else None


def find_waiting_code(challenge_id: UUID, *, at: datetime) -> WaitingCode | None:
    """A challenge that is neither used nor ended."""
    row = Challenge.objects.filter(id=challenge_id, used_at__isnull=True, ends_at__gt=at, tries__lt=CODE_TRIES).first()
    if row is None:
        return None
    content = crypto.decrypt_json(row.content, context=challenge_context(row.id))
    return WaitingCode(id=row.id, purpose=row.purpose, content=content, ends_at=row.ends_at)


def list_idle_ids(region_id: int, *, is_matched: bool, before: datetime, limit: int = 200) -> tuple[UUID, ...]:
    """Accounts of a home region that nobody has signed in to since `before`, longest idle first."""
    rows = Account.objects.filter(region_id=region_id, is_matched=is_matched, signed_in_at__lt=before)
    return tuple(rows.order_by("signed_in_at").values_list("id", flat=True)[:limit])
