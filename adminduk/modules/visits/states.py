"""The states of a visit, why somebody is visited, and how a visit ended."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    ASKED = "asked"
    PLANNED = "planned"  # stands in a trip
    DONE = "done"
    DROPPED = "dropped"  # taken back, or not needed any more


OPEN = (State.ASKED, State.PLANNED)


class Kind(StrEnum):
    ELDERLY = "elderly"
    ILL = "ill"
    DISABILITY = "disability"
    PRISON = "prison"
    SCHOOL = "school"
    VILLAGE = "village"
    OTHER = "other"


BY_CITIZEN = (Kind.ELDERLY, Kind.ILL, Kind.DISABILITY, Kind.OTHER)
OF_PLACES = (Kind.PRISON, Kind.SCHOOL, Kind.VILLAGE)


class Result(StrEnum):
    """What is entered after a trip."""

    RECORDED = "recorded"
    FAILED = "failed"  # recorded, but the recording did not succeed
    ABSENT = "absent"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"  # the road, the weather, the equipment: not the person's fault


MET = (Result.RECORDED, Result.FAILED)
COME_AGAIN = (Result.ABSENT, Result.NOT_REACHED)  # back on the list of requests, at its old place
