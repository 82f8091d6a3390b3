"""Who was at the counter or the station and went home without a recording is given another time, and told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import queries as book
from adminduk.modules.issuance import queries as products
from adminduk.modules.visits import queries as visits
from adminduk.usecases import appoint_steps, notify
from adminduk.usecases.appoint_slots import is_needed

COME_AGAIN: Final = "recordings.come_again"
# Long enough for another try on the same day, at this station or another: most of those who stop begin anew.
PATIENCE: Final = timedelta(hours=1)


def look_later(case: Case, *, at: datetime) -> None:
    """Within the act after which somebody may have gone home: whether he has is seen after a while."""
    jobs.enqueue(COME_AGAIN, region=case.region_id, at=at + PATIENCE, once=str(case.id), application_id=str(case.id))


@jobs.job(COME_AGAIN)
def come_again(actor: Actor, *, application_id: str) -> None:
    """Give the soonest time to whoever was not recorded and has neither time nor visit. Harmless when repeated.

    Nothing for somebody who is recorded meanwhile, sits at the station, or still has a number in the hall: each of
    these ends by an act that looks again.
    """
    at = clock.now()
    with acting_as(actor):
        case = cases.get_case(UUID(application_id), lock=True)
        if not is_needed(case) or is_awaited(case):
            return
        give_another(case, at=at)


def give_another(case: Case, *, at: datetime) -> None:
    """Within a transaction: he was here in vain, and has the soonest time at once, ahead of others. He is told both."""
    notify.tell("recording_unfinished", case=case, at=at)
    appoint_steps.once_more(case, at=at)


def is_awaited(case: Case) -> bool:
    """Whether a time or a visit has been agreed with somebody who has to be recorded."""
    if book.find_active(case.id, region_id=case.region_id) is not None:
        return True
    product = products.find_of_application(case.id, region_id=case.region_id)
    return product is not None and visits.find_open(product.id, region_id=case.region_id) is not None
