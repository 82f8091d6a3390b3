"""Drafts and corrections that nobody goes on with: a reminder in time, then an end. Nothing ends unannounced."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.moments import long_day
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act, State
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import actions as documents
from adminduk.modules.uploads import actions as uploads
from adminduk.usecases import apply, notify
from adminduk.usecases.case_record import record
from adminduk.usecases.upkeep_match import service_link

REMIND_AHEAD = timedelta(days=5)
NOTICE = timedelta(days=3)  # at least so long after the reminder, also when the worker had stood still for a week
EXPIRED = "expired"
_MAY_END = frozenset({State.DRAFT, State.CORRECTION})


@jobs.job("upkeep.remind", every_minutes=5)
def remind(actor: Actor) -> None:
    """Tell everybody once whose draft or correction ends within five days; who is told late gets more time."""
    (region,) = actor.regions
    now = clock.now()
    with acting_as(actor):
        due = cases.list_ids_to_remind(region, now=now, ahead=REMIND_AHEAD)

    def remind_one(application_id: UUID) -> None:
        with acting_as(actor):
            _remind_one(actor, application_id, at=now)

    jobs.each_alone(due, remind_one)


def _remind_one(actor: Actor, application_id: UUID, *, at: datetime) -> None:
    case = cases.get_case(application_id, lock=True)
    if case.state not in _MAY_END or case.ends_at is None or case.ends_at > at + REMIND_AHEAD:
        return
    case = replace(case, ends_at=max(case.ends_at, at + NOTICE))
    assert case.ends_at is not None
    applications.note_reminder(case.id, region_id=case.region_id, at=at, ends_at=case.ends_at)
    record("case.remind", case, actor=actor, at=at)
    if case.state is State.DRAFT:
        link = f"{settings.ENVIRONMENT.base_url}/permohonan/{case.id}/"
        notify.tell("draft_reminder", case=case, at=at, link=link, until=_last_day(case))
        return
    items = cases.list_corrections(case.id, region_id=case.region_id, round_number=case.round)
    waiting = [item for item in items if item.answered_at is None]
    notify.tell("correction_reminder", case=case, at=at, until=_last_day(case), items=str(len(waiting) or len(items)))


@jobs.job("upkeep.end", every_minutes=5)
def end_unanswered(actor: Actor) -> None:
    """End what has passed its day, if its owner was reminded."""
    (region,) = actor.regions
    now = clock.now()
    with acting_as(actor):
        ended = cases.list_ended_ids(region, now=now, ahead=REMIND_AHEAD)

    def end(application_id: UUID) -> None:
        with acting_as(actor):
            _end_one(actor, application_id, at=now)

    jobs.each_alone(ended, end)


def _end_one(actor: Actor, application_id: UUID, *, at: datetime) -> None:
    case = cases.get_case(application_id, lock=True)
    if case.state not in _MAY_END or case.ends_at is None or case.ends_at >= at:
        return
    applications.transition(
        case.id, Act.EXPIRE, actor=actor, region_id=case.region_id, at=at, reason=EXPIRED, ends_at=None
    )
    if case.state is State.DRAFT:
        documents.remove_all(case.id, region_id=case.region_id, at=at)
        uploads.end_of_application(case.id, region_id=case.region_id)
        applications.empty_case(case.id, region_id=case.region_id)
        notify.tell("draft_deleted", case=case, at=at, link=service_link(case))
    else:
        applications.release_claim(case.id)
        notify.tell("correction_expired", case=case, at=at, until=_last_day(case))
    record("case.expire", case, actor=actor, at=at)


def _last_day(case: Case) -> str:
    """The day on which a case ends, on the clocks of the office, in its owner's language."""
    assert case.ends_at is not None
    local = case.ends_at.astimezone(ZoneInfo(apply.region_of(case).time_zone))
    return long_day(local.date(), notify.recipient_of(case.owner_id).language)
