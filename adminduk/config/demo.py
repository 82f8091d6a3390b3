"""`./run demo`: the portal with its database, worker and stand-ins on one machine, until Ctrl-C.

Everything it keeps lies in one folder, so that a second start goes on where the first ended.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adminduk.config.children import WATCHED_SIGNALS, Child, DidNotStart, cores, watch
from adminduk.config.web import granian_words
from adminduk.foundation import database_roles, keys
from adminduk.foundation.embedded_database import SUPERUSER, EmbeddedDatabase
from adminduk.foundation.postgres_program import NoPostgres

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "adminduk"
_READY_WITHIN = 60.0  # seconds; a slow machine makes the population in ten


def main() -> None:
    """Start all, say where to click, watch, end all."""
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED_SIGNALS)
    options = _options()
    folder: Path = options.data
    folder.mkdir(parents=True, exist_ok=True)
    with _only_one(folder):
        _refuse_taken_ports(options.host, options.port)
        try:
            _run(folder, options.host, options.port, is_empty=options.empty)
        except NoPostgres as error:
            raise SystemExit(f"demo: {error}") from error


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run demo", description="The whole portal, with nothing real in it")
    parser.add_argument("--port", type=int, default=8000, help="the portal's; the six after it are used too")
    parser.add_argument("--host", default="127.0.0.1", help="where the portal listens; the stand-ins stay local")
    parser.add_argument("--data", type=Path, default=ROOT / ".data" / "demo", help="where everything is kept")
    parser.add_argument("--empty", action="store_true", help="without the applications that wait at the beginning")
    options = parser.parse_args()
    options.data = (Path(os.environ.get("ADMINDUK_CALLED_FROM", ".")) / options.data).resolve()
    return options


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SystemExit(f"demo: another one runs on {folder}; end it, or choose another with --data") from error
        yield


def _refuse_taken_ports(host: str, first: int) -> None:
    for port in range(first, first + 7):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host if port == first else "127.0.0.1", port))
            except OSError as error:
                raise SystemExit(f"demo: port {port} is taken; choose others with --port") from error


def _run(folder: Path, host: str, port: int, *, is_empty: bool) -> None:
    begun = time.monotonic()
    database = None if "DATABASE_URL" in os.environ else EmbeddedDatabase(folder / "postgres")
    children: list[Child] = []
    passing: list[Child] = []  # what ends by itself is not watched
    try:
        _bring_up(database)
        environ = demo_environ(folder, port, database)
        stand_ins, portal = make_children(folder, host, port, environ)
        _tell("starting stand-ins for register, mail, SMS and recording; preparing the database")
        for child in stand_ins:
            child.start()
            children.append(child)
        _prepare(environ)
        for child in stand_ins:
            child.await_ready(_READY_WITHIN)
        _tell("starting the portal and its workers")
        for child in portal:
            child.start()
            children.append(child)
        for child in portal:
            child.await_ready(_READY_WITHIN)
        _tell(f"ready after {time.monotonic() - begun:.0f} s\n{_where_to_click(environ, folder)}")
        if not is_empty:
            passing.append(make_first_cases(folder, environ))
            passing[0].start()
            _tell(f"within a minute two applications wait at each office (log: {passing[0].log})")
        watch(children, lambda: _keep(database), _tell)
        _tell("ending")
    finally:
        for child in (*passing, *reversed(children)):
            child.stop()
        if database is not None:
            database.stop()


def _bring_up(database: EmbeddedDatabase | None) -> None:
    if database is not None:
        _tell("starting PostgreSQL")
        database.start()
        database_roles.create(database.url(SUPERUSER, "postgres"), DATABASE)
    elif "ADMINDUK_DATABASE_OWNER_URL" not in os.environ:
        raise SystemExit(
            "demo: DATABASE_URL names a database; ADMINDUK_DATABASE_OWNER_URL must name it as its owner too"
        )
    else:
        _tell("using the database of DATABASE_URL")


def demo_environ(folder: Path, port: int, database: EmbeddedDatabase | None) -> dict[str, str]:
    """What the processes of a demo in `folder` are told; without `database` that of the environment is used."""
    key_file = folder / "keys.json"
    if not key_file.exists():
        keys.create(key_file)
    urls = {} if database is None else database_urls(database)
    return {
        **os.environ,
        **urls,
        "PYTHONPATH": str(ROOT),
        "ADMINDUK_MODE": "demo",
        "ADMINDUK_DATA_DIR": str(folder),
        "ADMINDUK_KEY_FILE": str(key_file),
        "ADMINDUK_BASE_URL": f"http://127.0.0.1:{port}",
        "ADMINDUK_REGISTER_URL": f"http://127.0.0.1:{port + 1}",
        "ADMINDUK_SMTP_URL": f"smtp://adminduk:demo@127.0.0.1:{port + 2}",
        "ADMINDUK_SMTP_CA_FILE": str(folder / "mail" / "certificate.pem"),
        "ADMINDUK_SMS_URL": f"http://127.0.0.1:{port + 3}",
        "ADMINDUK_RECORDING_URL": f"http://127.0.0.1:{port + 5}",
        "ADMINDUK_CARD_PRINTER_URL": f"http://127.0.0.1:{port + 6}",
        "ADMINDUK_DEMO_SMS_BOX_URL": f"http://127.0.0.1:{port + 3}",
        "ADMINDUK_DEMO_MAILBOX_URL": f"http://127.0.0.1:{port + 4}",
    }


def database_urls(database: EmbeddedDatabase) -> dict[str, str]:
    """How the portal, its migrations and its backup reach the demo's own database."""
    return {
        "DATABASE_URL": database.url(database_roles.APP, DATABASE),
        "ADMINDUK_DATABASE_OWNER_URL": database.url(database_roles.OWNER, DATABASE),
        "ADMINDUK_DATABASE_BACKUP_URL": database.url(database_roles.BACKUP, DATABASE),
    }


def make_children(folder: Path, host: str, port: int, environ: dict[str, str]) -> tuple[list[Child], list[Child]]:
    """The stand-ins, and the portal with its workers."""

    def child(name: str, *words: str, health: tuple[int, str] | None = None) -> Child:
        return Child(name, words, folder / "logs" / f"{name}.log", environ, ROOT, health)

    def stand_in(name: str, module: str, number: int, *words: str, health_port: int) -> Child:
        options = (f"--port={number}", f"--data={folder / name}", *words)
        return child(name, f"sandbox.{module}", *options, health=(health_port, "/health"))

    stand_ins = [
        stand_in("register", "population_register", port + 1, health_port=port + 1),
        stand_in("mail", "mail", port + 2, f"--http-port={port + 4}", health_port=port + 4),
        stand_in("sms", "sms", port + 3, health_port=port + 3),
        stand_in("card_printer", "card_printer", port + 6, health_port=port + 6),
        stand_in("recording", "recording_centre", port + 5, f"--clock={folder / 'clock'}", health_port=port + 5),
    ]
    portal = [
        child("web", *granian_words(host=host, port=port, workers=cores()), health=(port, "/health")),
        child("worker", "adminduk.config.manage", "worker"),
        child("pictures", "adminduk.config.manage", "worker", "--queue", "pictures"),
    ]
    return stand_ins, portal


def make_first_cases(folder: Path, environ: dict[str, str]) -> Child:
    """What fills the officers' queues once the portal is there, and then ends."""
    words = ("adminduk.config.manage", "demo_cases")
    return Child("first_cases", words, folder / "logs" / "first_cases.log", environ, ROOT)


def _prepare(environ: dict[str, str]) -> None:
    command = [sys.executable, "-m", "adminduk.config.manage", "prepare_demo"]
    done = subprocess.run(command, cwd=ROOT, env=environ, check=False)
    if done.returncode != 0:
        raise DidNotStart("demo: the database could not be prepared; the reason stands above")


def _keep(database: EmbeddedDatabase | None) -> None:
    if database is None or database.running_pid() is not None:
        return
    _tell(f"PostgreSQL ended and is started again (its log: {database.log})")
    try:
        database.start()
    except NoPostgres:
        _tell("not yet: what is left of the ended one still holds its files")


def _where_to_click(environ: dict[str, str], folder: Path) -> str:
    base = environ["ADMINDUK_BASE_URL"]
    return f"""
    {base}/demo/     start here: what you can try, and as whom
    {base}/          the portal
    {base}/petugas/  the desk of the officers

    Nobody in it is real, and nothing leaves this machine. Everything is kept in {folder}.
    Ctrl-C ends it.
"""


def _tell(text: str) -> None:
    print(f"demo: {text}", flush=True)


if __name__ == "__main__":
    main()
