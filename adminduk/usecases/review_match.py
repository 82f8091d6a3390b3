"""Compare by hand: where the register cannot be asked, an officer looks and confirms who somebody is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Problem
from adminduk.modules.applications import actions as applications
from adminduk.usecases.apply import claim
from adminduk.usecases.case_record import record
from adminduk.usecases.review import held_case, write_internal

COMPARED = ("nik", "no_kk", "name", "birth_date")


def confirm_match(actor: Actor, application_id: UUID, *, compared: frozenset[str], key: str, at: datetime) -> None:
    """The officer has compared all four answers with the population data and they agree.

    The case then takes the person's one open place for the service. Raises NotFound; DomainError: not_holding,
    comparison_open (problems), already_open (the person has another application under way).
    """
    lacking = [name for name in COMPARED if name not in compared]
    if lacking:
        raise DomainError(
            "comparison_open", problems=tuple(Problem("comparison_item", f"cocok-{name}") for name in lacking)
        )

    def act() -> str:
        case = held_case(actor, application_id, at=at)
        if case.is_matched:
            return ""
        applications.mark_matched(case.id, region_id=case.region_id)
        claim(case)
        write_internal("match", case, actor=actor, words="", at=at)
        record("case.match", case, actor=actor, at=at)
        return ""

    once(actor, key, act)
