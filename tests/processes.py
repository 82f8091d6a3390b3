"""Stand-ins of outside systems as real processes for tests: started on free ports, ended with the test session.

Import the fixtures into a conftest.py. A process serves many tests; its switch is put back to normal for each.
"""

from __future__ import annotations

import json
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
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from adminduk.config.children import end_with_parent

ROOT = Path(__file__).resolve().parents[1]
_READY_WITHIN = 120.0  # seconds; the population alone takes ten of a quiet core
_ANSWERS_WITHIN = 60.0  # seconds; a busy machine is no fault


@dataclass
class SandboxProcess:
    """A running stand-in: `port` is what it offers, `http_port` its read side (the same except for mail)."""

    module: str
    arguments: tuple[str, ...]
    port: int
    http_port: int
    data: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http_port}"

    def start(self) -> None:
        """Start it and wait until it is healthy. Raises AssertionError when it does not come up."""
        command = [sys.executable, "-m", self.module, "--port", str(self.port), "--data", str(self.data)]
        self.process = subprocess.Popen(
            [*command, *self.arguments],
            cwd=ROOT,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - tests start it from their only thread
        )
        deadline = time.monotonic() + _READY_WITHIN
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"{self.module} ended at once"
            try:
                self.get("/health")
            except (URLError, OSError):
                time.sleep(0.05)  # nothing tells a parent that a port is open
            else:
                return
        raise AssertionError(f"{self.module} did not come up within {_READY_WITHIN} s")

    def stop(self, with_signal: int = signal.SIGTERM) -> None:
        """End this process, and only this."""
        if self.process is not None:
            self.process.send_signal(with_signal)
            self.process.wait(timeout=_ANSWERS_WITHIN)
            self.process = None

    def switch(self, mode: str, **more: object) -> None:
        """Make it misbehave: see the modes of the stand-in."""
        self.post("/switch", {"mode": mode, **more})

    def get(self, path: str) -> Any:
        with urlopen(f"{self.url}{path}", timeout=_ANSWERS_WITHIN) as answer:
            return json.load(answer)

    def post(self, path: str, value: object) -> Any:
        call = Request(f"{self.url}{path}", json.dumps(value).encode(), method="POST")
        with urlopen(call, timeout=_ANSWERS_WITHIN) as answer:
            return json.load(answer)


def free_port() -> int:
    """A port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(module: str, data: Path, *arguments: str, has_http_port: bool = False) -> Iterator[SandboxProcess]:
    """Run `python -m module` for the length of the block."""
    port = free_port()
    http_port = free_port() if has_http_port else port
    extra = ("--http-port", str(http_port)) if has_http_port else ()
    sandbox = SandboxProcess(module, (*extra, *arguments), port, http_port, data)
    try:
        sandbox.start()
        yield sandbox
    finally:
        sandbox.stop()


def _switched_back(process: SandboxProcess) -> Iterator[SandboxProcess]:
    process.switch("normal")
    yield process
    process.switch("normal")


@pytest.fixture(scope="session")
def shared_register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """One register for the session, with the full population; ages are counted on today's date."""
    with running("sandbox.population_register", tmp_path_factory.mktemp("register")) as process:
        yield process


@pytest.fixture(scope="session")
def shared_mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """One mail server for the session."""
    with running("sandbox.mail", tmp_path_factory.mktemp("mail"), has_http_port=True) as process:
        yield process


@pytest.fixture(scope="session")
def shared_sms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """One SMS gateway for the session."""
    with running("sandbox.sms", tmp_path_factory.mktemp("sms")) as process:
        yield process


@pytest.fixture(scope="session")
def shared_recording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """One national side of recording for the session; it follows the clock that the tests move."""
    from django.conf import settings

    clock_file = settings.ENVIRONMENT.data_dir / "clock"
    with running(
        "sandbox.recording_centre", tmp_path_factory.mktemp("recording"), "--clock", str(clock_file)
    ) as process:
        yield process


@pytest.fixture
def register_process(shared_register: SandboxProcess) -> Iterator[SandboxProcess]:
    """The register, in mode normal at the beginning; login adminduk:demo:demo."""
    yield from _switched_back(shared_register)


@pytest.fixture
def mail_process(shared_mail: SandboxProcess) -> Iterator[SandboxProcess]:
    """The mail server, in mode normal at the beginning; user adminduk, password demo.

    Its certificate is `data / "certificate.pem"`, its mailbox GET /messages?to=….
    """
    yield from _switched_back(shared_mail)


@pytest.fixture
def sms_process(shared_sms: SandboxProcess) -> Iterator[SandboxProcess]:
    """The SMS gateway, in mode normal at the beginning; token demo."""
    yield from _switched_back(shared_sms)


@pytest.fixture
def recording_process(shared_recording: SandboxProcess) -> Iterator[SandboxProcess]:
    """The national side of recording, in mode normal at the beginning; token demo."""
    yield from _switched_back(shared_recording)


@pytest.fixture(scope="session")
def shared_card_printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """One card printer for the session."""
    with running("sandbox.card_printer", tmp_path_factory.mktemp("card_printer")) as process:
        yield process


@pytest.fixture
def card_printer_process(shared_card_printer: SandboxProcess) -> Iterator[SandboxProcess]:
    """The card printer, in mode normal at the beginning; token demo."""
    yield from _switched_back(shared_card_printer)
