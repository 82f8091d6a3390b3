"""Limits that cost the same at any size: one counter row per thing and window, one statement per try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from adminduk.foundation import clock, crypto
from adminduk.kernel.errors import DomainError


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
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_limit (key, ends_at, spent) VALUES (%(key)s, %(ends)s, 1)"
            " ON CONFLICT (key) DO UPDATE SET"
            " spent = CASE WHEN foundation_limit.ends_at <= %(now)s THEN 1 ELSE foundation_limit.spent + 1 END,"
            " ends_at = CASE WHEN foundation_limit.ends_at <= %(now)s THEN %(ends)s ELSE foundation_limit.ends_at END"
            " RETURNING spent, ends_at",
            {"key": crypto.blind_index(key, purpose=f"limit|{limit.name}"), "ends": now + limit.window, "now": now},
        )
        spent, ends_at = cursor.fetchone() or (0, now)
    if spent > limit.times:
        minutes = max(1, round((ends_at - now).total_seconds() / 60))
        raise DomainError("too_often", minutes=minutes, limit=limit.name)


def refuse_if_spent(limit: Limit, key: str) -> None:
    """Raise DomainError("too_often", minutes=…) when no try is left; counts nothing."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ends_at FROM foundation_limit WHERE key = %s AND ends_at > %s AND spent >= %s",
            [crypto.blind_index(key, purpose=f"limit|{limit.name}"), now, limit.times],
        )
        row = cursor.fetchone()
    if row:
        minutes = max(1, round((row[0] - now).total_seconds() / 60))
        raise DomainError("too_often", minutes=minutes, limit=limit.name)


def forget_ended() -> int:
    """Delete counters whose window has ended; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_limit WHERE ends_at < %s", [clock.now()])
        return int(cursor.rowcount)
