"""A site with blank cards, and who signs what happens to them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.blanks import actions, queries
from adminduk.modules.blanks.types import Balance, Because, Cards, Signed
from tests import making

DAY = date(2026, 11, 27)


class Store:
    """A region with two sites, two people and one printer."""

    def __init__(self, cards: int = 0) -> None:
        self.region = making.fresh_region()
        self.site, self.other, self.printer = uuid7(), uuid7(), uuid7()
        self.ani, self.budi = making.officer(self.region), making.officer(self.region)
        if cards:
            self.deliver(1, cards)

    def signed(self, actor: Actor, *, day: date = DAY) -> Signed:
        return Signed(str(actor.kind), actor.id, clock.now() + timedelta(days=(day - DAY).days), day)

    def deliver(self, first: int, last: int, *, site: UUID | None = None) -> None:
        with acting_as(self.ani):
            actions.deliver(
                Cards(first, last), region_id=self.region, site_id=site or self.site, document="SJ-1",
                signed=self.signed(self.ani),
            )  # fmt: skip

    def load(self, job: UUID | None = None, *, printer: UUID | None = None) -> int:
        with acting_as(self.ani):
            return actions.load(
                job or uuid7(), region_id=self.region, site_id=self.site, printer_id=printer or self.printer,
                signed=self.signed(self.ani),
            )  # fmt: skip

    def print_one(self, job: UUID | None = None) -> int:
        job = job or uuid7()
        serial = self.load(job)
        self.use(serial, job)
        return serial

    def use(self, serial: int, job: UUID) -> None:
        with acting_as(self.ani):
            actions.use(
                serial, region_id=self.region, site_id=self.site, job=(job, self.printer), signed=self.signed(self.ani)
            )

    def spoil(
        self, first: int, last: int, *, by: Actor | None = None, day: date = DAY, job: UUID | None = None
    ) -> None:
        actor = by or self.ani
        with acting_as(actor):
            actions.spoil(
                Cards(first, last), region_id=self.region, site_id=self.site, because=Because("scratched"),
                signed=self.signed(actor, day=day), job=(job, self.printer) if job else None,
            )  # fmt: skip

    def destroy(self, *serials: int, by: Actor, number: str = "BA-1") -> None:
        with acting_as(by):
            actions.destroy(
                serials, region_id=self.region, site_id=self.site, number=number, method="cut", signed=self.signed(by)
            )

    def count(self, counted: int, words: str = "") -> None:
        with acting_as(self.ani):
            actions.count(counted, region_id=self.region, site_id=self.site, words=words, signed=self.signed(self.ani))

    def balance(self, site: UUID | None = None) -> Balance:
        with acting_as(self.ani):
            return queries.get_balance(self.region, site_id=site or self.site)

    def recounted(self) -> dict[UUID, Balance]:
        with acting_as(self.ani):
            return queries.recount(self.region)
