"""What happens to appointments without their owners: reminded, moved when a place closes, ended with their day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.catalogue.region_schema import Region
from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.states import State
from adminduk.modules.appointments.types import Booking
from adminduk.usecases import recording_again
from adminduk.usecases.appoint import page_link, tell
from adminduk.usecases.appoint_slots import (
    book_soonest,
    book_together,
    days_off,
    is_needed,
    places_that_stopped,
    why_closed,
)
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue

REMIND_FROM: Final = 9  # o'clock, on the clocks of the region: a reminder wakes nobody
TIME_TO_HEAR: Final = timedelta(hours=2)  # whoever is moved hears it so long before the new time
NEXT_DAY: Final = timedelta(days=1)  # or at night: nobody is woken for a time of the morning


def move_later(region_id: int) -> None:
    """Within the act that closes a place or the region: everybody whom it hits is moved."""
    jobs.enqueue("appoint.move_affected", region=region_id)


@jobs.job("appoint.move_affected", every_minutes=10)
def move_affected(actor: Actor) -> None:
    """Give everybody whose place is closed at his time the next free one, and tell him. Harmless when repeated.

    A family that comes together is moved together where a time has room for all of them, else one by one.
    At once after a closure, or once a place records nobody any more; and from time to time for whoever booked in the
    very moment in which it was written.
    """
    region, at = _region(actor), clock.now()
    today = at.astimezone(ZoneInfo(region.time_zone)).date()
    with acting_as(actor):
        closed = {span.day for span in book.list_closures(region.code.number, since=today)}
        closed |= {day for day in days_off(region) if day >= today}
        stopped = places_that_stopped(region.code.number)
        stranded = book.list_stranded(region.code.number, site_ids=tuple(stopped), after=at) if stopped else ()
        coming = [one for day in sorted(closed) for one in book.list_coming(region.code.number, day=day, after=at)]

    def move(booking: Booking) -> None:
        with acting_as(actor):
            _move([booking], actor, region, at=at)

    def move_family(family: list[Booking]) -> None:
        if not _stays_together(actor, region, family, at=at):
            jobs.each_alone(family, move)

    jobs.each_alone([*_families(stranded), *_families(coming)], move_family)


def _families(coming: Iterable[Booking]) -> list[list[Booking]]:
    """Who comes together with whom, in the order in which the first of each would have come."""
    found: dict[UUID, list[Booking]] = {}
    for booking in coming:
        found.setdefault(booking.group_id, []).append(booking)
    return list(found.values())


def _stays_together(actor: Actor, region: Region, family: list[Booking], *, at: datetime) -> bool:
    """Move all of them at once to one time; False, and nothing is written, where no time has room for them."""
    if len(family) == 1:
        return False
    try:
        with acting_as(actor):
            _move(family, actor, region, at=at)
    except DomainError:
        return False
    return True


def _move(
    family: Sequence[Booking], actor: Actor, region: Region, *, at: datetime, notice: timedelta = TIME_TO_HEAR
) -> None:
    """Move those whose time is closed. Of several, all together: raises DomainError where that cannot be."""
    ids = sorted(booking.application_id for booking in family)  # in one order: no two wait for each other
    found = {one: cases.get_case(one, lock=True) for one in ids}
    now = [book.get_booking(booking.id, region_id=booking.region_id, lock=True) for booking in family]
    reasons = {one.id: why_closed(region, one) for one in now if one.state is State.BOOKED}
    people = [(found[one.application_id], one) for one in now if reasons.get(one.id)]
    if not people:
        return
    for case, before in people:
        appointments.move_to(before, State.MOVED, reason=reasons[before.id], at=at)
        record("appointment.move", case, actor=actor, at=at, reason=reasons[before.id])
    for (case, before), new_id in zip(people, _given(region, people, at=at, notice=notice), strict=True):
        if new_id is None:
            tell("appointment_lost", case, before, at=at, reason=reasons[before.id])
            continue
        new = book.get_booking(new_id, region_id=region.code.number)
        tell("appointment_moved", case, new, at=at, reason=reasons[before.id], before=before.starts_at)


def _given(
    region: Region, people: Sequence[tuple[Case, Booking]], *, at: datetime, notice: timedelta
) -> Sequence[UUID | None]:
    """Their new appointments; one alone has none where nothing is free."""
    after = max(people[0][1].starts_at, at + notice)
    if len(people) > 1:
        return book_together(region, people, after=after, at=at)
    ((case, before),) = people
    return [book_soonest(region, case, kind=before.kind, before=before, after=after, at=at)]


@jobs.job("appoint.remind", every_minutes=30)
def remind(actor: Actor) -> None:
    """The day before, from nine o'clock on: tell everybody once where and when."""
    region, at = _region(actor), clock.now()
    local = at.astimezone(ZoneInfo(region.time_zone))
    if local.hour < REMIND_FROM:
        return
    with acting_as(actor):
        coming = book.list_to_remind(region.code.number, day=local.date() + timedelta(days=1))

    def remind_one(booking: Booking) -> None:
        with acting_as(actor):
            case = cases.get_case(booking.application_id, lock=True)
            if appointments.note_reminder(booking.id, region_id=booking.region_id, at=at):
                record("appointment.remind", case, actor=actor, at=at)
                tell("appointment_reminder", case, booking, at=at)

    jobs.each_alone(coming, remind_one)


@jobs.job("appoint.end_day", every_minutes=60)
def end_day(actor: Actor) -> None:
    """Appointments of days that are over: who did not come can choose anew, who came in vain is given another time."""
    region, at = _region(actor), clock.now()
    today = at.astimezone(ZoneInfo(region.time_zone)).date()
    with acting_as(actor):
        over = book.list_unattended(region.code.number, before=today)

    def end(booking: Booking) -> None:
        with acting_as(actor):
            _end_one(actor, booking, region, at=at)

    jobs.each_alone(over, end)


def _end_one(actor: Actor, booking: Booking, region: Region, *, at: datetime) -> None:
    case = cases.get_case(booking.application_id, lock=True)
    now = book.get_booking(booking.id, region_id=booking.region_id, lock=True)
    if now.state is State.ARRIVED or (now.state is State.BOOKED and not is_needed(case)):
        appointments.move_to(now, State.DONE, at=at)
        if is_needed(case):
            recording_again.give_another(case, actor=actor, at=at)  # he was here, and it was not done to its end
    elif now.state is State.BOOKED and why_closed(region, now):
        _move([now], actor, region, at=at, notice=NEXT_DAY)  # he may have stood before a closed door
    elif now.state is State.BOOKED:
        appointments.move_to(now, State.MISSED, at=at)
        record("appointment.miss", case, actor=actor, at=at)
        tell("appointment_missed", case, booking, at=at, link=page_link(case))


def _region(actor: Actor) -> Region:
    return catalogue().region(RegionCode.from_number(actor.regions[0]))
