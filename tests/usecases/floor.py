"""A place that prints: its own region's office, blank cards, a printer that the test holds in its hands."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import Unavailable
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.blanks import actions as blanks
from adminduk.modules.blanks import queries as ledger
from adminduk.modules.blanks.types import Balance, Cards
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices import queries as places
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import queries as line
from adminduk.modules.printing.ports import CardOrder, NoCancel, PrinterSays
from adminduk.modules.printing.types import JobView, PrinterView, Waiting
from adminduk.usecases import keep_stock, print_cards, printers
from adminduk.usecases.print_jobs import signed_by
from tests.making import system
from tests.usecases.reviewing import STRICT, staff

NOWHERE = UUID(int=0)
ELSEWHERE = RegionCode("51.71")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
__all__ = ["ELSEWHERE", "LONG_AGO", "NOWHERE", "Floor", "PrinterInHand", "replace"]


@dataclass
class PrinterInHand:
    """Answers as it is told; what it has printed it prints no second time."""

    says: PrinterSays = PrinterSays.DONE
    is_down: bool = False
    loses_answers: bool = False
    knows_cancel: bool = True
    orders: dict[UUID, CardOrder] = field(default_factory=dict)
    states: dict[UUID, PrinterSays] = field(default_factory=dict)

    def print_card(self, order: CardOrder) -> PrinterSays:
        if self.is_down:
            raise Unavailable("card_printer: no_connection")
        if self.says is not PrinterSays.EMPTY and order.job_id not in self.states:
            self.orders[order.job_id] = order
            self.states[order.job_id] = self.says
        if self.loses_answers:
            raise Unavailable("card_printer: time_out")
        return self.states.get(order.job_id, PrinterSays.EMPTY)

    def ask(self, job_id: UUID) -> PrinterSays:
        if self.is_down:
            raise Unavailable("card_printer: no_connection")
        return self.states.get(job_id, PrinterSays.UNKNOWN)

    def cancel(self, job_id: UUID) -> PrinterSays:
        if self.is_down:
            raise Unavailable("card_printer: no_connection")
        if not self.knows_cancel:
            raise NoCancel("card_printer: no_cancel")
        return self.states.setdefault(job_id, PrinterSays.CANCELLED)

    def face(self, job_id: UUID, side: str) -> bytes:
        return f"{job_id} {side}".encode()


the_printer = PrinterInHand()


def printer() -> PrinterInHand:
    """The factory that settings name."""
    return the_printer


class Floor:
    """A place of Semarang with one printer; every test opens its own, so that they never share a line or a stock."""

    def __init__(self, *, cards: int = 0) -> None:
        self.ani, self.budi, self.head = (staff(role=role) for role in ("operator", "operator", "head"))
        code = secrets.token_hex(5)
        self.name = f"Contoh {code}"
        with acting_as(system(STRICT)):
            offices.add_site(
                STRICT, code=code, name=self.name, address="Jalan Contoh", district_code="", is_main=False,
                does=("print",),
            )  # fmt: skip
            self.site = next(site.id for site in places.list_sites(STRICT) if site.code == code)
        self.printer = self.add_printer("Pencetak 1")
        if cards:
            self.deliver(cards)

    def deliver(self, count: int) -> None:
        first = secrets.randbelow(10**11) + 1
        keep_stock.deliver(
            self.ani, Cards(first, first + count - 1), site_id=self.site, document="SJ-1", key="", at=clock.now()
        )

    def add_printer(self, name: str) -> PrinterView:
        """One more printer of the place."""
        printers.add_printer(self.ani, site_id=self.site, name=name, key="", at=clock.now())
        with acting_as(self.ani):
            return next(one for one in line.list_printers(STRICT, site_id=self.site) if one.name == name)

    def take_over(self, product: ProductView) -> None:
        """A product that waits at another place waits here."""
        with acting_as(system(STRICT)):
            waiting = line.find_waiting(product.id, region_id=STRICT)
            assert waiting is not None
            printing.forget(product.id, region_id=STRICT)
            printing.enqueue(replace(waiting, site_id=self.site))

    def begin(self, count: int = 1, *, by: Actor | None = None) -> list[JobView]:
        """Begin a batch; the jobs of this place that the printer has not done yet."""
        print_cards.begin_batch(
            by or self.ani, printer_id=self.printer.id, count=count, key=str(uuid4()), at=clock.now()
        )
        return self.jobs()

    def print_all(self) -> list[JobView]:
        """The worker's part."""
        for job in self.jobs():
            print_cards.print_card(system(STRICT), job_id=str(job.id))
        return self.jobs()

    def jobs(self) -> list[JobView]:
        with acting_as(self.ani):
            return list(line.list_open_jobs(STRICT, site_id=self.site))

    def balance(self) -> Balance:
        with acting_as(self.ani):
            return ledger.get_balance(STRICT, site_id=self.site)

    def waiting(self, product: ProductView) -> Waiting | None:
        with acting_as(self.ani):
            return line.find_waiting(product.id, region_id=STRICT)

    def accept(self, job: JobView) -> None:
        print_cards.accept(self.ani, job.id, key="", at=clock.now())

    def reject(self, job: JobView, reason: str = "scratched") -> None:
        print_cards.reject(self.ani, job.id, reason=reason, key="", at=clock.now())


def next_sunday(at: datetime) -> datetime:
    """A moment at which no office is open."""
    return at + timedelta(days=(6 - at.weekday()) % 7)


def print_without_a_case(floor: Floor) -> UUID:
    """Somebody writes a printed card into the ledger past the line; returns its job's id."""
    job, signed = uuid4(), signed_by(floor.ani, at=clock.now())
    with acting_as(floor.ani):
        serial = blanks.load(
            job, region_id=STRICT, site_id=floor.site, printer_id=floor.printer.id, signed=signed
        )  # fmt: skip
        blanks.use(serial, region_id=STRICT, site_id=floor.site, job=(job, floor.printer.id), signed=signed)
    return job
