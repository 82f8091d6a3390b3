"""How each kind of step after approval is done: one file a kind, found by its name.

A definition says `step: printing`; the file `printing.py` in this folder holds an object `STEP` that fulfils `Step`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.schema import FulfilmentStep
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance.types import ProductView


class Step(Protocol):
    """One kind of step. Both are called inside the transaction that moves the product, and reach nothing outside."""

    def enter(self, case: Case, product: ProductView, step: FulfilmentStep, *, at: datetime) -> bool:
        """Begin: put it where it is worked on, plan a message. False: nothing is to be done, go on at once."""

    def leave(self, case: Case, product: ProductView, *, at: datetime) -> None:
        """It will not be done any more (stopped, or sent back): take it from where it is worked on."""


@cache
def known_steps() -> Mapping[str, Step]:
    """All kinds of steps by name."""
    found = (module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").STEP for name in found}


def unknown_steps(catalogue: Catalogue) -> tuple[str, ...]:
    """Kinds of steps that a definition names and nobody has built: service and kind in words."""
    return tuple(
        f"{service.id}: {step.step}"
        for service in catalogue.services
        for step in service.fulfilment
        if step.step not in known_steps()
    )
