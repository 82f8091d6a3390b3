"""The printers of a place: one comes, one is retired, and is used again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.modules.audit import actions as audit
from adminduk.modules.offices import queries as offices
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import queries as line
from adminduk.usecases.office_hours import region_of_keeper


def add_printer(actor: Actor, *, site_id: UUID, name: str, key: str, at: datetime) -> None:
    """The office has a printer at a place. Raises NotFound, DomainError("printer_name_missing")."""

    def act() -> str:
        (region_id,) = actor.regions
        offices.get_site(site_id, region_id=region_id)
        words = " ".join(name.split())[:60]
        if not words:
            raise DomainError("printer_name_missing")
        printer_id = printing.add_printer(region_id, site_id=site_id, name=words)
        audit.record("printer.add", actor=actor, at=at, region_id=region_id, about=("printer", printer_id))
        return ""

    once(actor, key, act)


def set_active(actor: Actor, site_id: UUID, *, printer_id: UUID, is_active: bool, key: str, at: datetime) -> None:
    """A printer of a place is retired: it begins nothing more and is asked nothing more. Or it is used again.

    Raises NotFound; DomainError("printer_holds_cards") as long as cards are on it or wait for the check.
    """
    region_id = region_of_keeper(actor)

    def act() -> str:
        printer = printing.lock_printer(printer_id, region_id=region_id)
        if printer.site_id != site_id:
            raise NotFound("printer")
        held = 0 if is_active else line.count_on_printer(region_id, printer_id=printer_id)
        if held:
            raise DomainError(
                "printer_holds_cards", n=held, problems=(Problem("printer_holds_cards", None, {"n": held}),)
            )
        printing.set_printer_active(printer, region_id=region_id, is_active=is_active)
        name = "printer.restore" if is_active else "printer.retire"
        audit.record(name, actor=actor, at=at, region_id=region_id, about=("printer", printer_id), reason=printer.name)
        return ""

    once(actor, key, act)
