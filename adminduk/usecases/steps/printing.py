"""Printing: the card waits in the line of its place, is printed and looked at (usecases/print_cards.py).

Parameters: `first_card`, true where the service gives first cards: they come before all others.
"""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from adminduk.catalogue.schema import FulfilmentStep
from adminduk.foundation.jobs import system_actor
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance import actions as issuance
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.offices import queries as offices
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import queries as line
from adminduk.modules.printing.types import Rank, Waiting
from adminduk.usecases.print_jobs import spoil_passed, take_back

log = logging.getLogger(__name__)


class _Printing:
    def enter(self, case: Case, product: ProductView, step: FulfilmentStep, *, at: datetime) -> bool:
        """A card that was found wrong keeps the place that its product has had from the beginning.

        Where the region has no place that prints, the product waits without one until print_watch finds one. Entered
        again because its place has closed, a card that is in a printer there stays there.
        """
        site_id = _site_of(product)
        spoil_passed(
            system_actor(product.region_id), product.id, region_id=product.region_id, reason="wrong_data", at=at
        )  # whoever found it wrong has mostly done so by himself
        if site_id is None:
            log.warning("no place of the region prints cards", extra={"region": product.region_id})
            issuance.set_site(product.id, region_id=product.region_id, site_id=None)
            return True
        had_one = line.has_job(product.id, region_id=product.region_id)
        rank = Rank.FIRST_CARD if step.parameters.get("first_card") else Rank.OTHERS
        waits_here = printing.enqueue(
            Waiting(
                product_id=product.id,
                region_id=product.region_id,
                application_id=case.id,
                owner_id=case.owner_id,
                site_id=site_id,
                step_id=step.id,
                rank=rank,
                queued_at=product.created_at if had_one else product.entered_at,
                job_id=None,
                stopped_reason="",
                promised_on=None,
                shortage_id=None,
            )
        )
        if waits_here:
            issuance.set_site(product.id, region_id=product.region_id, site_id=site_id)
        return True

    def leave(self, case: Case, product: ProductView, *, at: datetime) -> None:
        """Its blank card goes back into the stock, unless the printer has begun."""
        take_back(product.id, region_id=product.region_id, at=at)


def _site_of(product: ProductView) -> UUID | None:
    """Where it is printed: the office's own place if that prints, else the first that does; None without any."""
    return next((site.id for site in offices.list_sites(product.region_id) if site.prints), None)


STEP = _Printing()
