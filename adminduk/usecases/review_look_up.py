"""A citizen calls: look his application up by its number, with a reason, to read only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from adminduk.catalogue.release import Release
from adminduk.foundation.limits import Limit, spend
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import NotFound
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case, CorrectionItem, Happened
from adminduk.modules.notifications import queries as notifications
from adminduk.modules.notifications.types import PlannedMessage
from adminduk.modules.releases import queries as releases
from adminduk.modules.workqueue import queries as queue
from adminduk.usecases.case_record import record
from adminduk.usecases.review import checked_words, is_own_family, region_of_decider

LOOK_UPS = Limit("officer_look_ups", 60, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What may be told on the phone: where the case is and what was sent. No documents, no answers."""

    case: Case
    release: Release
    place: int | None
    events: tuple[Happened, ...]
    messages: tuple[PlannedMessage, ...]
    corrections: tuple[CorrectionItem, ...]


def find(actor: Actor, *, number: str, reason: str, at: datetime) -> UUID:
    """The application with this number in the actor's office; the look and its reason are recorded.

    Raises NotFound (also for his own family's); DomainError: number_shape, number_check, words_missing, words_long,
    too_often.
    """
    said = checked_words(reason, needed=True)
    wanted = ApplicationNumber.parse(number)
    region_id = region_of_decider(actor)
    spend(LOOK_UPS, str(actor.id))
    with acting_as(actor):
        case = cases.find_by_number(wanted.text, region_id=region_id)
        if case is None or is_own_family(actor, case):
            raise NotFound("application")
        record("case.look_up", case, actor=actor, at=at, reason=said)
        return case.id


def read(actor: Actor, application_id: UUID, *, reason: str, at: datetime) -> LookedUp:
    """What `find` has found, read again; each look is recorded with its reason. Raises NotFound."""
    said = checked_words(reason, needed=True)
    region_id = region_of_decider(actor)
    with acting_as(actor):
        case = cases.get_case(application_id)
        if case.region_id != region_id or case.state is State.DRAFT or is_own_family(actor, case):
            raise NotFound("application")
        record("case.look_up", case, actor=actor, at=at, reason=said)
        return LookedUp(
            case=case,
            release=releases.get_release(case.release_id),
            place=queue.place_of(case.id),
            events=cases.list_events(case.id, region_id=region_id, internal=False),
            messages=notifications.list_of_application(case.id, region_id=region_id),
            corrections=cases.list_corrections(case.id, region_id=region_id, round_number=case.round),
        )
