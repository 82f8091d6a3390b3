"""The states of a print job: one table, nothing else decides."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from adminduk.modules.printing.types import JobState

TRANSITIONS: Mapping[JobState, frozenset[JobState]] = MappingProxyType(
    {
        JobState.ASKED: frozenset({JobState.PRINTED, JobState.JAMMED, JobState.CANCELLED}),
        JobState.JAMMED: frozenset({JobState.SPOILED, JobState.CANCELLED, JobState.PRINTED}),
        JobState.PRINTED: frozenset({JobState.PASSED, JobState.SPOILED}),
        JobState.PASSED: frozenset({JobState.REPLACED}),
        JobState.SPOILED: frozenset(),
        JobState.CANCELLED: frozenset(),
        JobState.REPLACED: frozenset(),
    }
)


def may_become(state: JobState, wanted: JobState) -> bool:
    """Whether a job may go from one state to the other."""
    return wanted in TRANSITIONS[state]
