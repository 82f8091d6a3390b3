"""A citizen without mouse and finger: every page of an application can be used, and shows where one is."""

from __future__ import annotations

import pytest

from tests.browser import DESK
from tests.journeys import citizen as acts
from tests.journeys.conftest import MakeCitizen
from tests.journeys.inspection import walk_by_keyboard
from tests.journeys.test_lost_card import SERVICE


@pytest.mark.full
def test_every_page_of_an_application_by_keyboard(citizen: MakeCitizen) -> None:
    ratna = citizen("lost_card", size=DESK)
    ratna.visitor.on_arrival.append(walk_by_keyboard)
    ratna.apply(SERVICE, acts.LOST)
    ratna.see_status("Diperiksa kantor")
