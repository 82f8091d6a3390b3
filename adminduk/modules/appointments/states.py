"""What becomes of an appointment: one table of moves."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """HELD is a hold of ten minutes. ARRIVED stands in the queue of the counters."""

    HELD = "held"
    BOOKED = "booked"
    ARRIVED = "arrived"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"
    CHANGED = "changed"
    MOVED = "moved"
    LAPSED = "lapsed"


# These take a place; the database counts them.
ACTIVE: Final = (State.HELD, State.BOOKED, State.ARRIVED)
# A person has at most one of these.
FIRM: Final = (State.BOOKED, State.ARRIVED)
MOVES: Final[dict[State, frozenset[State]]] = {
    State.HELD: frozenset({State.BOOKED, State.LAPSED}),
    State.BOOKED: frozenset({State.ARRIVED, State.DONE, State.MISSED, State.CANCELLED, State.CHANGED, State.MOVED}),
    State.ARRIVED: frozenset({State.BOOKED, State.DONE, State.MISSED, State.CANCELLED, State.MOVED}),
    State.MISSED: frozenset({State.ARRIVED}),
}


def sources_of(state: State) -> tuple[State, ...]:
    """From where an appointment may come to `state`."""
    return tuple(before for before, after in MOVES.items() if state in after)
