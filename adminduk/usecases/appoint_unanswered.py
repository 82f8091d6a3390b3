"""Who was invited to be recorded and chooses no time: reminded three times, then shown to an officer. Nothing ends."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.catalogue.region_schema import Region
from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.types import Kind
from adminduk.modules.draws import queries as draws
from adminduk.modules.recordings import actions as recordings
from adminduk.modules.recordings import queries
from adminduk.modules.recordings.states import TO_COME
from adminduk.modules.recordings.types import SILENT
from adminduk.usecases import notify
from adminduk.usecases.appoint import page_link
from adminduk.usecases.appoint_moves import REMIND_FROM
from adminduk.usecases.appoint_slots import is_needed
from adminduk.usecases.calendar import calendar_of
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue
from adminduk.usecases.recording_again import is_awaited
from adminduk.usecases.recording_word import Opened, opened

# Working days from the invitation, or from the last appointment, to each reminder after the one before.
PAUSES: Final = (5, 10, 15)
TO_OFFICER: Final = 20  # and from the last reminder to the officers' list; from there to the next time on it


@jobs.job("appoint.remind_invited", every_minutes=30)
def remind_invited(actor: Actor) -> None:
    """Look at everybody whose pause is over. Repeated it reminds nobody a second time in one pause."""
    (region_id,) = actor.regions
    region, at = catalogue().region(RegionCode.from_number(region_id)), clock.now()
    if at.astimezone(ZoneInfo(region.time_zone)).hour < REMIND_FROM:
        return  # nobody is woken
    with acting_as(actor):
        due = queries.list_to_remind_ids(region_id, at=at)

    def look(product_id: UUID) -> None:
        with acting_as(actor):
            _look(actor, product_id, region, at=at)

    jobs.each_alone(due, look)


def _look(actor: Actor, product_id: UUID, region: Region, *, at: datetime) -> None:
    place = opened(product_id, region_id=region.code.number)
    case, recording = place.case, place.recording
    if recording.state not in TO_COME or (recording.remind_at is not None and recording.remind_at > at):
        return
    if not is_needed(case) or is_awaited(case) or _has_wished(case):
        # Not from the day of his appointment on: he may give it back tomorrow.
        _later(place, region, since=at, days=PAUSES[0], reminders=0)
        if recording.attention == SILENT:
            recordings.set_attention(product_id, region_id=case.region_id, attention="")
        return
    since = max(recording.changed_at, book.last_change(case.id, region_id=case.region_id) or recording.changed_at)
    if _after(region, since, PAUSES[0]) > at:
        _later(place, region, since=since, days=PAUSES[0], reminders=0)
    elif recording.reminders < len(PAUSES):
        _remind(actor, place, region, at=at)
    else:
        if not recording.attention:
            recordings.set_attention(product_id, region_id=case.region_id, attention=SILENT)
        _later(place, region, since=at, days=TO_OFFICER, reminders=recording.reminders)


def _remind(actor: Actor, place: Opened, region: Region, *, at: datetime) -> None:
    count = place.recording.reminders + 1
    is_last = count == len(PAUSES)
    event = "invitation_reminder_last" if is_last else "invitation_reminder"
    notify.tell(event, case=place.case, at=at, link=page_link(place.case))
    record("appointment.invite", place.case, actor=actor, at=at)
    _later(place, region, since=at, days=TO_OFFICER if is_last else PAUSES[count], reminders=count)


def noted(place: Opened, *, at: datetime) -> None:
    """Within the act of an officer who has done what he can: off his list, and back on it after the whole pause."""
    recording = place.recording
    region = catalogue().region(RegionCode.from_number(recording.region_id))
    recordings.set_attention(recording.product_id, region_id=recording.region_id, attention="")
    _later(place, region, since=at, days=TO_OFFICER, reminders=recording.reminders)


def _has_wished(case: Case) -> bool:
    """Whether he takes part in a draw that has not given him a time yet: who could not keep his asks anew."""
    present = draws.find_round(case.region_id, kind=Kind.RECORDING)
    return present is not None and draws.has_open_wish(
        case.subject_index, region_id=case.region_id, round_id=present.id
    )


def _later(place: Opened, region: Region, *, since: datetime, days: int, reminders: int) -> None:
    when, recording = _after(region, since, days), place.recording
    recordings.remind_later(recording.product_id, region_id=recording.region_id, reminders=reminders, at=when)


def _after(region: Region, since: datetime, days: int) -> datetime:
    """So many working days after `since`, in the morning; calendar days for an office that is never open."""
    zone = ZoneInfo(region.time_zone)
    first = since.astimezone(zone).date() + timedelta(days=1)
    found = calendar_of(region).open_days(first, days)
    day = found[-1] if len(found) == days else first + timedelta(days=days - 1)
    return datetime.combine(day, time(REMIND_FROM), tzinfo=zone)
