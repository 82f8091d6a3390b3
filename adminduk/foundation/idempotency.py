"""Every write happens once: the same key gets the same answer again, however often and however parallel it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import connection

from adminduk.foundation import clock, crypto
from adminduk.foundation.database.statements import fetch_one, run, run_later
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor

KEPT = timedelta(days=2)
_RESERVE = "INSERT INTO foundation_answer (key, created_at) VALUES (%s, %s) ON CONFLICT (key) DO NOTHING"


def once(actor: Actor, key: str, act: Callable[[], str]) -> str:
    """Run `act` in one transaction as `actor` and keep its answer under `key`.

    A second call with the same actor and key waits for the first to commit and returns its answer without acting.
    If `act` raises, nothing is kept and the key may be used again. An empty key acts each time (jobs, tests).
    """
    if not key:
        with acting_as(actor):
            return act()
    index = crypto.blind_index(f"{actor.kind}|{actor.id}|{key}", purpose="idempotency")
    context = f"foundation_answer|answer|{index.hex()}|"
    with acting_as(actor):
        if not run(_RESERVE, [index, clock.now()]):
            (stored,) = fetch_one("SELECT answer FROM foundation_answer WHERE key = %s", [index]) or (b"",)
            return crypto.decrypt(stored, context=context).decode()
        answer = act()
        sealed = crypto.encrypt(answer.encode(), context=context)
        run_later("UPDATE foundation_answer SET answer = %s WHERE key = %s", [sealed, index])
        return answer


def forget_old_answers() -> int:
    """Delete answers older than KEPT; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_answer WHERE created_at < %s", [clock.now() - KEPT])
        return int(cursor.rowcount)
