"""How often the machine was wrong about pictures and values, by what officers said when they decided.

Only what an officer has seen is counted: a picture that was taken again before it was sent never comes here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.types import Cause
from adminduk.catalogue.text import Text
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.documents import words
from adminduk.modules.documents.types import Tallied

DAYS: Final = 90
FEWEST: Final = 20  # below that a percentage would say more than is known


@dataclass(frozen=True, slots=True)
class Rate:
    """Of `seen` pictures or values the machine was wrong about `wrong`, as far as officers said so.

    `cause`: why the pictures were refused. `field`: which value. Both None: accepted pictures, or a sum.
    """

    kind: Text | None
    seen: int
    wrong: int
    cause: Cause | None = None
    field: Text | None = None

    @property
    def percent(self) -> float | None:
        """None for too few."""
        return 100 * self.wrong / self.seen if self.seen >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Rates:
    """The last DAYS days of an office. Sums first, then by kind of document."""

    refused: Rate
    accepted: Rate
    read: Rate
    by_cause: tuple[Rate, ...]
    by_kind: tuple[Rate, ...]
    by_field: tuple[Rate, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.refused.seen or self.accepted.seen or self.read.seen)


def rates_of(actor: Actor, papers: Papers, *, today: date) -> Rates:
    """The rates of the actor's own office."""
    (region_id,) = actor.regions
    with acting_as(actor):
        rows = words.rates(region_id, since=today - timedelta(days=DAYS))
    pictures = [row for row in rows if row.subject == words.PICTURE]
    refused, accepted = ([row for row in pictures if bool(row.cause) is is_refused] for is_refused in (True, False))
    read = [row for row in rows if row.subject != words.PICTURE]
    return Rates(
        refused=_sum(refused),
        accepted=_sum(accepted),
        read=_sum(read),
        by_cause=tuple(Rate(_kind(row, papers), row.seen, row.wrong, cause=Cause(row.cause)) for row in refused),
        by_kind=tuple(Rate(_kind(row, papers), row.seen, row.wrong) for row in accepted),
        by_field=tuple(Rate(_kind(row, papers), row.seen, row.wrong, field=_field(row, papers)) for row in read),
    )


def _sum(rows: Iterable[Tallied]) -> Rate:
    rows = list(rows)
    return Rate(None, sum(row.seen for row in rows), sum(row.wrong for row in rows))


def _kind(row: Tallied, papers: Papers) -> Text:
    paper = papers.paper_for(row.kind)
    words_of_kind = row.kind.replace("_", " ").capitalize()
    return paper.label if paper else Text(words_of_kind, words_of_kind)


def _field(row: Tallied, papers: Papers) -> Text:
    """The field's name; of a person on a family card the column's."""
    name = row.subject.removeprefix(f"{words.MEMBERS}.")
    paper = papers.paper_for(row.kind)
    label = paper.label_of(name) if paper else None
    return label or Text(name, name)
