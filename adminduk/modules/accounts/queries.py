"""Read accounts: one's own, or by narrow functions for sign-in."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.prepared import Question
from adminduk.foundation.database.statements import fetch, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.accounts.actions import CODE_TRIES, address_index, challenge_context, context_of, nik_index
from adminduk.modules.accounts.models import Account
from adminduk.modules.accounts.types import Address, Identity, Person, WaitingCode

_PERSON = """
SELECT region_id, regions, is_matched, identity, channel, address, is_undeliverable, language, session_epoch
FROM accounts_account WHERE id = %s"""
SESSION_OF: Final = "SELECT session_epoch, regions FROM sec.session_of(%s)"


def find_matched_id(nik: str) -> UUID | None:
    """The account of a person, by NIK, whoever asks: a narrow function that tells only the id."""
    row = fetch_one("SELECT sec.account_of_nik(%s)", [nik_index(nik)])
    return UUID(str(row[0])) if row and row[0] else None


def find_id(nik: str, *, address: Address) -> UUID | None:
    """The account of a person; while he has none, the one "belum dicocokkan" of his NIK and this address."""
    index = nik_index(nik)
    row = fetch_one(
        "SELECT coalesce(sec.account_of_nik(%s), sec.unmatched_account(%s, %s))", [index, index, address_index(address)]
    )
    return UUID(str(row[0])) if row and row[0] else None


def find_unmatched_id(nik: str, *, address: Address) -> UUID | None:
    """The account "belum dicocokkan" of this NIK *and* this address: nobody else's sign-in finds it."""
    row = fetch_one("SELECT sec.unmatched_account(%s, %s)", [nik_index(nik), address_index(address)])
    return UUID(str(row[0])) if row and row[0] else None


def get_person(account_id: UUID) -> Person:
    """An account that the actor may see. Raises NotFound."""
    return fetch(person_of(account_id))


def person_of(account_id: UUID) -> Question[Person]:
    """`get_person`, to be asked with others."""
    return Question(_PERSON, [account_id], lambda rows: _opened(account_id, rows))


def _opened(account_id: UUID, rows: list[tuple[Any, ...]]) -> Person:
    if not rows:
        raise NotFound("account")
    region_id, regions, is_matched, identity, channel, address, is_undeliverable, language, epoch = rows[0]
    return Person(
        id=account_id,
        region_id=region_id,
        regions=tuple(regions),
        is_matched=is_matched,
        identity=Identity.from_json(crypto.decrypt_json(identity, context=context_of(account_id, "identity"))),
        address=Address(
            channel=channel, value=crypto.decrypt(address, context=context_of(account_id, "address")).decode()
        ),
        is_undeliverable=is_undeliverable,
        language=language,
        session_epoch=epoch,
    )


def session_of(account_id: UUID, *, told: tuple[Any, ...] | None = None) -> tuple[int, tuple[int, ...]] | None:
    """Session epoch and regions of an account, for each request of a signed-in citizen; None if it is gone.

    `told` is the answer to SESSION_OF, where it came along with another question.
    """
    row = told or fetch_one(SESSION_OF, [account_id])
    return (int(row[0]), tuple(row[1])) if row else None


def find_waiting_code(challenge_id: UUID, *, at: datetime) -> WaitingCode | None:
    """A challenge that is neither used nor ended."""
    row = fetch_one(
        "SELECT purpose, content, ends_at FROM accounts_challenge"
        " WHERE id = %s AND used_at IS NULL AND ends_at > %s AND tries < %s",
        [challenge_id, at, CODE_TRIES],
    )
    if row is None:
        return None
    content = crypto.decrypt_json(row[1], context=challenge_context(challenge_id))
    return WaitingCode(id=challenge_id, purpose=row[0], content=content, ends_at=row[2])


def list_idle_ids(region_id: int, *, is_matched: bool, before: datetime, limit: int = 200) -> tuple[UUID, ...]:
    """Accounts of a home region that nobody has signed in to since `before`, longest idle first."""
    rows = Account.objects.filter(region_id=region_id, is_matched=is_matched, signed_in_at__lt=before)
    return tuple(rows.order_by("signed_in_at").values_list("id", flat=True)[:limit])
