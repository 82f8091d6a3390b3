"""Every act on an application leaves an entry in the audit trail, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from adminduk.kernel.actor import Actor
from adminduk.modules.applications.types import Case
from adminduk.modules.audit import actions as audit


def record(act: str, case: Case, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Write `act` by `actor` on `case`, concerning the person it is about."""
    audit.record(
        act,
        actor=actor,
        at=at,
        region_id=case.region_id,
        about=("application", case.id),
        subject_index=case.subject_index,
        reason=reason,
    )
