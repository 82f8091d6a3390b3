"""Limits that cost the same at any size: one counter row per thing and window, one statement per try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

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


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` per `window` for each key."""

    name: str
    times: int
    window: timedelta


def spend(limit: Limit, key: str) -> None:
    """Count one try. Raises DomainError("too_often", minutes=…) when the limit is passed.

    Call it outside the business transaction: a refused act must still have been counted. Keys are stored as blind
    indexes.
    """
    spend_each((limit, key))


def spend_each(*tries: tuple[Limit, str]) -> None:
    """As `spend`, for several limits in one statement; all are counted, the first that is passed is told."""
    now = clock.now()
    indexes = [crypto.blind_index(key, purpose=f"limit|{limit.name}") for limit, key in tries]
    # In one order everywhere, so that two statements never wait for each other.
    ordered = sorted(zip(indexes, [now + limit.window for limit, _ in tries], strict=True))
    rows = fetch_all(
        _SPEND, {"keys": [key for key, _ in ordered], "ends": [ends_at for _, ends_at in ordered], "now": now}
    )
    counted = {bytes(key): (spent, ends_at) for key, spent, ends_at in rows}
    for index, (limit, _) in zip(indexes, tries, strict=True):
        spent, ends_at = counted[index]
        if spent > limit.times:
            minutes = max(1, round((ends_at - now).total_seconds() / 60))
            raise DomainError("too_often", minutes=minutes, limit=limit.name)


def refuse_if_spent(limit: Limit, key: str) -> None:
    """Raise DomainError("too_often", minutes=…) when no try is left; counts nothing."""
    now = clock.now()
    row = fetch_one(
        "SELECT ends_at FROM foundation_limit WHERE key = %s AND ends_at > %s AND spent >= %s",
        [crypto.blind_index(key, purpose=f"limit|{limit.name}"), now, limit.times],
    )
    if row:
        minutes = max(1, round((row[0] - now).total_seconds() / 60))
        raise DomainError("too_often", minutes=minutes, limit=limit.name)


def forget_ended() -> int:
    """Delete counters whose window has ended; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_limit WHERE ends_at < %s", [clock.now()])
        return int(cursor.rowcount)
