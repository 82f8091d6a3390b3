"""What is watched over printing: places without blank cards, and prints that should not have been."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from adminduk.catalogue.region_schema import Region
from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.identifiers import RegionCode
from adminduk.kernel.moments import long_day
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.blanks import queries as ledger
from adminduk.modules.issuance import queries as products
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.offices import queries as offices
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import forecast
from adminduk.modules.printing import queries as line
from adminduk.modules.printing.types import AlarmKind, ShortageView, Waiting
from adminduk.usecases import fulfil, notify
from adminduk.usecases.calendar import calendar_of
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue

PATIENCE: Final = timedelta(days=1)  # a gap of an afternoon is nobody's news
PLACE_JOB: Final = "printing.place"
_LOOK_BACK: Final = timedelta(days=3)
_PRINTABLE: Final = frozenset({State.APPROVED, State.COMPLETED})


@jobs.job("printing.shortage", every_minutes=10)
def watch_stock(actor: Actor) -> None:
    """Note which places are out of blank cards while people wait; tell those people once, after a day."""
    (region_id,), at = actor.regions, clock.now()
    with acting_as(actor):
        for waiting in {each.site_id for each in line.list_lines(region_id)}:
            if ledger.get_balance(region_id, site_id=waiting).stock == 0:
                printing.begin_shortage(region_id, site_id=waiting, at=at)
            else:
                printing.end_shortage(region_id, site_id=waiting, at=at)
        shortages = line.list_open_shortages(region_id)
    patient = [shortage for shortage in shortages if shortage.began_at <= at - PATIENCE]
    jobs.each_alone(patient, lambda shortage: _tell_all(actor, shortage, at=at))


@jobs.job(PLACE_JOB, every_minutes=10)
def begin_placeless(actor: Actor) -> None:
    """Cards without a place that prints go into the line of one as soon as there is one, who came first first.

    Their region had none, or theirs has closed or prints no longer. What is in a printer there is finished there.
    """
    (region_id,), at = actor.regions, clock.now()
    with acting_as(actor):
        places = [site.id for site in offices.list_sites(region_id) if site.prints]
        waiting = products.list_placeless("printing", region_id=region_id, places=places) if places else ()

    def begin(product: ProductView) -> None:
        with acting_as(actor):
            fulfil.begin_here(product.id, region_id=region_id, step_kind="printing", places=places, at=at)

    jobs.each_alone(waiting, begin)


def _tell_all(actor: Actor, shortage: ShortageView, *, at: datetime) -> None:
    (region_id,) = actor.regions
    region = catalogue().region(RegionCode.from_number(region_id))
    with acting_as(actor):
        untold = line.list_untold(region_id, shortage=shortage)

    def tell(waiting: Waiting) -> None:
        with acting_as(actor):
            _tell_one(actor, waiting, shortage, region=region, at=at)

    jobs.each_alone(untold, tell)


def _tell_one(actor: Actor, waiting: Waiting, shortage: ShortageView, *, region: Region, at: datetime) -> None:
    promised = _promised(waiting, shortage, region=region, at=at)
    if not printing.note_told(
        waiting.product_id, region_id=waiting.region_id, shortage_id=shortage.id, promised_on=promised
    ):
        return
    case = cases.get_case(waiting.application_id)
    if promised is None:
        notify.tell("print_delayed", case=case, at=at)
    else:
        language = notify.recipient_of(case.owner_id).language
        notify.tell("print_delayed_until", case=case, at=at, until=long_day(promised, language))
    record("print.delay", case, actor=actor, at=at)


def _promised(waiting: Waiting, shortage: ShortageView, *, region: Region, at: datetime) -> date | None:
    """The day by which nine of ten would have their card, from the delivery that is expected; None without one."""
    today = at.astimezone(ZoneInfo(region.time_zone)).date()
    place, expected_on = line.place_of(waiting.product_id), shortage.as_of(today).expected_on
    if expected_on is None or place is None:
        return None
    calendar = calendar_of(region)
    since = today - timedelta(days=2 * forecast.HISTORY_DAYS)
    used = {
        day.day: day.used
        for use in ledger.list_use(waiting.region_id, since=since, until=today)
        if use.site_id == waiting.site_id
        for day in use.days
    }
    history = forecast.history_of(used, calendar=calendar, today=today)
    coming = calendar.open_days(expected_on, forecast.FURTHEST)
    return forecast.outlook(place, stock=0, history=history, open_days=coming).late_on


@jobs.job("printing.audit", every_minutes=30)
def look_for_strays(actor: Actor) -> None:
    """Every printed card of the ledger belongs to a job of an approved application; what does not is an alarm."""
    (region_id,), at = actor.regions, clock.now()
    with acting_as(actor):
        printed = ledger.list_printed(region_id, since=(at - _LOOK_BACK).date())
        ids = [entry.job_id for entry in printed if entry.job_id]
        applications = line.list_applications_of_jobs(region_id, ids=ids)
        states = {each: cases.get_case(each).state for each in set(applications.values())}
        for entry in printed:
            if entry.job_id is None or entry.first is None:
                continue
            application_id = applications.get(entry.job_id)
            if application_id is None or states[application_id] not in _PRINTABLE:
                printing.raise_alarm(
                    AlarmKind.NO_CASE, region_id=region_id, site_id=entry.site_id, card=(entry.job_id, entry.first),
                    at=at,
                )  # fmt: skip
