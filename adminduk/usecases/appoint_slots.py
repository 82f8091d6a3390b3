"""What can be booked: for which business an application needs a time, and which times are free for it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.catalogue.region_schema import Region
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.slots import first_room, is_hit, spread
from adminduk.modules.appointments.types import KIND_OF_STEP, Booking, FreeSlot, Holder, Kind
from adminduk.modules.issuance import queries as products
from adminduk.modules.offices import queries as offices
from adminduk.modules.recordings import queries as recordings
from adminduk.modules.recordings.states import State as Recorded

NOTICE: Final = timedelta(hours=1)  # a citizen books at least so long ahead
HORIZON: Final = timedelta(days=60)
STOPPED: Final = "Tempat ini tidak lagi melayani perekaman"  # as offices write their reasons, to citizens


def kind_needed(case: Case) -> Kind:
    """What somebody has to come for now. Raises DomainError("appointment_not_needed")."""
    product = products.find_of_application(case.id, region_id=case.region_id)
    kind = KIND_OF_STEP.get(product.step_kind) if product is not None and product.is_open else None
    if product is None or kind is None:
        raise DomainError("appointment_not_needed")
    recording = recordings.find(product.id, region_id=product.region_id)
    if recording is not None and recording.state not in (Recorded.WANTED, Recorded.AGAIN):
        raise DomainError("appointment_not_needed")
    return kind


def is_needed(case: Case) -> bool:
    """Whether somebody has to come now."""
    try:
        kind_needed(case)
    except DomainError:
        return False
    return True


def holder_of(case: Case) -> Holder:
    """Whose appointment it becomes."""
    return Holder(case.region_id, case.owner_id, case.id, case.subject_index)


def days_off(region: Region) -> frozenset[date]:
    """Days on which no place of the region receives anybody, within a transaction of somebody who acts in it."""
    return region.days_off((closure.day, closure.is_lifted) for closure in offices.list_closures(region.code.number))


def places_that_stopped(region_id: int) -> frozenset[UUID]:
    """Places that are closed or record nobody any more."""
    sites = offices.list_sites(region_id, is_active=False)
    return frozenset(site.id for site in sites if not (site.is_active and site.records))


def why_closed(region: Region, booking: Booking) -> str:
    """Why nobody is received at that time, in the office's words; empty when the place is open."""
    if booking.site_id in places_that_stopped(booking.region_id):
        return STOPPED
    for span in book.list_closures(booking.region_id, since=booking.day):
        if is_hit(booking, span):
            return span.reason
    if booking.day not in days_off(region):
        return ""
    known = {holiday.day: holiday.name for holiday in region.holidays}
    known |= {closure.day: closure.reason for closure in offices.list_closures(booking.region_id)}
    return known[booking.day]


def free_between(
    region: Region, *, site_ids: tuple[UUID, ...], kind: Kind, days: tuple[date, date], after: datetime, at: datetime
) -> dict[UUID, tuple[FreeSlot, ...]]:
    """Free slots of each place on these days, within a transaction of somebody who acts in the region."""
    return book.list_free(
        region.code.number,
        site_ids=site_ids,
        kind=kind,
        days=days,
        days_off=days_off(region),
        after=after,
        at=at,
        zone=ZoneInfo(region.time_zone),
    )


def recording_sites(region: Region) -> tuple[UUID, ...]:
    """The places of a region where people are recorded."""
    return tuple(site.id for site in offices.list_sites(region.code.number) if site.records)


def book_together(
    region: Region, family: Sequence[tuple[Case, Booking]], *, after: datetime, at: datetime
) -> tuple[UUID, ...]:
    """Give a family that has lost its time the next one with room for all: at the same place, else where it is soonest.

    Must act as the system. Raises DomainError: slot_too_small, slot_taken (somebody was quicker); what has been written
    by then must not be kept.
    """
    before = family[0][1]
    local = after.astimezone(ZoneInfo(region.time_zone)).date()
    days = (local, local + HORIZON)
    found = free_between(region, site_ids=recording_sites(region), kind=before.kind, days=days, after=after, at=at)
    rooms = {site_id: room for site_id, slots in found.items() if (room := first_room(slots, len(family)))}
    first = rooms.get(before.site_id) or min(rooms.values(), key=lambda one: one.starts_at, default=None)
    if first is None:
        raise DomainError("slot_too_small", people=len(family))
    places = spread(found[first.slot.site_id], first, len(family))
    group_id = uuid7()
    return tuple(
        appointments.book(free, holder=holder_of(case), needs=booking.needs, group_id=group_id, at=at)
        for (case, booking), free in zip(family, places, strict=True)
    )


def book_soonest(
    region: Region, case: Case, *, kind: Kind, before: Booking | None, after: datetime, at: datetime
) -> UUID | None:
    """Give the next free time after `after`: at the same place as before, else where it is soonest; None if full.

    Must act as the system, which gives it: nobody has chosen. None also for who has a time for another application.
    """
    if book.has_appointment(case.subject_index, region_id=case.region_id):
        return None  # every time would be refused, one after the other
    local = after.astimezone(ZoneInfo(region.time_zone)).date()
    days = (local, local + HORIZON)
    found = free_between(region, site_ids=recording_sites(region), kind=kind, days=days, after=after, at=at)
    here = found.pop(before.site_id, ()) if before else ()
    elsewhere = sorted((one for slots in found.values() for one in slots), key=lambda one: one.starts_at)
    for free in (*here, *elsewhere):
        with suppress(DomainError):  # somebody was quicker: nothing has been written
            return appointments.book(free, holder=holder_of(case), needs=before.needs if before else frozenset(), at=at)
    return None


def has_sooner(region: Region, booking: Booking, *, after: datetime, at: datetime) -> bool:
    """Whether the place of an appointment has a free time after `after` and before it. Must act as the system."""
    if booking.starts_at <= after:
        return False
    days = (after.astimezone(ZoneInfo(region.time_zone)).date(), booking.day)
    site = booking.site_id
    found = free_between(region, site_ids=(site,), kind=booking.kind, days=days, after=after, at=at)
    return any(one.starts_at < booking.starts_at for one in found.get(site, ()))
