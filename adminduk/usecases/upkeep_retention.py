"""Retention: what has served its purpose goes, by the times of definitions/reference/retention.yaml."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries as account_queries
from adminduk.modules.accounts.types import Person
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Kept
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.audit import actions as audit
from adminduk.modules.complaints import actions as complaints
from adminduk.modules.documents import actions as documents
from adminduk.modules.draws import actions as draws
from adminduk.modules.handovers import actions as handovers
from adminduk.modules.issuance import queries as issuance
from adminduk.modules.notifications import actions as notifications
from adminduk.modules.recordings import actions as recordings
from adminduk.modules.visits import actions as visits
from adminduk.usecases import trip
from adminduk.usecases.outside import catalogue

# The status page goes on to say what follows; none of these tells who somebody is.
FACTS_FOR_STATUS = ("applies_for", "biometrics", "card", "card_status", "is_matched", "is_resident")


def ended_before(kind: str, now: datetime) -> datetime:
    """Data of this kind that ended before the returned moment have to go."""
    return now - timedelta(days=catalogue().retention[kind].days)


@jobs.job("upkeep.retention", every_minutes=60)
def apply_retention(actor: Actor) -> None:
    """Thin and empty finished applications, forget old messages and unused accounts."""
    now = clock.now()
    thin_before = min(ended_before("documents", now), ended_before("register", now))
    empty_before = min(ended_before("application", now), ended_before("recording", now))
    steps = (
        partial(_each_finished, actor, kept=Kept.WHOLE, before=thin_before, act=_thin),
        partial(_each_finished, actor, kept=Kept.THIN, before=empty_before, act=_empty),
        partial(_forget_rows, actor, now),
        partial(_forget_accounts, actor, is_matched=True, before=ended_before("account", now)),
        # Whom the register never confirmed, and who has begun nothing that is still kept.
        partial(_forget_accounts, actor, is_matched=False, before=ended_before("draft", now)),
    )
    jobs.each_alone(steps, lambda step: step())


def _forget_rows(actor: Actor, now: datetime) -> None:
    (region,) = actor.regions
    with acting_as(actor):
        notifications.forget_messages(region, before=ended_before("messages", now))
        complaints.forget_closed(region, before=ended_before("report", now))
        handovers.forget_receipts(region, before=ended_before("hand_over", now))
        draws.forget_people(region, before=ended_before("draw", now))
        trip.end_unreported(actor, before=ended_before("visit", now).date(), at=now)
        visits.forget_places(region, before=ended_before("visit", now))
        appointments.forget_old(region, before=ended_before("appointment", now).date())


def _each_finished(actor: Actor, *, kept: Kept, before: datetime, act: Callable[[Actor, UUID], None]) -> None:
    (region,) = actor.regions
    with acting_as(actor):
        # A card may take longer than that: until it is done its person is visited, told, and applies for no second one.
        under_way = issuance.list_open_applications(region)
        due = cases.list_finished_ids(region, kept=kept, before=before, but_not=under_way)

    def act_on(application_id: UUID) -> None:
        with acting_as(actor):
            act(actor, application_id)

    jobs.each_alone(due, act_on)


def _thin(actor: Actor, application_id: UUID) -> None:
    case, at = cases.get_case(application_id, lock=True), clock.now()
    documents.remove_all(case.id, region_id=case.region_id, at=at)
    facts = {name: case.facts[name] for name in FACTS_FOR_STATUS if name in case.facts}
    applications.thin_case(case.id, region_id=case.region_id, facts=facts)
    applications.release_claim(case.id)  # an approved one holds its place so long: a card may be lost again
    _record("case.thin", actor, ("application", case.id), at)


def _empty(actor: Actor, application_id: UUID) -> None:
    case, at = cases.get_case(application_id, lock=True), clock.now()
    applications.empty_case(case.id, region_id=case.region_id)
    recordings.forget(case.id, region_id=case.region_id)
    visits.forget(case.id, region_id=case.region_id)
    _record("case.empty", actor, ("application", case.id), at)


def _forget_accounts(actor: Actor, *, is_matched: bool, before: datetime) -> None:
    (region,) = actor.regions
    with acting_as(actor):
        idle = account_queries.list_idle_ids(region, is_matched=is_matched, before=before)
        people = [account_queries.get_person(account_id) for account_id in idle]

    def forget(person: Person) -> None:
        # His applications may lie in several regions: all of them are looked at.
        everywhere = Actor(kind=ActorKind.SYSTEM, id=NOBODY, regions=tuple({region, *person.regions}))
        with acting_as(everywhere):
            if not cases.has_any(person.id, regions=everywhere.regions):
                accounts.delete_account(person.id)
                _record("account.forget", actor, ("account", person.id), clock.now())

    jobs.each_alone(people, forget)


def _record(act: str, actor: Actor, about: tuple[str, UUID], at: datetime) -> None:
    audit.record(act, actor=actor, at=at, region_id=actor.regions[0], about=about)
