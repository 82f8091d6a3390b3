"""States: only the table moves an application, one mover at a time, and every move leaves its event."""

from __future__ import annotations

import itertools

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications import actions, queries
from adminduk.modules.applications.states import OPEN, TRANSITIONS, Act, State, available
from tests import making
from tests.at_once import at_once

ENDED = {State.WITHDRAWN, State.CLOSED}


def test_ended_applications_never_move_again() -> None:
    assert {at for at, _ in TRANSITIONS} & ENDED == set()


def test_the_table_and_what_is_offered_agree() -> None:
    for state, act, kind in itertools.product(State, Act, ActorKind):
        _, kinds = TRANSITIONS.get((state, act), (None, frozenset()))
        assert (act in available(state, kind)) == (kind in kinds)


def test_nobody_who_is_not_signed_in_moves_anything() -> None:
    assert all(ActorKind.ANONYMOUS not in kinds for _, kinds in TRANSITIONS.values())


def test_every_state_can_be_reached_and_the_open_ones_can_be_left() -> None:
    assert {to for to, _ in TRANSITIONS.values()} | {State.DRAFT} == set(State)
    assert {at for at, _ in TRANSITIONS} >= OPEN


@pytest.mark.parametrize("kind", [ActorKind.CITIZEN, ActorKind.ADMIN, ActorKind.ANONYMOUS])
def test_who_may_not_decide_is_refused_and_nothing_is_written(database: None, kind: ActorKind) -> None:
    owner = making.make_owner(making.fresh_region())
    case_id, (region,) = making.make_submitted(owner), owner.actor.regions
    actor = Actor(kind=kind, id=owner.actor.id, regions=(region,))
    with acting_as(actor), pytest.raises(DomainError):
        actions.transition(case_id, Act.APPROVE, actor=actor, region_id=region, at=clock.now())
    with acting_as(owner.actor):
        assert queries.get_case(case_id).state == State.SUBMITTED
        assert [event.act for event in queries.list_events(case_id, region_id=region, internal=True)] == ["submit"]


def test_of_parallel_sends_one_moves(database: None) -> None:
    owner = making.make_owner(making.fresh_region())
    case_id, (region,) = making.make_draft(owner), owner.actor.regions
    now = clock.now()

    def send(_: int) -> State:
        with acting_as(owner.actor):
            return actions.transition(
                case_id, Act.SUBMIT, actor=owner.actor, region_id=region, at=now, submitted_at=now, due_at=now
            )

    outcomes = at_once(10, send)
    assert outcomes.count(State.SUBMITTED) == 1
    assert {outcome.code for outcome in outcomes if isinstance(outcome, DomainError)} == {"not_possible"}
    with acting_as(owner.actor):
        assert len(queries.list_events(case_id, region_id=region, internal=True)) == 1


def test_an_emptied_case_keeps_number_and_dates_alone(database: None) -> None:
    owner = making.make_owner(making.fresh_region())
    case_id, (region,) = making.make_submitted(owner), owner.actor.regions
    with acting_as(making.system(region)):
        before = queries.get_case(case_id)
        actions.empty_case(case_id, region_id=region)
        after = queries.get_case(case_id)
    assert before.subject and before.facts
    assert (after.subject, after.answers, after.facts) == ({}, {}, {})
    assert (after.number, after.submitted_at, after.state) == (before.number, before.submitted_at, before.state)
