"""Home and village visits: asked for, put into a trip, visited in an order, and the results entered afterwards."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.recordings.ports import Heard
from adminduk.modules.recordings.states import State
from adminduk.modules.recordings.types import CENTRE
from adminduk.modules.visits import queries
from adminduk.modules.visits.types import VisitRequest
from adminduk.usecases import outside, recording_follow, recording_statuses, trip, visit
from adminduk.usecases.recording_word import opened
from adminduk.usecases.upkeep_retention import apply_retention
from tests.at_once import at_once, wait_until_blocked
from tests.database import superuser_connection
from tests.making import Owner, make_owner, system
from tests.usecases import recording_stage as stage
from tests.usecases.reviewing import staff

HERE = 9171
pytestmark = pytest.mark.usefixtures("database", "register")


@pytest.fixture
def operator() -> Actor:
    return staff(HERE, "operator")


def _add(operator: Actor, trip_id: UUID, *, visits: tuple[UUID, ...] = (), numbers: tuple[str, ...] = ()) -> None:
    trip.add(operator, trip_id, visit_ids=visits, numbers=numbers, key=str(uuid4()), at=clock.now())


def _ask(owner: Owner, case_id: UUID) -> None:
    visit.ask(owner.actor, case_id, kind="elderly", note="rumah biru", key=str(uuid4()), at=clock.now())


def _stops(trip_id: UUID) -> list[VisitRequest]:
    with acting_as(system(HERE)):
        return list(queries.list_of_trip(trip_id, region_id=HERE))


def _asked() -> list[VisitRequest]:
    with acting_as(system(HERE)):
        return list(queries.list_asked(HERE))


def test_five_people_of_a_village(operator: Actor) -> None:
    villages = ("KOYA TIMUR", "KOYA BARAT", "KOYA TIMUR", "KOYA BARAT", "KOYA TIMUR")
    people = [
        stage.make_approved(region=HERE, village_name=name, district_name="MUARA TAMI", address=f"NO. {number}")
        for number, name in enumerate(villages)
    ]
    trip_id = stage.make_trip(operator)
    _add(operator, trip_id, numbers=tuple(case.number for case, _ in people))
    stops = _stops(trip_id)
    assert [stop.place["village_name"] for stop in stops] == ["KOYA BARAT"] * 2 + ["KOYA TIMUR"] * 3
    assert all(stage.events_of(case) == ["visit_planned"] for case, _ in people)

    wanted = dict(zip((product.id for _, product in people), _RESULTS, strict=True))
    results = {stop.id: wanted[stop.product_id] for stop in stops if stop.product_id}
    trip.enter_results(operator, trip_id, results=results, key=str(uuid4()), at=clock.now())
    states = [stage.recording_now(product).state for _, product in people]
    assert states == [State.AT_CENTRE, State.AT_CENTRE, State.AGAIN, State.WANTED, State.WANTED]
    assert [stage.events_of(case)[-1] for case, _ in people] == [
        "recording_done",
        "recording_done",
        "recording_failed",
        "visit_postponed",
        "visit_planned",
    ]
    again = {asked.product_id for asked in _asked()}
    assert again == {people[2][1].id, people[3][1].id}, "who failed or was absent is visited again; who refused is not"
    with pytest.raises(DomainError, match="trip_closed"):
        _add(operator, trip_id, numbers=(people[4][0].number,))


_RESULTS = ("recorded", "recorded", "failed", "absent", "refused")


def test_results_sent_twice_count_once(operator: Actor) -> None:
    _, product = stage.make_approved(region=HERE)
    case, _ = stage.make_approved(region=HERE)
    trip_id = stage.make_trip(operator)
    _add(operator, trip_id, numbers=(case.number,))
    (stop,) = _stops(trip_id)
    for _ in range(2):
        trip.enter_results(operator, trip_id, results={stop.id: "recorded"}, key="same", at=clock.now())
    assert stage.events_of(case).count("recording_done") == 1
    assert stage.recording_now(product).state is State.WANTED


def test_results_that_are_entered_while_the_centre_answers_hinder_nobody(operator: Actor) -> None:
    """Both write to case and visit; whoever held the visit first and then waited for the case stood in the way."""
    people = [stage.make_approved(region=HERE) for _ in range(2)]
    trip_id = stage.make_trip(operator)
    _add(operator, trip_id, numbers=tuple(case.number for case, _ in people))
    results = {stop.id: "recorded" for stop in _stops(trip_id)}
    elsewhere = people[0][1]
    has_case = threading.Event()

    def act(number: int) -> None:
        if number:
            assert has_case.wait(30)
            trip.enter_results(operator, trip_id, results=results, key=str(uuid4()), at=clock.now())
            return
        with acting_as(system(HERE)):
            place = opened(elsewhere.id, region_id=HERE)
            has_case.set()
            wait_until_blocked()
            heard = Heard("PRINT_READY_RECORD")
            recording_follow.take_over(place, heard, source=CENTRE, actor=system(HERE), at=clock.now())

    answered, entered = at_once(2, act)
    assert answered is None
    assert isinstance(entered, DomainError) and entered.code == "visit_over", "the operator sees whom nobody visits"
    assert stage.product_now(elsewhere).step_kind == "printing"
    (left,) = _stops(trip_id)
    trip.enter_results(operator, trip_id, results={left.id: "recorded"}, key=str(uuid4()), at=clock.now())
    assert [stage.recording_now(product).state for _, product in people] == [State.DONE, State.AT_CENTRE]


def test_a_list_of_statuses_and_a_route_hold_visits_in_one_order(operator: Actor) -> None:
    """Both want the same two, the list as they applied, the route by address: each held one and wanted the other."""
    owners = [make_owner(HERE), make_owner(HERE)]
    people = [stage.make_approved(owner, region=HERE, address=f"NO. {2 - n}") for n, owner in enumerate(owners)]
    for owner, (case, _) in zip(owners, people, strict=True):
        _ask(owner, case.id)
    asked = [one.id for one in _asked()]
    trip_id = stage.make_trip(operator)
    lines = "".join(f"{owner.identity.nik};PRINT_READY_RECORD;{clock.now():%d-%m-%Y}\n" for owner in owners)
    is_held, is_read = threading.Event(), threading.Event()

    def act(number: int) -> int:
        if number == 0:  # somebody holds the first of them until both others stand before it
            with superuser_connection() as above, above.transaction():
                above.execute("SELECT FROM visits_visitrequest WHERE id = %s FOR UPDATE", [asked[0]])
                is_held.set()
                wait_until_blocked()
                is_read.set()
                wait_until_blocked(2)
            return 0
        if number == 1:
            assert is_held.wait(30)
            file = f"NIK;STATUS;TANGGAL\n{lines}".encode()
            return recording_statuses.import_file(operator, file, key=str(uuid4()), at=clock.now()).news
        assert is_read.wait(30)
        _add(operator, trip_id, visits=tuple(asked))
        return 0

    _, news, added = at_once(3, act)
    assert news == 2
    assert isinstance(added, DomainError) and added.code == "visit_over", "whoever can be printed is not visited"


def test_nobody_of_the_team_enters_the_recording_of_his_own_family(operator: Actor) -> None:
    (case, product), (other, _) = stage.make_approved(region=HERE), stage.make_approved(region=HERE)
    trip_id = stage.make_trip(operator)
    _add(operator, trip_id, numbers=(case.number, other.number))
    results = {stop.id: "recorded" for stop in _stops(trip_id)}
    relative = staff(HERE, "operator", kk_index=case.kk_index)
    with pytest.raises(DomainError, match="own_family_stop") as refused:
        trip.enter_results(relative, trip_id, results=results, key=str(uuid4()), at=clock.now())
    theirs = next(stop.id for stop in _stops(trip_id) if stop.application_id == case.id)
    named = [(problem.field, problem.params["number"]) for problem in refused.value.problems]
    assert named == [(f"hasil-{theirs}", case.number)], "he sees which line of the sheet is not his to enter"
    assert stage.recording_now(product).state is State.WANTED
    for who, whose in ((relative, other), (operator, case)):
        one = {stop.id: "recorded" for stop in _stops(trip_id) if stop.application_id == whose.id}
        trip.enter_results(who, trip_id, results=one, key=str(uuid4()), at=clock.now())
    assert stage.recording_now(product).state is State.AT_CENTRE


def test_a_citizen_asks_and_takes_back(operator: Actor) -> None:
    owner = make_owner(HERE)
    case, _ = stage.make_approved(owner, region=HERE, address="KAMPUNG KOYA TIMUR NO. 3")
    _ask(owner, case.id)
    with pytest.raises(DomainError, match="visit_asked"):
        _ask(owner, case.id)
    (asked,) = _asked()
    assert (asked.kind, asked.place["address"], asked.place["note"]) == (
        "elderly",
        "KAMPUNG KOYA TIMUR NO. 3",
        "rumah biru",
    )
    trip_id = stage.make_trip(operator)
    _add(operator, trip_id, visits=(asked.id,))
    visit.take_back(owner.actor, case.id, key="", at=clock.now())
    assert _stops(trip_id) == [] and _asked() == []


def test_nobody_asks_for_somebody_else(operator: Actor) -> None:
    case, _ = stage.make_approved(region=HERE)
    with pytest.raises(NotFound):
        _ask(make_owner(HERE), case.id)
    with pytest.raises(NotFound):
        trip.open_trip(staff(3374, "operator"), stage.make_trip(operator), at=clock.now())


def test_where_and_why_somebody_was_visited_is_forgotten_in_time(operator: Actor) -> None:
    """Of whoever is still to be visited nothing goes; a school's request belongs to no application and goes whole."""
    owner, waiting = make_owner(HERE), make_owner(HERE)
    case, _ = stage.make_approved(owner, region=HERE)
    still, _ = stage.make_approved(waiting, region=HERE)
    _ask(owner, case.id)
    (asked,) = _asked()
    _ask(waiting, still.id)
    school = {"address": "CONTOH: SMA Rekaan", "note": "Ibu Contoh di gerbang"}
    at_school = visit.ask_for_place(operator, kind="school", place=school, expected=3, key=str(uuid4()), at=clock.now())
    trip_id = stage.make_trip(operator)
    _add(operator, trip_id, visits=(asked.id, at_school))
    results = dict.fromkeys((asked.id, at_school), "recorded")
    trip.enter_results(operator, trip_id, results=results, key=str(uuid4()), at=clock.now())

    days = outside.catalogue().retention["visit"].days
    for after, places in ((days - 1, {asked.id: asked.place, at_school: school}), (2, {asked.id: {}})):
        clock.move_forward(timedelta(days=after))
        for _ in range(2):
            apply_retention(system(HERE))
        assert {stop.id: stop.place for stop in _stops(trip_id)} == places
    (left,) = _stops(trip_id)
    assert (left.id, left.result, left.application_id) == (asked.id, "recorded", case.id)
    assert [one.place["note"] for one in _asked()] == ["rumah biru"]
    _, stops = trip.open_trip(operator, trip_id, at=clock.now())
    assert [stop.visit.id for stop in stops] == [asked.id]


@pytest.mark.parametrize("is_planned", [False, True])
def test_what_nobody_plans_or_reports_ends_too(operator: Actor, is_planned: bool) -> None:
    """A school's request goes; a person is still to be visited: he stands on the list again, and is told."""
    owner = make_owner(HERE)
    case, _ = stage.make_approved(owner, region=HERE)
    _ask(owner, case.id)
    school = {"address": "CONTOH: SMA Rekaan", "note": "Ibu Contoh di gerbang"}
    visit.ask_for_place(operator, kind="school", place=school, expected=3, key=str(uuid4()), at=clock.now())
    both, trip_id = [one.id for one in _asked()], stage.make_trip(operator)
    if is_planned:
        _add(operator, trip_id, visits=tuple(both))
    days = outside.catalogue().retention["visit"].days
    clock.move_forward(timedelta(days=days - 1))
    apply_retention(system(HERE))
    assert {one.id for one in (_stops(trip_id) if is_planned else _asked())} == set(both)
    clock.move_forward(timedelta(days=6))  # the trip was on the third day
    for _ in range(2):
        apply_retention(system(HERE))
    assert [(one.id, one.place["note"]) for one in _asked()] == [(both[0], "rumah biru")]
    assert _stops(trip_id) == []
    assert stage.events_of(case).count("visit_postponed") == is_planned
    with pytest.raises(DomainError, match="trip_closed"):
        _add(operator, trip_id, visits=(both[0],))


def test_who_was_visited_in_vain_is_visited_again_though_the_first_visit_is_forgotten(operator: Actor) -> None:
    owner = make_owner(HERE)
    case, product = stage.make_approved(owner, region=HERE, address="KAMPUNG KOYA TIMUR NO. 3")
    _ask(owner, case.id)
    trip_id = stage.make_trip(operator)
    _add(operator, trip_id, visits=(_asked()[0].id,))
    trip.enter_results(operator, trip_id, results={_stops(trip_id)[0].id: "recorded"}, key=str(uuid4()), at=clock.now())
    clock.move_forward(timedelta(days=outside.catalogue().retention["visit"].days + 1))
    apply_retention(system(HERE))
    assert _stops(trip_id)[0].place == {}
    recording_statuses.enter_typed(operator, product.id, text="ENROLL_FAILURE", key=str(uuid4()), at=clock.now())
    (anew,) = _asked()
    assert (anew.kind, anew.place["address"]) == ("elderly", "KAMPUNG KOYA TIMUR NO. 3")
    assert "note" not in anew.place, "what he wrote for the first visit is forgotten"
    assert stage.recording_now(product).state is State.AGAIN


def test_whoever_is_recorded_is_not_visited(operator: Actor) -> None:
    owner = make_owner(HERE)
    case, product = stage.make_approved(owner, region=HERE)
    _ask(owner, case.id)
    stage.recorded(product)
    assert _asked() == []
    with pytest.raises(DomainError, match="visit_not_due"):
        _ask(owner, case.id)
    with pytest.raises(DomainError, match="visit_number"):
        _add(operator, stage.make_trip(operator), numbers=(case.number,))


def test_a_request_stands_in_one_trip(operator: Actor) -> None:
    owner = make_owner(HERE)
    case, _ = stage.make_approved(owner, region=HERE)
    _ask(owner, case.id)
    (asked,) = _asked()
    first, second = stage.make_trip(operator), stage.make_trip(operator)
    _add(operator, first, visits=(asked.id,))
    with pytest.raises(DomainError, match="visit_over"):
        _add(operator, second, visits=(asked.id,))
    trip.take_out(operator, first, asked.id, key="", at=clock.now())
    assert stage.events_of(case)[-1] == "visit_postponed"
    _add(operator, second, visits=(asked.id,))
    assert [stop.id for stop in _stops(second)] == [asked.id]


def test_the_route_can_be_changed(operator: Actor) -> None:
    people = [stage.make_approved(region=HERE, address=f"NO. {number}") for number in range(3)]
    trip_id = stage.make_trip(operator)
    _add(operator, trip_id, numbers=tuple(case.number for case, _ in people))
    before = [stop.id for stop in _stops(trip_id)]
    trip.move_up(operator, trip_id, before[2], key="", at=clock.now())
    assert [stop.id for stop in _stops(trip_id)] == [before[0], before[2], before[1]]


def test_a_school_asks_through_the_office(operator: Actor) -> None:
    place = {"address": "SMA Contoh 1, Jalan Rekaan", "district_name": "HERAM", "note": "Ibu guru piket"}
    made = visit.ask_for_place(operator, kind="school", place=place, expected=40, key="", at=clock.now())
    trip_id = stage.make_trip(operator)
    _add(operator, trip_id, visits=(made,))
    trip.enter_results(operator, trip_id, results={made: "recorded"}, key="", at=clock.now())
    assert [stop.result for stop in _stops(trip_id)] == ["recorded"]
    with pytest.raises(DomainError, match="visit_place_wrong"):
        visit.ask_for_place(operator, kind="castle", place={"address": ""}, expected=0, key="", at=clock.now())


def test_a_failure_at_the_centre_brings_the_team_again(operator: Actor) -> None:
    owner = make_owner(HERE)
    case, product = stage.make_approved(owner, region=HERE)
    _ask(owner, case.id)
    trip_id, (asked,) = stage.make_trip(operator), _asked()
    _add(operator, trip_id, visits=(asked.id,))
    trip.enter_results(operator, trip_id, results={asked.id: "recorded"}, key="", at=clock.now())
    recording_statuses.enter_typed(operator, product.id, text="ENROLL_FAILURE_AT_CENTRAL", key="", at=clock.now())
    (anew,) = _asked()
    assert anew.product_id == product.id and anew.place == asked.place and anew.place["note"]


def test_a_trip_needs_day_time_title_and_team(operator: Actor) -> None:
    today = clock.now().date()
    with pytest.raises(DomainError, match="trip_wrong") as refused:
        trip.make(
            operator,
            day=today - timedelta(days=1),
            departs=None,
            title="",
            team=" ",
            today=today,
            key="",
            at=clock.now(),
        )
    assert [problem.field for problem in refused.value.problems] == ["hari", "berangkat", "tujuan", "tim"]
