"""After the day: tickets end, lose what leads to a person, and seats are free."""

from __future__ import annotations

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.counters import actions as counters
from adminduk.usecases.queue_at_counter import day_in


@jobs.job("upkeep.counters", every_minutes=60)
def end_days(actor: Actor) -> None:
    """Each hour, so that it follows midnight in every zone; repeated it does nothing."""
    (region,) = actor.regions
    now = clock.now()
    with acting_as(actor):
        counters.end_days(region, before=day_in(region, at=now), at=now)
