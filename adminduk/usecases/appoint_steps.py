"""What steps after approval ask of the book of appointments: invite, attended, once more, nobody comes.

All within the transaction that moves the product; for the files of usecases/steps/ and whoever does their work.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from adminduk.foundation.jobs import system_actor
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.states import State
from adminduk.modules.appointments.types import Kind
from adminduk.usecases import notify
from adminduk.usecases.apply import local_day, region_of
from adminduk.usecases.appoint import page_link, tell
from adminduk.usecases.appoint_slots import book_soonest, has_sooner

NEXT_DAY: Final = timedelta(days=1)


def invite(case: Case, *, at: datetime) -> None:
    """Ask the owner to choose a time."""
    notify.tell("appointment_invitation", case=case, at=at, link=page_link(case))


def attended(case: Case, *, at: datetime) -> None:
    """The person was here and has what he came for: the appointment of today has served.

    Whoever came before the day that he had chosen need not come then: he is told, and somebody else has the place.
    """
    was_here(case, at=at)
    need_not_come(case, at=at)


def was_here(case: Case, *, at: datetime) -> None:
    """The person sat at the station today, whatever came of it: an appointment of a later day stands."""
    with acting_as(system_actor(case.region_id)):
        booking = book.find_active(case.id, region_id=case.region_id)
        if booking is not None and (booking.state is State.ARRIVED or booking.day <= local_day(case)):
            appointments.move_to(booking, State.DONE, at=at)


def once_more(case: Case, *, at: datetime) -> None:
    """What was done has failed: he goes ahead of those who have not chosen yet, and has the soonest time at once.

    Whoever has a time keeps it, or gets a sooner one at the same place for it. Who stands in the hall is served there.
    """
    after = at + NEXT_DAY
    with acting_as(system_actor(case.region_id)):
        appointments.let_go(case.id, region_id=case.region_id, at=at)
        standing = book.find_active(case.id, region_id=case.region_id)
        if standing is not None:
            if standing.state is State.ARRIVED or not has_sooner(region_of(case), standing, after=after, at=at):
                return
            appointments.move_to(standing, State.CHANGED, at=at)
        before = next(iter(reversed(book.list_of_application(case.id, region_id=case.region_id))), None)
        given = book_soonest(region_of(case), case, kind=Kind.RECORDING, before=before, after=after, at=at)
        booking = book.get_booking(given, region_id=case.region_id) if given else None
    if booking is None:
        invite(case, at=at)
    else:
        tell("appointment_booked", case, booking, at=at)


def nobody_comes(case: Case, *, at: datetime) -> None:
    """Withdrawn, stopped or sent back: the place is free for somebody else."""
    with acting_as(system_actor(case.region_id)):
        appointments.end_of_application(case.id, region_id=case.region_id, state=State.CANCELLED, at=at)


def need_not_come(case: Case, *, at: datetime) -> None:
    """Recorded elsewhere, or an officer has to look first: whoever had a time is told, and somebody else has the place.

    Who stands in the hall is served there.
    """
    with acting_as(system_actor(case.region_id)):
        appointments.let_go(case.id, region_id=case.region_id, at=at)
        booking = book.find_active(case.id, region_id=case.region_id)
        if booking is not None and booking.state is State.BOOKED:
            appointments.move_to(booking, State.CANCELLED, at=at)
            tell("appointment_not_needed", case, booking, at=at)
