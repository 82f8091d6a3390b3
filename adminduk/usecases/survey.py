"""When the card is there: nine questions, one minute, once, and they can be skipped. Answers are only ever added up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.surveys import actions as surveys
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue


def give(actor: Actor, application_id: UUID, *, scores: Mapping[str, int], key: str, at: datetime) -> None:
    """Count the answers of an application's owner. No score at all is skipping.

    The trail says that he was asked, never what he said. Raises NotFound; DomainError: survey_wrong (an element or a
    score that is not asked for), survey_given, survey_not_yet.
    """
    survey = catalogue().survey
    known, values = {element.id for element in survey.elements}, {score.value for score in survey.scores}
    if not set(scores) <= known or not set(scores.values()) <= values:
        raise DomainError("survey_wrong")

    def act() -> str:
        case = _own_finished(actor, application_id)
        if not surveys.note_asked(case.id, region_id=case.region_id, owner_id=case.owner_id):
            raise DomainError("survey_given")
        zone = catalogue().region(RegionCode.from_number(case.region_id)).time_zone
        today = at.astimezone(ZoneInfo(zone)).date()
        surveys.count(scores, region_id=case.region_id, service_id=case.service_id, today=today)
        record("case.survey", case, actor=actor, at=at)
        return ""

    once(actor, key, act)


def _own_finished(actor: Actor, application_id: UUID) -> Case:
    case = cases.get_case(application_id)
    if case.owner_id != actor.id:
        raise NotFound("application")
    if case.state is not State.COMPLETED:
        raise DomainError("survey_not_yet")
    return case
