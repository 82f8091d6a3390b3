"""The states of a ticket and what moves it: one table, nothing else decides."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from adminduk.kernel.errors import DomainError


class State(StrEnum):
    WAITING = "waiting"
    CALLED = "called"  # stands at a counter, or is on the way to it
    DONE = "done"
    MISSED = "missed"  # did not come
    LEFT = "left"  # went away, or the day ended


class Act(StrEnum):
    CALL = "call"
    RECALL = "recall"
    FINISH = "finish"
    SEND_BACK = "send_back"  # did not come the first time, or the counter closed: waits again
    MISS = "miss"
    TRANSFER = "transfer"
    LEAVE = "leave"
    RETURN = "return"  # came after all, though he had missed his turn


TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.WAITING, Act.CALL): State.CALLED,
        (State.WAITING, Act.LEAVE): State.LEFT,
        (State.CALLED, Act.RECALL): State.CALLED,
        (State.CALLED, Act.FINISH): State.DONE,
        (State.CALLED, Act.SEND_BACK): State.WAITING,
        (State.CALLED, Act.MISS): State.MISSED,
        (State.CALLED, Act.TRANSFER): State.WAITING,
        (State.MISSED, Act.RETURN): State.WAITING,
    }
)


def after(state: State, act: Act) -> State:
    """The state that `act` leads to. Raises DomainError("ticket_moved") where the table does not know the move."""
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise DomainError("ticket_moved") from None
