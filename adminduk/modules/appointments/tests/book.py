"""A book of appointments for tests: one place in one region, and people who want to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.appointments import actions, queries
from adminduk.modules.appointments.types import Booking, Capacity, FreeSlot, Holder, Kind, Need, Slot
from tests import making

ZONE = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)  # Monday, 08.00 in Jakarta
MONDAY = date(2026, 11, 30)
NOBODY: frozenset[Need] = frozenset()


@dataclass
class Book:
    """One place that records people on Mondays from nine."""

    places: int = 2
    until: time = time(10)
    region: int = field(default_factory=making.fresh_region)
    site_id: UUID = field(default_factory=uuid7)

    def __post_init__(self) -> None:
        with acting_as(self.system):
            rows = [Capacity(0, time(9), self.until, 15, self.places)]
            actions.replace_capacity(self.region, site_id=self.site_id, kind=Kind.RECORDING, rows=rows)

    @property
    def system(self) -> Actor:
        return making.system(self.region)

    def somebody(self) -> Holder:
        """A person with an application."""
        person = uuid7()
        return Holder(self.region, person, uuid7(), person.bytes)

    def free(self, at: datetime = NOW) -> tuple[FreeSlot, ...]:
        """What can be booked on the Monday."""
        with acting_as(self.system):
            found = queries.list_free(
                self.region,
                site_ids=(self.site_id,),
                kind=Kind.RECORDING,
                days=(MONDAY, MONDAY),
                days_off=frozenset(),
                after=at,
                at=at,
                zone=ZONE,
            )
        return found.get(self.site_id, ())

    def slot(self, number: int = 0) -> FreeSlot:
        """The Monday's slot of this number, as somebody saw it when it was free."""
        starts_at = datetime(2026, 11, 30, 9, tzinfo=ZONE) + number * timedelta(minutes=15)
        slot = Slot(self.site_id, Kind.RECORDING, MONDAY, starts_at.time(), 15, self.places)
        return FreeSlot(slot, starts_at, 1)

    def hold(self, who: Holder, number: int = 0, *, at: datetime = NOW) -> UUID:
        with acting_as(self.system):
            return actions.hold(self.slot(number), holder=who, group_id=uuid7(), at=at)

    def confirm(self, booking_id: UUID, *, at: datetime = NOW, needs: frozenset[Need] = NOBODY) -> None:
        with acting_as(self.system):
            actions.confirm(queries.get_booking(booking_id, region_id=self.region), needs=needs, at=at)

    def book(self, who: Holder, number: int = 0, *, at: datetime = NOW) -> UUID:
        booking_id = self.hold(who, number, at=at)
        self.confirm(booking_id, at=at)
        return booking_id

    def get(self, booking_id: UUID) -> Booking:
        with acting_as(self.system):
            return queries.get_booking(booking_id, region_id=self.region)
