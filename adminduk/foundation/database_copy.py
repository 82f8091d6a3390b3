"""All rows of the database out as one stream, and back into a fresh one, by PostgreSQL's own programs.

Rows only: tables, policies and functions come from the migrations of the same version, and the key of the context
from the key file, so that a copy never brings back an old rule.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

from adminduk.foundation import postgres_program
from adminduk.foundation.postgres_program import NoPostgres

MIGRATIONS = "django_migrations"
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"


class CopyFailed(Exception):
    """pg_dump or pg_restore ended with an error; the message is theirs."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment of the database: `name` for pg_dump, rows by table, migrations that have run, a way to ask more."""

    connection: psycopg.Connection[Any]
    name: str
    counts: Mapping[str, int]
    migrations: tuple[str, ...]


@contextmanager
def snapshot(url: str) -> Iterator[Snapshot]:
    """Hold a moment still and count it. `url` is of a role that sees every row (adminduk_backup)."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (name,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        yield Snapshot(
            connection=connection, name=name, counts=count_rows(connection), migrations=migrations_of(connection)
        )


def count_rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows of each table, those of the migrations excepted."""
    counts = {}
    for (table,) in connection.execute(_TABLES).fetchall():
        if table != MIGRATIONS:
            row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            counts[table] = int(row[0]) if row else 0
    return counts


def migrations_of(connection: psycopg.Connection[Any]) -> tuple[str, ...]:
    """Names of the migrations that have run, sorted."""
    rows = connection.execute("SELECT app || '.' || name FROM django_migrations").fetchall()
    return tuple(sorted(name for (name,) in rows))


def dump(url: str, *, at: Snapshot, into: Any) -> None:
    """Write all rows of a moment into a writable. Raises CopyFailed, NoPostgres."""
    words = ["--data-only", "--schema=public", f"--exclude-table={MIGRATIONS}", "--format=custom", "--compress=6"]
    with _running("pg_dump", url, [*words, f"--snapshot={at.name}"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        shutil.copyfileobj(process.stdout, into, 1 << 20)


def load(url: str, *, source: IO[bytes] | Any) -> None:
    """Put all rows of a dump into empty tables, as a superuser, in one transaction. Raises CopyFailed, NoPostgres."""
    words = ["--data-only", "--disable-triggers", "--single-transaction", "--exit-on-error", "--no-owner"]
    database = urlsplit(url).path.lstrip("/")
    with _running("pg_restore", url, [*words, f"--dbname={database}"], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        try:
            shutil.copyfileobj(source, process.stdin, 1 << 20)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has ended; its own words say why


@contextmanager
def _running(
    program: str, url: str, words: list[str], *, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    command = [str(find_client(program, major=_major_version(url))), *words]
    process = subprocess.Popen(command, env=_environ(url), stdin=stdin, stdout=stdout, stderr=subprocess.PIPE)
    try:
        yield process
    except BaseException:
        process.kill()
        process.wait()
        raise
    assert process.stderr is not None
    said = process.stderr.read().decode(errors="replace").strip()
    if process.wait() != 0:
        raise CopyFailed(f"{program}: {said[:500]}")


def _major_version(url: str) -> int:
    with psycopg.connect(url) as connection:
        return connection.info.server_version // 10_000


def find_client(program: str, environ: Mapping[str, str] = os.environ, *, major: int | None = None) -> Path:
    """A client program: of ADMINDUK_PG_BIN, Debian's of the server's version, the wheel's, or on the path.

    What a newer pg_restore says an older server may not understand. Raises NoPostgres.
    """
    of_the_server = Path(f"/usr/lib/postgresql/{major}/bin") / program
    if not environ.get("ADMINDUK_PG_BIN") and of_the_server.exists():
        return of_the_server
    try:
        beside_server = postgres_program.find_programs(environ) / program
    except NoPostgres:
        beside_server = Path(program)
    if beside_server.exists():
        return beside_server
    if on_path := shutil.which(program):
        return Path(on_path)
    raise NoPostgres(f"no {program} found: install Debian's postgresql-client, or name its folder in ADMINDUK_PG_BIN")


def _environ(url: str) -> dict[str, str]:
    """The connection in the environment: words of a command can be read by everybody on the machine."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    named = {
        "PGHOST": options.get("host") or unquote(parts.hostname or ""),
        "PGPORT": options.get("port") or str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.lstrip("/"),
        "PGSSLMODE": options.get("sslmode", ""),
    }
    return {**os.environ, **{name: value for name, value in named.items() if value}}
