"""The citizen takes an application back, at any time before the decision."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation import clock
from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act, State
from adminduk.modules.documents import actions as pages
from adminduk.modules.uploads import actions as uploads
from adminduk.modules.workqueue import actions as workqueue
from adminduk.usecases import notify
from adminduk.usecases.case_record import record


def withdraw(actor: Actor, application_id: UUID, *, key: str) -> UUID:
    """End it at the citizen's wish; he may begin anew at once. Twice is harmless.

    A draft goes at once, with its pages and all that was typed; what was sent goes by the rules of retention. Raises
    NotFound, DomainError("not_possible") after a decision.
    """
    return UUID(once(actor, key, lambda: str(_withdraw(actor, application_id, at=clock.now()))))


def _withdraw(actor: Actor, application_id: UUID, *, at: datetime) -> UUID:
    case = cases.get_case(application_id, lock=True)
    if case.state is State.WITHDRAWN:
        return case.id
    applications.transition(case.id, Act.WITHDRAW, actor=actor, region_id=case.region_id, at=at, ends_at=None)
    applications.release_claim(case.id)
    workqueue.forget(case.id, region_id=case.region_id)
    if case.submitted_at is None:
        pages.remove_all(case.id, region_id=case.region_id, at=at)
        uploads.end_of_application(case.id, region_id=case.region_id)
        applications.empty_case(case.id, region_id=case.region_id)
    else:
        notify.tell("withdrawn", case=case, at=at, time=at)
    record("case.withdraw", case, actor=actor, at=at)
    return case.id
