"""Use cases run in the test's own process: real database, storage and rewriter, a register that the test fills."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adminduk.usecases import outside
from tests.usecases import stand_ins


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[stand_ins.Register]:
    """An empty register that answers."""
    from django.conf import settings

    monkeypatch.setattr(settings, "POPULATION_REGISTER", "tests.usecases.stand_ins.register")
    stand_ins.the_register = stand_ins.Register()
    outside.forget()
    yield stand_ins.the_register
    outside.forget()
