"""The line of waiting cards: first cards, then who came first; one card for each product, whatever is pressed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError
from adminduk.modules.printing import actions, queries
from adminduk.modules.printing.states import TRANSITIONS
from adminduk.modules.printing.types import JobState, Rank, Waiting
from tests import making
from tests.at_once import at_once

NOW = clock.now()


class Floor:
    """A region with one site and one printer."""

    def __init__(self) -> None:
        self.region, self.site = making.fresh_region(), uuid7()
        self.operator = making.officer(self.region)
        with acting_as(self.operator):
            self.printer = actions.add_printer(self.region, site_id=self.site, name="Pencetak 1")

    def put(self, *, rank: Rank = Rank.OTHERS, minutes: int = 0) -> Waiting:
        waiting = Waiting(
            uuid7(), self.region, uuid7(), uuid7(), self.site, "cetak", rank, NOW + timedelta(minutes=minutes),
            None, "", None, None,
        )  # fmt: skip
        with acting_as(self.operator):
            actions.enqueue(waiting)
        return waiting

    def line(self) -> list[UUID]:
        with acting_as(self.operator):
            return [each.product_id for each in queries.list_line(self.region, site_id=self.site, most=50)]

    def take(self, most: int, *, first_serial: int = 1) -> list[UUID]:
        """Begin to print; returns the jobs."""
        with acting_as(self.operator):
            taken = actions.take_next(self.region, site_id=self.site, most=most)
            signed = (self.operator.id, NOW)
            batch = actions.open_batch(self.region, site_id=self.site, printer_id=self.printer, signed=signed)
            jobs = [uuid7() for _ in taken]
            for number, (job, waiting) in enumerate(zip(jobs, taken, strict=True)):
                serial = first_serial + number
                actions.make_job(job, waiting, printer_id=self.printer, batch_id=batch, serial=serial, at=NOW)
        return jobs

    def move(self, job: UUID, *states: JobState, at: datetime = NOW) -> None:
        for state in states:
            with acting_as(self.operator):
                actions.move_job(actions.lock_job(job, region_id=self.region), state, at=at)


def test_first_cards_come_first_then_who_came_first(database: None) -> None:
    floor = Floor()
    late, early = floor.put(minutes=5), floor.put(minutes=1)
    young = floor.put(rank=Rank.FIRST_CARD, minutes=9)
    assert floor.line() == [young.product_id, early.product_id, late.product_id]


def test_an_exception_goes_ahead_and_is_counted(database: None) -> None:
    floor = Floor()
    floor.put()
    urgent = floor.put(minutes=5)
    with acting_as(floor.operator):
        actions.move_ahead(
            urgent.product_id, region_id=floor.region, reason="medical", day=NOW.date(), signed=(uuid7(), NOW)
        )
    assert floor.line()[0] == urgent.product_id
    with acting_as(making.anonymous(floor.region)):
        (counted,) = queries.list_exceptions(floor.region, since=NOW.date())
    assert (counted.reason, counted.count) == ("medical", 1)
    with acting_as(floor.operator), pytest.raises(DomainError, match="print_not_possible"):
        actions.move_ahead(
            urgent.product_id, region_id=floor.region, reason="medical", day=NOW.date(), signed=(uuid7(), NOW)
        )


def test_everybody_knows_his_place_and_nobody_another_s(database: None) -> None:
    floor = Floor()
    first, second = floor.put(), floor.put(minutes=1)
    with acting_as(making.anonymous(floor.region)):
        assert (queries.place_of(first.product_id), queries.place_of(second.product_id)) == (1, 2)
        assert queries.find_waiting(first.product_id, region_id=floor.region) is None
        (line,) = queries.list_lines(floor.region)
    assert (line.site_id, line.rank, line.waiting, line.oldest) == (floor.site, Rank.OTHERS, 2, first.queued_at)


def test_what_is_printed_does_not_wait_any_more(database: None) -> None:
    floor = Floor()
    floor.put()
    floor.put(minutes=1)
    floor.take(1)
    assert len(floor.line()) == 1


def test_a_spoiled_card_gives_the_place_back(database: None) -> None:
    floor = Floor()
    first, second = floor.put(), floor.put(minutes=1)
    (job,) = floor.take(1)
    floor.move(job, JobState.PRINTED, JobState.SPOILED)
    with acting_as(floor.operator):
        actions.release(first.product_id, region_id=floor.region)
    assert floor.line() == [first.product_id, second.product_id]
    assert floor.take(1, first_serial=2) != [job]


def test_one_product_has_one_card(database: None) -> None:
    floor = Floor()
    waiting = floor.put()
    floor.take(1)
    with acting_as(floor.operator), pytest.raises(IntegrityError), transaction.atomic():
        batch = actions.open_batch(floor.region, site_id=floor.site, printer_id=floor.printer, signed=(uuid7(), NOW))
        actions.make_job(
            uuid7(), waiting, printer_id=floor.printer, batch_id=batch, serial=99, at=NOW
        )  # fmt: skip


def test_one_blank_card_is_one_products(database: None) -> None:
    floor = Floor()
    floor.put()
    floor.take(1)
    floor.put()
    with pytest.raises(IntegrityError):
        floor.take(1)


@pytest.mark.parametrize("state", list(JobState))
def test_a_job_moves_by_its_table_alone(database: None, state: JobState) -> None:
    floor = Floor()
    floor.put()
    (job,) = floor.take(1)
    with acting_as(floor.operator):
        held = replace(actions.lock_job(job, region_id=floor.region), state=state)
        for wanted in JobState:
            if wanted not in TRANSITIONS[state]:
                with pytest.raises(DomainError):
                    actions.move_job(held, wanted, at=NOW)


def test_a_shortage_is_told_once(database: None) -> None:
    floor = Floor()
    waiting = floor.put()
    with acting_as(floor.operator):
        shortage = actions.begin_shortage(floor.region, site_id=floor.site, at=NOW)
        assert actions.begin_shortage(floor.region, site_id=floor.site, at=NOW) == shortage
        told: dict[str, Any] = {"region_id": floor.region, "shortage_id": shortage}
        assert actions.note_told(waiting.product_id, **told, promised_on=None)
        assert not actions.note_told(waiting.product_id, **told, promised_on=None)
        (open_one,) = queries.list_open_shortages(floor.region)
        assert queries.list_untold(floor.region, shortage=open_one) == ()
        actions.end_shortage(floor.region, site_id=floor.site, at=NOW)
        assert queries.list_open_shortages(floor.region) == ()


def test_eight_printers_take_from_one_line_in_its_order(database: None) -> None:
    floor = Floor()
    wanted = [floor.put(minutes=number).product_id for number in range(24)]

    def work(number: int) -> list[UUID]:
        return floor.take(3, first_serial=1 + number * 3)

    jobs = [job for result in at_once(8, work) if isinstance(result, list) for job in result]
    with acting_as(floor.operator):
        printed = [queries.get_job(job, region_id=floor.region).product_id for job in jobs]
    assert sorted(printed) == sorted(wanted)
