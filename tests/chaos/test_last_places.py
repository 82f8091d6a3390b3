"""Very many people press at one moment for the last places, over HTTP: exactly those are booked, no error is shown."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

import pytest

from adminduk.foundation.tenancy import acting_as
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.types import Kind
from benchmarks import slots
from tests.at_once import at_once
from tests.chaos.senders import open_session
from tests.making import make_owner, system
from tests.portal import Portal
from tests.usecases.appointing import active, make_invited, semarang, soonest
from tests.usecases.reviewing import STRICT

WITHIN = 240.0  # seconds


def test_many_people_for_the_last_places(portal: Portal, request: pytest.FixtureRequest) -> None:
    hands, places = (200, 10) if request.config.getoption("full") else (40, 5)
    main, _ = semarang()
    with acting_as(system(STRICT)):
        rows = book.list_capacity(STRICT, site_id=main.id, kind=Kind.RECORDING)
        week = [replace(row, places=places) for row in rows]
        appointments.replace_capacity(STRICT, site_id=main.id, kind=Kind.RECORDING, rows=week)
    owners = [make_owner(STRICT) for _ in range(hands)]
    cases = [make_invited(owner) for owner in owners]
    free = soonest(cases[0], site_id=main.id)
    assert free.free == places
    wish = (str(main.id), free.slot.day.isoformat(), free.slot.starts.isoformat("minutes"))
    people = [slots.Invited(str(case.id), open_session(owner), wish) for owner, case in zip(owners, cases, strict=True)]
    until = time.monotonic() + WITHIN
    answers = at_once(hands, lambda number: slots.press(portal.base_url, until, people[number]))
    assert not [error for error in answers if isinstance(error, Exception)]
    statuses = Counter(status for given in answers if not isinstance(given, Exception) for status, _ in given)
    assert statuses == {303: 2 * places, 409: hands - places}  # held and confirmed; or chosen by somebody else
    assert sum(active(case) is not None for case in cases) == places
