"""A write happens once, however often and however parallel it is sent."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from adminduk.foundation import clock, idempotency
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError
from adminduk.modules.audit import actions as audit
from adminduk.modules.audit.models import Entry
from tests import database as test_database
from tests import making
from tests.at_once import at_once

REGION = making.fresh_region()


def act_that_leaves_a_row(answer: str) -> str:
    audit.record("act", actor=making.system(REGION), at=clock.now(), region_id=REGION, about=("application", uuid4()))
    return answer


def count_acts() -> int:
    with acting_as(making.system(REGION)):
        return Entry.objects.count()


def test_the_same_key_gets_the_same_answer_without_acting_again(database: None) -> None:
    actor = making.officer(REGION)
    answers = {idempotency.once(actor, "key", partial(act_that_leaves_a_row, str(n))) for n in range(3)}
    assert answers == {"0"}
    assert count_acts() == 1


def test_the_same_key_in_parallel_acts_once_and_answers_all(database: None) -> None:
    actor = making.officer(REGION)
    answers = at_once(20, lambda n: idempotency.once(actor, "key", lambda: act_that_leaves_a_row(str(n))))
    assert len(set(map(str, answers))) == 1
    assert not isinstance(answers[0], Exception)
    assert count_acts() == 1


def test_keys_of_different_actors_do_not_meet(database: None) -> None:
    for number in range(2):
        actor = making.officer(REGION)
        assert idempotency.once(actor, "key", partial(act_that_leaves_a_row, str(number))) == str(number)
    assert count_acts() == 2


def test_an_act_that_fails_keeps_nothing_and_may_be_tried_again(database: None) -> None:
    actor = making.officer(REGION)

    def fail_late() -> str:
        act_that_leaves_a_row("")
        raise DomainError("not_possible")

    with pytest.raises(DomainError):
        idempotency.once(actor, "key", fail_late)
    assert count_acts() == 0
    assert idempotency.once(actor, "key", lambda: act_that_leaves_a_row("second")) == "second"
    assert count_acts() == 1


def test_when_the_first_of_two_parallel_fails_the_second_acts(database: None) -> None:
    actor = making.officer(REGION)
    tries: list[int] = []

    def fail_first() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise DomainError("not_possible")
        return act_that_leaves_a_row("done")

    outcomes = at_once(2, lambda _: idempotency.once(actor, "key", fail_first))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DomainError", "str"]
    assert count_acts() == 1


def test_without_a_key_each_call_acts(database: None) -> None:
    actor = making.officer(REGION)
    for _ in range(2):
        idempotency.once(actor, "", lambda: act_that_leaves_a_row(""))
    assert count_acts() == 2


def test_answers_are_kept_sealed_under_no_readable_key_and_forgotten_in_time(database: None) -> None:
    actor = making.officer(REGION)
    idempotency.once(actor, "key-in-clear", lambda: "answer-in-clear")
    with test_database.superuser_connection() as above:
        stored = above.execute("SELECT f::text FROM foundation_answer f").fetchall()
    assert len(stored) == 1
    assert "in-clear" not in bytes.fromhex("".join(c for c in stored[0][0] if c in "0123456789abcdef")[:64]).decode(
        "latin1"
    )
    assert b"in-clear".hex() not in stored[0][0]
    assert idempotency.forget_old_answers() == 0
    clock.move_forward(idempotency.KEPT + timedelta(minutes=1))
    assert idempotency.forget_old_answers() == 1
