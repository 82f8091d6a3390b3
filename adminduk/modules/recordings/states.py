"""The states of a recording, and what may follow what: one table, nothing else decides."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    WANTED = "wanted"  # the person has to come, or is visited
    UNDER_WAY = "under_way"  # an operator has begun
    AT_CENTRE = "at_centre"  # recorded; the centre's word is awaited
    AGAIN = "again"  # failed: a new recording is needed, ahead of others
    HELD = "held"  # double or odd: only an officer gets it further, nothing is printed
    DONE = "done"
    LEFT = "left"  # withdrawn or stopped


class Act(StrEnum):
    BEGIN = "begin"
    BREAK_OFF = "break_off"  # the person left, or did not approve the photograph
    RECORD = "record"
    FAIL = "fail"
    HOLD = "hold"
    WAIT = "wait"  # recorded elsewhere: the centre has it
    READY = "ready"
    REPEAT = "repeat"  # an officer decides so
    LEAVE = "leave"
    ENTER = "enter"  # once more, after a wrong card


_OPEN = (State.WANTED, State.UNDER_WAY, State.AT_CENTRE, State.AGAIN, State.HELD)
# Whoever was recorded elsewhere is ready without having come here.
_MAY_BE_READY = (State.WANTED, State.AT_CENTRE, State.AGAIN, State.HELD)

TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.WANTED, Act.BEGIN): State.UNDER_WAY,
        (State.AGAIN, Act.BEGIN): State.UNDER_WAY,
        (State.UNDER_WAY, Act.BREAK_OFF): State.WANTED,
        (State.UNDER_WAY, Act.RECORD): State.AT_CENTRE,
        (State.UNDER_WAY, Act.FAIL): State.AGAIN,
        (State.AT_CENTRE, Act.FAIL): State.AGAIN,
        (State.HELD, Act.FAIL): State.AGAIN,
        (State.AT_CENTRE, Act.REPEAT): State.AGAIN,
        (State.HELD, Act.REPEAT): State.AGAIN,
        (State.HELD, Act.HOLD): State.HELD,
        (State.WANTED, Act.WAIT): State.AT_CENTRE,
        (State.AGAIN, Act.WAIT): State.AT_CENTRE,
        (State.WANTED, Act.FAIL): State.AGAIN,
        (State.DONE, Act.ENTER): State.AGAIN,
        (State.LEFT, Act.ENTER): State.WANTED,
        **{(state, Act.HOLD): State.HELD for state in (State.WANTED, State.AT_CENTRE, State.AGAIN)},
        **{(state, Act.READY): State.DONE for state in _MAY_BE_READY},
        **{(state, Act.LEAVE): State.LEFT for state in _OPEN},
    }
)
TO_COME = (State.WANTED, State.AGAIN)  # may be recorded now


class Result(StrEnum):
    """How an attempt ended."""

    RECORDED = "recorded"
    FAILED = "failed"
    NOT_APPROVED = "not_approved"
    GONE = "gone"


def follows(state: State, act: Act) -> State | None:
    """Where `act` leads from `state`; None when it may not be."""
    return TRANSITIONS.get((state, act))
