"""Statuses that people bring, typed or as a list out of the national application; and the officers' list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.applications.types import Case
from adminduk.modules.audit import actions as audit
from adminduk.modules.recordings import actions as recordings
from adminduk.modules.recordings import queries
from adminduk.modules.recordings.ports import Heard
from adminduk.modules.recordings.states import Act, State
from adminduk.modules.recordings.types import FILE, SILENT, TYPED, Recording, StatusHeard
from adminduk.modules.visits import actions as visits
from adminduk.usecases import appoint_unanswered, fulfil, notify
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import recording_file, recording_typed
from adminduk.usecases.recording_follow import take_over
from adminduk.usecases.recording_word import LATE, UNKNOWN, Opened, opened, repeat, says_something
from adminduk.usecases.review import checked_words, is_own_family, refuse_own_family, write_internal

BRINGERS = frozenset({ActorKind.OPERATOR, ActorKind.OFFICER, ActorKind.HEAD})
SETTLERS = frozenset({ActorKind.OFFICER, ActorKind.HEAD})
REPEAT, STOP, NOTE = "repeat", "stop", "note"
HOWS = (NOTE, REPEAT, STOP)
DOUBLE_RECORD = "double_record"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a list did: `news` statuses were new, `known` were known, `strangers` are nobody who waits here.

    `own_family`: new, but about the family of whoever brought the list, and left to a colleague.
    """

    news: int
    known: int
    strangers: int
    own_family: int
    unreadable: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attended:
    """A recording that lies on the officers' list, opened."""

    case: Case
    recording: Recording
    heard: tuple[StatusHeard, ...]


def _region(actor: Actor, kinds: frozenset[ActorKind]) -> int:
    if actor.kind not in kinds:
        raise NotFound("recording")
    (region_id,) = actor.regions
    return region_id


def enter_typed(actor: Actor, product_id: UUID, *, text: str, key: str, at: datetime) -> None:
    """Somebody has read a status in the national application.

    Raises NotFound; DomainError: status_missing, own_family.
    """
    region_id = _region(actor, BRINGERS)
    with acting_as(actor):
        reference = queries.get(product_id, region_id=region_id).reference
    (heard,) = recording_typed().hear([reference], text.encode()).heard

    def act() -> str:
        place = opened(product_id, region_id=region_id)
        refuse_own_family(actor, place.case)
        take_over(place, heard, source=TYPED, actor=actor, at=at)
        return ""

    once(actor, key, act)


def import_file(actor: Actor, given: bytes, *, key: str, at: datetime) -> Imported:
    """Take a list over; whoever does not wait here is left out, and what is known already changes nothing.

    What is new about his own family nobody takes over himself: a colleague imports the same list.

    Raises NotFound; DomainError: status_file_large, status_file_empty, status_file_header.
    """
    region_id = _region(actor, BRINGERS)
    listing = recording_file().hear((), given)

    def act() -> str:
        found = [(one, _whom(one, region_id=region_id)) for one in listing.heard]
        strangers = sum(not people for _, people in found)
        news = [(person, one) for one, people in found for person in people if says_something(person, one)]
        news.sort(key=lambda pair: pair[0].application_id)  # everybody locks in one order: cases, then visits
        places = {product_id: opened(product_id, region_id=region_id) for product_id in _products(news)}
        visits.hold_of_products(places, region_id=region_id)
        own = {product_id for product_id, place in places.items() if is_own_family(actor, place.case)}
        done = 0
        for person, one in news:
            if person.product_id not in own:
                place = opened(person.product_id, region_id=region_id)
                done += take_over(place, one, source=FILE, actor=actor, at=at)
        left = sum(person.product_id in own for person, _ in news)
        audit.record("recording.import", actor=actor, at=at, region_id=region_id, about=("region", actor.id))
        return f"{done} {len(found) - strangers - done - left} {strangers} {left}"

    done, known, strangers, left = (int(count) for count in once(actor, key, act).split())
    return Imported(done, max(0, known), strangers, left, listing.unreadable)


def _products(news: Sequence[tuple[Recording, Heard]]) -> Iterable[UUID]:
    return dict.fromkeys(person.product_id for person, _ in news)


def _whom(heard: Heard, *, region_id: int) -> Sequence[Recording]:
    if heard.reference:
        return queries.list_of_references([heard.reference], region_id=region_id)
    assert heard.nik is not None, "a line has a reference or a NIK"
    return queries.list_of_person(accounts.nik_index(str(heard.nik)), region_id=region_id)


def open_attended(actor: Actor, product_id: UUID, *, at: datetime) -> Attended:
    """One recording of the officers' list, with whom it is about; the look is recorded. Raises NotFound."""
    region_id = _region(actor, SETTLERS)
    with acting_as(actor):
        recording = queries.get(product_id, region_id=region_id)
        place = Opened(opened(product_id, region_id=region_id).case, recording)
        _hide_own_family(actor, place.case)
        record("recording.look", place.case, actor=actor, at=at)
        return Attended(place.case, recording, queries.list_heard(product_id, region_id=region_id))


def settle(actor: Actor, product_id: UUID, *, how: str, words: str, key: str, at: datetime) -> None:
    """An officer notes what he did, has the person recorded again, or ends it because the record is double.

    Raises NotFound; DomainError: answer_choice, words_missing, words_long, recording_elsewhere.
    """
    region_id = _region(actor, SETTLERS)
    said = checked_words(words, needed=True)
    if how not in HOWS:
        raise DomainError("answer_choice")

    def act() -> str:
        place = opened(product_id, region_id=region_id)
        _hide_own_family(actor, place.case)
        if place.recording.state in (State.DONE, State.LEFT):
            raise DomainError("recording_elsewhere")  # meanwhile the centre has said that it is good: a card is made
        write_internal("note", place.case, actor=actor, words=said, at=at)
        record(f"recording.{how}", place.case, actor=actor, at=at)
        if how == REPEAT:
            _again(place, at=at)
        elif how == STOP:
            notify.tell("recording_stopped", case=place.case, at=at)
            fulfil.stop(product_id, region_id=region_id, reason=DOUBLE_RECORD, actor=actor, at=at)
        elif place.recording.attention in (UNKNOWN, LATE):
            recordings.note_look(product_id, region_id=region_id, at=at)
        elif place.recording.attention == SILENT:
            appoint_unanswered.noted(place, at=at)
        return ""

    once(actor, key, act)


def _again(place: Opened, *, at: datetime) -> None:
    recording = place.recording
    if recording.state not in (State.HELD, State.AT_CENTRE):
        raise DomainError("recording_elsewhere")
    repeat(place, Act.REPEAT, at=at)


def _hide_own_family(actor: Actor, case: Case) -> None:
    """Nobody decides on his own family. Raises NotFound."""
    if is_own_family(actor, case):
        raise NotFound("recording")
