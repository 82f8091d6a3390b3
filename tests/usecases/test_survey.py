"""The survey: once, skippable, only added up, and silent while too few have answered."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.readmodels import survey_results
from adminduk.usecases import survey
from adminduk.usecases.outside import catalogue
from tests import database as test_database
from tests import making
from tests.making import Owner
from tests.usecases.reviewing import STRICT

ELEMENTS = [element.id for element in catalogue().survey.elements]


def finished(*, is_completed: bool = True) -> tuple[Owner, str]:
    """An application whose card is there, as the survey finds it."""
    owner = making.make_owner(STRICT)
    case_id = making.make_submitted(owner)
    if is_completed:
        with test_database.superuser_connection() as above:
            above.execute("UPDATE applications_application SET state = 'completed' WHERE id = %s", [case_id])
    return owner, str(case_id)


def give(owner: Owner, case_id: str, **scores: int) -> None:
    survey.give(owner.actor, UUID(case_id), scores=scores, key=str(uuid4()), at=clock.now())


def counts(region: int = STRICT) -> dict[str, int]:
    results = survey_results.results_of(region, catalogue().survey, today=clock.now().date())
    return {result.element.id: result.answers for result in results.elements}


def test_the_law_names_nine_elements_and_the_file_says_that_it_was_not_read() -> None:
    assert len(ELEMENTS) == 9
    assert not catalogue().survey.is_verified and catalogue().survey.source


def test_answers_are_added_up_and_questions_can_be_passed_over(database: None) -> None:
    before = counts()
    give(*finished(), time=4, cost=1)
    after = counts()
    assert after["time"] == before["time"] + 1 and after["cost"] == before["cost"] + 1
    assert after["conduct"] == before["conduct"]


def test_it_is_asked_once(database: None) -> None:
    owner, case_id = finished()
    give(owner, case_id)
    with pytest.raises(DomainError, match="survey_given"):
        give(owner, case_id, time=4)


def test_it_opens_when_the_card_is_there(database: None) -> None:
    with pytest.raises(DomainError, match="survey_not_yet"):
        give(*finished(is_completed=False), time=4)


def test_nobody_answers_for_another(database: None) -> None:
    _, case_id = finished()
    with pytest.raises(NotFound):
        give(making.make_owner(STRICT), case_id, time=4)


@pytest.mark.parametrize("scores", [{"time": 5}, {"time": 0}, {"weather": 3}])
def test_only_what_is_asked_counts(database: None, scores: dict[str, int]) -> None:
    with pytest.raises(DomainError, match="survey_wrong"):
        owner, case_id = finished()
        survey.give(owner.actor, UUID(case_id), scores=scores, key=str(uuid4()), at=clock.now())


def test_a_few_answers_give_no_figure(database: None) -> None:
    region = making.fresh_region()
    month = clock.now().date().replace(day=1)
    with acting_as(making.anonymous(region)), connection.cursor() as cursor:
        for element in ELEMENTS:
            cursor.execute(
                "INSERT INTO surveys_tally (id, region_id, service_id, month, element, score, count)"
                " VALUES (gen_random_uuid(), %s, 'x', %s, %s, 3, %s)",
                [region, month, element, survey_results.FEWEST - 1],
            )
    results = survey_results.results_of(region, catalogue().survey, today=month)
    assert results.index is None and {result.mean for result in results.elements} == {None}
    with acting_as(making.anonymous(region)), connection.cursor() as cursor:
        cursor.execute("UPDATE surveys_tally SET count = 20 WHERE region_id = %s", [region])
    results = survey_results.results_of(region, catalogue().survey, today=month)
    assert results.index == 75 and {result.mean for result in results.elements} == {3.0}


def test_a_year_is_counted() -> None:
    assert survey_results._months_before(date(2026, 11, 29)) == date(2025, 12, 1)
    assert survey_results._months_before(date(2026, 12, 1)) == date(2026, 1, 1)


def test_no_answer_stands_beside_its_application(database: None) -> None:
    owner, case_id = finished()
    give(owner, case_id, time=2)
    with test_database.superuser_connection() as above:
        columns = above.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'surveys_tally'"
        ).fetchall()
        asked = above.execute("SELECT * FROM surveys_asked WHERE application_id = %s", [case_id]).fetchall()
    assert {name for (name,) in columns} == {"id", "region_id", "service_id", "month", "element", "score", "count"}
    assert len(asked) == 1
