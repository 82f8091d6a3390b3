"""Web and worker are killed while people send: nothing acknowledged is lost or doubled, no message is lost."""

from __future__ import annotations

import pytest

from tests import database as test_database
from tests.chaos import outcome
from tests.chaos.senders import Crowd, make_senders
from tests.portal import Portal

FEW, MANY = 24, 200


def kill_and_start(portal: Portal, *names: str) -> int:
    """Kill web, worker or both at once, and start them again; returns the number of kills."""
    children = [getattr(portal, name) for name in names]
    for child in children:
        portal.kill(child)
    for child in children:
        portal.start(child)
    return len(children)


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    return MANY if request.config.getoption("full") else FEW


def test_kills_in_the_middle_of_sends(portal: Portal, count: int) -> None:
    crowd = Crowd(portal.base_url, make_senders(count))
    kills = 0

    def kill(*names: str) -> None:
        nonlocal kills
        kills += kill_and_start(portal, *names)

    crowd.begin()
    crowd.when_told(0.1, lambda: kill("web"))
    crowd.when_told(0.3, lambda: kill("worker"))
    crowd.when_told(0.5, lambda: kill("web", "worker"))
    crowd.when_told(0.8, lambda: kill("worker"))
    crowd.finish()
    with test_database.superuser_connection() as above:
        outcome.assert_each_is_there_once(above, crowd.senders)
        outcome.wait_until_all_are_told(portal.mail, crowd.senders)
        outcome.wait_until_no_message_waits(above)
    arrivals = outcome.count_arrivals(portal.mail, crowd.senders)
    assert sum(arrivals.values()) - count <= kills
