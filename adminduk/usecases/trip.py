"""Trips of a team: a day, a route, a pack to print, and the results that are entered afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.moments import zone_name
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.audit import actions as audit
from adminduk.modules.recordings import queries as recordings
from adminduk.modules.recordings.states import TO_COME
from adminduk.modules.recordings.states import Result as AttemptResult
from adminduk.modules.visits import actions as visits
from adminduk.modules.visits import queries
from adminduk.modules.visits.states import COME_AGAIN, MET, Kind, Result, State
from adminduk.modules.visits.types import Trip, VisitRequest
from adminduk.usecases import notify
from adminduk.usecases.apply import region_of
from adminduk.usecases.case_record import record
from adminduk.usecases.record import begin_within, finish_within, region_of_operator
from adminduk.usecases.recording_word import Opened, opened
from adminduk.usecases.review import is_own_family
from adminduk.usecases.visit import OFFICE, ask_within, region_of_staff

LONGEST_TITLE, LONGEST_TEAM = 120, 200
FURTHEST = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of a route. `case` is None for a school, prison or village as a whole."""

    visit: VisitRequest
    case: Case | None


def make(
    actor: Actor, *, day: date | None, departs: time | None, title: str, team: str, today: date, key: str, at: datetime
) -> UUID:
    """A trip on a day, still without anybody to visit. Raises NotFound; DomainError("trip_wrong") with problems."""
    region_id = region_of_staff(actor)
    problems = []
    if day is None or not today <= day <= today + FURTHEST:
        problems.append(Problem("trip_day", "hari"))
    if departs is None:
        problems.append(Problem("trip_departs", "berangkat"))
    if not 1 <= len(title.strip()) <= LONGEST_TITLE:
        problems.append(Problem("trip_title", "tujuan"))
    if not 1 <= len(team.strip()) <= LONGEST_TEAM:
        problems.append(Problem("trip_team", "tim"))
    if problems or day is None or departs is None:
        raise DomainError("trip_wrong", problems=tuple(problems))

    def act() -> str:
        made = visits.make_trip(
            region_id=region_id,
            day=day,
            departs=departs,
            title=title.strip(),
            team=team.strip(),
            made_by=actor.id,
            at=at,
        )
        audit.record("trip.make", actor=actor, at=at, region_id=region_id, about=("trip", made.id))
        return str(made.id)

    return UUID(once(actor, key, act))


def add(
    actor: Actor, trip_id: UUID, *, visit_ids: Sequence[UUID], numbers: Sequence[str], key: str, at: datetime
) -> None:
    """Put requests into the trip, and people by the numbers of their applications; each is told day and time.

    The route is put into order by kecamatan, desa and address. Raises NotFound; DomainError: trip_closed, visit_over,
    visit_not_due, visit_number (problems: which number is none of somebody to be recorded).
    """
    region_id = region_of_staff(actor)

    def act() -> str:
        trip = _open_trip(trip_id, region_id)
        # In one order: two who ask for the same people wait for each other only once.
        wanted = [*visit_ids, *(_by_number(number, region_id=region_id, at=at) for number in sorted(numbers))]
        if not wanted:
            raise DomainError("trip_nobody")
        standing = queries.list_of_trip(trip.id, region_id=region_id)
        joining = tuple(queries.get_request(visit_id, region_id=region_id) for visit_id in dict.fromkeys(wanted))
        both = {visit.id: visit for visit in (*standing, *joining) if visit.state in (State.ASKED, State.PLANNED)}
        route = sorted(both.values(), key=_on_the_way)
        for visit in visits.put_into(trip, [visit.id for visit in route], at=at):
            _tell_planned(visit, trip, actor=actor, at=at)
        audit.record("trip.add", actor=actor, at=at, region_id=region_id, about=("trip", trip.id))
        return ""

    once(actor, key, act)


def _on_the_way(visit: VisitRequest) -> tuple[str, str, str]:
    place = visit.place
    return place.get("district_name", "~"), place.get("village_name", "~"), place.get("address", "")


def _by_number(number: str, *, region_id: int, at: datetime) -> UUID:
    """The open request of an application's person; made for the office where there is none."""
    text = number.strip()
    try:
        case = cases.find_by_number(ApplicationNumber.parse(text).text, region_id=region_id)
    except DomainError:
        case = None
    found = recordings.find_of_application(case.id, region_id=region_id) if case else None
    if case is None or found is None or found.state not in TO_COME:
        wrong = Problem("visit_number", "nomor", {"number": text[:24]})
        raise DomainError("visit_number", problems=(wrong,), number=text[:24])
    asked = queries.find_open(found.product_id, region_id=region_id)
    return asked.id if asked else ask_within(case, found.product_id, kind=Kind.VILLAGE, asked_by=OFFICE, note="", at=at)


def _tell_planned(visit: VisitRequest, trip: Trip, *, actor: Actor, at: datetime) -> None:
    if visit.application_id is None:
        return
    case = cases.get_case(visit.application_id)
    record("visit.plan", case, actor=actor, at=at)
    clock = f"{trip.departs:%H.%M} {zone_name(region_of(case).time_zone)}"
    notify.tell("visit_planned", case=case, at=at, day=trip.day, time=clock)


def move_up(actor: Actor, trip_id: UUID, visit_id: UUID, *, key: str, at: datetime) -> None:
    """One place earlier on the route. Raises NotFound; DomainError: trip_closed, visit_over."""
    region_id = region_of_staff(actor)

    def act() -> str:
        trip = _open_trip(trip_id, region_id)
        stops = [v.id for v in queries.list_of_trip(trip.id, region_id=region_id) if v.state is State.PLANNED]
        if visit_id not in stops:
            raise DomainError("visit_over")
        place = stops.index(visit_id)
        if place > 0:
            stops[place - 1 : place + 1] = [visit_id, stops[place - 1]]
        visits.put_into(trip, stops, at=at)
        return ""

    once(actor, key, act)


def take_out(actor: Actor, trip_id: UUID, visit_id: UUID, *, key: str, at: datetime) -> None:
    """Not on this trip: the request goes back to its place on the list, and the person is told.

    Raises NotFound; DomainError: trip_closed, visit_over.
    """
    region_id = region_of_staff(actor)

    def act() -> str:
        trip = _open_trip(trip_id, region_id)
        visit = queries.get_request(visit_id, region_id=region_id)
        if visit.trip_id != trip.id:
            raise DomainError("visit_over")
        visits.take_out(visit.id, region_id=region_id, at=at)
        _tell_postponed(visit, actor=actor, at=at)
        return ""

    once(actor, key, act)


def _tell_postponed(visit: VisitRequest, *, actor: Actor, at: datetime) -> None:
    if visit.application_id is not None:
        case = cases.get_case(visit.application_id)
        record("visit.postpone", case, actor=actor, at=at)
        notify.tell("visit_postponed", case=case, at=at)


def open_trip(actor: Actor, trip_id: UUID, *, at: datetime) -> tuple[Trip, tuple[Stop, ...]]:
    """The trip with everybody on it; each look at a person is recorded. Raises NotFound."""
    region_id = region_of_staff(actor)
    with acting_as(actor):
        trip = queries.get_trip(trip_id, region_id=region_id)
        stops = []
        for visit in queries.list_of_trip(trip.id, region_id=region_id):
            case = cases.get_case(visit.application_id) if visit.application_id else None
            if case is not None:
                record("visit.look", case, actor=actor, at=at)
            stops.append(Stop(visit, case))
        return trip, tuple(stops)


def enter_results(actor: Actor, trip_id: UUID, *, results: Mapping[UUID, str], key: str, at: datetime) -> None:
    """What came of each stop; when all have one, the trip is closed. Whoever was not met keeps his place.

    "recorded" says that the person has approved the photograph. Raises NotFound; DomainError: trip_closed, visit_over,
    answer_choice, recording_elsewhere, own_family_stop (problems: which stops a colleague has to enter).
    """
    region_id = region_of_operator(actor)
    if any(result not in tuple(Result) for result in results.values()):
        raise DomainError("answer_choice")

    def act() -> str:
        trip = _open_trip(trip_id, region_id)
        stops = {visit.id: visit for visit in queries.list_of_trip(trip.id, region_id=region_id)}
        if not set(results) <= set(stops):
            raise NotFound("visit")
        met = [stops[visit_id] for visit_id, result in results.items() if result in MET]
        places = _opened(met, region_id=region_id)
        _refuse_own_family(actor, places)
        for visit_id, result in sorted(results.items()):  # everybody locks in one order
            _enter_result(stops[visit_id], Result(result), places.get(visit_id), actor=actor, at=at)
        left = queries.list_of_trip(trip.id, region_id=region_id)
        if not any(visit.state is State.PLANNED for visit in left):
            visits.close_trip(trip.id, region_id=region_id)
        audit.record("trip.results", actor=actor, at=at, region_id=region_id, about=("trip", trip.id))
        return ""

    once(actor, key, act)


def _opened(met: Sequence[VisitRequest], *, region_id: int) -> dict[UUID, Opened]:
    """Case and recording of each who was met, held before any visit is: so does whoever drops a visit."""
    people = [(visit, visit.product_id) for visit in met if visit.product_id is not None]
    people.sort(key=lambda pair: str(pair[0].application_id))  # everybody locks in one order
    return {visit.id: opened(product_id, region_id=region_id) for visit, product_id in people}


def _refuse_own_family(actor: Actor, places: Mapping[UUID, Opened]) -> None:
    own = {visit_id: place.case.number for visit_id, place in places.items() if is_own_family(actor, place.case)}
    if own:
        problems = [Problem("own_family_stop", f"hasil-{stop}", {"number": number}) for stop, number in own.items()]
        raise DomainError("own_family_stop", problems=tuple(problems), number=", ".join(own.values()))


def _enter_result(visit: VisitRequest, result: Result, place: Opened | None, *, actor: Actor, at: datetime) -> None:
    visits.enter_result(visit.id, region_id=visit.region_id, result=result, at=at)
    if place is not None:
        attempt = begin_within(place, actor=actor, exceptions=(), site_id=None, visit_id=visit.id, at=at)
        ended = AttemptResult.RECORDED if result is Result.RECORDED else AttemptResult.FAILED
        finish_within(place, attempt, result=ended, photographs=1, actor=actor, at=at)
    elif result in COME_AGAIN:
        _tell_postponed(visit, actor=actor, at=at)


def end_unreported(actor: Actor, *, before: date, at: datetime) -> None:
    """Within a transaction: trips of before this day whose results nobody entered are over; their people are told."""
    (region_id,) = actor.regions
    for visit in visits.end_unreported(region_id, before=before, at=at):
        _tell_postponed(visit, actor=actor, at=at)


def _open_trip(trip_id: UUID, region_id: int) -> Trip:
    trip = visits.lock_trip(trip_id, region_id=region_id)
    if trip.is_closed:
        raise DomainError("trip_closed")
    return trip
