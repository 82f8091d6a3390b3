"""The public board of a region: blank cards, use by day, who waits, what may be expected. Nobody is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.catalogue.region_schema import Region
from adminduk.catalogue.working_time import WorkingCalendar
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.modules.blanks import queries as ledger
from adminduk.modules.blanks.types import Balance, DayUse
from adminduk.modules.offices import queries as offices
from adminduk.modules.printing import forecast
from adminduk.modules.printing import queries as printing
from adminduk.modules.printing.forecast import Outlook
from adminduk.modules.printing.types import Exceptions, Line, Rank, ShortageView

DAYS: Final = 30
EXCEPTION_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class SiteBoard:
    """One place that prints. `newcomer`: what somebody may expect whose card joins the line now."""

    name: str
    balance: Balance
    first_cards: int
    others: int
    ahead: int
    use: tuple[DayUse, ...]
    newcomer: Outlook
    shortage: ShortageView | None

    @property
    def waiting(self) -> int:
        return self.first_cards + self.others + self.ahead

    @property
    def used(self) -> int:
        """In all the days of the chart."""
        return sum(day.used for day in self.use)


@dataclass(frozen=True, slots=True)
class Board:
    """A region's board at a moment."""

    at: datetime
    sites: tuple[SiteBoard, ...]
    exceptions: tuple[Exceptions, ...]

    @property
    def is_out(self) -> bool:
        """Whether a place that prints has no blank card at all."""
        return any(site.shortage for site in self.sites)

    @property
    def moved_ahead(self) -> int:
        return sum(each.count for each in self.exceptions)


def board_of(region: Region, *, at: datetime) -> Board:
    """The board, from the ledger's own sums. Its cost does not grow with the number of applications."""
    number = region.code.number
    today = at.astimezone(ZoneInfo(region.time_zone)).date()
    with acting_as(Actor(ActorKind.ANONYMOUS, NOBODY, (number,))):
        calendar = calendar_within(region)
        sites = [site for site in offices.list_sites(number) if site.prints]
        balances = {balance.site_id: balance for balance in ledger.list_balances(number)}
        used = use_of(number, today=today)
        lines = printing.list_lines(number)
        shortages = {one.site_id: one.as_of(today) for one in printing.list_open_shortages(number)}
        exceptions = printing.list_exceptions(number, since=today - timedelta(days=EXCEPTION_DAYS))
    boards = tuple(
        _site(
            site.name,
            balances.get(site.id, Balance(site.id)),
            [each for each in lines if each.site_id == site.id],
            used.get(site.id, {}),
            shortages.get(site.id),
            calendar=calendar,
            today=today,
        )
        for site in sites
    )
    return Board(at, boards, exceptions)


def calendar_within(region: Region) -> WorkingCalendar:
    """The office's working days, by its own rows where it has any. Within a transaction of somebody of the region."""
    number = region.code.number
    openings = offices.list_openings(number)
    if not openings:
        return region.calendar
    hours = {day: tuple((o.opens, o.closes) for o in openings if o.weekday == day) for day in range(7)}
    closures = offices.list_closures(number)
    closed = {holiday.day for holiday in region.holidays} | {closure.day for closure in closures}
    closed -= {closure.day for closure in closures if closure.is_lifted}
    return WorkingCalendar(hours=hours, time_zone=region.time_zone, holidays=frozenset(closed))


def use_of(region_id: int, *, today: date) -> dict[UUID, dict[date, int]]:
    """Cards used by site and day, as far back as expectations look. Within a transaction of somebody of the region."""
    since = today - timedelta(days=2 * forecast.HISTORY_DAYS)
    uses = ledger.list_use(region_id, since=since, until=today)
    return {use.site_id: {day.day: day.used for day in use.days} for use in uses}


def _site(
    name: str,
    balance: Balance,
    lines: list[Line],
    used: Mapping[date, int],
    shortage: ShortageView | None,
    *,
    calendar: WorkingCalendar,
    today: date,
) -> SiteBoard:
    counts = {line.rank: line.waiting for line in lines}
    waiting = sum(counts.values())
    days = [today - timedelta(days=number) for number in range(DAYS - 1, -1, -1)]
    return SiteBoard(
        name=name,
        balance=balance,
        first_cards=counts.get(Rank.FIRST_CARD, 0),
        others=counts.get(Rank.OTHERS, 0),
        ahead=counts.get(Rank.AHEAD, 0),
        use=tuple(DayUse(day, used.get(day, 0)) for day in days),
        newcomer=expected(waiting + 1, balance.stock, used, shortage, calendar=calendar, today=today),
        shortage=shortage,
    )


def expected(
    place: int,
    stock: int,
    used: Mapping[date, int],
    shortage: ShortageView | None,
    *,
    calendar: WorkingCalendar,
    today: date,
) -> Outlook:
    """What somebody at `place` may expect. Without blank cards and a day of their coming: nothing."""
    history = forecast.history_of(used, calendar=calendar, today=today)
    begins = today + timedelta(days=1)
    coming: tuple[date, ...] = ()
    if shortage is not None:
        if shortage.expected_on is not None:
            coming = calendar.open_days(max(shortage.expected_on, begins), forecast.FURTHEST)
    elif stock:
        coming = calendar.open_days(begins, forecast.FURTHEST)
    return forecast.outlook(place, stock=stock, history=history, open_days=coming)
