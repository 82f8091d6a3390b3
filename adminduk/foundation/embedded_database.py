"""A PostgreSQL of one's own in a folder, for the demo and the tests: reached by a socket that only its user may open.

Production uses the site's PostgreSQL. Every role may come in without a password here, because the socket's folder is
closed to everybody else and nothing listens on the network.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg

from adminduk.foundation import postgres_program
from adminduk.foundation.postgres_program import Identity, NoPostgres

SUPERUSER = "adminduk_super"
_LONGEST_SOCKET = 100  # bytes; the system's limit is 107
_START_WITHIN = 60.0  # seconds, of which a healthy start takes less than one
_STOP_WITHIN = 20.0
_LIGHT_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedDatabase:
    """PostgreSQL in `folder` (made when missing). `is_durable=False` forgoes fsync: for tests only."""

    def __init__(self, folder: Path, *, is_durable: bool = True, max_connections: int = 100) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.socket = self._socket_folder()
        self._is_durable = is_durable
        self._max_connections = max_connections
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, role: str, database: str) -> str:
        """How Django and psycopg reach `database` as `role`."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='/')}"

    def start(self) -> int:
        """Start it, making the cluster first if there is none; returns its process id when it answers.

        One that still runs from an interrupted earlier start is ended before. Raises NoPostgres.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.stop()
        for closed in (self.data, self.socket):
            closed.mkdir(mode=0o700, exist_ok=True)
        programs = postgres_program.find_programs()
        way = postgres_program.choose_identity(programs, self.data)
        postgres_program.give_to(way, self.socket)
        self._refuse_foreign_socket_folder(way)
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster(programs, way)
        return self._run(programs, way)

    def stop(self) -> None:
        """End the server of this folder, whoever started it; nothing happens if none runs."""
        pid = self.running_pid()
        if pid is None:
            return
        # "Fast" writes everything down. One that was just recovering from a crash may not listen to it any more;
        # "immediate" leaves the rest to the next start.
        if not (self._has_ended(pid, signal.SIGINT) or self._has_ended(pid, signal.SIGQUIT)):
            raise NoPostgres(f"PostgreSQL (process {pid}) does not stop")
        if self.socket.parent != self.folder:
            with suppress(OSError):
                self.socket.rmdir()

    def _has_ended(self, pid: int, with_signal: int) -> bool:
        with suppress(ProcessLookupError):
            os.kill(pid, with_signal)
        deadline = time.monotonic() + _STOP_WITHIN
        while self.running_pid() == pid:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)  # not always a child of this process, so that nobody tells when it ends
        return True

    def running_pid(self) -> int | None:
        """The process id of the server that serves this folder, or None."""
        if self._process is not None:
            self._process.poll()  # a dead child that nobody asked for still looks alive to PostgreSQL
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return None
        return pid if str(self.data).encode() in command.split(b"\0") else None

    def is_answering(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _socket_folder(self) -> Path:
        beside = self.folder / "socket"
        if len(os.fsencode(beside / ".s.PGSQL.5432")) <= _LONGEST_SOCKET:
            return beside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"adminduk-{os.geteuid()}-{digest}"

    def _refuse_foreign_socket_folder(self, way: Identity) -> None:
        status = self.socket.lstat()
        wanted = os.geteuid() if way.files_of is None else way.files_of
        if status.st_uid != wanted or status.st_mode & 0o077 or self.socket.is_symlink():
            raise NoPostgres(f"{self.socket} belongs to somebody else or is open to others; remove it")

    def _make_cluster(self, programs: Path, way: Identity) -> None:
        command = [
            *way.prefix,
            str(programs / "initdb"),
            f"--pgdata={self.data}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--auth=trust",
            "--data-checksums",
            *(() if self._is_durable else ("--no-sync",)),
        ]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **way.arguments)
        if done.returncode != 0:
            raise NoPostgres(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")

    def _run(self, programs: Path, way: Identity) -> int:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "port": "5432",
            "max_connections": str(self._max_connections),
            "log_min_messages": "warning",
            "log_min_error_statement": "panic",  # statements carry values
            "log_error_verbosity": "terse",
            "log_timezone": "UTC",
            "timezone": "UTC",
            **({} if self._is_durable else _LIGHT_SETTINGS),
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*way.prefix, str(programs / "postgres"), "-D", str(self.data), *options],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal must not end it before those who write to it
                **way.arguments,
            )
        deadline = time.monotonic() + _START_WITHIN
        while not self.is_answering():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise NoPostgres(f"PostgreSQL did not start; see {self.log}")
            time.sleep(0.02)
        return self._process.pid
