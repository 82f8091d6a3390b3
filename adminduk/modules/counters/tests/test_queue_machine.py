"""The queue under any sequence of acts: the database calls whom the plain order names, and loses nobody."""

from __future__ import annotations

from collections import Counter as Tally

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from adminduk.foundation.tenancy import acting_as
from adminduk.modules.counters import models, queries
from adminduk.modules.counters.order import MOST_APPOINTMENTS_IN_A_ROW, next_of
from adminduk.modules.counters.states import State
from adminduk.modules.counters.tests.hall import DAY, Hall, at
from adminduk.modules.counters.types import Lane, Service, Ticket

DESKS = st.integers(0, 2)


class Queue(RuleBasedStateMachine):
    """Three counters, a clock that goes on with every act, people who come in both ways."""

    def __init__(self) -> None:
        super().__init__()
        self.hall, self.minute, self.came = Hall(), 0, 0
        both = (Service.RECORDING, Service.COLLECTION)
        self.desks = [self.hall.desk(), self.hall.desk(*both), self.hall.desk(Service.COLLECTION)]
        self.in_a_row: list[list[Lane]] = [[], [], []]

    def _later(self) -> int:
        self.minute += 1
        return self.minute

    def _all(self) -> list[Ticket]:
        with acting_as(self.hall.system):
            return [queries.ticket_of(row) for row in models.Ticket.objects.filter(region_id=self.hall.region)]

    def _standing(self, desk: int) -> Ticket | None:
        with acting_as(self.hall.system):
            return queries.find_at_counter(self.hall.region, counter_id=self.desks[desk].id, day=DAY)

    @rule(service=st.sampled_from([Service.RECORDING, Service.COLLECTION]))
    def somebody_walks_in(self, service: Service) -> None:
        self.hall.walk_in(self._later(), service)
        self.came += 1

    @rule(distance=st.integers(-30, 60))
    def somebody_checks_in(self, distance: int) -> None:
        minute = self._later()
        self.hall.check_in(minute, slot=minute + distance)
        self.came += 1

    @rule(desk=DESKS)
    def call(self, desk: int) -> None:
        """Compared with order.py, which knows no database."""
        minute = self._later()
        standing, serves = self._standing(desk), self._serves(desk)
        waiting = [t for t in self._all() if t.state is State.WAITING and t.service in serves]
        row = 0
        for lane in reversed(self._lanes(desk)):
            if lane is Lane.WALK_IN:
                break
            row += 1
        expected = standing or next_of(waiting, appointments_in_a_row=row, at=at(minute))
        called = self.desks[desk].call(minute)
        assert (called and called.id) == (expected and expected.id)

    def _serves(self, desk: int) -> tuple[Service, ...]:
        with acting_as(self.hall.system):
            return queries.get_counter(self.desks[desk].id, region_id=self.hall.region).services

    def _lanes(self, desk: int) -> list[Lane]:
        """Lanes of those whom the counter called and kept, oldest first."""
        kept = [t for t in self._all() if t.counter_id == self.desks[desk].id and t.called_at]
        return [t.lane for t in sorted(kept, key=lambda t: t.called_at or t.arrived_at)]

    @rule(desk=DESKS)
    def finish(self, desk: int) -> None:
        ticket = self._standing(desk)
        if ticket:
            self.desks[desk].finish(ticket, self._later())

    @rule(desk=DESKS)
    def nobody_comes(self, desk: int) -> None:
        ticket = self._standing(desk)
        if ticket:
            ended = self.desks[desk].miss(ticket, self._later())
            is_second = ticket.times_missed > 0 or ticket.lane is Lane.APPOINTMENT
            assert ended.state is (State.MISSED if is_second else State.WAITING)

    @rule(desk=DESKS, service=st.sampled_from([Service.RECORDING, Service.COLLECTION]))
    def send_on(self, desk: int, service: Service) -> None:
        ticket = self._standing(desk)
        if ticket:
            sent = self.desks[desk].transfer(ticket, service, self._later())
            assert sent.state is State.WAITING and sent.service is service
            assert sent.turn_at >= ticket.arrived_at or sent.turn_at == ticket.turn_at

    @invariant()
    def nobody_is_lost_and_no_counter_has_two(self) -> None:
        tickets = self._all()
        assert len(tickets) == self.came == len({ticket.label for ticket in tickets})
        at_counters = Tally(ticket.counter_id for ticket in tickets if ticket.state is State.CALLED)
        assert all(number == 1 for number in at_counters.values())
        assert all((t.counter_id is None) == (t.state in (State.WAITING, State.LEFT)) for t in tickets)


def test_any_sequence_of_acts(database: None, request: pytest.FixtureRequest) -> None:
    """At most two appointments in a row is part of the order that each call is compared with."""
    assert MOST_APPOINTMENTS_IN_A_ROW == 2
    examples = 100 if request.config.getoption("full") else 12
    run_state_machine_as_test(Queue, settings=settings(max_examples=examples, stateful_step_count=40))
