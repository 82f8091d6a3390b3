"""What the plumbing keeps for a while only: answers, counters, sessions, codes, finished jobs."""

from __future__ import annotations

from datetime import timedelta

from adminduk.foundation import clock, idempotency, jobs, limits
from adminduk.foundation.sessions import SessionStore
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.accounts import actions as accounts

CODES_KEPT = timedelta(days=1)  # ended ones; they are of no use, but a late click should read "ended", not "unknown"


@jobs.job("upkeep.plumbing", every_minutes=30, is_for_each_region=False)
def clean(actor: Actor) -> None:
    """Delete what has ended."""
    with acting_as(actor):
        accounts.forget_challenges(clock.now() - CODES_KEPT)
        idempotency.forget_old_answers()
        limits.forget_ended()
        SessionStore.clear_expired()
        jobs.forget_finished()
