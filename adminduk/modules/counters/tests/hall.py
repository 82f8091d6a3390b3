"""A hall for tests: a site of a fresh region with counters, operators and people who come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.counters import actions, queries
from adminduk.modules.counters.types import Booked, Service, Ticket
from tests import making

DAY = date(2026, 12, 1)
OPENS = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # 08.00 in Jakarta


def at(minutes: float) -> datetime:
    """So many minutes after opening."""
    return OPENS + timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter with somebody at it."""

    id: UUID
    number: int
    operator: Actor

    @property
    def place(self) -> dict[str, object]:
        return {"region_id": self.operator.regions[0], "operator_id": self.operator.id, "day": DAY}

    def call(self, minutes: float) -> Ticket | None:
        with acting_as(self.operator):
            return actions.call_next(self.id, at=at(minutes), **self.place)  # type: ignore[arg-type]

    def recall(self, ticket: Ticket, minutes: float) -> Ticket:
        with acting_as(self.operator):
            return actions.recall(ticket.id, at=at(minutes), **self.place)  # type: ignore[arg-type]

    def finish(self, ticket: Ticket, minutes: float) -> Ticket:
        with acting_as(self.operator):
            return actions.finish(ticket.id, at=at(minutes), **self.place)  # type: ignore[arg-type]

    def miss(self, ticket: Ticket, minutes: float) -> Ticket:
        """Called a second time, and still nobody comes."""
        self.recall(ticket, minutes)
        with acting_as(self.operator):
            return actions.miss(ticket.id, at=at(minutes), **self.place)  # type: ignore[arg-type]

    def transfer(self, ticket: Ticket, service: Service, minutes: float, counter: UUID | None = None) -> Ticket:
        with acting_as(self.operator):
            return actions.transfer(ticket.id, to=(service, counter), at=at(minutes), **self.place)  # type: ignore[arg-type]

    def serve(self, minutes: float) -> str | None:
        """The number of who is called and served at once."""
        ticket = self.call(minutes)
        if ticket is None:
            return None
        self.finish(ticket, minutes)
        return ticket.label


class Hall:
    """A site and its counters."""

    def __init__(self) -> None:
        self.region, self.site = making.fresh_region(), uuid7()
        self.system = making.system(self.region)
        self._numbers = 0

    def desk(self, *services: Service) -> Desk:
        """A further counter, with an operator of its own."""
        self._numbers += 1
        operator = making.officer(self.region)
        with acting_as(operator):
            counter = actions.add_counter(
                self.region, site_id=self.site, number=self._numbers, services=services or (Service.RECORDING,)
            )
            actions.sit_down(counter, region_id=self.region, operator_id=operator.id, day=DAY)
        return Desk(counter, self._numbers, operator)

    def walk_in(self, minutes: float, service: Service = Service.RECORDING) -> Ticket:
        with acting_as(self.system):
            return actions.take_number(self.region, site_id=self.site, day=DAY, service=service, at=at(minutes))

    def check_in(self, minutes: float, *, slot: float, appointment: UUID | None = None) -> Ticket:
        booked = Booked(appointment or uuid7(), uuid7(), Service.RECORDING, at(slot))
        with acting_as(self.system):
            return actions.check_in(self.region, site_id=self.site, day=DAY, booked=booked, at=at(minutes))

    def ticket(self, ticket: Ticket) -> Ticket:
        """As it stands now."""
        with acting_as(self.system):
            return queries.get_ticket(ticket.id, region_id=self.region)

    def waiting(self) -> list[str]:
        with acting_as(self.system):
            return [ticket.label for ticket in queries.list_waiting(self.region, site_id=self.site, day=DAY)]
