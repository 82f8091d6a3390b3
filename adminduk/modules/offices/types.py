"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person of an office."""

    id: UUID
    region_id: int
    email: str
    name: str
    role: str
    is_active: bool
    has_totp: bool
    kk_index: bytes | None
    session_epoch: int
    last_login: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class KnownOfficer:
    """An active officer as sign-in needs him. `password` is the hash, `totp_secret` opened, None before enrolment."""

    id: UUID
    region_id: int
    email: str
    name: str
    role: str
    session_epoch: int
    password: str
    totp_secret: bytes | None


@dataclass(frozen=True, slots=True)
class Opening:
    """Open on `weekday` (0 = Monday) from `opens` to `closes`, local time."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day without service; lifted: the office works on it, although its region's file says that it is closed."""

    day: date
    reason: str
    is_lifted: bool = False


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """A banner that is shown now."""

    id: UUID
    text: str
    began_at: datetime


@dataclass(frozen=True, slots=True)
class ServiceSite:
    """A place where the office serves people, and what is done there."""

    id: UUID
    region_id: int
    code: str
    name: str
    address: str
    district_code: str
    is_main: bool
    records: bool
    prints: bool
    hands_over: bool
    is_active: bool

    @property
    def does(self) -> tuple[str, ...]:
        done = (("record", self.records), ("print", self.prints), ("hand_over", self.hands_over))
        return tuple(name for name, is_done in done if is_done)


@dataclass(frozen=True, slots=True)
class PlaceWritten:
    """A place as somebody writes it down. `does`: "record", "print", "hand_over"; `district_code` may be empty."""

    name: str
    address: str
    district_code: str
    does: tuple[str, ...]
