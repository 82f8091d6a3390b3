"""What crosses the module's edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from adminduk.modules.counters.states import State


class Service(StrEnum):
    """What people come to a counter for."""

    RECORDING = "recording"
    COLLECTION = "collection"
    OTHER = "other"


class Lane(StrEnum):
    """In which of the two rows of the one queue somebody stands."""

    APPOINTMENT = "appointment"
    WALK_IN = "walk_in"


SERIES: Mapping[Service, str] = MappingProxyType({Service.RECORDING: "A", Service.COLLECTION: "B", Service.OTHER: "C"})


def label_of(series: str, number: int) -> str:
    """A012: what the ticket shows and the hall hears."""
    return f"{series}{number:03d}"


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter of a site. `operator_id`: who sits there, None while nobody does."""

    id: UUID
    region_id: int
    site_id: UUID
    number: int
    services: tuple[Service, ...]
    is_active: bool
    operator_id: UUID | None
    seated_on: date | None


@dataclass(frozen=True, slots=True)
class Booked:
    """What the queue must know of an appointment: what for, when, and for which application."""

    appointment_id: UUID
    application_id: UUID
    service: Service
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """One person's place of one day. Of walk-ins `application_id` is None until they are recorded."""

    id: UUID
    region_id: int
    site_id: UUID
    day: date
    label: str
    service: Service
    lane: Lane
    state: State
    arrived_at: datetime
    turn_at: datetime
    counter_id: UUID | None
    called_at: datetime | None
    calls: int
    times_missed: int
    appointment_id: UUID | None
    application_id: UUID | None


@dataclass(frozen=True, slots=True)
class Called:
    """What the hall may know of a call: a number and a counter, nobody's name."""

    label: str
    counter_number: int
    called_at: datetime
    calls: int
    is_there: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """How full it is for one service. Seconds of the day's waiting times, None before anybody was called."""

    service: Service
    waiting: int
    called: int
    median_seconds: int | None
    p90_seconds: int | None
    open_counters: int


@dataclass(frozen=True, slots=True)
class Place:
    """A ticket as whoever holds its link sees it. `ahead` is None when he does not wait."""

    region_id: int
    site_id: UUID
    day: date
    label: str
    service: Service
    lane: Lane
    state: State
    turn_at: datetime
    counter_number: int | None
    ahead: int | None
