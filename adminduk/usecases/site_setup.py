"""Which places an office has, what is done there, which is the main one; a place is closed and opened, never deleted.

What the portal can take elsewhere goes by itself when a place closes or does less: appointments, and cards that wait to
be printed. What lies there or stands there is in the way, and so is being the only place for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from adminduk.catalogue.region_schema import Region
from adminduk.foundation import jobs
from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.appointments import queries as book
from adminduk.modules.audit import actions as audit
from adminduk.modules.blanks import queries as ledger
from adminduk.modules.counters import queries as hall
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices import queries
from adminduk.modules.offices.types import PlaceWritten, ServiceSite
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import queries as line
from adminduk.modules.recordings import queries as recordings
from adminduk.usecases import counter_setup
from adminduk.usecases.appoint_moves import move_later
from adminduk.usecases.appoint_setup import seed_capacity
from adminduk.usecases.office_hours import region_of_keeper
from adminduk.usecases.outside import catalogue
from adminduk.usecases.print_watch import PLACE_JOB
from adminduk.usecases.queue_at_counter import day_in

LONGEST_NAME, LONGEST_ADDRESS = 120, 200
DONE_THERE: Final = ("record", "print", "hand_over")


def seen_of(site: ServiceSite) -> str:
    """What a form remembers of the place that it shows, so that nobody overwrites what a colleague has just changed."""
    shown = (site.name, site.address, site.district_code, site.does)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def add(actor: Actor, *, written: PlaceWritten, key: str, at: datetime) -> UUID:
    """A further place, with the usual counters and, if people are recorded there, the usual capacity. Returns it.

    Raises NotFound; DomainError("place_wrong") with problems by field.
    """
    region_id = region_of_keeper(actor)
    clean = _checked(written, region_id)

    def act() -> str:
        offices.lock_sites(region_id)
        _refuse_same_name(clean.name, region_id=region_id, but=None)
        site_id = offices.open_site(region_id, written=clean)
        added = queries.get_site(site_id, region_id=region_id)
        counter_setup.seed_counters(region_id, (added,))
        seed_capacity(_region(region_id), (added,))
        _follow(region_id)
        _record("site.add", actor, site_id, at, reason=clean.name)
        return str(site_id)

    return UUID(once(actor, key, act))


def change(actor: Actor, site_id: UUID, *, written: PlaceWritten, seen: str, key: str, at: datetime) -> None:
    """Name, address, kecamatan, what is done there; `seen` is what the form showed before.

    Raises NotFound; DomainError: place_wrong with problems by field, place_changed, place_in_use with what is in the
    way of doing less there.
    """
    region_id = region_of_keeper(actor)
    clean = _checked(written, region_id)

    def act(site: ServiceSite) -> None:
        if seen != seen_of(site):
            raise DomainError("place_changed", problems=(Problem("place_changed"),))
        _refuse_same_name(clean.name, region_id=region_id, but=site_id)
        if site.is_active:
            _refuse_while_needed(site, stops=frozenset(site.does) - frozenset(clean.does), at=at)
        offices.change_site(site_id, region_id=region_id, written=clean)
        if "record" in clean.does and not site.records:
            seed_capacity(_region(region_id), (queries.get_site(site_id, region_id=region_id),))

    _keep(actor, site_id, "site.change", act, key=key, at=at)


def close(actor: Actor, site_id: UUID, *, key: str, at: datetime) -> None:
    """Nobody is served there any more: appointments and waiting prints go to other places. Twice is harmless.

    Raises NotFound; DomainError: place_is_main, place_in_use with what is in the way.
    """

    def act(site: ServiceSite) -> None:
        if not site.is_active:
            return
        if site.is_main:
            raise DomainError("place_is_main", problems=(Problem("place_is_main"),))
        _refuse_while_needed(site, stops=frozenset(site.does), at=at, is_closing=True)
        offices.set_site_active(site_id, region_id=site.region_id, is_active=False)
        printing.end_shortage(site.region_id, site_id=site_id, at=at)

    _keep(actor, site_id, "site.deactivate", act, key=key, at=at)


def reopen(actor: Actor, site_id: UUID, *, key: str, at: datetime) -> None:
    """It serves people again; capacity, breaks and counters are as they were. Twice is harmless. Raises NotFound."""

    def act(site: ServiceSite) -> None:
        offices.set_site_active(site_id, region_id=site.region_id, is_active=True)

    _keep(actor, site_id, "site.activate", act, key=key, at=at)


def make_main(actor: Actor, site_id: UUID, *, key: str, at: datetime) -> None:
    """The main place from now on. Raises NotFound; DomainError("place_is_closed")."""

    def act(site: ServiceSite) -> None:
        if not site.is_active:
            raise DomainError("place_is_closed", problems=(Problem("place_is_closed"),))
        offices.set_main_site(site_id, region_id=site.region_id)

    _keep(actor, site_id, "site.main", act, key=key, at=at)


def _checked(written: PlaceWritten, region_id: int) -> PlaceWritten:
    clean = PlaceWritten(
        name=" ".join(written.name.split()),
        address=" ".join(written.address.split()),
        district_code=written.district_code.strip(),
        does=tuple(one for one in DONE_THERE if one in written.does),
    )
    problems = []
    for field, words, limit in (("name", clean.name, LONGEST_NAME), ("address", clean.address, LONGEST_ADDRESS)):
        if not words:
            problems.append(Problem("place_name" if field == "name" else "place_address", field))
        elif len(words) > limit:
            problems.append(Problem("words_long", field, {"limit": limit}))
    known = {district.code for district in catalogue().districts(RegionCode.from_number(region_id))}
    if clean.district_code and clean.district_code not in known:
        problems.append(Problem("place_district", "district"))
    if not clean.does:
        problems.append(Problem("place_does", "does"))
    if problems:
        raise DomainError("place_wrong", problems=tuple(problems))
    return clean


def _refuse_same_name(name: str, *, region_id: int, but: UUID | None) -> None:
    for site in queries.list_sites(region_id, is_active=False):
        if site.id != but and site.name.casefold() == name.casefold():
            raise DomainError("place_wrong", problems=(Problem("place_exists", "name"),))


def _refuse_while_needed(site: ServiceSite, *, stops: frozenset[str], at: datetime, is_closing: bool = False) -> None:
    """What is in the way of doing these things there no more, and of closing the place, each with its number."""
    region_id, here = site.region_id, site.id
    others = [one for one in queries.list_sites(region_id) if one.id != here]
    found: list[Problem] = []
    if "record" in stops and not any(one.records for one in others):
        booked = len(book.list_stranded(region_id, site_ids=(here,), after=at))
        found.append(Problem("place_only_recorder", None, {"n": max(booked, recordings.count_to_come(region_id))}))
    if "print" in stops:
        found.append(Problem("place_on_printer", None, {"n": len(line.list_open_jobs(region_id, site_id=here))}))
        if not any(one.prints for one in others):
            found.append(Problem("place_only_printer", None, {"n": line.count_line(region_id, site_id=here)}))
    if is_closing or "hand_over" in stops:
        found.append(Problem("place_cards_ready", "kartu", {"n": pickups.count_ready(region_id, site_id=here)}))
        found.append(Problem("place_parcels", None, {"n": parcels.count_from(region_id, site_id=here)}))
    if is_closing:
        people = hall.count_in_hall(region_id, site_id=here, day=day_in(region_id, at=at))
        found += [
            Problem("place_in_hall", None, {"n": people}),
            Problem("place_blanks", None, {"n": _cards_kept(site)}),
        ]
    problems = tuple(one for one in found if one.params["n"])
    if problems:
        raise DomainError("place_in_use", problems=problems)


def _cards_kept(site: ServiceSite) -> int:
    """Blank, spoiled and old cards that lie there, and those on their way to it or from it."""
    balance = ledger.get_balance(site.region_id, site_id=site.id)
    coming = sum(cards.quantity for cards in ledger.list_coming(site.region_id, site_id=site.id))
    old = len(ledger.list_old_cards(site.region_id, site_id=site.id))
    return balance.stock + balance.moving + balance.printer + balance.spoiled + coming + old


def _keep(
    actor: Actor, site_id: UUID, name: str, act: Callable[[ServiceSite], None], *, key: str, at: datetime
) -> None:
    """Do it to a place of the keeper's own region, once and one after the other, and write it down."""
    region_id = region_of_keeper(actor)

    def keep() -> str:
        offices.lock_sites(region_id)
        site = queries.get_site(site_id, region_id=region_id)
        act(site)
        _follow(region_id)
        _record(name, actor, site_id, at, reason=site.name)
        return ""

    once(actor, key, keep)


def _follow(region_id: int) -> None:
    """Appointments and waiting cards are where they can be served."""
    move_later(region_id)
    jobs.enqueue(PLACE_JOB, region=region_id)


def _region(region_id: int) -> Region:
    return catalogue().region(RegionCode.from_number(region_id))


def _record(act: str, actor: Actor, site_id: UUID, at: datetime, *, reason: str) -> None:
    audit.record(act, actor=actor, at=at, region_id=actor.regions[0], about=("site", site_id), reason=reason)
