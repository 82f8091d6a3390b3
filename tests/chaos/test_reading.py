"""Workers that read pictures are killed while they read: every page is read, once, and nobody is told twice."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from adminduk.config.children import Child
from adminduk.usecases import attach
from tests import database as test_database
from tests.chaos.senders import make_senders
from tests.portal import Portal
from tests.processes import ROOT
from tests.usecases import citizen

FEW, MANY = 10, 500
WITHIN = 240.0  # seconds without any page more; a dead worker's page is put back after 45


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    return MANY if request.config.getoption("full") else FEW


@pytest.fixture
def second(portal: Portal) -> Iterator[Child]:
    """One more worker for pictures beside the portal's."""
    first = portal.pictures
    child = Child("pictures2", first.words, first.log.with_name("pictures2.log"), first.environ, ROOT)
    portal.start(child)
    yield child
    child.stop()


def send_pictures(count: int) -> None:
    """Two for each draft, beside those that it has and nobody reads."""
    for sender in make_senders(count // 2):
        for document in ("kk", "surat_kehilangan"):
            attach.attach(sender.owner.actor, sender.case_id, requirement_id=document, kind="", data=citizen.picture())


def ask(question: str) -> list[tuple[object, ...]]:
    with test_database.superuser_connection() as above:
        return above.execute(question).fetchall()


def number(question: str) -> int:
    ((found,),) = ask(question)
    assert isinstance(found, int)
    return found


def wait_until_read(count: int) -> None:
    """Until so many pages are read, or nobody reads any more."""
    read, since = 0, time.monotonic()
    while (now := number("SELECT count(*) FROM documents_page WHERE reading IN ('done', 'failed')")) < count:
        if now > read:
            read, since = now, time.monotonic()
        assert time.monotonic() < since + WITHIN, f"{count - now} of {count} pictures were lost"
        time.sleep(0.3)  # workers tell nobody


def test_kills_in_the_middle_of_reading(portal: Portal, second: Child, count: int) -> None:
    send_pictures(count)
    assert number("SELECT count(*) FROM documents_page WHERE reading <> 'none'") == count
    for share in (0.1, 0.4):
        wait_until_read(int(count * share))
        for worker in (portal.pictures, second):
            portal.kill(worker)
            portal.start(worker)
    wait_until_read(count)
    assert number("SELECT count(*) FROM documents_page WHERE reading = 'done'") == count
    assert number("SELECT count(*) FROM documents_reading") == count
    told = ask("SELECT count(*) FROM audit_entry WHERE act = 'case.check_page'")
    assert told == [(count,)]
    assert number("SELECT count(*) FROM notifications_message") == 0
    assert number("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'pictures' AND status = 'failed'") == 0
