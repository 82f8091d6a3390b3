"""At the recording station: who sits there, what is checked, the photograph approved, and what came of it.

Pictures, fingerprints and irises stay in the national system's station. Here stand the result and a reference.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from adminduk.foundation import jobs
from adminduk.foundation.idempotency import once
from adminduk.foundation.limits import Limit, spend
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.states import State as BookingState
from adminduk.modules.counters import actions as here
from adminduk.modules.counters import queries as counters
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite
from adminduk.modules.recordings import actions as recordings
from adminduk.modules.recordings import queries
from adminduk.modules.recordings.states import Act, Result
from adminduk.modules.recordings.types import TYPED, Attempt, Recording, StatusHeard
from adminduk.modules.visits import actions as visits
from adminduk.modules.visits import queries as visit_queries
from adminduk.modules.visits.types import VisitRequest
from adminduk.usecases import appoint_steps, notify, recording_again
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue
from adminduk.usecases.queue_at_counter import day_in
from adminduk.usecases.recording_ask import REPORT
from adminduk.usecases.recording_word import Opened, asks_centre, follow_later, opened, repeat
from adminduk.usecases.review import refuse_own_family

OPERATORS = frozenset({ActorKind.OPERATOR, ActorKind.HEAD})
LOOK_UPS = Limit("recording_look_ups", times=200, window=timedelta(hours=1))
CAPTURED = "BIO_CAPTURED"
MOST_PHOTOGRAPHS = 20


@dataclass(frozen=True, slots=True)
class AtStation:
    """What an operator sees of one person. `attempt` is the one that goes on now."""

    case: Case
    recording: Recording
    attempt: Attempt | None
    attempts: tuple[Attempt, ...]
    heard: tuple[StatusHeard, ...]
    visit: VisitRequest | None
    places: Mapping[UUID, str]  # where people are recorded, by name
    place: UUID | None  # where this is, as far as the portal can know without asking


def region_of_operator(actor: Actor) -> int:
    """The one region of somebody who records. Raises NotFound for everybody else."""
    if actor.kind not in OPERATORS:
        raise NotFound("recording")
    (region_id,) = actor.regions
    return region_id


def find(actor: Actor, *, number: str) -> UUID:
    """The product of an application that is at its recording, by the number on the citizen's page.

    Raises NotFound; DomainError: number_shape, number_check, too_often, own_family.
    """
    wanted = ApplicationNumber.parse(number)
    region_id = region_of_operator(actor)
    spend(LOOK_UPS, str(actor.id))
    with acting_as(actor):
        case = cases.find_by_number(wanted.text, region_id=region_id)
        found = queries.find_of_application(case.id, region_id=region_id) if case else None
        if case is None or found is None:
            raise NotFound("recording")
        refuse_own_family(actor, case)
    return found.product_id


def open_person(actor: Actor, product_id: UUID, *, at: datetime) -> AtStation:
    """Who sits there. The look is recorded. Raises NotFound; DomainError("own_family")."""
    region_id = region_of_operator(actor)
    with acting_as(actor):
        recording = queries.get(product_id, region_id=region_id)
        case = cases.get_case(recording.application_id)
        refuse_own_family(actor, case)
        record("recording.look", case, actor=actor, at=at)
        return AtStation(
            case=case,
            recording=recording,
            attempt=queries.find_open_attempt(product_id, region_id=region_id),
            attempts=queries.list_attempts(product_id, region_id=region_id),
            heard=queries.list_heard(product_id, region_id=region_id),
            visit=visit_queries.find_open(product_id, region_id=region_id),
            places={site.id: site.name for site in _recording_sites(region_id)},
            place=_place_of(actor, case, at=at),
        )


def _recording_sites(region_id: int) -> tuple[ServiceSite, ...]:
    sites = offices.list_sites(region_id)
    return tuple(site for site in sites if site.records) or sites


def _place_of(actor: Actor, case: Case, *, at: datetime) -> UUID | None:
    """Where the operator sits today, else where the person has been let in, else the only place there is."""
    day = day_in(case.region_id, at=at)
    seat = counters.find_seat(case.region_id, operator_id=actor.id)
    if seat is not None and seat.seated_on == day:
        return seat.site_id
    booking = book.find_active(case.id, region_id=case.region_id)
    if booking is not None and booking.state is BookingState.ARRIVED and booking.day == day:
        return booking.site_id
    sites = _recording_sites(case.region_id)
    return sites[0].id if len(sites) == 1 else None


def begin(
    actor: Actor,
    product_id: UUID,
    *,
    checks: Collection[str],
    exceptions: Collection[str],
    site_id: UUID | None,
    key: str,
    at: datetime,
) -> UUID:
    """The person sits before the camera; every check has been ticked. Returns the attempt.

    `site_id` is the place that the operator has named; it is needed only where the portal cannot know it.
    Raises NotFound; DomainError: recording_checks_open (problems), recording_place, recording_elsewhere, own_family.
    """
    region_id = region_of_operator(actor)
    _refuse_open_checks(checks)
    known = [code for code in catalogue().recording_station.exceptions if code in exceptions]

    def act() -> str:
        place = opened(product_id, region_id=region_id)
        refuse_own_family(actor, place.case)
        named = site_id if site_id in [site.id for site in _recording_sites(region_id)] else None
        where = _place_of(actor, place.case, at=at) or named
        if where is None:
            raise DomainError("recording_place", problems=(Problem("recording_place", "tempat"),))
        here.know_walk_in(actor.id, region_id=region_id, application_id=place.case.id, day=day_in(region_id, at=at))
        return str(begin_within(place, actor=actor, exceptions=known, site_id=where, visit_id=None, at=at).id)

    return UUID(once(actor, key, act))


def _refuse_open_checks(checks: Collection[str]) -> None:
    lacking = [code for code in catalogue().recording_station.checks if code not in checks]
    if lacking:
        raise DomainError(
            "recording_checks_open", problems=tuple(Problem("recording_check", f"cek-{code}") for code in lacking)
        )


def begin_within(
    place: Opened,
    *,
    actor: Actor,
    exceptions: Collection[str],
    site_id: UUID | None,
    visit_id: UUID | None,
    at: datetime,
) -> Attempt:
    """Begin an attempt within a transaction. Raises DomainError("recording_elsewhere")."""
    attempt = recordings.begin_attempt(
        place.recording,
        operator_id=actor.id,
        site_id=site_id,
        visit_id=visit_id,
        exceptions=tuple(exceptions),
        at=at,
    )
    record("recording.begin", place.case, actor=actor, at=at)
    return attempt


def finish(
    actor: Actor,
    attempt_id: UUID,
    *,
    result: Result,
    photographs: int,
    is_photo_approved: bool,
    key: str,
    at: datetime,
) -> None:
    """Report what came of an attempt. A recording counts only with a photograph that the person has approved.

    Raises NotFound; DomainError: photo_not_approved, recording_elsewhere, own_family.
    """
    region_id = region_of_operator(actor)
    if result is Result.RECORDED and not is_photo_approved:
        raise DomainError("photo_not_approved")

    def act() -> str:
        attempt = queries.get_attempt(attempt_id, region_id=region_id)
        place = opened(attempt.product_id, region_id=region_id)
        refuse_own_family(actor, place.case)
        count = max(0, min(photographs, MOST_PHOTOGRAPHS))
        finish_within(place, attempt, result=result, photographs=count, actor=actor, at=at)
        return ""

    once(actor, key, act)


def finish_within(
    place: Opened, attempt: Attempt, *, result: Result, photographs: int, actor: Actor, at: datetime
) -> None:
    """End an attempt within a transaction; the centre is told by a job. Raises DomainError("recording_elsewhere")."""
    recordings.end_attempt(
        attempt,
        result=result,
        photographs=photographs,
        is_photo_approved=result is Result.RECORDED,
        at=at,
    )
    current = Opened(place.case, recordings.lock(attempt.product_id, region_id=attempt.region_id))
    record(f"recording.{result}", place.case, actor=actor, at=at)
    if result is Result.RECORDED:
        _recorded(current, attempt, actor=actor, at=at)
    elif result is Result.FAILED:
        if attempt.visit_id is None:
            appoint_steps.was_here(place.case, at=at)
        repeat(current, Act.FAIL, at=at)
    else:
        recordings.move(current.recording, Act.BREAK_OFF, at=at)
        recording_again.look_later(place.case, at=at)


def _recorded(place: Opened, attempt: Attempt, *, actor: Actor, at: datetime) -> None:
    recording = recordings.move(place.recording, Act.RECORD, at=at, captured_at=at)
    kept = recordings.hear(
        recording,
        raw=CAPTURED,
        outcome=catalogue().recording_status(CAPTURED).outcome,
        source=TYPED,
        reference=attempt.reference,
        said_on=None,
        actor_id=actor.id,
        at=at,
    )
    visits.drop_of_product(recording.product_id, region_id=recording.region_id, at=at)
    appoint_steps.attended(place.case, at=at)
    notify.tell("recording_done", case=place.case, at=at)
    if asks_centre(recording.region_id):
        jobs.enqueue(REPORT, region=recording.region_id, attempt_id=str(attempt.id))
    follow_later(kept, at=at)
