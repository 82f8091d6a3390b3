"""A word of the national system: kept raw and mapped, and what follows from it short of printing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.foundation import jobs
from adminduk.kernel.actor import Actor
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.recordings import actions as recordings
from adminduk.modules.recordings import queries
from adminduk.modules.recordings.ports import Heard
from adminduk.modules.recordings.states import Act, State, follows
from adminduk.modules.recordings.types import Recording
from adminduk.modules.visits import actions as visits
from adminduk.modules.visits import queries as visit_queries
from adminduk.modules.visits.states import Kind
from adminduk.usecases import appoint_steps, notify
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue
from adminduk.usecases.visit import ask_within

DUPLICATE, OFFICE, UNKNOWN, LATE = "duplicate", "office", "unknown", "late"  # why it lies on an officer's list
READY = "ready"
ASK = "recordings.ask"
NOT_YET_THERE = "UNREGISTERED"


@dataclass(frozen=True, slots=True)
class Opened:
    """Case and recording of a product, both held to the end of the transaction, always in this order."""

    case: Case
    recording: Recording


def opened(product_id: UUID, *, region_id: int) -> Opened:
    """Raises NotFound."""
    seen = queries.get(product_id, region_id=region_id)
    case = cases.get_case(seen.application_id, lock=True)
    return Opened(case, recordings.lock(product_id, region_id=region_id))


def says_something(recording: Recording, heard: Heard) -> bool:
    """Whether it is news: not of an earlier attempt, not known, and not merely that the centre has nothing yet."""
    is_of_earlier = bool(heard.reference) and heard.reference != recording.reference
    if is_of_earlier or heard.raw == recording.raw or (heard.raw == NOT_YET_THERE and recording.raw):
        return False
    return recording.state not in (State.DONE, State.LEFT, State.UNDER_WAY)


def keep(place: Opened, heard: Heard, *, source: str, actor: Actor, at: datetime) -> str:
    """Keep what was said and draw the consequence; returns what it means, or empty text when it says nothing new.

    READY is left to who may let the card go on (recording_follow.py).
    """
    if not says_something(place.recording, heard):
        return ""
    outcome = catalogue().recording_status(heard.raw).outcome
    if outcome != READY and _is_of_before(place.recording, heard):
        return ""
    kept = recordings.hear(
        place.recording,
        raw=heard.raw,
        outcome=outcome,
        source=source,
        reference=heard.reference,
        said_on=heard.said_on,
        actor_id=actor.id,
        at=at,
    )
    record("recording.status", place.case, actor=actor, at=at, reason=outcome)
    now = Opened(place.case, kept)
    if outcome == "failed":
        repeat(now, Act.FAIL, at=at)
    elif outcome in (DUPLICATE, OFFICE):
        _hold(now, outcome, at=at)
    elif outcome == UNKNOWN:
        _attend(kept, UNKNOWN)
    elif outcome != READY:
        _wait(now, at=at)
    return outcome


def _is_of_before(recording: Recording, heard: Heard) -> bool:
    """Whether a list by NIK, which knows no attempts, says what was true before our own last recording."""
    if heard.reference or not recording.reference or heard.said_on is None or recording.captured_at is None:
        return False
    zone = catalogue().region(RegionCode.from_number(recording.region_id)).time_zone
    return heard.said_on < recording.captured_at.astimezone(ZoneInfo(zone)).date()


def asks_centre(region_id: int) -> bool:
    """Whether the region's statuses come over HTTP."""
    return catalogue().region(RegionCode.from_number(region_id)).recording_statuses == "centre"


def follow_later(recording: Recording, *, at: datetime) -> None:
    """Within a transaction: the centre, or for whoever was recorded elsewhere the register, is asked after a pause."""
    if recording.reference and not asks_centre(recording.region_id):
        return
    ask_at = recordings.ask_later(recording.product_id, region_id=recording.region_id, asks=recording.asks, at=at)
    enqueue_ask(recording.product_id, region_id=recording.region_id, at=ask_at)


def enqueue_ask(product_id: UUID, *, region_id: int, at: datetime) -> None:
    """Put the question into the outbox, once for a product."""
    jobs.enqueue(ASK, region=region_id, at=at, once=str(product_id), product_id=str(product_id))


def repeat(place: Opened, act: Act, *, at: datetime) -> None:
    """A new recording is needed, ahead of others."""
    case, recording = place.case, place.recording
    if follows(recording.state, act) is None:
        return
    recordings.move(recording, act, at=at, attention="", ask_at=None)
    _visit_again(place, at=at)
    notify.tell("recording_failed", case=case, at=at)
    if visit_queries.find_open(recording.product_id, region_id=recording.region_id) is None:
        appoint_steps.once_more(case, at=at)


def _visit_again(place: Opened, *, at: datetime) -> None:
    """Whoever was recorded at home is visited once more, without asking again, where his application says he lives.

    A note of his stays as long as the place of that visit does.
    """
    case, recording = place.case, place.recording
    attempts = queries.list_attempts(recording.product_id, region_id=recording.region_id)
    if not attempts or attempts[-1].visit_id is None:
        return
    if visit_queries.find_open(recording.product_id, region_id=recording.region_id) is None:
        before = visit_queries.get_request(attempts[-1].visit_id, region_id=recording.region_id)
        note = before.place.get("note", "")
        ask_within(case, recording.product_id, kind=Kind(before.kind), asked_by=before.asked_by, note=note, at=at)


def _hold(place: Opened, attention: str, *, at: datetime) -> None:
    """Only an officer gets it further. The centre is asked on, for it shows when he has."""
    case, recording = place.case, place.recording
    if follows(recording.state, Act.HOLD) is None:
        return
    recordings.move(recording, Act.HOLD, at=at, attention=attention)
    nobody_is_awaited(place, at=at)
    if attention != recording.attention:
        notify.tell("recording_duplicate" if attention == DUPLICATE else "recording_checked", case=case, at=at)


def _wait(place: Opened, *, at: datetime) -> None:
    """The centre has it. Whoever was still to come has been recorded elsewhere, unless nothing is known of it."""
    recording = place.recording
    if recording.attention == UNKNOWN:
        _attend(recording, "")
    if recording.raw != NOT_YET_THERE and follows(recording.state, Act.WAIT) is not None:
        recordings.move(recording, Act.WAIT, at=at, captured_at=at)
        nobody_is_awaited(place, at=at)


def nobody_is_awaited(place: Opened, *, at: datetime) -> None:
    """Neither at the office nor by a team on its way: whoever had a time or a visit has none any more."""
    visits.drop_of_product(place.recording.product_id, region_id=place.recording.region_id, at=at)
    appoint_steps.need_not_come(place.case, at=at)


def _attend(recording: Recording, attention: str) -> None:
    recordings.set_attention(recording.product_id, region_id=recording.region_id, attention=attention)
