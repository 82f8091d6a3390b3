"""A page whose direction was told wrongly is read the other way up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from adminduk.gateways.reader import engine
from adminduk.gateways.reader.models import Floats, Model, Models, load
from tests.gateways.reader import pages


class Says(Model):
    """A network that says the same of every line: how surely it stands on its head."""

    def __init__(self, upside_down: float) -> None:
        self._answer = (1 - upside_down, upside_down)

    def __call__(self, batch: Floats) -> Floats:
        return np.asarray([self._answer] * len(batch), np.float32)


@pytest.fixture(scope="module")
def models() -> Models:
    return load()


@pytest.mark.parametrize(("stored", "told"), [(0, 0.9), (0, 0.1), (180, 0.4), (90, 0.6), (90, 0.4)])
def test_what_is_told_wrongly_is_found_out_by_reading(models: Models, stored: int, told: float) -> None:
    jpeg = pages.jpeg(pages.sheet().rotate(stored, expand=True))
    some = replace(models, direction=Says(told))
    *_, whole = engine.read_page(jpeg, some, stages=(engine.FIRST, engine.ALL))
    assert whole.rotation == stored
    assert pages.NUMBER in " ".join(line.text for line in whole.lines)
