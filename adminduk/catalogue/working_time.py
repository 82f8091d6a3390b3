"""Working minutes: a deadline runs only while the office is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

Span = tuple[time, time]
_MAX_DAYS = 366 * 3


class WorkingCalendar:
    """Opening hours, breaks and holidays of one office.

    `hours` and `breaks` map weekdays (0 = Monday) to spans of local time, from included, to excluded; a break inside
    opening hours does not count. Indonesia has no summer time, so a local minute is a minute.
    """

    def __init__(
        self,
        *,
        hours: Mapping[int, Sequence[Span]],
        time_zone: str,
        holidays: frozenset[date] = frozenset(),
        breaks: Mapping[int, Sequence[Span]] | None = None,
    ) -> None:
        pauses = breaks or {}
        self._hours = {day: _open_spans(spans, pauses.get(day, ())) for day, spans in hours.items()}
        self._holidays = holidays
        self._zone = ZoneInfo(time_zone)

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment at which `minutes` working minutes have passed since `start` (aware), in the office's zone.

        Zero minutes: `start` itself. Raises ValueError for negative minutes, a naive start, or an office that is
        not open long enough within three years.
        """
        if minutes < 0:
            raise ValueError("minutes are not negative")
        local = self._localise(start)
        left = timedelta(minutes=minutes)
        if not left:
            return local
        for opens, closes in self._spans_from(local):
            begin = max(opens, local)
            if closes - begin >= left:
                return begin + left
            left -= max(closes - begin, timedelta(0))
        raise ValueError("the office is not open long enough within three years")

    def minutes_between(self, begin: datetime, end: datetime) -> int:
        """Whole working minutes from `begin` to `end` (aware); 0 when `end` is not after `begin`."""
        first, last = self._localise(begin), self._localise(end)
        open_time = timedelta(0)
        for opens, closes in self._spans_from(first, until=last.date()):
            open_time += max(min(closes, last) - max(opens, first), timedelta(0))
        return int(open_time // timedelta(minutes=1))

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is open at `moment` (aware)."""
        local = self._localise(moment)
        return any(opens <= local < closes for opens, closes in self._spans_of(local.date()))

    def opens_on(self, day: date) -> bool:
        """Whether the office is open at all on a local day."""
        return any(True for _ in self._spans_of(day))

    def open_days(self, begin: date, count: int) -> tuple[date, ...]:
        """The first `count` days from `begin` on which the office is open; fewer where three years do not hold them."""
        days = (begin + timedelta(days=number) for number in range(_MAX_DAYS))
        return tuple(islice((day for day in days if self.opens_on(day)), count))

    def _localise(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError("a moment without time zone")
        return moment.astimezone(self._zone)

    def _spans_of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if day in self._holidays:
            return
        for opens, closes in self._hours.get(day.weekday(), ()):
            yield (
                datetime.combine(day, opens, tzinfo=self._zone),
                datetime.combine(day, closes, tzinfo=self._zone),
            )

    def _spans_from(self, start: datetime, until: date | None = None) -> Iterator[tuple[datetime, datetime]]:
        days = (until - start.date()).days + 1 if until else _MAX_DAYS
        for offset in range(days):
            yield from self._spans_of(start.date() + timedelta(days=offset))


def _open_spans(spans: Sequence[Span], pauses: Sequence[Span]) -> tuple[Span, ...]:
    """The spans without the pauses, in order. Raises ValueError when spans run backwards or overlap."""
    left = sorted(spans)
    if any(opens >= closes for opens, closes in (*left, *pauses)):
        raise ValueError("opening hours run backwards")
    if any(one[1] > other[0] for one, other in pairwise(left)):
        raise ValueError("opening hours overlap")
    for pause_from, pause_to in pauses:
        cut: list[Span] = []
        for opens, closes in left:
            if pause_to <= opens or closes <= pause_from:
                cut.append((opens, closes))
                continue
            cut += [span for span in ((opens, pause_from), (pause_to, closes)) if span[0] < span[1]]
        left = cut
    return tuple(left)
