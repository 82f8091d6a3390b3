"""What a citizen sees of an application: where it is, whose turn, what to do now, when it is ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.messages import MessageText
from adminduk.catalogue.region_schema import Region
from adminduk.catalogue.release import Release
from adminduk.catalogue.schema import Outcome, Step
from adminduk.catalogue.types import CodedReason
from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as, look_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.accounts.types import Address
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act, State, available
from adminduk.modules.applications.types import Case, CorrectionItem, Happened
from adminduk.modules.notifications import queries as notifications
from adminduk.modules.notifications.types import PlannedMessage
from adminduk.modules.releases import queries as releases
from adminduk.modules.workqueue import queries as workqueue
from adminduk.readmodels.way import Way, find_way

_DECIDED = frozenset({State.APPROVED, State.COMPLETED, State.REFUSED})
_ISSUED = frozenset({State.APPROVED, State.COMPLETED, State.CLOSED})
_ENDED = frozenset({State.REFUSED, State.WITHDRAWN, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Sent:
    """A message about the application. `address` is masked."""

    at: datetime
    subject: str
    channel: str
    address: str
    status: str


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """What number and birth date together open: no name, address, answer or document is in here."""

    application_id: UUID
    subject_index: bytes
    number: str
    service_id: str
    region: Region
    release: Release
    state: State
    is_matched: bool
    reason: CodedReason | None
    submitted_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    ends_at: datetime | None
    closed_because: str
    place: int | None
    outcome: Outcome | None
    way: Way | None
    later: tuple[Step, ...]

    @property
    def is_citizens_turn(self) -> bool:
        is_awaited = self.way is not None and self.way.told.is_citizens_turn
        return self.state in (State.DRAFT, State.CORRECTION) or is_awaited

    @property
    def waits_for_match(self) -> bool:
        """Sent, but the register has not confirmed the person yet."""
        return self.state is State.SUBMITTED and self.due_at is None


@dataclass(frozen=True, slots=True)
class Status(PublicStatus):
    """The owner's view."""

    subject_name: str
    is_for_family: bool
    events: tuple[Happened, ...]
    corrections: tuple[CorrectionItem, ...]
    messages: tuple[Sent, ...]
    is_undeliverable: bool
    is_kept: bool
    acts: frozenset[Act]

    @property
    def may_begin_anew(self) -> bool:
        return self.state in _ENDED and self.is_kept

    @property
    def refusal_words(self) -> str:
        """What the officer wrote to a refusal."""
        words = [event.words for event in self.events if event.act == Act.REFUSE]
        return words[-1] if words else ""

    def has_been(self, act: Act) -> datetime | None:
        """When an act happened last, None if never."""
        return next((event.at for event in reversed(self.events) if event.act == act), None)


def get_status(actor: Actor, application_id: UUID, *, catalogue: Catalogue) -> Status:
    """The owner's application. Raises NotFound."""
    now = clock.now()
    case, place, events, messages, owner = look_as(
        actor,
        cases.case_of(application_id),
        workqueue.question_of_place(application_id),
        cases.events_of(application_id, regions=actor.regions, internal=False),
        notifications.messages_of(application_id, regions=actor.regions),
        accounts.person_of(actor.id),
    )
    if case.owner_id != actor.id:
        raise NotFound("application")
    release = releases.get_release(case.release_id, actor=actor)
    state, way = shown_state(case, now), None
    corrections: tuple[CorrectionItem, ...] = ()
    if state in _ISSUED or state is State.CORRECTION:
        with acting_as(actor):
            way = find_way(case, release, catalogue, now=now) if state in _ISSUED else None
            corrections = cases.list_corrections(case.id, region_id=case.region_id, round_number=case.round)
    is_settled = state is case.state
    acts = set(available(state, ActorKind.CITIZEN)) if is_settled else set()
    if any(event.act == Act.OBJECT for event in events):
        acts.discard(Act.OBJECT)
    return Status(
        **_common(case, release, place, way, catalogue=catalogue, now=now),
        subject_name=case.name_for_owner,
        is_for_family=case.facts.get("applies_for") == "family",
        events=tuple(event for event in events if is_settled or event.at < (case.decided_at or now)),
        corrections=corrections if state is State.CORRECTION else (),
        messages=tuple(_sent(message, catalogue) for message in messages if message.due_at <= now),
        is_undeliverable=owner.is_undeliverable,
        is_kept=bool(case.subject),
        acts=frozenset(acts),
    )


def find_public_status(number: str, birth_date: str, *, catalogue: Catalogue) -> PublicStatus | None:
    """By number and ISO birth date together; None when they do not belong together, or for nobody's number."""
    try:
        written = ApplicationNumber.parse(number).text
    except DomainError:
        return None
    found = cases.find_public(written, birth_date=birth_date)
    if found is None:
        return None
    application_id, region_id, owner_id = found
    with acting_as(Actor(kind=ActorKind.CITIZEN, id=owner_id, regions=(region_id,))):
        case, place, now = cases.get_case(application_id), workqueue.place_of(application_id), clock.now()
        release = releases.get_release(case.release_id)
        way = find_way(case, release, catalogue, now=now) if shown_state(case, now) in _ISSUED else None
    return PublicStatus(**_common(case, release, place, way, catalogue=catalogue, now=now))


def shown_state(case: Case, now: datetime) -> State:
    """A decision that may still be undone is not told yet: until then it is the office's turn."""
    is_open = case.settles_at is not None and case.settles_at > now
    return State.SUBMITTED if is_open and case.state in (*_DECIDED, State.CORRECTION) else case.state


def _common(
    case: Case, release: Release, place: int | None, way: Way | None, *, catalogue: Catalogue, now: datetime
) -> Mapping[str, Any]:
    region = catalogue.region(RegionCode.from_number(case.region_id))
    state = shown_state(case, now)
    today = clock.today(region.time_zone)
    reasons = {reason.code: reason for reason in release.refusal_reasons}
    return {
        "application_id": case.id,
        "subject_index": case.subject_index,
        "number": case.number,
        "service_id": case.service_id,
        "region": region,
        "release": release,
        "state": state,
        "is_matched": case.is_matched,
        "reason": reasons.get(case.reason) if state is State.REFUSED else None,
        "submitted_at": case.submitted_at,
        "due_at": case.due_at,
        "decided_at": case.decided_at if state in _DECIDED else None,
        "ends_at": case.ends_at,
        "closed_because": case.reason if state is State.CLOSED else "",
        "place": place if state is State.SUBMITTED else None,
        "later": _after_the_check(release.steps(case.facts_on(today), case.answers)),
        "outcome": release.after_approval(case.facts_on(today), case.answers) if state is State.APPROVED else None,
        "way": way,
    }


def _after_the_check(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """What follows the office's first step, which is the decision."""
    first = next((place for place, step in enumerate(steps) if step.who == "office"), len(steps))
    return steps[first + 1 :]


def _sent(message: PlannedMessage, catalogue: Catalogue) -> Sent:
    text: MessageText = catalogue.message(message.event, message.language)
    subject = text.subject
    for name, value in message.params.items():
        subject = subject.replace(f"{{{name}}}", str(value))
    return Sent(
        at=message.sent_at or message.due_at,
        subject=subject,
        channel=message.channel,
        address=Address(message.channel, message.address).masked,
        status=message.status,
    )
