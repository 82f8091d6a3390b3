"""Scarce times: a round begins by itself, being quick changes nothing, and anybody can draw it again."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel import lot
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts.types import Identity
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments.types import Kind
from adminduk.modules.draws import actions as draw_actions
from adminduk.modules.draws import queries as rounds
from adminduk.modules.draws.types import DrawRound, Part
from adminduk.modules.offices import queries as offices
from adminduk.readmodels import draws as published
from adminduk.usecases import appoint, draws, outside, site_setup, visit
from adminduk.usecases.appoint_slots import holder_of
from adminduk.usecases.upkeep_retention import apply_retention
from tests import database
from tests.at_once import at_once, wait_until_blocked
from tests.making import fresh_identity, make_owner, system
from tests.usecases.appointing import active, hold, one_place_a_week, owner_of, semarang, soonest, told
from tests.usecases.recording_stage import born_years_ago, make_approved, recorded
from tests.usecases.reviewing import STRICT, staff

pytestmark = pytest.mark.usefixtures("database")
PEOPLE = 12


@pytest.fixture
def few_places() -> None:
    """One a week."""
    semarang()
    one_place_a_week()


def people(number: int = PEOPLE) -> list[Case]:
    return [make_approved()[0] for _ in range(number)]


def watch() -> None:
    draws.watch(system(STRICT))


def round_now() -> DrawRound | None:
    with acting_as(system(STRICT)):
        found = rounds.list_rounds(STRICT, most=1)
    return found[0] if found else None


def deciding() -> DrawRound:
    found = round_now()
    assert found is not None
    return found


def enter(case: Case, part: Part = Part.ANY) -> None:
    with acting_as(system(STRICT)):
        sites = tuple(site.id for site in offices.list_sites(STRICT))
    draws.enter(owner_of(case), case.id, site_ids=sites, part=part, key=str(uuid4()), at=clock.now())


def until(round_: DrawRound, *, drawn: bool = True) -> DrawRound:
    """Close the list, and draw."""
    clock.move_forward(max(round_.closes_at - clock.now(), timedelta(0)))
    watch()
    if drawn:
        clock.move_forward(max(round_.draws_at - clock.now(), timedelta(0)))
        watch()
    return deciding()


def turn_of(case: Case) -> int:
    with acting_as(system(STRICT)):
        wish = rounds.find_wish(case.id, region_id=STRICT, round_id=deciding().id)
    assert wish is not None
    assert wish.turn is not None
    return wish.turn


def drawn_round(cases: list[Case]) -> DrawRound:
    watch()
    for case in cases:
        enter(case)
    return until(deciding())


def test_where_places_are_plenty_everybody_chooses_himself() -> None:
    semarang()
    (case,) = people(1)
    watch()
    assert round_now() is None
    hold(case, soonest(case))


@pytest.mark.usefixtures("few_places")
def test_a_round_begins_by_itself_and_is_told_to_all_who_ask() -> None:
    cases = people()
    free = soonest(cases[0])
    watch()
    round_ = deciding()
    assert (round_.state, round_.asking_at_opening, round_.list_hash, round_.secret) == ("open", PEOPLE, "", "")
    assert round_.free_at_opening < PEOPLE
    assert all("draw_opened" in told(case) for case in cases)
    with pytest.raises(DomainError, match="draw_decides"):
        hold(cases[0], free)
    watch()
    assert [told(case).count("draw_opened") for case in cases] == [1] * PEOPLE


@pytest.mark.usefixtures("few_places")
def test_whoever_waits_to_be_visited_is_not_asked_to_enter() -> None:
    cases = people()
    at_home = cases[0]
    visit.ask(owner_of(at_home), at_home.id, kind="ill", note="", key=str(uuid4()), at=clock.now())
    watch()
    assert deciding().asking_at_opening == PEOPLE - 1
    assert "draw_opened" not in told(at_home)
    assert "draw_opened" in told(cases[1])


@pytest.mark.usefixtures("few_places")
def test_who_does_not_answer_begins_no_round_after_round_and_is_told_of_one() -> None:
    silent = people()
    watch()
    ended = until(deciding())
    watch()
    assert (deciding().id, ended.state) == (ended.id, "ended"), "nobody has entered, and nobody begins another one"
    assert {told(case).count("draw_opened") for case in silent} == {1}
    hold(silent[0], soonest(silent[0]))  # he chooses after all
    newcomers = people()
    watch()
    assert (deciding().state, deciding().asking_at_opening) == ("open", PEOPLE)
    assert {told(case).count("draw_opened") for case in (*silent, *newcomers)} == {1}
    enter(silent[1])


@pytest.mark.usefixtures("few_places")
def test_who_could_not_keep_his_place_is_asked_again() -> None:
    cases = people()
    drawn_round(cases)
    (given, *_), waiting = sorted(cases, key=turn_of), [case for case in cases if active(case) is None]
    for case in waiting:
        draws.leave(owner_of(case), case.id, key=str(uuid4()), at=clock.now())
    appoint.cancel(owner_of(given), given.id, key=str(uuid4()), at=clock.now())
    watch()
    assert deciding().state == "ended"
    others = people()
    watch()
    assert deciding().asking_at_opening == len(waiting) + len(others) + 1
    assert told(given).count("draw_opened") == 2


@pytest.mark.usefixtures("few_places")
def test_who_was_recorded_while_he_waited_takes_no_place_from_the_others() -> None:
    approved = [make_approved() for _ in range(PEOPLE)]
    cases = [case for case, _ in approved]
    drawn_round(cases)
    by_turn = sorted(cases, key=turn_of)
    first, follows = [case for case in by_turn if active(case) is None][:2]
    recorded(next(product for case, product in approved if case.id == first.id))  # with a number from the door
    appoint.cancel(owner_of(by_turn[0]), by_turn[0].id, key=str(uuid4()), at=clock.now())
    watch()
    assert (_state_of(first), active(first)) == ("left", None)
    assert _state_of(follows) == "given" and active(follows)


@pytest.mark.usefixtures("few_places")
def test_a_wish_for_a_place_that_has_closed_is_one_for_the_others() -> None:
    cases = people()
    watch()
    for case in cases[1:]:
        enter(case)
    with acting_as(system(STRICT)):
        corner = next(site for site in offices.list_sites(STRICT) if not site.is_main)
    draws.enter(owner_of(cases[0]), cases[0].id, site_ids=(corner.id,), part=Part.ANY, key="", at=clock.now())
    until(deciding())
    for case in cases[1:]:
        if _state_of(case) == "waiting":
            draws.leave(owner_of(case), case.id, key=str(uuid4()), at=clock.now())
    gives = next(case for case in cases[1:] if active(case))
    appoint.cancel(owner_of(gives), gives.id, key=str(uuid4()), at=clock.now())
    watch()
    assert (_state_of(cases[0]), deciding().state) == ("waiting", "drawn"), "he wishes for the corner alone"
    site_setup.close(staff(role="admin"), corner.id, key="", at=clock.now())
    watch()
    assert (_state_of(cases[0]), deciding().state) == ("given", "ended")


@pytest.mark.usefixtures("few_places")
def test_the_list_is_published_before_the_secret_and_the_order_follows_from_both() -> None:
    cases = people()
    watch()
    for case in cases:
        enter(case)
    closed = until(deciding(), drawn=False)
    assert (closed.state, closed.secret, len(closed.list_hash)) == ("frozen", "", 64)
    with pytest.raises(DomainError, match="draw_closed"):
        enter(people(1)[0])
    drawn = until(closed)
    with acting_as(system(STRICT)):
        entries = [lot.Entry(*one) for one in rounds.list_entries(drawn.id, region_id=STRICT)]
        wishes = {
            wish.entry: wish.turn
            for state in ("given", "waiting")
            for wish in rounds.list_wishes(drawn.id, region_id=STRICT, state=state)
        }
    secret = bytes.fromhex(drawn.secret)
    assert lot.is_true(entries, committed=closed.commitment, listed=closed.list_hash, secret=secret)
    order = lot.draw(entries, seed=lot.seed_of(secret, closed.list_hash))
    assert [wishes[entry.id] for entry in order] == list(range(1, PEOPLE + 1))


@pytest.mark.usefixtures("few_places")
def test_places_are_given_in_the_drawn_order_and_the_others_wait() -> None:
    cases = people()
    drawn_round(cases)
    by_turn = sorted(cases, key=turn_of)
    booked = [active(case) for case in by_turn]
    given = sum(booking is not None for booking in booked)
    assert 0 < given < PEOPLE
    starts = [booking.starts_at for booking in booked[:given] if booking]
    assert starts == sorted(starts)  # who was drawn first comes first
    assert booked[given:] == [None] * (PEOPLE - given)
    assert all(told(case)[-1] == "draw_given" for case in by_turn[:given])
    assert all(told(case)[-1] == "draw_waiting" for case in by_turn[given:])


@pytest.mark.usefixtures("few_places")
def test_a_place_that_is_given_back_goes_to_the_next_in_order_not_to_the_quickest() -> None:
    cases = people()
    drawn_round(cases)
    by_turn = sorted(cases, key=turn_of)
    first_waiting = next(case for case in by_turn if active(case) is None)
    quick = by_turn[-1]
    given_back = active(by_turn[1])
    assert given_back is not None
    appoint.cancel(owner_of(by_turn[1]), by_turn[1].id, key=str(uuid4()), at=clock.now())
    with pytest.raises(DomainError, match="draw_decides"):
        hold(quick, soonest(quick))
    watch()
    now = active(first_waiting)
    assert now is not None
    assert now.starts_at == given_back.starts_at
    assert active(quick) is None


@pytest.mark.usefixtures("few_places")
def test_what_the_office_knows_comes_before_the_lot() -> None:
    cases = people(8)
    old = make_owner(STRICT, identity=fresh_identity_born(70))
    cases.append(make_approved(old)[0])
    cases.append(make_approved(biometrics="failed")[0])
    drawn_round(cases)
    assert (turn_of(cases[-1]), turn_of(cases[-2])) == (1, 2)


def fresh_identity_born(years: int) -> Identity:
    return replace(fresh_identity(), birth_date=born_years_ago(years))


@pytest.mark.usefixtures("few_places")
def test_a_person_enters_once_however_often_he_presses() -> None:
    cases = people(4)
    watch()
    results = at_once(8, lambda _: enter(cases[0], Part.MORNING))
    assert not [one for one in results if one is not None and not isinstance(one, DomainError)]
    with acting_as(system(STRICT)):
        wishes = rounds.list_wishes(deciding().id, region_id=STRICT, state="entered")
    assert [(wish.application_id, wish.part) for wish in wishes] == [(cases[0].id, Part.MORNING)]


@pytest.mark.usefixtures("few_places")
def test_a_wish_that_is_taken_back_in_the_moment_of_the_draw_is_not_drawn_in_again() -> None:
    cases = people()
    watch()
    for case in cases:
        enter(case)
    closed = until(deciding(), drawn=False)
    clock.move_forward(closed.draws_at - clock.now())
    _runs_into(lambda: _leave(cases[0]), watch)
    drawn = deciding()
    assert (drawn.state, _state_of(cases[0]), active(cases[0])) == ("drawn", "left", None)
    with acting_as(system(STRICT)):
        assert len(rounds.list_entries(drawn.id, region_id=STRICT)) == PEOPLE  # what was published stands
    assert any(active(case) for case in cases[1:])


@pytest.mark.usefixtures("few_places")
def test_who_leaves_in_the_moment_in_which_places_are_offered_on_gets_none() -> None:
    cases = people()
    drawn_round(cases)
    by_turn = sorted(cases, key=turn_of)
    leaves, follows = [case for case in by_turn if active(case) is None][:2]
    appoint.cancel(owner_of(by_turn[0]), by_turn[0].id, key=str(uuid4()), at=clock.now())
    _runs_into(lambda: _leave(leaves), watch)
    assert (_state_of(leaves), active(leaves)) == ("left", None)
    assert _state_of(follows) == "given" and active(follows)


@pytest.mark.usefixtures("few_places")
def test_a_wish_that_comes_in_the_moment_in_which_the_list_is_closed_is_on_it() -> None:
    *cases, late = people(4)
    watch()
    for case in cases:
        enter(case)
    clock.move_forward(max(deciding().closes_at - clock.now(), timedelta(0)))
    _runs_into(lambda: _enter(late), watch)
    closed = deciding()
    with acting_as(system(STRICT)):
        entries = [lot.Entry(*one) for one in rounds.list_entries(closed.id, region_id=STRICT)]
    assert (closed.state, len(entries), lot.list_hash(entries)) == ("frozen", 4, closed.list_hash)
    assert _state_of(late) == "entered"


def _runs_into(what: Callable[[], None], act: Callable[[], None]) -> None:
    """`act` runs into what has been written and is not yet committed."""
    written = threading.Event()

    def run(number: int) -> None:
        if number:
            assert written.wait(30)
            act()
            return
        with acting_as(system(STRICT)):
            what()
            written.set()
            wait_until_blocked()

    assert at_once(2, run) == [None, None]


def _leave(case: Case) -> None:
    draw_actions.leave(case.id, region_id=STRICT, at=clock.now())


def _enter(case: Case) -> None:
    deciding = rounds.find_round(STRICT, kind=Kind.RECORDING, lock=True)
    assert deciding is not None
    draw_actions.enter(
        deciding, owner_id=case.owner_id, application_id=case.id, subject_index=case.subject_index, need=0,
        site_ids=[], part=Part.ANY, at=clock.now(),
    )  # fmt: skip


def _state_of(case: Case) -> str:
    with acting_as(system(STRICT)):
        return rounds.list_of_application(case.id, region_id=STRICT)[-1].state


@pytest.mark.usefixtures("few_places")
def test_a_list_that_was_changed_after_it_was_published_is_not_drawn() -> None:
    cases = people(4)
    watch()
    for case in cases:
        enter(case)
    closed = until(deciding(), drawn=False)
    with database.superuser_connection() as above:
        above.execute("UPDATE draws_wish SET need = 9 WHERE application_id = %s", [cases[0].id])
    clock.move_forward(closed.draws_at - clock.now())
    with pytest.raises(AssertionError, match="not the one that was published"):
        watch()
    assert deciding().state == "frozen"


@pytest.mark.usefixtures("few_places")
def test_when_nobody_waits_people_choose_themselves_again() -> None:
    cases = people()
    drawn_round(cases)
    for case in cases:
        if active(case) is None:
            draws.leave(owner_of(case), case.id, key=str(uuid4()), at=clock.now())
    watch()
    assert deciding().state == "ended"
    _whose_wishes_they_were_is_forgotten_in_time(cases)


def _whose_wishes_they_were_is_forgotten_in_time(cases: list[Case]) -> None:
    """The published list stays as it was, and can be drawn again."""
    catalogue = outside.catalogue()
    region, days = catalogue.region(RegionCode.from_number(STRICT)), catalogue.retention["draw"].days
    told_file = published.published(region, deciding())

    def known() -> int:
        with acting_as(system(STRICT)):
            return sum(len(rounds.list_of_application(case.id, region_id=STRICT)) for case in cases)

    for after, left in ((days - 1, len(cases)), (2, 0)):
        clock.move_forward(timedelta(days=after))
        apply_retention(system(STRICT))
        apply_retention(system(STRICT))
        assert known() == left
    assert published.published(region, deciding()) == told_file


@pytest.mark.usefixtures("few_places")
def test_the_published_file_is_drawn_again_by_the_documented_command(tmp_path: Path) -> None:
    drawn = drawn_round(people(5))
    region = outside.catalogue().region(RegionCode.from_number(STRICT))
    told_file = published.published(region, drawn)
    file = tmp_path / "undian.json"
    file.write_text(json.dumps(told_file), "utf-8")
    out = StringIO()
    call_command("draw_again", str(file), stdout=out)
    assert out.getvalue().startswith("true: 5 entries")
    for change in (
        {"order": told_file["order"][::-1]},
        {"secret": "00" * 32},
        {"entries": told_file["entries"][1:]},
        {"commitment": "0" * 64},
    ):
        file.write_text(json.dumps(told_file | change), "utf-8")
        with pytest.raises(CommandError):
            call_command("draw_again", str(file), stdout=out)


@pytest.mark.usefixtures("few_places")
def test_who_gives_his_place_back_or_has_left_asks_anew_and_stands_at_the_end() -> None:
    cases = people(10)
    drawn = drawn_round(cases)
    by_turn = sorted(cases, key=turn_of)
    gave_back, left = by_turn[0], by_turn[-1]
    appoint.cancel(owner_of(gave_back), gave_back.id, key=str(uuid4()), at=clock.now())
    draws.leave(owner_of(left), left.id, key=str(uuid4()), at=clock.now())
    chance = published.find_chance(owner_of(gave_back), gave_back.id, region_id=STRICT, kind=Kind.RECORDING)
    assert chance is not None
    assert chance.wish is None  # nobody tells him that he has entered
    enter(gave_back)
    enter(left)
    assert (turn_of(gave_back), turn_of(left)) == (11, 12)
    with acting_as(system(STRICT)):
        entries = [lot.Entry(*one) for one in rounds.list_entries(drawn.id, region_id=STRICT)]
    assert lot.list_hash(entries) == drawn.list_hash  # what was published stands


@pytest.mark.usefixtures("few_places")
def test_somebody_who_has_an_appointment_for_another_application_keeps_nobody_from_his_place() -> None:
    cases = [make_approved(biometrics="failed")[0], *people()]  # drawn first
    watch()
    for case in cases:
        enter(case)
    closed = until(deciding(), drawn=False)
    free = soonest(cases[0])
    with acting_as(system(STRICT)):
        other = replace(holder_of(cases[0]), application_id=uuid4())
        appointments.book(free, holder=other, needs=frozenset(), at=clock.now())
    until(closed)
    assert active(cases[0]) is None
    assert any(active(case) for case in cases[1:])
