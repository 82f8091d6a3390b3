"""What a demo's places need before their first card: a printer, and blank cards whose numbers are invented."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from adminduk.foundation.jobs import system_actor
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.blanks import actions as blanks
from adminduk.modules.blanks import queries as ledger
from adminduk.modules.blanks.types import Cards
from adminduk.modules.offices import queries as offices
from adminduk.modules.printing import actions as printing
from adminduk.usecases.outside import catalogue
from adminduk.usecases.print_jobs import signed_by

OPENING: Final = 500
_NOTE: Final = "CONTOH: stok awal rekaan"


def demo_stock(*, at: datetime) -> tuple[tuple[str, int], ...]:
    """Each place that prints and never had a card gets OPENING of them; what it then has in stock, by its name."""
    found = []
    for region in catalogue().joined_regions:
        number = region.code.number
        actor = system_actor(number)
        with acting_as(actor):
            for place, site in enumerate(site for site in offices.list_sites(number) if site.prints):
                printing.add_printer(number, site_id=site.id, name="Pencetak 1")
                if not ledger.list_entries(number, site_id=site.id, most=1):
                    first = number * 1_000_000 + place * 10_000 + 1
                    blanks.deliver(
                        Cards(first, first + OPENING - 1), region_id=number, site_id=site.id, document=_NOTE,
                        signed=signed_by(actor, at=at),
                    )  # fmt: skip
                found.append((site.name, ledger.get_balance(number, site_id=site.id).stock))
    return tuple(found)
