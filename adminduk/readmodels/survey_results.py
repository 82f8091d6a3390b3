"""What people think of an office, as figures with the number of answers; too few say nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from adminduk.catalogue.survey import Element, Survey
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.modules.surveys import queries as surveys

FEWEST = 10  # below, a figure would speak of single people
MONTHS = 12


@dataclass(frozen=True, slots=True)
class ElementResult:
    """One element: the mean of its scores (None: fewer than FEWEST answers), and how many answered."""

    element: Element
    answers: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """All elements in their order. `index`: from 25 to 100, the mean of the elements' means as a share of the best."""

    elements: tuple[ElementResult, ...]
    most_answers: int
    index: float | None


def results_of(region_id: int, survey: Survey, *, today: date) -> Results:
    """Sums of the last twelve months; anybody may see them."""
    reader = Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=(region_id,))
    with acting_as(reader):
        counted = surveys.list_counts(region_id, since=_months_before(today))
    answers: dict[str, int] = defaultdict(int)
    points: dict[str, int] = defaultdict(int)
    for row in counted:
        answers[row.element] += row.count
        points[row.element] += row.count * row.score
    results = tuple(
        ElementResult(
            element=element,
            answers=answers[element.id],
            mean=points[element.id] / answers[element.id] if answers[element.id] >= FEWEST else None,
        )
        for element in survey.elements
    )
    means = [result.mean for result in results if result.mean is not None]
    index = sum(means) / len(means) / survey.highest * 100 if len(means) == len(results) else None
    return Results(elements=results, most_answers=max(answers.values(), default=0), index=index)


def is_to_be_asked(actor: Actor, application_id: UUID, *, region_id: int) -> bool:
    """Whether the owner of a finished application has not been asked yet."""
    with acting_as(actor):
        return not surveys.was_asked(application_id, region_id=region_id)


def _months_before(today: date) -> date:
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)
