"""Recordings as lists: how many wait where, and what lies with officers because it does not go on by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.recording_statuses import RecordingStatus
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications.models import Application
from adminduk.modules.recordings import queries
from adminduk.modules.recordings.models import Recording
from adminduk.modules.recordings.states import State
from adminduk.modules.recordings.types import Recording as Seen

COUNT_UP_TO = 1000
UNFINISHED_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many wait where, each counted up to COUNT_UP_TO."""

    to_come: int
    at_centre: int
    again: int
    attention: int


@dataclass(frozen=True, slots=True)
class AttendedRow:
    """A recording that lies with an officer: no name, only what has to be done."""

    recording: Seen
    number: str
    status: RecordingStatus
    since: datetime


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A recording that was begun and of which nobody has said how it ended; no name, only the number."""

    product_id: UUID
    number: str
    began_at: datetime


def unfinished(actor: Actor, *, at: datetime) -> tuple[Unfinished, ...]:
    """Begun more than an hour ago: until somebody enters the result, its person can neither choose a time nor go on."""
    (region_id,) = actor.regions
    with acting_as(actor):
        attempts = queries.list_unfinished(region_id, before=at - UNFINISHED_AFTER)
        rows = Recording.objects.filter(region_id=region_id, product_id__in=[one.product_id for one in attempts])
        applications = dict(rows.values_list("product_id", "application_id"))
        numbers = numbers_of(list(applications.values()), region_id=region_id)
    return tuple(
        Unfinished(one.product_id, numbers.get(applications[one.product_id], ""), one.began_at) for one in attempts
    )


def counts_of(actor: Actor) -> Counts:
    """The region's recordings."""
    (region_id,) = actor.regions
    rows = Recording.objects.filter(region_id=region_id)

    def count(state: State) -> int:
        return rows.filter(state=state)[:COUNT_UP_TO].count()

    with acting_as(actor):
        return Counts(
            to_come=count(State.WANTED),
            at_centre=count(State.AT_CENTRE),
            again=count(State.AGAIN),
            attention=rows.exclude(attention="")[:COUNT_UP_TO].count(),
        )


def attended(actor: Actor, catalogue: Catalogue) -> tuple[AttendedRow, ...]:
    """The officers' list, longest waiting first."""
    (region_id,) = actor.regions
    with acting_as(actor):
        found = queries.list_with_attention(region_id)
        numbers = numbers_of([one.application_id for one in found], region_id=region_id)
    return tuple(
        AttendedRow(one, numbers.get(one.application_id, ""), catalogue.recording_status(one.raw), one.changed_at)
        for one in found
    )


def numbers_of(application_ids: list[UUID], *, region_id: int) -> dict[UUID, str]:
    """The numbers of applications, within a transaction."""
    rows = Application.objects.filter(id__in=application_ids, region_id=region_id)
    return dict(rows.values_list("id", "number"))
