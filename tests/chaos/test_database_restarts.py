"""The database goes away in the middle of sends, once stopped in order and once crashed: every receipt holds."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from adminduk.foundation import database_roles, tenancy
from adminduk.foundation.embedded_database import SUPERUSER, EmbeddedDatabase
from tests.chaos import outcome
from tests.chaos.senders import Crowd, make_senders
from tests.portal import Portal, make_portal
from tests.processes import SandboxProcess

NAME = "adminduk"
FEW, MANY = 16, 200
WITHIN = 60.0


@pytest.fixture
def own_server(database: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedDatabase]:
    """A durable server of this test's own, with a migrated database that this process uses too."""
    server = EmbeddedDatabase(tmp_path / "postgres", is_durable=True)
    server.start()
    database_roles.create(server.url(SUPERUSER, "postgres"), NAME)
    for alias in ("default", "owner"):
        connections[alias].close()
        monkeypatch.setitem(connections[alias].settings_dict, "HOST", str(server.socket))
        monkeypatch.setitem(connections[alias].settings_dict, "NAME", NAME)
    database_roles.migrate_and_store_pads("owner", tenancy.hmac_pads(settings.KEYS.context))
    monkeypatch.setenv("DATABASE_URL", server.url(database_roles.APP, NAME))
    monkeypatch.setenv("ADMINDUK_DATABASE_OWNER_URL", server.url(database_roles.OWNER, NAME))
    yield server
    connections.close_all()
    server.stop()


@pytest.fixture
def own_portal(
    own_server: EmbeddedDatabase,
    tmp_path: Path,
    register_process: SandboxProcess,
    mail_process: SandboxProcess,
    sms_process: SandboxProcess,
) -> Iterator[Portal]:
    """Web and worker on that server."""
    portal = make_portal(tmp_path / "logs", register_process, mail_process, sms_process)
    try:
        portal.start(portal.web)
        portal.start(portal.worker)
        _wait_until_registered(own_server)
        yield portal
    finally:
        portal.worker.stop()
        portal.web.stop()


def _wait_until_registered(server: EmbeddedDatabase) -> None:
    """A worker that meets no database while it starts ends, and whoever watches it starts another; here nobody does."""
    deadline = time.monotonic() + WITHIN
    with psycopg.connect(server.url(SUPERUSER, NAME), autocommit=True) as above:
        while above.execute("SELECT count(*) FROM procrastinate_workers").fetchone() == (0,):
            assert time.monotonic() < deadline, "the worker does not start"
            time.sleep(0.05)  # it tells nobody but the database


def crash(server: EmbeddedDatabase) -> None:
    """All processes of the server end at once, as in a power cut; nothing is written any more."""
    postmaster = server.running_pid()
    assert postmaster is not None
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    pids = (postmaster, *map(int, children))
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(postmaster, 0)  # as long as its end is not noticed, its number counts as in use
    deadline = time.monotonic() + WITHIN
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < deadline, "the server lives on"
        time.sleep(0.05)  # the kernel ends it


def test_restart_and_crash_in_the_middle_of_sends(
    own_server: EmbeddedDatabase, own_portal: Portal, request: pytest.FixtureRequest
) -> None:
    count = MANY if request.config.getoption("full") else FEW
    crowd = Crowd(own_portal.base_url, make_senders(count), hands=4)

    def restart() -> None:
        own_server.stop()
        own_server.start()

    def crash_and_start() -> None:
        crash(own_server)
        own_server.start()

    crowd.begin()
    crowd.when_told(0.25, restart)
    crowd.when_told(0.6, crash_and_start)
    crowd.finish()
    with psycopg.connect(own_server.url(SUPERUSER, NAME), autocommit=True) as above:
        outcome.assert_each_is_there_once(above, crowd.senders)
        outcome.wait_until_all_are_told(own_portal.mail, crowd.senders)
        outcome.wait_until_no_message_waits(above)
    arrivals = outcome.count_arrivals(own_portal.mail, crowd.senders)
    # What the worker was sending when the database went away it sends again, with the same id.
    assert sum(arrivals.values()) - count <= 2 * 4
    for child in (own_portal.web, own_portal.worker):
        assert not child.has_died(), f"{child.name} did not outlive the database"
