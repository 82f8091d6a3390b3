"""The door, for every test in this folder. Imports wait until Django is ready."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

if TYPE_CHECKING:
    from adminduk.modules.accounts.types import Address
    from tests.usecases.sign_in.door import Door


@pytest.fixture
def door(database: None, settings: Settings) -> Iterator[Door]:
    """An empty portal with a register, mail and SMS that work."""
    from tests.usecases.sign_in.door import open_door

    with open_door(settings) as opened:
        yield opened


@pytest.fixture
def address() -> Address:
    """Somebody's e-mail address."""
    from tests.making import fresh_address

    return fresh_address()
