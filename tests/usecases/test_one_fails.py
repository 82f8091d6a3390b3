"""Jobs that look at many people: one who always fails keeps nobody behind him from his turn, and is not hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from adminduk.foundation import clock
from adminduk.kernel.actor import Actor
from adminduk.modules.applications.types import Case
from adminduk.modules.recordings.states import State
from adminduk.usecases import appoint_moves, appoint_unanswered, recording_again
from tests.making import system
from tests.usecases import recording_stage as stage
from tests.usecases.appointing import ZONE, active, booked, move_clock_to, semarang, told
from tests.usecases.reviewing import STRICT, staff

pytestmark = pytest.mark.usefixtures("database", "register")


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, Case], None]:
    """From now on a module can write nothing down for one person."""

    def break_for(module: Any, broken: Case) -> None:
        record = module.record

        def refuse(act: str, case: Case, **rest: Any) -> None:
            if case.id == broken.id:
                raise RuntimeError("always")
            record(act, case, **rest)

        monkeypatch.setattr(module, "record", refuse)

    return break_for


def run(job: Callable[[Actor], None]) -> None:
    for _ in range(2):
        with pytest.raises(RuntimeError, match="always"):
            job(system(STRICT))


def test_the_end_of_a_day(fails: Callable[[Any, Case], None]) -> None:
    semarang()
    (first, before), (second, booking) = booked(), booked()
    fails(appoint_moves, first)
    move_clock_to(datetime.combine(max(before.day, booking.day) + timedelta(days=1), time(1), ZONE))
    run(appoint_moves.end_day)
    assert (active(first), active(second)) == (before, None)
    assert (told(first), told(second)[-1]) == (["appointment_booked"], "appointment_missed")


def test_reminders_of_an_invitation(fails: Callable[[Any, Case], None]) -> None:
    (first, product), (second, _) = stage.make_approved(), stage.make_approved()
    fails(appoint_unanswered, first)

    def look() -> None:
        local = clock.now().astimezone(ZONE)
        move_clock_to(datetime.combine(local.date() + timedelta(days=1), time(10), tzinfo=ZONE))

    look()
    appoint_unanswered.remind_invited(system(STRICT))  # only notes when the first reminder is due
    due = stage.recording_now(product).remind_at
    assert due is not None
    move_clock_to(due)
    look()
    run(appoint_unanswered.remind_invited)
    assert ("invitation_reminder" in told(first), told(second).count("invitation_reminder")) == (False, 1)


def test_recordings_that_nobody_ended(fails: Callable[[Any, Case], None]) -> None:
    operator = staff(STRICT, "operator")
    (first, product), (second, other) = stage.make_approved(), stage.make_approved()
    for one in (product, other):
        stage.begin(operator, one)
    fails(recording_again, first)
    clock.move_forward(recording_again.FORGOTTEN_AFTER + timedelta(days=1))
    run(recording_again.end_forgotten)
    assert stage.recording_now(product).state is State.UNDER_WAY
    assert stage.recording_now(other).state is State.WANTED and "recording_unfinished" in told(second)
