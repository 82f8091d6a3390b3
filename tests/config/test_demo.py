"""`./run demo` brings up the whole portal, keeps it up, keeps its data, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from adminduk.config import demo as demo_processes
from tests.processes import ROOT

WITHIN = 90.0  # seconds


class Demo:
    """A demo's process and what it has said."""

    def __init__(self, port: int, data: Path, log: Path) -> None:
        self.port, self.data, self.log = port, data, log
        told = {name: value for name, value in os.environ.items() if not name.startswith(("ADMINDUK_", "DATABASE_URL"))}
        words = [sys.executable, "-m", "adminduk.config.demo", f"--port={port}", f"--data={data}"]
        with log.open("wb") as out:
            self.process = subprocess.Popen(words, cwd=ROOT, env=told, stdout=out, stderr=out)

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def await_that(self, has_happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WITHIN
        while not has_happened():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)  # other processes do it

    def await_words(self, words: str) -> None:
        self.await_that(lambda: words in self.said() or self.process.poll() is not None)
        assert words in self.said()

    def children(self) -> dict[str, int]:
        """Names and process ids."""
        names = (
            "manage worker --queue pictures", "manage worker", "granian", "population_register", "sandbox.mail",
            "sandbox.sms", "bin/postgres",
        )  # fmt: skip
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(FileNotFoundError, ProcessLookupError):
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if parent == self.process.pid:
                    found.update({name: int(folder.name) for name in [n for n in names if n in words][:1]})
        return found

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(WITHIN)


def seven_free_ports() -> int:
    """The first of seven ports in a row that were free a moment ago."""
    for first in range(20000 + os.getpid() % 5000, 32000, 7):
        with ExitStack() as stack:
            try:
                for port in range(first, first + 7):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            except OSError:
                continue
            return first
    raise AssertionError("no seven free ports")


@contextmanager
def demo(port: int, folder: Path) -> Iterator[Demo]:
    running = Demo(port, folder / "data", folder / "said.log")
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.end()


def test_the_demo_comes_up_stays_up_keeps_its_data_and_ends(tmp_path: Path) -> None:
    port = seven_free_ports()
    with demo(port, tmp_path) as first:
        first.await_words("/demo/")
        assert first.answers()
        said = tmp_path / "data" / "logs" / "first_cases.log"
        first.await_that(lambda: said.exists() and ": sent\n" in said.read_text("utf-8"))
        before = first.children()
        assert set(before) >= {
            "manage worker",
            "manage worker --queue pictures",
            "granian",
            "population_register",
            "sandbox.mail",
            "sandbox.sms",
        }
        for name in ("manage worker", "manage worker --queue pictures", "granian", "sandbox.mail"):
            os.kill(before[name], signal.SIGKILL)
        first.await_that(lambda: set(first.children()) == set(before) and first.answers())
        second = subprocess.run(
            [sys.executable, "-m", "adminduk.config.demo", f"--port={port}", f"--data={tmp_path / 'data'}"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode != 0
        assert "another one runs" in second.stderr
        after = first.children()
        keys = (tmp_path / "data" / "keys.json").read_bytes()
        first.end()
        assert first.process.returncode == 0
        assert not [pid for pid in after.values() if Path(f"/proc/{pid}").exists()]
        assert not first.answers()
    with demo(port, tmp_path) as again:
        again.await_words("/demo/")
        assert again.answers()
        assert (tmp_path / "data" / "keys.json").read_bytes() == keys


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port: int = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "adminduk.config.demo", f"--port={port}", f"--data={tmp_path}"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode != 0
    assert f"port {port} is taken" in done.stderr


def test_a_database_of_ones_own_takes_the_place_of_the_embedded_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {"DATABASE_URL": "postgresql://app@/own", "ADMINDUK_DATABASE_OWNER_URL": "postgresql://owner@/own"}
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    told = demo_processes.demo_environ(tmp_path, 8000, None)
    assert {name: told[name] for name in own} == own


def test_a_database_without_its_owner_is_not_enough(tmp_path: Path) -> None:
    told = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgresql://app@/own"}
    command = [sys.executable, "-m", "adminduk.config.demo", f"--port={seven_free_ports()}", f"--data={tmp_path}"]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "ADMINDUK_DATABASE_OWNER_URL" in done.stderr
