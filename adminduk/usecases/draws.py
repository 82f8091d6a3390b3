"""Scarce appointments: when more people ask than places are free, wishes are collected, and places given by lot.

A round begins by itself, takes wishes until noon of a later day, publishes its list, and is drawn an hour after that.
Until nobody waits any more, places that are given back go down the drawn order; nobody takes one by being quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.catalogue.region_schema import Region
from adminduk.foundation import clock, jobs
from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel import lot
from adminduk.kernel.actor import Actor
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.states import FIRM
from adminduk.modules.appointments.types import FreeSlot, Kind, Slot
from adminduk.modules.audit import actions as audit
from adminduk.modules.draws import actions as draws
from adminduk.modules.draws import queries as rounds
from adminduk.modules.draws.types import DrawRound, EnteredWish, Part
from adminduk.modules.recordings import queries as recordings
from adminduk.modules.visits import queries as visits
from adminduk.usecases import notify
from adminduk.usecases.apply import local_day, region_of
from adminduk.usecases.appoint import page_link, tell
from adminduk.usecases.appoint_slots import HORIZON, free_between, holder_of, is_needed, kind_needed, recording_sites
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue

SCARCE_WITHIN: Final = timedelta(days=14)
COLLECTING: Final = timedelta(hours=20)  # at least; it ends at the next noon after that
PAUSE: Final = timedelta(hours=1)  # between the published list and the draw
NOTICE: Final = timedelta(hours=24)  # who is given a place hears of it at least so long ahead
OLD: Final = 60
KINDS: Final = (Kind.RECORDING,)
MOST_ASKING = 5000


# --- the citizen ----------------------------------------------------------------------------------------------------


def enter(
    actor: Actor, application_id: UUID, *, site_ids: tuple[UUID, ...], part: Part, key: str, at: datetime
) -> None:
    """Enter the round that decides now, or change what was wished; after the draw, at the end of those who wait.

    Raises NotFound; DomainError: appointment_not_needed, no_draw, draw_closed, no_site.
    """

    def act() -> str:
        case = cases.get_case(application_id, lock=True)
        region, kind = region_of(case), kind_needed(case)
        known = recording_sites(region)
        wanted = tuple(site for site in known if site in site_ids)
        if not wanted:
            raise DomainError("no_site")
        with acting_as(jobs.system_actor(case.region_id)):
            deciding = rounds.find_round(case.region_id, kind=kind, lock=True)
            if deciding is None or book.find_active(case.id, region_id=case.region_id):
                raise DomainError("no_draw")
            draws.enter(
                deciding,
                owner_id=case.owner_id,
                application_id=case.id,
                subject_index=case.subject_index,
                need=need_of(case),
                site_ids=wanted,
                part=part,
                at=at,
            )
        record("draw.enter", case, actor=actor, at=at)
        return ""

    once(actor, key, act)


def leave(actor: Actor, application_id: UUID, *, key: str, at: datetime) -> None:
    """Take the wish back. Twice is harmless. Raises NotFound."""

    def act() -> str:
        case = cases.get_case(application_id, lock=True)
        draws.leave(case.id, region_id=case.region_id, at=at)
        record("draw.leave", case, actor=actor, at=at)
        return ""

    once(actor, key, act)


def need_of(case: Case) -> int:
    """By what the office itself knows, never by what somebody says of himself: 2 recorded in vain, 1 old, 0 others."""
    if case.facts.get("biometrics") == "failed":
        return 2
    today = local_day(case)
    born = BirthDate.parse(case.subject["birth_date"], today=today)
    return 1 if born.age_on(today) >= OLD else 0


# --- the system -----------------------------------------------------------------------------------------------------


@jobs.job("draws.watch", every_minutes=10)
def watch(actor: Actor) -> None:
    """Begin rounds where places are scarce, close and draw those that are due, offer what was given back."""
    region = catalogue().region(RegionCode.from_number(actor.regions[0]))
    at = clock.now()

    def watch_kind(kind: Kind) -> None:
        with acting_as(actor):
            _begin_where_scarce(actor, region, kind, at=at)
        with acting_as(actor):
            _go_on(actor, region, kind, at=at)

    jobs.each_alone(KINDS, watch_kind)


def _begin_where_scarce(actor: Actor, region: Region, kind: Kind, *, at: datetime) -> None:
    number = region.code.number
    if rounds.find_round(number, kind=kind):
        return
    asking = _asking(number, kind)
    free = sum(one.free for one in _free(region, kind, within=SCARCE_WITHIN, at=at))
    if len(asking) <= free or not recording_sites(region):
        return
    closes_at = _noon_after(at + COLLECTING, ZoneInfo(region.time_zone))
    made = draws.open_round(
        number, kind=kind, scarcity=(free, len(asking)), closes_at=closes_at, pause=PAUSE, at=at
    )  # fmt: skip
    if made is None:
        return
    audit.record("draw.open", actor=actor, at=at, region_id=number, about=("draw", made))
    for application_id in asking:
        case = cases.get_case(application_id)
        notify.tell("draw_opened", case=case, at=at, until=closes_at, link=page_link(case))


def _noon_after(moment: datetime, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    noon = datetime.combine(local.date(), time(12), tzinfo=zone)
    return noon if noon >= local else noon + timedelta(days=1)


def _asking(region_id: int, kind: Kind) -> tuple[UUID, ...]:
    """Applications whose person has to come and has no time yet; whoever waits for a visit does not come.

    Nor does anybody ask who was told of a round before, has never entered one and never had a time: else those who do
    not answer would begin round after round, and be told of each. Whenever he likes he chooses, or enters.
    """
    visited = visits.list_visited_ids(region_id)
    to_come = recordings.list_to_come(region_id, limit=MOST_ASKING)
    waiting = {one.application_id: one.changed_at for one in to_come if one.product_id not in visited}
    had = book.states_of(waiting, region_id=region_id)
    last = rounds.find_last(region_id, kind=kind)
    answered = had.keys() | rounds.list_entered(waiting, region_id=region_id)
    return tuple(
        one
        for one, since in waiting.items()
        if not had.get(one, frozenset()) & frozenset(FIRM)
        and (one in answered or last is None or since > last.opened_at)
    )


def _free(region: Region, kind: Kind, *, within: timedelta, at: datetime) -> tuple[FreeSlot, ...]:
    first = at.astimezone(ZoneInfo(region.time_zone)).date()
    found = free_between(
        region, site_ids=recording_sites(region), kind=kind, days=(first, first + within), after=at + NOTICE, at=at
    )
    return tuple(sorted((one for slots in found.values() for one in slots), key=lambda one: one.starts_at))


def _go_on(actor: Actor, region: Region, kind: Kind, *, at: datetime) -> None:
    deciding = rounds.find_round(region.code.number, kind=kind, lock=True)
    if deciding is None:
        return
    if deciding.state == "open" and deciding.closes_at <= at:
        draws.freeze(deciding, at=at)
        audit.record("draw.close", actor=actor, at=at, region_id=deciding.region_id, about=("draw", deciding.id))
    elif deciding.state == "frozen" and deciding.draws_at <= at:
        _draw(actor, deciding, at=at)
        _give(actor, region, deciding, is_draw=True, at=at)
    elif deciding.state == "drawn":
        _give(actor, region, deciding, is_draw=False, at=at)


def _draw(actor: Actor, deciding: DrawRound, *, at: datetime) -> None:
    entries = [lot.Entry(*one) for one in rounds.list_entries(deciding.id, region_id=deciding.region_id)]
    secret = rounds.secret_of(deciding.id, region_id=deciding.region_id)
    if not lot.is_true(entries, committed=deciding.commitment, listed=deciding.list_hash, secret=secret):
        raise AssertionError(f"round {deciding.id}: the list is not the one that was published")
    order = lot.draw(entries, seed=lot.seed_of(secret, deciding.list_hash))
    draws.settle(deciding, secret=secret, order=order, at=at)
    audit.record("draw.draw", actor=actor, at=at, region_id=deciding.region_id, about=("draw", deciding.id))


def _give(actor: Actor, region: Region, deciding: DrawRound, *, is_draw: bool, at: datetime) -> None:
    """Each in turn gets the soonest place that suits him; whoever finds none keeps his turn."""
    slots, known = _free(region, Kind(deciding.kind), within=HORIZON, at=at), recording_sites(region)
    left = {slot.slot: slot.free for slot in slots}
    still = 0
    for wish in rounds.list_wishes(deciding.id, region_id=deciding.region_id, state="waiting", lock=True):
        case = cases.get_case(wish.application_id)
        if not _still_asks(case):
            draws.leave(case.id, region_id=case.region_id, at=at)
            continue
        wanted = tuple(site for site in wish.site_ids if site in known) or known  # what he wished for has closed
        suiting = _first_suiting(replace(wish, site_ids=wanted), slots, left, ZoneInfo(region.time_zone))
        if suiting:
            left[suiting.slot] -= 1
            _book(actor, case, wish, suiting, at=at)
            continue
        still += 1
        if is_draw:
            notify.tell("draw_waiting", case=case, at=at, turn=str(still), link=page_link(case))
    if not still:
        draws.end_round(deciding, at=at)


def _first_suiting(
    wish: EnteredWish, slots: tuple[FreeSlot, ...], left: Mapping[Slot, int], zone: ZoneInfo
) -> FreeSlot | None:
    return next(
        (
            one
            for one in slots
            if left[one.slot]
            and one.slot.site_id in wish.site_ids
            and wish.part.suits(one.starts_at.astimezone(zone).hour)
        ),
        None,
    )


def _book(actor: Actor, case: Case, wish: EnteredWish, free: FreeSlot, *, at: datetime) -> None:
    appointments.book(free, holder=holder_of(case), needs=frozenset(), at=at)
    draws.give(wish, at=at)
    booking = book.find_active(case.id, region_id=case.region_id)
    assert booking is not None, "just booked"
    record("draw.give", case, actor=actor, at=at)
    tell("draw_given", case, booking, at=at)


def _still_asks(case: Case) -> bool:
    """Whoever was recorded meanwhile without an appointment, or elsewhere, takes no place from the others."""
    return is_needed(case) and not book.has_appointment(case.subject_index, region_id=case.region_id)
