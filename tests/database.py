"""The tests' PostgreSQL: one server per run, started by the first test that needs it; one database per process.

Tests run with real transactions, as the role the portal uses, on tables that are emptied after each test.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from adminduk.foundation import database_roles, keys
from adminduk.foundation.embedded_database import SUPERUSER, EmbeddedDatabase

FOLDER = "ADMINDUK_TEST_FOLDER"
TEMPLATE = "template_adminduk"
_made_folder = False
_LONGEST_WAIT_FOR_LOCK = "15s"  # a test that leaves a transaction open is told so, instead of hanging


def database_name() -> str:
    """One database per process of the run."""
    return f"adminduk_{os.getpid()}"


def folder() -> Path:
    """The run's folder: shared keys, the server's files, a data folder per process."""
    return Path(os.environ[FOLDER])


def server() -> EmbeddedDatabase:
    """The run's server, running or not."""
    return EmbeddedDatabase(folder() / "postgres", is_durable=False, max_connections=300)


def set_environment() -> None:
    """Tell the product, and every process a test starts, that this is a test. Before Django reads its settings."""
    global _made_folder  # noqa: PLW0603 - once per process
    if FOLDER not in os.environ:  # pytest-xdist's workers inherit it
        _made_folder = True
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="adminduk-test-")
        keys.create(folder() / "keys.json")
    own = server()
    os.environ.update(
        ADMINDUK_MODE="test",
        ADMINDUK_DATA_DIR=str(folder() / database_name()),
        ADMINDUK_KEY_FILE=str(folder() / "keys.json"),
        DATABASE_URL=own.url(database_roles.APP, database_name()),
        ADMINDUK_DATABASE_OWNER_URL=own.url(database_roles.OWNER, database_name()),
    )


def set_up_django() -> None:
    """Read the settings. The variable goes again: pytest-xdist's workers would read them before their conftest.py."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "adminduk.config.settings"
    django.setup()
    del os.environ["DJANGO_SETTINGS_MODULE"]


def prepare() -> None:
    """Start the server if no other process has, and make this process's database from the migrated template."""
    with _alone():
        own = server()
        if own.running_pid() is None:
            own.start()
            _make_template(own)
        with psycopg.connect(own.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            name = sql.Identifier(database_name())
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                    name, sql.Identifier(TEMPLATE), sql.Identifier(database_roles.OWNER)
                )
            )


def _make_template(own: EmbeddedDatabase) -> None:
    from django.conf import settings
    from django.db import connections

    from adminduk.foundation import tenancy

    database_roles.create(own.url(SUPERUSER, "postgres"), TEMPLATE)
    owner = connections["owner"].settings_dict
    kept = owner["NAME"]
    owner["NAME"] = TEMPLATE
    try:
        database_roles.migrate_and_store_pads("owner", tenancy.hmac_pads(settings.KEYS.context))
    finally:
        owner["NAME"] = kept


def end() -> None:
    """Stop the server and remove the run's folder; only the process that made the folder does so."""
    if _made_folder:
        server().stop()
        shutil.rmtree(folder())


@contextmanager
def _alone() -> Iterator[None]:
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def superuser_connection() -> psycopg.Connection[tuple[Any, ...]]:
    """A connection above all rules, for looking at what really is stored. Never Django's."""
    return psycopg.connect(server().url(SUPERUSER, database_name()), autocommit=True)


class Emptier:
    """Empties whatever tables a test has filled, append-only ones too."""

    def __init__(self) -> None:
        with superuser_connection() as connection:
            rows = connection.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
                " AND relname NOT IN ('django_migrations', 'procrastinate_workers')"  # running workers keep their row
            ).fetchall()
        self._tables = [sql.Identifier(name) for (name,) in rows]
        self._find_filled = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
            for (name,) in rows
        )

    def empty(self) -> None:
        """Delete all rows. Raises LockNotAvailable when a test has left a transaction open."""
        with superuser_connection() as connection:
            filled = connection.execute(self._find_filled).fetchall()
            if not filled:
                return
            connection.execute("SET session_replication_role = replica")  # no triggers, no foreign keys
            connection.execute(sql.SQL("SET lock_timeout = {}").format(_LONGEST_WAIT_FOR_LOCK))
            connection.execute(
                sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for (name,) in filled)
            )
