"""What operators and the head see of printing and stock: lines, jobs, the ledger's days, alarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import NotFound
from adminduk.modules.applications import queries as cases
from adminduk.modules.blanks import queries as ledger
from adminduk.modules.blanks.types import (
    Balance,
    Cards,
    DayLine,
    EntryView,
    OldCardView,
    Place,
    SpoiledCard,
)
from adminduk.modules.issuance import queries as products
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite
from adminduk.modules.printing import queries as printing
from adminduk.modules.printing.types import (
    AlarmView,
    JobState,
    JobView,
    Line,
    PrinterView,
    Rank,
    ShortageView,
    Waiting,
)

ALARM_DAYS = 30
FIRST = 12


@dataclass(frozen=True, slots=True)
class InLine:
    """One of the first in a line; no name, a number alone."""

    place: int
    waiting: Waiting
    number: str


@dataclass(frozen=True, slots=True)
class OnPrinter:
    """A card under way."""

    job: JobView
    number: str
    printer: str


@dataclass(frozen=True, slots=True)
class Floor:
    """A place where cards are printed. `may_come`: written off, but their printer never said that it forgets them."""

    site: ServiceSite
    sites: tuple[ServiceSite, ...]
    printers: tuple[PrinterView, ...]
    balance: Balance
    lines: tuple[Line, ...]
    first: tuple[InLine, ...]
    jobs: tuple[OnPrinter, ...]
    stopped: tuple[InLine, ...]
    shortage: ShortageView | None
    may_come: tuple[OnPrinter, ...]

    @property
    def waiting(self) -> int:
        return sum(line.waiting for line in self.lines)

    @property
    def first_cards(self) -> int:
        return sum(line.waiting for line in self.lines if line.rank is Rank.FIRST_CARD)

    @property
    def to_check(self) -> tuple[OnPrinter, ...]:
        return tuple(each for each in self.jobs if each.job.state is JobState.PRINTED)

    @property
    def jammed(self) -> tuple[OnPrinter, ...]:
        return tuple(each for each in self.jobs if each.job.state is JobState.JAMMED)

    @property
    def asked(self) -> tuple[OnPrinter, ...]:
        return tuple(each for each in self.jobs if each.job.state is JobState.ASKED)


def printing_sites(actor: Actor) -> tuple[ServiceSite, ...]:
    """The places of the actor's region where cards are printed."""
    with acting_as(actor):
        return tuple(site for site in offices.list_sites(actor.regions[0]) if site.prints)


def count_placeless(actor: Actor) -> int:
    """How many cards wait because no place of the region prints, up to 200; 0 as soon as one does."""
    with acting_as(actor):
        if any(site.prints for site in offices.list_sites(actor.regions[0])):
            return 0  # nor is the whole line searched for who has no place
        return len(products.list_placeless("printing", region_id=actor.regions[0], places=()))


def floor_of(actor: Actor, *, site_id: UUID | None) -> Floor:
    """A place, the first one that prints where none is named. Raises NotFound."""
    (region_id,) = actor.regions
    sites = printing_sites(actor)
    site = next((each for each in sites if site_id in (None, each.id)), None)
    if site is None:
        raise NotFound("site")
    with acting_as(actor):
        printers = printing.list_printers(region_id, site_id=site.id)
        names = {each.id: each.name for each in printing.list_printers(region_id, site_id=site.id, is_active=False)}
        jobs = printing.list_open_jobs(region_id, site_id=site.id)
        first = printing.list_line(region_id, site_id=site.id, most=FIRST)
        stopped = [each for each in printing.list_stopped(region_id) if each.site_id == site.id]
        given_up = printing.list_may_come(region_id, site_id=site.id)
        may_come = tuple(job for job in given_up if job.state is JobState.SPOILED)
        applications = {job.application_id for job in (*jobs, *may_come)} | {
            each.application_id for each in (*first, *stopped)
        }
        numbers = {each: cases.get_case(each).number for each in applications}
        return Floor(
            site=site,
            sites=sites,
            printers=printers,
            balance=ledger.get_balance(region_id, site_id=site.id),
            lines=tuple(line for line in printing.list_lines(region_id) if line.site_id == site.id),
            first=_numbered(first, numbers),
            jobs=_on_printers(jobs, numbers, names),
            stopped=_numbered(stopped, numbers),
            shortage=printing.find_shortage(region_id, site_id=site.id),
            may_come=_on_printers(may_come, numbers, names),
        )


def _on_printers(jobs: tuple[JobView, ...], numbers: dict[UUID, str], names: dict[UUID, str]) -> tuple[OnPrinter, ...]:
    return tuple(OnPrinter(job, numbers[job.application_id], names.get(job.printer_id, "")) for job in jobs)


def _numbered(waiting: tuple[Waiting, ...] | list[Waiting], numbers: dict[UUID, str]) -> tuple[InLine, ...]:
    return tuple(InLine(place + 1, each, numbers[each.application_id]) for place, each in enumerate(waiting))


def printers_at(actor: Actor, site_id: UUID) -> tuple[PrinterView, ...]:
    """The printers of a place, retired ones last."""
    with acting_as(actor):
        found = printing.list_printers(actor.regions[0], site_id=site_id, is_active=False)
    return tuple(sorted(found, key=lambda printer: not printer.is_active))


def waiting_of(actor: Actor, product_id: UUID) -> InLine:
    """Somebody in a line, with his place. Raises NotFound."""
    with acting_as(actor):
        waiting = printing.find_waiting(product_id, region_id=actor.regions[0])
        if waiting is None:
            raise NotFound("print_item")
        number = cases.get_case(waiting.application_id).number
        return InLine(printing.place_of(product_id) or 0, waiting, number)


@dataclass(frozen=True, slots=True)
class Checked:
    """A printed card in front of somebody who checks it. `is_wanted` False: its product has been stopped meanwhile."""

    job: JobView
    number: str
    name: str
    is_wanted: bool


def checked_card(actor: Actor, job_id: UUID) -> Checked:
    """Raises NotFound."""
    with acting_as(actor):
        job = printing.get_job(job_id, region_id=actor.regions[0])
        case = cases.get_case(job.application_id)
        waits = printing.find_waiting(job.product_id, region_id=job.region_id)
        return Checked(job, case.number, str(case.subject.get("name", "")), waits is not None)


# --- stock ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stock:
    """The ledger of a region, by place."""

    sites: tuple[ServiceSite, ...]
    balances: dict[UUID, Balance]
    lines: tuple[DayLine, ...]
    printers: dict[UUID, str]
    differences: tuple[EntryView, ...]
    agrees: bool


def stock_of(actor: Actor, *, day: date) -> Stock:
    """All places with their balance and the reconciliation of `day`."""
    (region_id,) = actor.regions
    with acting_as(actor):
        sites = offices.list_sites(region_id)
        balances = {balance.site_id: balance for balance in ledger.list_balances(region_id)}
        printers = {printer.id: printer.name for printer in printing.list_printers(region_id, is_active=False)}
        return Stock(
            sites=sites,
            balances={site.id: balances.get(site.id, Balance(site.id)) for site in sites},
            lines=ledger.reconcile(region_id, day=day),
            printers=printers,
            differences=ledger.list_open_differences(region_id),
            agrees=_agree(balances, ledger.recount(region_id)),
        )


def _agree(running: dict[UUID, Balance], recounted: dict[UUID, Balance]) -> bool:
    sites = running.keys() | recounted.keys()
    return all(running.get(site, Balance(site)) == recounted.get(site, Balance(site)) for site in sites)


@dataclass(frozen=True, slots=True)
class SiteStock:
    """One place's cards and what happened to them. Of spoiled and old cards, whose reporter is the actor himself."""

    site: ServiceSite
    others: tuple[ServiceSite, ...]
    balance: Balance
    ranges: tuple[Cards, ...]
    coming: tuple[Cards, ...]
    missing: tuple[Cards, ...]
    spoiled: tuple[SpoiledCard, ...]
    old_cards: tuple[OldCardView, ...]
    entries: tuple[EntryView, ...]
    names: dict[UUID, str]
    shortage: ShortageView | None


def site_stock(actor: Actor, site_id: UUID) -> SiteStock:
    """Raises NotFound."""
    (region_id,) = actor.regions
    with acting_as(actor):
        site = offices.get_site(site_id, region_id=region_id)
        return SiteStock(
            site=site,
            others=tuple(each for each in offices.list_sites(region_id) if each.id != site_id),
            balance=ledger.get_balance(region_id, site_id=site_id),
            ranges=ledger.list_ranges(region_id, site_id=site_id),
            coming=ledger.list_coming(region_id, site_id=site_id),
            missing=ledger.list_ranges(region_id, site_id=site_id, place=Place.MISSING),
            spoiled=ledger.list_spoiled(region_id, site_id=site_id),
            old_cards=ledger.list_old_cards(region_id, site_id=site_id),
            entries=ledger.list_entries(region_id, site_id=site_id),
            names={member.id: member.name for member in offices.list_staff(region_id)},
            shortage=printing.find_shortage(region_id, site_id=site_id),
        )


@dataclass(frozen=True, slots=True)
class Watch:
    """What the head has to look at."""

    alarms: tuple[AlarmView, ...]
    differences: tuple[EntryView, ...]
    sites: dict[UUID, str]


def watch_of(actor: Actor, *, at: datetime) -> Watch:
    """Alarms of the last days and counts that do not agree."""
    (region_id,) = actor.regions
    with acting_as(actor):
        return Watch(
            printing.list_alarms(region_id, since=at - timedelta(days=ALARM_DAYS)),
            ledger.list_open_differences(region_id),
            {site.id: site.name for site in offices.list_sites(region_id, is_active=False)},
        )
