"""Use cases run in the test's own process: real database, storage and rewriter, a register that the test fills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from adminduk.usecases import outside
from tests.usecases import stand_ins

if TYPE_CHECKING:  # pytest reads this file before Django's settings
    from tests.usecases.floor import PrinterInHand


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[stand_ins.Register]:
    """An empty register that answers."""
    from django.conf import settings

    monkeypatch.setattr(settings, "POPULATION_REGISTER", "tests.usecases.stand_ins.register")
    stand_ins.the_register = stand_ins.Register()
    outside.forget()
    yield stand_ins.the_register
    outside.forget()


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrinterInHand]:
    """A printer of cards that does as the test says."""
    from django.conf import settings

    from tests.usecases import floor

    monkeypatch.setattr(settings, "CARD_PRINTER", "tests.usecases.floor.printer")
    floor.the_printer = floor.PrinterInHand()
    outside.forget()
    yield floor.the_printer
    outside.forget()
