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
from adminduk.modules.counters import queries as counters
from adminduk.modules.issuance import queries as products
from adminduk.modules.recordings import actions as attempts
from adminduk.modules.recordings import queries as recordings
from adminduk.modules.recordings.states import Act, Result
from adminduk.modules.recordings.types import Attempt
from adminduk.modules.visits import queries as visits
from adminduk.usecases import appoint_steps, notify
from adminduk.usecases.appoint_slots import is_needed
from adminduk.usecases.case_record import record
from adminduk.usecases.recording_word import opened

COME_AGAIN: Final = "recordings.come_again"
# Long enough for another try on the same day, at this station or another: most of those who stop begin anew.
PATIENCE: Final = timedelta(hours=1)
# So long the operators' page shows a recording without a result, for whoever knows what came of it to enter it.
FORGOTTEN_AFTER: Final = timedelta(days=7)


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
        if counters.is_in_hall(case.id, region_id=case.region_id):
            look_later(case, at=at)  # he came without an appointment, and is still served
            return
        last = _last_ended(case)
        if last is not None and last.result is Result.FAILED and not _has_come_since(case, last):
            return  # that was told when it failed, with a time or an invitation
        if last is not None and last.ended_at is not None and last.ended_at + PATIENCE > at:
            look_later(case, at=last.ended_at)  # the waiting job was of an earlier try
            return
        give_another(case, actor=actor, at=at)


@jobs.job("recordings.end_forgotten", every_minutes=60)
def end_forgotten(actor: Actor) -> None:
    """Attempts of which nobody reported what came for a week: broken off. Harmless when repeated.

    As long as one goes on, its person can choose no time, and no word of the centre about him is heard.
    """
    (region_id,), at = actor.regions, clock.now()
    with acting_as(actor):
        forgotten = recordings.list_unfinished(region_id, before=at - FORGOTTEN_AFTER)

    def end(attempt: Attempt) -> None:
        with acting_as(actor):
            _end_forgotten(actor, attempt, at=at)

    jobs.each_alone(forgotten, end)


def _end_forgotten(actor: Actor, seen: Attempt, *, at: datetime) -> None:
    place = opened(seen.product_id, region_id=seen.region_id)
    attempt = recordings.get_attempt(seen.id, region_id=seen.region_id)  # as it stands now that both are held
    if attempt.ended_at is not None:
        return
    attempts.end_attempt(attempt, result=Result.GONE, photographs=0, is_photo_approved=False, at=at)
    attempts.move(place.recording, Act.BREAK_OFF, at=at)
    record("recording.gone", place.case, actor=actor, at=at)
    if not is_awaited(place.case):  # whose number nobody ended is looked at when his day's appointments end
        give_another(place.case, actor=actor, at=at)


def give_another(case: Case, *, actor: Actor, at: datetime) -> None:
    """Within a transaction: he was here in vain, and has the soonest time at once, ahead of others. He is told both."""
    record("appointment.again", case, actor=actor, at=at)
    notify.tell("recording_unfinished", case=case, at=at)
    appoint_steps.once_more(case, at=at)


def is_awaited(case: Case) -> bool:
    """Whether a time or a visit has been agreed with somebody who has to be recorded, for whichever application."""
    if book.has_appointment(case.subject_index, region_id=case.region_id):
        return True
    his = recordings.list_of_person(case.subject_index, region_id=case.region_id)
    return any(visits.find_open(one.product_id, region_id=one.region_id) is not None for one in his)


def _last_ended(case: Case) -> Attempt | None:
    product = products.find_of_application(case.id, region_id=case.region_id)
    attempts = recordings.list_attempts(product.id, region_id=case.region_id) if product else ()
    return attempts[-1] if attempts else None


def _has_come_since(case: Case, attempt: Attempt) -> bool:
    """Whether an appointment has ended, or was made, after that attempt."""
    changed_at = book.last_change(case.id, region_id=case.region_id)
    return changed_at is not None and attempt.ended_at is not None and changed_at > attempt.ended_at
