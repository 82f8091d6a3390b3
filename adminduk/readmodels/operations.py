"""What waits for operators: how many products stand at each kind of step of the office's services."""

from __future__ import annotations

from dataclasses import dataclass

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.text import Text
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.issuance import queries as products


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """A kind of step, its title, and how many wait there (capped at issuance.queries.COUNT_UP_TO in all)."""

    kind: str
    title: Text
    count: int


def waiting_steps(actor: Actor, *, catalogue: Catalogue) -> tuple[WaitingStep, ...]:
    """Every kind of step that the services have, in their order, with what waits there in the actor's region."""
    titles: dict[str, Text] = {}
    for service in catalogue.services:
        for step in service.fulfilment:
            titles.setdefault(step.step, step.title)
    with acting_as(actor):
        counts = products.count_at_steps(tuple(titles), region_id=actor.regions[0])
    return tuple(WaitingStep(kind, title, counts.get(kind, 0)) for kind, title in titles.items())
