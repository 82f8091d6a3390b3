"""What becomes of a recording, as hours after it was taken over: by the person of the story, else the usual way."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sandbox.population_register.numbers import NumberBook
from sandbox.population_register.stories import tell_stories


class Step(NamedTuple):
    """From so many hours after the recording on, this is the status."""

    hours: float
    status: str


Plan = tuple[Step, ...]
_BEGINNING = (Step(0, "BIO_CAPTURED"), Step(1, "SENT_FOR_ENROLLMENT"))
USUAL: Plan = (*_BEGINNING, Step(24, "RECEIVED_AT_CENTRAL"), Step(72, "PRINT_READY_RECORD"))
FAILS: Plan = (*_BEGINNING, Step(24, "ENROLL_FAILURE_AT_CENTRAL"))
FAILS_AT_ONCE: Plan = (Step(0, "BIO_CAPTURED"), Step(1, "ENROLL_FAILURE_AT_REGIONAL"))
DOUBLE: Plan = (
    *_BEGINNING,
    Step(24, "RECEIVED_AT_CENTRAL"),
    Step(48, "ADJUDICATE_IN_PROGRESS"),
    Step(72, "DUPLICATE_RECORD"),
)
SEARCHED_AGAIN: Plan = (*_BEGINNING, Step(24, "SEARCH_FAILURE_AT_CENTRAL"), Step(96, "PRINT_READY_RECORD"))
ODD: Plan = (*_BEGINNING, Step(24, "STATUS_91_PUSAT"), Step(96, "PRINT_READY_RECORD"))

# By the key of the story: what becomes of the first recording, of the second, and so on; the last one stays.
_OF_STORIES: dict[str, tuple[Plan, ...]] = {
    "married_at_16": (FAILS, USUAL),
    "enrollment_failed": (FAILS_AT_ONCE, SEARCHED_AGAIN),
    "never_recorded": (DOUBLE,),
    "unknown_status": (ODD,),
}


def plans_of_stories(start_day: date) -> dict[str, tuple[Plan, ...]]:
    """The plans by NIK."""
    stories, _ = tell_stories(NumberBook(), start_day)
    return {story.person.nik: _OF_STORIES[story.told.key] for story in stories if story.told.key in _OF_STORIES}


def status_at(plan: Plan, hours: float) -> Step:
    """The latest step that has been reached; the first, where a clock that was put back makes it lie ahead."""
    return [plan[0], *(step for step in plan if step.hours <= hours)][-1]
