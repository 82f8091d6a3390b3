"""Read the ledger: balances, what waits for a second person, days, entries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Sum

from adminduk.modules.blanks.models import Balance as BalanceRow
from adminduk.modules.blanks.models import Card, Day, Entry, OldCard, OldCardEnd
from adminduk.modules.blanks.types import (
    Balance,
    Cards,
    DayLine,
    DayUse,
    EntryView,
    Kind,
    OldCardView,
    Place,
    SpoiledCard,
    Use,
)

NO_PRINTER = UUID(int=0)
MOST = 200
_PLACES = [str(place) for place in Place]


def list_balances(region_id: int) -> tuple[Balance, ...]:
    """All sites of the region that ever had a card."""
    rows = BalanceRow.objects.filter(region_id=region_id).values("site_id", *_PLACES)
    return tuple(Balance(**row) for row in rows)


def get_balance(region_id: int, *, site_id: UUID) -> Balance:
    """A site's balance; all zero before its first card."""
    row = BalanceRow.objects.filter(region_id=region_id, site_id=site_id).values("site_id", *_PLACES).first()
    return Balance(**row) if row else Balance(site_id)


def recount(region_id: int) -> dict[UUID, Balance]:
    """The balances added up again from the entries alone, whatever the running totals say."""
    places: dict[UUID, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_PLACES, 0))
    moves = Entry.objects.filter(region_id=region_id).exclude(kind=Kind.COUNTED)
    for site, target, total in moves.values_list("site_id", "target").annotate(total=Sum("quantity")):
        places[site][target] += total
    taken = moves.exclude(origin="").values_list("origin_site_id", "origin").annotate(total=Sum("quantity"))
    for origin_site, origin, total in taken:
        assert origin_site is not None
        places[origin_site][origin] -= total
    return {site: Balance(site, **counts) for site, counts in places.items()}


def list_spoiled(region_id: int, *, site_id: UUID) -> tuple[SpoiledCard, ...]:
    """Spoiled cards that wait for the second person."""
    cards = Card.objects.filter(region_id=region_id, site_id=site_id, place=Place.SPOILED).order_by("serial")[:MOST]
    found = list(cards.values_list("serial", "entry_id"))
    entries = {entry.id: entry for entry in Entry.objects.filter(id__in={entry_id for _, entry_id in found})}
    return tuple(
        SpoiledCard(serial, entries[entry].reason, entries[entry].at, entries[entry].actor_id)
        for serial, entry in found
    )


def list_old_cards(region_id: int, *, site_id: UUID) -> tuple[OldCardView, ...]:
    """Old cards that wait for their destruction."""
    ended = OldCardEnd.objects.filter(region_id=region_id).values("old_card_id")
    waiting = OldCard.objects.filter(region_id=region_id, site_id=site_id).exclude(id__in=ended)
    rows = waiting.order_by("at").values_list("id", "at", "actor_id")[:MOST]
    return tuple(OldCardView(*row) for row in rows)


def list_coming(region_id: int, *, site_id: UUID) -> tuple[Cards, ...]:
    """Ranges that are on their way to a site."""
    rows = Card.objects.filter(region_id=region_id, place=Place.MOVING, to_site_id=site_id)
    return _ranges(list(rows.order_by("serial").values_list("serial", flat=True)))


def list_ranges(region_id: int, *, site_id: UUID, place: Place = Place.STOCK) -> tuple[Cards, ...]:
    """The cards of a site in one place, as ranges."""
    rows = Card.objects.filter(region_id=region_id, site_id=site_id, place=place)
    return _ranges(list(rows.order_by("serial").values_list("serial", flat=True)))


def _ranges(serials: list[int]) -> tuple[Cards, ...]:
    ranges: list[Cards] = []
    for serial in serials:
        if ranges and ranges[-1].last == serial - 1:
            ranges[-1] = Cards(ranges[-1].first, serial)
        else:
            ranges.append(Cards(serial, serial))
    return tuple(ranges)


def list_entries(region_id: int, *, site_id: UUID, most: int = 20) -> tuple[EntryView, ...]:
    """The latest entries of a site."""
    rows = Entry.objects.filter(region_id=region_id, site_id=site_id).order_by("-at", "-id")[:most]
    return tuple(_view(row) for row in rows)


def list_printed(region_id: int, *, since: date) -> tuple[EntryView, ...]:
    """Cards printed since a day, for the independent look at jobs."""
    rows = Entry.objects.filter(region_id=region_id, day__gte=since, kind=Kind.PRINTED).order_by("at")[:10_000]
    return tuple(_view(row) for row in rows)


def list_open_differences(region_id: int) -> tuple[EntryView, ...]:
    """The last count of each site, where it differs from what the ledger expected."""
    last: dict[UUID, Entry] = {}
    for row in Entry.objects.filter(region_id=region_id, kind=Kind.COUNTED).order_by("at"):
        last[row.site_id] = row
    return tuple(_view(row) for row in last.values() if row.counted != row.expected)


def _view(row: Entry) -> EntryView:
    return EntryView(
        row.id, row.site_id, Kind(row.kind), row.first, row.last, row.quantity, row.reason, row.words, row.document,
        row.counted, row.expected, row.day, row.at, row.actor_id, row.job_id,
    )  # fmt: skip


def list_use(region_id: int, *, since: date, until: date) -> tuple[Use, ...]:
    """Cards used on each day of each site, spoiled ones not counted; days without any are 0."""
    found: dict[UUID, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    rows = Day.objects.filter(region_id=region_id, day__range=(since, until), kind__in=[Kind.PRINTED, Kind.SPOILED])
    for site, day, kind, origin, total in rows.values_list("site_id", "day", "kind", "origin", "quantity"):
        if kind == Kind.PRINTED:
            found[site][day] += total
        elif origin == Place.PRINTED:
            found[site][day] -= total
    days = [since + timedelta(number) for number in range((until - since).days + 1)]
    return tuple(Use(site, tuple(DayUse(day, used[day]) for day in days)) for site, used in found.items())


def reconcile(region_id: int, *, day: date) -> tuple[DayLine, ...]:
    """A day's lines: each site, then each of its printers. What is left over must be what the ledger says."""
    sums: dict[tuple[UUID, UUID], dict[tuple[str, str, bool], int]] = defaultdict(lambda: defaultdict(int))
    rows = Day.objects.filter(region_id=region_id, day__lte=day)
    for site, printer, on, kind, origin, total in rows.values_list(
        "site_id", "printer_id", "day", "kind", "origin", "quantity"
    ):
        sums[site, NO_PRINTER][kind, origin, on == day] += total
        if printer != NO_PRINTER:
            sums[site, printer][kind, origin, on == day] += total
    counts = Entry.objects.filter(region_id=region_id, day=day, kind=Kind.COUNTED).order_by("at")
    counted = dict(counts.values_list("site_id", "counted"))
    lines = []
    for (site, printer), found in sorted(sums.items()):
        line = _line(site, printer if printer != NO_PRINTER else None, found)
        lines.append(line if line.printer_id else _with_count(line, counted.get(site)))
    return tuple(lines)


def _with_count(line: DayLine, counted: int | None) -> DayLine:
    return DayLine(
        line.site_id, None, line.opening, line.came, line.used, line.spoiled, line.left, line.closing, counted
    )  # fmt: skip


def _line(site: UUID, printer: UUID | None, found: dict[tuple[str, str, bool], int]) -> DayLine:
    """Stock and what is in printers together, so that used and spoiled are taken from one sum."""

    def total(*kinds: Kind, is_today: bool, without: tuple[str, ...] = ()) -> int:
        return sum(
            count
            for (kind, origin, today), count in found.items()
            if kind in kinds and today == is_today and origin not in without
        )

    came = (Kind.LOADED,) if printer else (Kind.DELIVERED, Kind.RECEIVED, Kind.FOUND)
    left = (Kind.UNLOADED,) if printer else (Kind.SENT, Kind.MISSING)
    # What was printed and then spoiled has left the sum already; it is told as spoiled, not as used.
    reprinted = {
        is_today: sum(
            count
            for (kind, origin, today), count in found.items()
            if kind == Kind.SPOILED and origin == Place.PRINTED and today == is_today
        )
        for is_today in (True, False)
    }
    away = (Place.MOVING,)  # cards that go missing on their way had left before

    def moved(is_today: bool) -> tuple[int, int, int, int]:
        used = total(Kind.PRINTED, is_today=is_today) - reprinted[is_today]
        return (
            total(*came, is_today=is_today),
            used,
            total(Kind.SPOILED, is_today=is_today),
            total(*left, is_today=is_today, without=away),
        )

    opening_in, opening_used, opening_spoiled, opening_left = moved(False)
    opening = opening_in - opening_used - opening_spoiled - opening_left
    in_, used, spoiled, out = moved(True)
    return DayLine(site, printer, opening, in_, used, spoiled, out, opening + in_ - used - spoiled - out)
