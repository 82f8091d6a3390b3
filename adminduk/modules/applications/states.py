"""The states of an application and who may move it: one table, nothing else decides."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from adminduk.kernel.actor import ActorKind


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"  # the office's turn
    CORRECTION = "correction"  # the citizen's turn
    APPROVED = "approved"  # what follows goes on; see the module issuance
    COMPLETED = "completed"  # what was asked for is in the person's hands
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"  # ended by the system; `reason` says why


class Act(StrEnum):
    SUBMIT = "submit"
    RESUBMIT = "resubmit"
    ASK_CORRECTIONS = "ask_corrections"
    APPROVE = "approve"
    REFUSE = "refuse"
    UNDO = "undo"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    FAIL_MATCH = "fail_match"
    OBJECT = "object"
    COMPLETE = "complete"
    STOP = "stop"


_CITIZEN = frozenset({ActorKind.CITIZEN})
_OFFICER = frozenset({ActorKind.OFFICER, ActorKind.HEAD})
_SYSTEM = frozenset({ActorKind.SYSTEM})
_AT_WORK = frozenset({ActorKind.SYSTEM, ActorKind.OPERATOR, ActorKind.OFFICER, ActorKind.HEAD})

TRANSITIONS: Mapping[tuple[State, Act], tuple[State, frozenset[ActorKind]]] = MappingProxyType(
    {
        (State.DRAFT, Act.SUBMIT): (State.SUBMITTED, _CITIZEN),
        (State.DRAFT, Act.WITHDRAW): (State.WITHDRAWN, _CITIZEN),
        (State.DRAFT, Act.EXPIRE): (State.CLOSED, _SYSTEM),
        (State.SUBMITTED, Act.ASK_CORRECTIONS): (State.CORRECTION, _OFFICER),
        (State.SUBMITTED, Act.APPROVE): (State.APPROVED, _OFFICER),
        (State.SUBMITTED, Act.REFUSE): (State.REFUSED, _OFFICER),
        (State.SUBMITTED, Act.WITHDRAW): (State.WITHDRAWN, _CITIZEN),
        (State.SUBMITTED, Act.FAIL_MATCH): (State.CLOSED, _SYSTEM),
        (State.CORRECTION, Act.RESUBMIT): (State.SUBMITTED, _CITIZEN),
        (State.CORRECTION, Act.WITHDRAW): (State.WITHDRAWN, _CITIZEN),
        (State.CORRECTION, Act.EXPIRE): (State.CLOSED, _SYSTEM),
        (State.CORRECTION, Act.UNDO): (State.SUBMITTED, _OFFICER),
        (State.APPROVED, Act.UNDO): (State.SUBMITTED, _OFFICER),
        (State.APPROVED, Act.COMPLETE): (State.COMPLETED, _AT_WORK),
        (State.APPROVED, Act.STOP): (State.CLOSED, _AT_WORK),
        (State.REFUSED, Act.UNDO): (State.SUBMITTED, _OFFICER),
        (State.REFUSED, Act.OBJECT): (State.SUBMITTED, _CITIZEN),
    }
)

OPEN = frozenset({State.SUBMITTED, State.CORRECTION, State.APPROVED})
FINISHED = (
    State.APPROVED,
    State.COMPLETED,
    State.REFUSED,
    State.WITHDRAWN,
    State.CLOSED,
)  # nobody's turn: times of retention run


class Kept(StrEnum):
    """How much of an application retention has left."""

    WHOLE = "whole"
    THIN = "thin"  # without pages and without what the register said
    FRAME = "frame"  # number, states and dates


def available(state: State, kind: ActorKind) -> tuple[Act, ...]:
    """What an actor of `kind` may do with an application in `state`; screens and actions ask the same table."""
    return tuple(act for (at, act), (_, kinds) in TRANSITIONS.items() if at == state and kind in kinds)
