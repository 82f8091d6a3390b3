"""Child processes that are watched: one that dies is started again, and all end with their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

WATCHED_SIGNALS = {signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_TELL_WHEN_PARENT_DIES = 1  # PR_SET_PDEATHSIG of prctl(2)
_STOP_WITHIN = 20.0  # seconds, then the hard way
_PAUSE_BEFORE_RESTART = 1.0  # seconds between two starts of the same child
_C = ctypes.CDLL(None, use_errno=True)


class DidNotStart(SystemExit):
    """A child is needed and does not come up; the message names its log."""


@dataclass(slots=True)
class Child:
    """A Python module run as a process; `health` is (port, path) that answers 200 when it is ready."""

    name: str
    words: tuple[str, ...]
    log: Path
    environ: Mapping[str, str]
    folder: Path
    health: tuple[int, str] | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start it; what it says goes to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.words],
                cwd=self.folder,
                env=dict(self.environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the parent alone, who ends them in order
                preexec_fn=end_with_parent,  # noqa: PLW1509 - the parent has one thread
            )
        self.started_at = time.monotonic()

    def has_died(self) -> bool:
        """Whether it ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def is_ready(self) -> bool:
        """Whether its health page says so; without one, whether it runs."""
        if self.health is None:
            return self.process is not None and self.process.poll() is None
        port, path = self.health
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def await_ready(self, within: float) -> None:
        """Raises DidNotStart (exits) if it ends, or is not ready within so many seconds."""
        deadline = time.monotonic() + within
        while not self.is_ready():
            if self.has_died() or time.monotonic() > deadline:
                raise DidNotStart(f"{self.name} did not start; its log {self.log} ends with:\n{tail(self.log)}")
            if signal.sigtimedwait({signal.SIGINT, signal.SIGTERM}, 0.05):
                raise DidNotStart("stopped while starting")

    def stop(self) -> None:
        """End it, at first politely."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.end_what_it_left()
        self.process = None

    def end_what_it_left(self) -> None:
        """End its own children, which live on when it was killed: granian's would go on serving old code."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def end_with_parent() -> None:
    """For a child before its program starts: SIGTERM when the parent dies, and the signals the parent held back."""
    _C.prctl(_TELL_WHEN_PARENT_DIES, signal.SIGTERM, 0, 0, 0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED_SIGNALS)


def tail(log: Path, lines: int = 12) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:])


def watch(children: list[Child], more: Callable[[], None], tell: Callable[[str], None]) -> None:
    """Start again what dies, until a signal asks to stop. `more` is called at each look."""
    while True:
        info = signal.sigtimedwait(WATCHED_SIGNALS, 2)
        if info is not None and info.si_signo != signal.SIGCHLD:
            return
        more()
        for child in children:
            if child.has_died() and time.monotonic() - child.started_at > _PAUSE_BEFORE_RESTART:
                tell(f"{child.name} ended and is started again (its log: {child.log})")
                child.end_what_it_left()
                child.start()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))
