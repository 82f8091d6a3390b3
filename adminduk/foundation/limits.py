"""Limits that cost the same at any size: one counter row per thing and window, one statement per try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from adminduk.foundation import clock, crypto
from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.kernel.errors import DomainError

_SPEND = """
INSERT INTO foundation_limit (key, ends_at, spent)
SELECT key, ends_at, 1 FROM unnest(%(keys)s::bytea[], %(ends)s::timestamptz[]) AS tries (key, ends_at)
ON CONFLICT (key) DO UPDATE SET
    spent = CASE WHEN foundation_limit.ends_at <= %(now)s THEN 1 ELSE foundation_limit.spent + 1 END,
    ends_at = CASE WHEN foundation_limit.ends_at <= %(now)s THEN excluded.ends_at ELSE foundation_limit.ends_at END
RETURNING key, spent, ends_at"""
_UNLESS = """
WHERE NOT EXISTS (SELECT FROM foundation_limit WHERE key = %(other)s AND ends_at > %(now)s AND spent >= %(most)s)"""
_SPEND_UNLESS = _SPEND.replace("\nON CONFLICT", f"{_UNLESS}\nON CONFLICT")


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` per `window` for each key."""

    name: str
    times: int
    window: timedelta


def spend(limit: Limit, key: str, *, unless: Limit | None = None) -> None:
    """Count one try. Raises DomainError("too_often", minutes=…) when the limit is passed.

    Call it outside the business transaction: a refused act must still have been counted. Keys are stored as blind
    indexes. `unless`: as after `refuse_if_spent(unless, key)`, in one statement.
    """
    if unless is None:
        spend_each((limit, key))
    elif not _counted(_SPEND_UNLESS, (limit, key), other=_index(unless, key), most=unless.times):
        refuse_if_spent(unless, key)


def spend_each(*tries: tuple[Limit, str]) -> None:
    """As `spend`, for several limits in one statement; all are counted, the first that is passed is told."""
    _counted(_SPEND, *tries)


def _counted(statement: str, *tries: tuple[Limit, str], **values: Any) -> bool:
    now = clock.now()
    indexes = [_index(limit, key) for limit, key in tries]
    # In one order everywhere, so that two statements never wait for each other.
    ordered = sorted(zip(indexes, [now + limit.window for limit, _ in tries], strict=True))
    values |= {"keys": [key for key, _ in ordered], "ends": [ends_at for _, ends_at in ordered], "now": now}
    counted = {bytes(key): (spent, ends_at) for key, spent, ends_at in fetch_all(statement, values)}
    if not counted:
        return False
    for index, (limit, _) in zip(indexes, tries, strict=True):
        spent, ends_at = counted[index]
        if spent > limit.times:
            raise _too_often(limit, ends_at, now)
    return True


def _index(limit: Limit, key: str) -> bytes:
    return crypto.blind_index(key, purpose=f"limit|{limit.name}")


def _too_often(limit: Limit, ends_at: datetime, now: datetime) -> DomainError:
    minutes = max(1, round((ends_at - now).total_seconds() / 60))
    return DomainError("too_often", minutes=minutes, limit=limit.name)


def refuse_if_spent(limit: Limit, key: str) -> None:
    """Raise DomainError("too_often", minutes=…) when no try is left; counts nothing."""
    now = clock.now()
    row = fetch_one(
        "SELECT ends_at FROM foundation_limit WHERE key = %s AND ends_at > %s AND spent >= %s",
        [_index(limit, key), now, limit.times],
    )
    if row:
        raise _too_often(limit, row[0], now)


def forget_ended() -> int:
    """Delete counters whose window has ended; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_limit WHERE ends_at < %s", [clock.now()])
        return int(cursor.rowcount)
