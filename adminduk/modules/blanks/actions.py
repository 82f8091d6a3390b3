"""Write the ledger: each function adds one entry, which the database books or refuses.

Refusals of the database become DomainErrors: stock_empty, cards_not_there, serials_known, two_people, stock_below_zero,
serials_wrong, difference_unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from django.db import IntegrityError, connection, transaction

from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError
from adminduk.modules.blanks.models import Minutes, OldCard, OldCardEnd
from adminduk.modules.blanks.types import Because, Cards, Kind, Signed

HIGHEST_SERIAL = 999_999_999_999
MOST_AT_ONCE = 100_000
_CODES = {
    "blanks_stock_empty": "stock_empty",
    "blanks_not_there": "cards_not_there",
    "blanks_spoiled_with_its_job": "cards_not_there",
    "blanks_serial_once": "serials_known",
    "blanks_two_people": "two_people",
    "blanks_never_below_zero": "stock_below_zero",
    "blanks_range": "serials_wrong",
    "blanks_entry_shape": "serials_wrong",
    "blanks_whither": "site_wrong",
    "blanks_difference_explained": "difference_unexplained",
    "blanks_reason": "reason_missing",
    "blanks_delivery_note": "delivery_note_missing",
    "blanks_minutes_once": "minutes_known",
    "blanks_minutes_shape": "minutes_number_missing",
    "blanks_old_card_once": "old_card_known",
    "blanks_oldcardend_pkey": "old_card_gone",
    "blanks_loaded_once": "printed_once",
    "blanks_printed_once": "printed_once",
}


@contextmanager
def _refusals() -> Iterator[None]:
    """What the database refuses by one of our constraints, as a code."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        cause = error.__cause__
        name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
        if name not in _CODES:
            raise
        raise DomainError(_CODES[name]) from None


def _add(kind: Kind, *, region_id: int, site_id: UUID, signed: Signed, **columns: Any) -> int | None:
    """Insert an entry; returns its first serial, which the database may have chosen."""
    values = {
        "id": uuid7(),
        "region_id": region_id,
        "site_id": site_id,
        "kind": str(kind),
        "quantity": 0,
        "origin": "",
        "target": "",
        "reason": "",
        "words": "",
        "document": "",
        "day": signed.day,
        "at": signed.at,
        "actor_kind": signed.actor_kind,
        "actor_id": signed.actor_id,
        **columns,
    }
    names = ", ".join(values)
    places = ", ".join(["%s"] * len(values))
    with _refusals(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO blanks_entry ({names}) VALUES ({places}) RETURNING first",  # noqa: S608 - names of this file
            list(values.values()),
        )
        row = cursor.fetchone()
    return row[0] if row else None


def checked(cards: Cards) -> Cards:
    """A range that can be one. Raises DomainError serials_wrong."""
    if not 1 <= cards.first <= cards.last <= HIGHEST_SERIAL or cards.quantity > MOST_AT_ONCE:
        raise DomainError("serials_wrong")
    return cards


def _range(cards: Cards) -> dict[str, int]:
    checked(cards)
    return {"first": cards.first, "last": cards.last}


def deliver(cards: Cards, *, region_id: int, site_id: UUID, document: str, signed: Signed) -> None:
    """New cards have come, with the number of their delivery note."""
    _add(
        Kind.DELIVERED, region_id=region_id, site_id=site_id, signed=signed, document=document[:60], **_range(cards)
    )  # fmt: skip


def send(cards: Cards, *, region_id: int, site_id: UUID, to_site_id: UUID, signed: Signed) -> None:
    """Cards leave `site_id` for another site; they are nobody's to print until that one has received them."""
    _add(Kind.SENT, region_id=region_id, site_id=site_id, signed=signed, to_site_id=to_site_id, **_range(cards))


def receive(cards: Cards, *, region_id: int, site_id: UUID, signed: Signed) -> None:
    """Cards that were sent to `site_id` have arrived, all of the range."""
    _add(Kind.RECEIVED, region_id=region_id, site_id=site_id, signed=signed, **_range(cards))


def load(job_id: UUID, *, region_id: int, site_id: UUID, printer_id: UUID, signed: Signed) -> int:
    """Give the lowest serial of the stock to a print job; returns it. Raises DomainError stock_empty."""
    serial = _add(
        Kind.LOADED, region_id=region_id, site_id=site_id, signed=signed, job_id=job_id, printer_id=printer_id
    )
    assert serial is not None, "the database has chosen one"
    return serial


def unload(serial: int, *, region_id: int, site_id: UUID, job: tuple[UUID, UUID], signed: Signed) -> None:
    """A card that was not printed on goes back into the stock. `job` is (job, printer)."""
    _move(Kind.UNLOADED, serial, region_id=region_id, site_id=site_id, job=job, signed=signed)


def use(serial: int, *, region_id: int, site_id: UUID, job: tuple[UUID, UUID], signed: Signed) -> None:
    """The card was printed. `job` is (job, printer)."""
    _move(Kind.PRINTED, serial, region_id=region_id, site_id=site_id, job=job, signed=signed)


def _move(kind: Kind, serial: int, *, region_id: int, site_id: UUID, job: tuple[UUID, UUID], signed: Signed) -> None:
    _add(
        kind, region_id=region_id, site_id=site_id, signed=signed, first=serial, last=serial, job_id=job[0],
        printer_id=job[1],
    )  # fmt: skip


def spoil(
    cards: Cards,
    *,
    region_id: int,
    site_id: UUID,
    because: Because,
    signed: Signed,
    job: tuple[UUID, UUID] | None = None,
) -> None:
    """Cards cannot be used, says one person; another one confirms it when they are destroyed.

    Without a `job` (job, printer) only cards of the stock.
    """
    _add(
        Kind.SPOILED, region_id=region_id, site_id=site_id, signed=signed, reason=because.reason[:40],
        words=because.words[:200], job_id=job and job[0], printer_id=job and job[1], **_range(cards),
    )  # fmt: skip


def miss(cards: Cards, *, region_id: int, site_id: UUID, because: Because, signed: Signed) -> None:
    """Cards are not where the ledger has them."""
    _add(
        Kind.MISSING, region_id=region_id, site_id=site_id, signed=signed, reason=because.reason[:40],
        words=because.words[:200], **_range(cards),
    )  # fmt: skip


def find(cards: Cards, *, region_id: int, site_id: UUID, signed: Signed) -> None:
    """Cards that were missing have turned up."""
    _add(Kind.FOUND, region_id=region_id, site_id=site_id, signed=signed, **_range(cards))


def count(counted: int, *, region_id: int, site_id: UUID, words: str, signed: Signed) -> None:
    """Somebody counted the stock; the database writes beside it what it expects. A difference needs words."""
    if counted < 0:
        raise DomainError("serials_wrong")
    _add(Kind.COUNTED, region_id=region_id, site_id=site_id, signed=signed, counted=counted, words=words.strip()[:200])


def destroy(serials: Iterable[int], *, region_id: int, site_id: UUID, number: str, method: str, signed: Signed) -> None:
    """The second person confirms spoiled cards and destroys them with minutes. Raises DomainError two_people."""
    wanted = sorted(set(serials))
    minutes_id = _minutes(
        "blank", len(wanted), region_id=region_id, site_id=site_id, number=number, method=method, signed=signed
    )
    for serial in wanted:
        _add(
            Kind.DESTROYED, region_id=region_id, site_id=site_id, signed=signed, first=serial, last=serial,
            minutes_id=minutes_id, document=number[:60],
        )  # fmt: skip


def take_in(application_id: UUID, *, region_id: int, site_id: UUID, signed: Signed) -> None:
    """An old card was handed in; a second time changes nothing."""
    OldCard.objects.bulk_create(
        [
            OldCard(
                region_id=region_id,
                site_id=site_id,
                application_id=application_id,
                day=signed.day,
                at=signed.at,
                actor_id=signed.actor_id,
            )
        ],
        ignore_conflicts=True,
    )


def destroy_old_cards(
    ids: Iterable[UUID], *, region_id: int, site_id: UUID, number: str, method: str, signed: Signed
) -> None:
    """Another person than the one who took them in destroys old cards with minutes.

    Raises DomainError two_people, old_card_gone (a colleague has destroyed one of them meanwhile).
    """
    wanted = sorted(set(ids))
    minutes_id = _minutes(
        "old_card", len(wanted), region_id=region_id, site_id=site_id, number=number, method=method, signed=signed
    )
    with _refusals():
        for old_card_id in wanted:
            OldCardEnd.objects.create(
                old_card_id=old_card_id, region_id=region_id, minutes_id=minutes_id, actor_id=signed.actor_id
            )


def _minutes(
    what: str, quantity: int, *, region_id: int, site_id: UUID, number: str, method: str, signed: Signed
) -> UUID:
    if not quantity:
        raise DomainError("nothing_chosen")
    with _refusals():
        minutes = Minutes.objects.create(
            region_id=region_id, site_id=site_id, what=what, quantity=quantity, number=number.strip()[:60],
            method=method, day=signed.day, at=signed.at, actor_id=signed.actor_id,
        )  # fmt: skip
    return minutes.id
