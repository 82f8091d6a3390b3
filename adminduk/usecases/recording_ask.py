"""Jobs that tell the centre of recordings and ask what became of them, after longer and longer pauses."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.kernel.identifiers import Nik, RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.recordings import actions as recordings
from adminduk.modules.recordings import queries
from adminduk.modules.recordings.ports import Heard, Order
from adminduk.modules.recordings.states import State
from adminduk.modules.recordings.types import CENTRE, REGISTER, Attempt, Recording, cleaned_status
from adminduk.usecases.outside import recording_centre, register
from adminduk.usecases.recording_follow import take_over
from adminduk.usecases.recording_word import ASK, LATE, OFFICE, asks_centre, enqueue_ask, follow_later, opened

log = logging.getLogger(__name__)
REPORT = "recordings.report"
LATE_AFTER = timedelta(days=21)  # the check for double records is said to take up to twenty days
LATE_AGAIN_AFTER = timedelta(days=7)  # an officer has asked the centre, and it still says nothing
OVERDUE = timedelta(hours=1)
CLOCKS_DIFFER = timedelta(seconds=5)


@jobs.job(REPORT)
def report(actor: Actor, attempt_id: str) -> None:
    """Tell the centre that somebody was recorded; repeated until it is taken over, harmless when told twice."""
    (region_id,) = actor.regions
    with acting_as(actor):
        attempt = queries.get_attempt(UUID(attempt_id), region_id=region_id)
        recording = queries.get(attempt.product_id, region_id=region_id)
        case = cases.get_case(recording.application_id)
    if attempt.sent_at is not None or not _is_to_be_told(attempt, recording):
        return
    order = Order(attempt.reference, Nik.parse(case.subject["nik"]), RegionCode.from_number(region_id))
    try:
        recording_centre().report(order)
    except RefusedByOutside as refusal:
        log.warning("the centre refused a recording", extra={"region": region_id, "code": str(refusal)})
        with acting_as(actor):
            if _is_to_be_told(attempt, opened(attempt.product_id, region_id=region_id).recording):
                recordings.set_attention(attempt.product_id, region_id=region_id, attention=OFFICE)
        return
    with acting_as(actor):
        recordings.mark_sent(attempt.id, region_id=region_id, at=clock.now())


def _is_to_be_told(attempt: Attempt, recording: Recording) -> bool:
    """Not of a recording that was repeated since, or of which the centre has said what there is to say."""
    return recording.reference == attempt.reference and recording.state is State.AT_CENTRE


@jobs.job(ASK)
def ask(actor: Actor, product_id: str) -> None:
    """Ask about one recording, draw the consequence, and ask again later as long as something is awaited."""
    (region_id,) = actor.regions
    wanted = UUID(product_id)
    with acting_as(actor):
        recording = queries.find(wanted, region_id=region_id)
        case = cases.get_case(recording.application_id) if recording else None
    if recording is None or case is None or recording.ask_at is None or recording.ask_at > clock.now() + CLOCKS_DIFFER:
        return
    source, heard = _asked(recording, case)
    at = clock.now()
    with acting_as(actor):
        for one in heard:
            take_over(opened(wanted, region_id=region_id), one, source=source, actor=actor, at=at)
        after = recordings.lock(wanted, region_id=region_id)
        if after.ask_at is not None:
            follow_later(after, at=at)


def _asked(recording: Recording, case: Case) -> tuple[str, tuple[Heard, ...]]:
    """Nothing where nobody answers: the next question comes anyway."""
    source = CENTRE if recording.reference else REGISTER
    try:
        if source == CENTRE:
            return source, recording_centre().hear([recording.reference]).heard
        code = RegionCode.from_number(recording.region_id)
        person = register().find_person(Nik.parse(case.subject["nik"]), region=code)
    except (Unavailable, RefusedByOutside) as silence:
        log.info("no word on a recording yet", extra={"region": recording.region_id, "code": str(silence)})
        return source, ()
    raw = cleaned_status(person.card_status) if person else ""
    return source, (Heard(raw),) if raw else ()


@jobs.job("recordings.sweep", every_minutes=10)
def sweep(actor: Actor) -> None:
    """Take up what a lost job has left, and show officers what the centre has kept for three weeks."""
    (region_id,) = actor.regions
    now = clock.now()
    with acting_as(actor):
        for product_id in queries.list_due_ids(region_id, at=now - OVERDUE):
            enqueue_ask(product_id, region_id=region_id, at=now)
        late = queries.list_late_ids(region_id, before=now - LATE_AFTER, looked_at_before=now - LATE_AGAIN_AFTER)
        for product_id in late:
            recordings.set_attention(product_id, region_id=region_id, attention=LATE)
        if asks_centre(region_id):
            for attempt_id in queries.list_unsent_ids(region_id, before=now - OVERDUE):
                jobs.enqueue(REPORT, region=region_id, once=str(attempt_id), attempt_id=str(attempt_id))
