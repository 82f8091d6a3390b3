"""The way of a product after approval as its owner sees it: what was done, what is done now, what comes.

Title and first sentence of a step come from the definition. A kind of step that has more to tell (a time, a place in a
line, a code) has a function in `TOLD`, each in a file way_<kind>.py beside this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.release import Release
from adminduk.catalogue.schema import FulfilmentStep
from adminduk.catalogue.text import Text
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance import queries as products
from adminduk.modules.issuance.types import ProductView
from adminduk.readmodels import way_hand_over, way_printing, way_recording
from adminduk.readmodels.way_told import Teller, Told


@dataclass(frozen=True, slots=True)
class DoneStep:
    """A step that is over."""

    title: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class Way:
    """`now` is None when the way has ended; `told` is what its step tells."""

    product: ProductView
    done: tuple[DoneStep, ...]
    now: FulfilmentStep | None
    told: Told
    later: tuple[FulfilmentStep, ...]


TOLD: Final[Mapping[str, Teller]] = MappingProxyType(
    {"printing": way_printing.tell, "hand_over": way_hand_over.tell, "recording": way_recording.tell}
)


def find_way(case: Case, release: Release, catalogue: Catalogue, *, now: datetime) -> Way | None:
    """The way of what `case` yields; None before it has begun. Within a transaction of somebody who may see it."""
    product = products.find_of_application(case.id, region_id=case.region_id)
    if product is None or not product.step_id:
        return None
    events = products.list_events(product.id, region_id=product.region_id)
    done = {event.step_id: event.at for event in events if event.act == "done"}
    steps = release.fulfilment(case.facts, case.answers)
    current = release.fulfilment_step(product.step_id) if product.is_open else None
    if current:
        done.pop(current.id, None)  # begun anew
    teller = TOLD.get(product.step_kind) if current else None
    ids = [step.id for step in release.steps_of_fulfilment]
    place = ids.index(product.step_id)
    return Way(
        product=product,
        done=tuple(DoneStep(release.fulfilment_step(name).title, at) for name, at in done.items()),
        now=current,
        told=teller(case, product, catalogue, now) if teller else Told(),
        later=tuple(step for step in steps if ids.index(step.id) > place) if current else (),
    )
