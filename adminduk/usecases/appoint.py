"""A citizen and his appointment: a place held for ten minutes, made firm, changed, given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from adminduk.catalogue.region_schema import Region
from adminduk.foundation.idempotency import once
from adminduk.foundation.ids import uuid7
from adminduk.foundation.jobs import system_actor
from adminduk.foundation.limits import Limit, spend
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.slots import spread
from adminduk.modules.appointments.states import State
from adminduk.modules.appointments.types import Booking, FreeSlot, Kind, Need
from adminduk.modules.draws import queries as draws
from adminduk.modules.offices import queries as offices
from adminduk.usecases import notify
from adminduk.usecases.apply import region_of
from adminduk.usecases.appoint_slots import (
    HORIZON,
    NOTICE,
    free_between,
    holder_of,
    kind_needed,
    recording_sites,
    why_closed,
)
from adminduk.usecases.case_record import record

# Enough for somebody who hesitates, too little to keep places from others.
HOLDS = Limit("appointment_hold", times=20, window=timedelta(hours=1))
MOST_TOGETHER = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """The time that somebody has chosen."""

    site_id: UUID
    day: date
    starts: time


def hold(
    actor: Actor, application_id: UUID, *, wish: Wish, together_with: tuple[UUID, ...] = (), key: str, at: datetime
) -> UUID:
    """Keep places for ten minutes: for this application, and for others of the same owner at that time or just after.

    An appointment that stands stays until the new one is confirmed. Returns what joins them. Raises NotFound;
    DomainError: slot_taken, slot_too_small, appointment_not_needed, draw_decides, too_often.
    """
    spend(HOLDS, str(actor.id))
    ids = tuple(dict.fromkeys((application_id, *together_with)))[:MOST_TOGETHER]
    return UUID(once(actor, key, lambda: str(_hold(actor, ids, wish, at=at))))


def _hold(actor: Actor, ids: tuple[UUID, ...], wish: Wish, *, at: datetime) -> UUID:
    found = {one: cases.get_case(one, lock=True) for one in sorted(ids)}  # in one order: no two wait for each other
    people = [found[one] for one in ids]
    (kind,) = {kind_needed(case) for case in people}  # each refuses who need not come
    if any(case.region_id != people[0].region_id for case in people):
        raise DomainError("appointment_not_needed")
    if draws.find_round(people[0].region_id, kind=kind):
        raise DomainError("draw_decides")
    region, group_id = region_of(people[0]), uuid7()
    with acting_as(system_actor(region.code.number)):
        for case in people:
            appointments.let_go(case.id, region_id=case.region_id, at=at)
        for case, free in zip(people, _places(region, kind, wish, len(people), at=at), strict=True):
            appointments.hold(free, holder=holder_of(case), group_id=group_id, at=at)
    for case in people:
        record("appointment.hold", case, actor=actor, at=at)
    return group_id


def _places(region: Region, kind: Kind, wish: Wish, people: int, *, at: datetime) -> tuple[FreeSlot, ...]:
    last = at.astimezone(ZoneInfo(region.time_zone)).date() + HORIZON
    if wish.site_id not in recording_sites(region) or wish.day > last:
        raise DomainError("slot_taken")
    days = (wish.day, wish.day)
    found = free_between(region, site_ids=(wish.site_id,), kind=kind, days=days, after=at + NOTICE, at=at)
    free = found.get(wish.site_id, ())
    first = next((one for one in free if one.slot.starts == wish.starts), None)
    places = spread(free, first, people) if first else ()
    if not places:
        raise DomainError("slot_too_small", people=people) if first else DomainError("slot_taken")
    return places


def confirm(actor: Actor, application_id: UUID, *, needs: frozenset[Need], key: str, at: datetime) -> None:
    """Make firm what is held for this application and what was held together with it; say so to its owner.

    Raises NotFound; DomainError: hold_ended, slot_taken (the place has closed meanwhile).
    """

    def act() -> str:
        case = cases.get_case(application_id, lock=True)
        with acting_as(system_actor(case.region_id)):
            held = book.find_held(case.id, region_id=case.region_id, at=at)
            if held is None or held.owner_id != case.owner_id:
                raise DomainError("hold_ended")
            group = book.list_group(held.group_id, owner_id=case.owner_id, region_id=case.region_id, at=at)
            if any(why_closed(region_of(case), one) for one in group):
                raise DomainError("slot_taken")  # closed since it was held
            for one in group:
                appointments.confirm(one, needs=needs, at=at)
        for one in group:
            booked = cases.get_case(one.application_id)
            record("appointment.book", booked, actor=actor, at=at)
            tell("appointment_booked", booked, one, at=at)
        return ""

    once(actor, key, act)


def let_go(actor: Actor, application_id: UUID, *, key: str, at: datetime) -> None:
    """Give back what is held; what stood before stands. Twice is harmless. Raises NotFound."""

    def act() -> str:
        case = cases.get_case(application_id, lock=True)
        appointments.let_go(case.id, region_id=case.region_id, at=at)
        return ""

    once(actor, key, act)


def cancel(actor: Actor, application_id: UUID, *, key: str, at: datetime) -> None:
    """Give the appointment back, so that somebody else can have the place. Twice is harmless. Raises NotFound."""

    def act() -> str:
        case = cases.get_case(application_id, lock=True)
        booking = book.find_active(case.id, region_id=case.region_id)
        if booking is not None and booking.state is State.BOOKED:
            appointments.move_to(booking, State.CANCELLED, at=at)
            record("appointment.cancel", case, actor=actor, at=at)
            tell("appointment_cancelled", case, booking, at=at)
        return ""

    once(actor, key, act)


def tell(event: str, case: Case, booking: Booking, *, at: datetime, **params: str | datetime) -> None:
    """Plan a message about an appointment; time, place and the way to its page are filled in."""
    site = offices.get_site(booking.site_id, region_id=booking.region_id)
    given: dict[str, str | datetime] = {
        "time": booking.starts_at,
        "place": site.name,
        "where": site.address,
        "link": page_link(case),
    }
    notify.tell(event, case=case, at=at, due_at=None, **(given | params))


def page_link(case: Case) -> str:
    """Where an appointment is chosen, changed and cancelled."""
    return f"{settings.ENVIRONMENT.base_url}/permohonan/{case.id}/jadwal"
