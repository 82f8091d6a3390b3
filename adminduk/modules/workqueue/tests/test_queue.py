"""The queue: oldest first, one holder a case, back after absence."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.workqueue import actions, queries
from adminduk.modules.workqueue.models import Item
from tests import making
from tests.at_once import at_once

REGION = making.fresh_region()
NOW = clock.now()


def put(count: int, *, region: int = REGION, kk_index: bytes = b"family", since: datetime = NOW) -> list[UUID]:
    """`count` waiting cases, oldest first."""
    ids = [uuid7() for _ in range(count)]
    with acting_as(making.system(region)):
        for number, case_id in enumerate(ids):
            actions.enqueue(
                case_id,
                region_id=region,
                owner_id=uuid7(),
                queued_at=since + timedelta(seconds=number),
                due_at=since + timedelta(days=1),
                kk_index=kk_index,
            )
    return ids


def take(officer: Actor, *, at: datetime = NOW, own: bytes | None = None, is_head: bool = False) -> UUID | None:
    with acting_as(officer):
        return actions.take_next(
            region_id=officer.regions[0], officer_id=officer.id, at=at, own_kk_index=own, is_head=is_head
        )


def test_the_oldest_comes_first_and_again_to_who_holds_it(database: None) -> None:
    first, second, _ = put(3)
    one, other = making.officer(REGION), making.officer(REGION)
    assert (take(one), take(one), take(other)) == (first, first, second)


def test_many_officers_at_once_get_different_cases(database: None) -> None:
    ids = put(30)
    taken = at_once(30, lambda _: take(making.officer(REGION)))
    assert set(taken) == set(ids)


def test_one_officer_asking_many_times_at_once_holds_one_case(database: None) -> None:
    put(10)
    officer = making.officer(REGION)
    assert len(set(at_once(10, lambda _: take(officer)))) == 1
    with acting_as(officer):
        assert Item.objects.filter(region_id=REGION, holder_id__isnull=False).count() == 1


def test_when_all_are_held_there_is_none(database: None) -> None:
    put(1)
    assert take(making.officer(REGION)) is not None
    assert take(making.officer(REGION)) is None


def test_a_case_comes_back_when_its_holder_has_been_away(database: None) -> None:
    (case_id,) = put(1)
    away, other = making.officer(REGION), making.officer(REGION)
    take(away)
    later = NOW + actions.HOLD + timedelta(seconds=1)
    assert take(other, at=later) == case_id
    with acting_as(away), pytest.raises(DomainError, match="not_holding"):
        actions.hold_on(case_id, region_id=REGION, officer_id=away.id, at=later)
    with acting_as(away), pytest.raises(DomainError, match="not_holding"):
        actions.finish(case_id, region_id=REGION, officer_id=away.id, at=later)


def test_who_is_still_there_keeps_it(database: None) -> None:
    (case_id,) = put(1)
    officer = making.officer(REGION)
    take(officer)
    with acting_as(officer):
        actions.hold_on(case_id, region_id=REGION, officer_id=officer.id, at=NOW + timedelta(minutes=29))
    assert take(making.officer(REGION), at=NOW + timedelta(minutes=31)) is None


def test_nobody_gets_the_case_of_his_own_family(database: None) -> None:
    put(1, kk_index=b"mine")
    (of_others,) = put(1, kk_index=b"theirs", since=NOW + timedelta(hours=1))
    assert take(making.officer(REGION), own=b"mine") == of_others


def test_officers_of_another_region_get_nothing(database: None) -> None:
    put(1)
    assert take(making.officer(making.fresh_region())) is None


def test_an_escalated_case_waits_for_the_head(database: None) -> None:
    (case_id,) = put(1)
    officer, head = making.officer(REGION), making.officer(REGION)
    take(officer)
    with acting_as(officer):
        actions.hand_back(case_id, region_id=REGION, officer_id=officer.id, is_escalated=True)
    assert take(officer) is None
    assert take(head, is_head=True) == case_id


def test_a_finished_case_is_out_and_tells_since_when_it_had_waited(database: None) -> None:
    (case_id,) = put(1)
    officer = making.officer(REGION)
    take(officer)
    with acting_as(officer):
        assert actions.finish(case_id, region_id=REGION, officer_id=officer.id, at=NOW) == NOW
        assert queries.find_waiting(case_id, region_id=REGION) is None


def test_only_one_of_two_parallel_decisions_finishes_the_case(database: None) -> None:
    (case_id,) = put(1)
    officer = making.officer(REGION)
    take(officer)

    def finish(_: int) -> datetime:
        with acting_as(officer):
            return actions.finish(case_id, region_id=REGION, officer_id=officer.id, at=NOW)

    assert sorted(type(outcome).__name__ for outcome in at_once(5, finish)) == ["DomainError"] * 4 + ["datetime"]


def test_a_citizen_learns_his_place_and_sees_nobody_elses_case(database: None) -> None:
    put(2)
    owner = making.make_owner(REGION)
    own = uuid7()
    with acting_as(making.system(REGION)):
        actions.enqueue(
            own,
            region_id=REGION,
            owner_id=owner.actor.id,
            queued_at=NOW + timedelta(hours=1),
            due_at=NOW,
            kk_index=b"family",
        )
    with acting_as(owner.actor):
        assert queries.place_of(own) == 3
        assert [item.application_id for item in Item.objects.filter(region_id=REGION)] == [own]
