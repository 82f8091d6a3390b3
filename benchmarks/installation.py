"""The whole portal as `./run demo` starts it, on ports and in a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psycopg

from adminduk.foundation import database_roles
from adminduk.foundation.embedded_database import SUPERUSER, EmbeddedDatabase
from benchmarks import cpu

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "adminduk"
_READY_WITHIN = 180.0
_PICTURE_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'adminduk worker pictures'"


@dataclass(frozen=True, slots=True)
class Installation:
    """`port` is the portal's; the stand-ins follow it. `watch`: a connection of its own, open for the whole time."""

    port: int
    folder: Path
    supervisor: subprocess.Popen[bytes]
    watch: psycopg.Connection[tuple[Any, ...]]

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def _server(self) -> EmbeddedDatabase:
        return EmbeddedDatabase(self.folder / "postgres")

    def database_url(self, role: str = SUPERUSER) -> str:
        return _url(self.folder, role)

    @property
    def app_url(self) -> str:
        return self.database_url(database_roles.APP)

    def spent(self) -> cpu.Spent:
        """CPU used until now."""
        postmaster = self._server.running_pid()
        assert postmaster is not None, "PostgreSQL has ended"
        backends = frozenset(pid for (pid,) in self.watch.execute(_PICTURE_BACKENDS).fetchall())
        return cpu.spent(supervisor=self.supervisor.pid, postmaster=postmaster, picture_backends=backends)

    @contextmanager
    def reader_at_rest(self) -> Iterator[None]:
        """The worker that reads documents stands still for the length of the block; what comes in waits for it."""
        readers = cpu.readers_below(self.supervisor.pid)
        for pid in readers:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in readers:
                os.kill(pid, signal.SIGCONT)

    def ask(self, port_offset: int, path: str) -> Any:
        """What a stand-in answers: 1 register, 4 mailbox."""
        with urlopen(f"http://127.0.0.1:{self.port + port_offset}{path}", timeout=60) as answer:
            return json.load(answer)


def _url(folder: Path, role: str) -> str:
    return EmbeddedDatabase(folder / "postgres").url(role, DATABASE)


def _free_ports() -> int:
    """The first of seven free ports in a row."""
    for first in range(18_000, 30_000, 10):
        probes = [socket.socket() for _ in range(7)]
        try:
            for offset, probe in enumerate(probes):
                probe.bind(("127.0.0.1", first + offset))
        except OSError:
            continue
        else:
            return first
        finally:
            for probe in probes:
                probe.close()
    raise RuntimeError("no seven free ports in a row")


@contextmanager
def installed(folder: Path) -> Iterator[Installation]:
    """Run a portal for the length of the block."""
    port = _free_ports()
    command = [sys.executable, "-m", "adminduk.config.demo", f"--port={port}", f"--data={folder}", "--empty"]
    with (folder / "demo.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        _await(process, port, folder / "demo.log")
        with psycopg.connect(_url(folder, SUPERUSER), autocommit=True) as watch:
            installation = Installation(port, folder, process, watch)
            _refuse_what_flatters(installation)
            yield installation
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _refuse_what_flatters(installation: Installation) -> None:
    """What is measured keeps what it says it kept, and tells strangers nothing: asked of the running processes."""
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        ((value,),) = installation.watch.execute(f"SHOW {name}").fetchall()
        if value != "on":
            raise RuntimeError(f"PostgreSQL's {name} is {value}")
    try:
        urlopen(f"{installation.base_url}/no-such-page", timeout=10).close()
    except HTTPError as error:
        if b"DEBUG = True" in error.read():
            raise RuntimeError("Django's DEBUG is on") from None
    print("fsync, synchronous_commit and full_page_writes are on; DEBUG is off", flush=True)


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _READY_WITHIN
    while "ready after" not in log.read_text("utf-8", "replace"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the portal did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
        time.sleep(0.2)
    try:
        urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
    except URLError as error:
        raise RuntimeError("the portal does not answer") from error
