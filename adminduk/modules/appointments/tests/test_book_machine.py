"""Anything that people do with the book in any order: what a plain model says happens, and nothing is ever oversold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError
from adminduk.modules.appointments import actions, queries
from adminduk.modules.appointments.states import FIRM, State
from adminduk.modules.appointments.tests.book import MONDAY, NOW, Book
from adminduk.modules.appointments.types import Holder

PEOPLE, SLOTS, PLACES = 5, 3, 2
person = some.integers(0, PEOPLE - 1)
slot = some.integers(0, SLOTS - 1)


@dataclass
class Entry:
    """What the model knows about one appointment."""

    who: int
    slot: int
    state: State
    until: datetime


class BookMachine(RuleBasedStateMachine):
    """Five people, three times, two places each. `steps` counts holds, so that a machine that stands still is seen."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.book = Book(places=PLACES)
        self.people: list[Holder] = [self.book.somebody() for _ in range(PEOPLE)]
        self.model: dict[UUID, Entry] = {}
        self.now = NOW

    def _of(self, who: int, *states: State) -> UUID | None:
        found = [key for key, one in self.model.items() if one.who == who and one.state in states]
        return found[-1] if found else None

    def _takes(self, one: Entry) -> bool:
        return one.state in FIRM or (one.state is State.HELD and one.until > self.now)

    @rule(who=person, number=slot)
    def hold(self, who: int, number: int) -> None:
        others = [one for one in self.model.values() if one.slot == number and self._takes(one)]
        held_here = [one for one in others if one.who == who and one.state is State.HELD]
        if len(others) - len(held_here) >= PLACES:
            with pytest.raises(DomainError, match="slot_taken"):
                self.book.hold(self.people[who], number, at=self.now)
            return
        before = self._of(who, State.HELD)
        if before:
            self.model[before].state = State.LAPSED
        booking_id = self.book.hold(self.people[who], number, at=self.now)
        BookMachine.steps += 1
        self.model[booking_id] = Entry(who, number, State.HELD, self.now + actions.HOLD)

    @rule(who=person)
    def confirm(self, who: int) -> None:
        held = self._of(who, State.HELD)
        if held is None:
            return
        if self.model[held].until <= self.now or self._of(who, State.ARRIVED):
            with pytest.raises(DomainError, match="hold_ended"):
                self.book.confirm(held, at=self.now)
            return
        before = self._of(who, State.BOOKED)
        self.book.confirm(held, at=self.now)
        if before:
            self.model[before].state = State.CHANGED
        self.model[held].state = State.BOOKED

    @rule(who=person, state=some.sampled_from([State.CANCELLED, State.ARRIVED, State.DONE, State.MISSED, State.MOVED]))
    def end(self, who: int, state: State) -> None:
        firm = self._of(who, *FIRM)
        if firm is None or (self.model[firm].state is State.ARRIVED and state is State.ARRIVED):
            return
        with acting_as(self.book.system):
            actions.move_to(self.book.get(firm), state, at=self.now)
        self.model[firm].state = state

    @rule(minutes=some.integers(1, 12))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def nothing_is_oversold(self) -> None:
        with acting_as(self.book.system):
            taken = queries.count_taken(
                self.book.region,
                site_ids=(self.book.site_id,),
                kind=self.book.slot().slot.kind,
                days=(MONDAY, MONDAY),
                at=self.now,
            )
        expected = Counter(self.book.slot(one.slot).slot.starts for one in self.model.values() if self._takes(one))
        assert {starts: count for (_, _, starts), count in taken.items()} == dict(expected)
        assert max(taken.values(), default=0) <= PLACES

    @invariant()
    def nobody_has_two(self) -> None:
        firm = Counter(one.who for one in self.model.values() if one.state in FIRM)
        assert max(firm.values(), default=0) <= 1
        with acting_as(self.book.system):
            stored = [one.id for one in queries.list_of_day(self.book.region, site_id=self.book.site_id, day=MONDAY)]
        shown = (*FIRM, State.DONE, State.MISSED)
        assert set(stored) == {key for key, one in self.model.items() if one.state in shown}


def test_the_book_does_what_the_model_says(database: None, request: pytest.FixtureRequest) -> None:
    examples = 200 if request.config.getoption("full") else 15
    bounds = settings(max_examples=examples, stateful_step_count=25)
    BookMachine.steps = 0
    run_state_machine_as_test(BookMachine, settings=bounds)
    assert BookMachine.steps > examples
