"""The shape of definitions/regions/*.yaml, and the region that comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final, Literal

import msgspec

from adminduk.catalogue.text import Text
from adminduk.catalogue.working_time import WorkingCalendar
from adminduk.kernel.identifiers import RegionCode

WEEKDAYS: Final = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_SPAN: Final = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

TimeZone = Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
Register = Literal["api", "manual"]
RecordingSource = Literal["centre", "by_hand"]  # who tells what became of recordings


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Frozen, and a typing mistake in a key is an error."""


class Contact(_Part, frozen=True, kw_only=True):
    """One official way to reach an office. Without source and date a contact is not shown."""

    kind: Literal["telepon", "whatsapp", "sms", "email", "situs", "alamat"]
    value: str
    label: Text
    source: str
    date: str
    is_example: bool = False

    def __post_init__(self) -> None:
        if not self.source.strip() or not _ISO_DATE.fullmatch(self.date):
            raise ValueError("a contact needs its source and the date (YYYY-MM-DD) on which it was checked")


class Office(_Part, frozen=True, kw_only=True):
    """Where people go."""

    name: str
    address: str
    is_example: bool = False


class SiteOfRegion(_Part, frozen=True, kw_only=True):
    """A place where people are served. `district`: its kecamatan, dotted; `does`: what is done there."""

    code: str
    name: str
    address: str
    district: str = ""
    is_main: bool = False
    does: tuple[Literal["record", "print", "hand_over"], ...]


class Delivery(_Part, frozen=True, kw_only=True):
    """Whether the region sends cards. `terms` says how, and that a courier's charge, if any, goes to the courier.

    `cost_rupiah` is what the courier asks for one card: told before anybody chooses, and nothing else ever costs.
    """

    offered: bool
    terms: Text | None = None
    courier: str = ""
    cost_rupiah: int | None = None
    legal_basis: str
    since: str = msgspec.field(name="from")

    def __post_init__(self) -> None:
        if self.offered and self.terms is None:
            raise ValueError("delivery that is offered needs its terms")
        if self.offered and (not self.courier.strip() or self.cost_rupiah is None or self.cost_rupiah < 0):
            raise ValueError("delivery that is offered names its courier and cost_rupiah (0: nothing)")
        if not self.legal_basis.strip() or not _ISO_DATE.fullmatch(self.since):
            raise ValueError("delivery needs its legal_basis and the date (YYYY-MM-DD) from which it holds")


class RegionalHoliday(_Part, frozen=True, kw_only=True):
    """A day on which the region's offices are closed besides the national holidays."""

    day: str
    name: str
    legal_basis: str


class Change(_Part, frozen=True, kw_only=True):
    """One key of the national definitions that the region sets otherwise, from a date, on a legal basis."""

    services: tuple[str, ...]
    key: str
    value: bool | int
    legal_basis: str
    since: str = msgspec.field(name="from")

    def __post_init__(self) -> None:
        if not self.services:
            raise ValueError("a change names the services that it changes")
        if not self.legal_basis.strip() or not _ISO_DATE.fullmatch(self.since):
            raise ValueError("a change needs its legal_basis and the date (YYYY-MM-DD) from which it holds")


class RegionFile(_Part, frozen=True, kw_only=True):
    """What a region that has joined says about itself."""

    region: str
    joined: bool = True
    is_example: bool = False
    register: Register = "api"
    recording_statuses: RecordingSource = "by_hand"
    office: Office
    contacts: tuple[Contact, ...]
    hours: dict[str, tuple[str, ...]]
    holidays: tuple[RegionalHoliday, ...] = ()
    delivery: Delivery
    sites: tuple[SiteOfRegion, ...] = ()
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if self.sites and [site.is_main for site in self.sites].count(True) != 1:
            raise ValueError("sites: exactly one is the main one (is_main: true)")
        if len({site.code for site in self.sites}) != len(self.sites):
            raise ValueError("sites: two have one code")
        unknown = set(self.hours) - set(WEEKDAYS)
        if unknown:
            raise ValueError(f"hours: {', '.join(sorted(unknown))} is no day of the week ({', '.join(WEEKDAYS)})")
        parse_hours(self.hours)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day without service. `is_provisional`: estimated, the government's decree may differ."""

    day: date
    name: str
    is_national: bool
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A kabupaten/kota, joined or not.

    `hours` maps weekdays (0 = Monday) to open spans of local time, breaks left out. A region that has not joined has
    no office, hours or changes here, and only contacts with source and date.
    """

    code: RegionCode
    name: str
    province: str
    time_zone: TimeZone
    joined: bool
    is_example: bool = False
    register: Register = "api"
    recording_statuses: RecordingSource = "by_hand"
    office: Office | None = None
    contacts: tuple[Contact, ...] = ()
    hours: dict[int, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    holidays: tuple[Holiday, ...] = ()
    delivery: Delivery | None = None
    sites: tuple[SiteOfRegion, ...] = ()
    changes: tuple[Change, ...] = ()

    def offers_delivery(self, on: date | None = None) -> bool:
        """Whether cards are sent on the local day `on`; without it, an offer with a date to come holds already."""
        offer = self.delivery
        return offer is not None and offer.offered and (on is None or offer.since <= on.isoformat())

    @property
    def calendar(self) -> WorkingCalendar:
        """Working minutes by the region's file; the office may have changed its hours on its screen since."""
        days = frozenset(holiday.day for holiday in self.holidays)
        return WorkingCalendar(hours=self.hours, holidays=days, time_zone=self.time_zone)

    def days_off(self, closures: Iterable[tuple[date, bool]]) -> frozenset[date]:
        """Days without service: holidays and the office's closures, given as (day, is it lifted)."""
        rows = tuple(closures)
        closed = {holiday.day for holiday in self.holidays} | {day for day, _ in rows}
        return frozenset(closed - {day for day, is_lifted in rows if is_lifted})


def parse_hours(written: dict[str, tuple[str, ...]]) -> dict[int, tuple[tuple[time, time], ...]]:
    """{"senin": ("07:30-12:00", "13:00-16:00")} → weekday → spans. Raises ValueError for what is no span."""
    return {WEEKDAYS.index(day): tuple(_span(text) for text in spans) for day, spans in written.items()}


def _span(text: str) -> tuple[time, time]:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"hours: {text!r} is not written as 07:30-12:00")
    hour, minute, to_hour, to_minute = (int(part) for part in match.groups())
    if max(hour, to_hour) > 23 or (hour, minute) >= (to_hour, to_minute):
        raise ValueError(f"hours: {text!r} runs backwards or past the day")
    return time(hour, minute), time(to_hour, to_minute)
