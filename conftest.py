"""What every test stands on, in tests/ and in the modules' own: the settings of mode test, the database, the clock."""

from __future__ import annotations

import shutil
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import database as test_database

test_database.set_environment()
settings.register_profile(
    "same_run", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("full", settings.get_profile("same_run"), derandomize=False)
pytest_plugins = ("tests.processes", "tests.browser", "tests.portal")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make Django ready, and watch every connection of the suite.

    Properties are tried on the same examples in each run, with `--full` on new ones; a slow machine is no fault.
    """
    from django.db.backends.signals import connection_created

    settings.load_profile("full" if config.getoption("full") else "same_run")

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # an ended run still stops its server
    test_database.set_up_django()
    connection_created.connect(_refuse_unsafe_role, dispatch_uid="tests")


def _refuse_unsafe_role(connection: object, **_: object) -> None:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from adminduk.foundation import database_roles

    assert isinstance(connection, BaseDatabaseWrapper)
    if connection.alias == "default":
        database_roles.refuse_unsafe_role(connection)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Big numbers only if asked for, files with a running portal first, the longest of the others before short ones.

    No mark of pytest-django: it makes another database and hides commits.
    """
    if not config.getoption("full"):
        big = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=big)
        items[:] = [item for item in items if item not in big]
    for item in items:
        if item.get_closest_marker("django_db"):
            raise pytest.UsageError(f"{item.nodeid}: use the fixture `database`, not the mark django_db")
    slow = {item.path for item in items if "shared_portal" in getattr(item, "fixturenames", ())}
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in slow, -sizes[item.path]))  # stable: a file stays as it is written


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full` runs what is marked `full`; tests with numbers of their own ask `request.config.getoption("full")`."""
    parser.addoption("--full", action="store_true", help="the big numbers too; takes long")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped has shown nothing: the run has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or exitstatus != pytest.ExitCode.OK:
        return  # a worker of pytest-xdist, or red anyway
    if reporter.stats.get("skipped") or reporter.stats.get("xfailed"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("a skipped test counts as failed", red=True)


def pytest_unconfigure() -> None:
    """The run is over."""
    test_database.end()


@pytest.fixture(scope="session")
def prepared_database() -> test_database.Emptier:
    """This process's database, with all migrations, empty."""
    test_database.prepare()
    return test_database.Emptier()


@pytest.fixture
def database(prepared_database: test_database.Emptier, django_db_blocker: object) -> Iterator[None]:
    """An empty database with real transactions, as role adminduk_app; several connections may be used."""
    from django.db import connections
    from pytest_django import DjangoDbBlocker

    assert isinstance(django_db_blocker, DjangoDbBlocker)
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        prepared_database.empty()
        forget_checkpoints()


def forget_checkpoints() -> None:
    """An emptied audit trail must not be measured by what was signed about the one before."""
    from django.conf import settings

    shutil.rmtree(settings.ENVIRONMENT.data_dir / "checkpoints", ignore_errors=True)


@pytest.fixture(autouse=True)
def clock_put_back() -> Iterator[None]:
    """A clock that a test moved forward shows the present again afterwards."""
    yield
    from django.conf import settings

    (settings.ENVIRONMENT.data_dir / "clock").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def gateways_stay_outside_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A use case that calls an outside system while it holds a transaction open fails its test."""
    from tests.outside_guard import watch

    watch(monkeypatch)
