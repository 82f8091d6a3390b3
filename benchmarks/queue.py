"""The officer's queue page and next case, with 10 thousand and with 1 million applications in the table."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import uuid4

from adminduk.config.demo import demo_environ
from adminduk.foundation.embedded_database import EmbeddedDatabase
from benchmarks.browser import Browser, Page
from benchmarks.installation import ROOT, Installation

REGION = "33.74"
Result = TypeVar("Result")
OFFICER = "petugas1.3374@adminduk.example"


@dataclass(frozen=True, slots=True)
class Filling:
    """`total` applications in the table, `waiting` of them in the queue of one region."""

    total: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Median milliseconds until the answer is there, and CPU milliseconds of web and database, for one request."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Measured:
    """`next_case`: the button, and the case that it opens."""

    filling: Filling
    queue_page: Cost
    next_case: Cost


def fill(installation: Installation, before: Filling, wanted: Filling, *, apart: float | None = None) -> None:
    """Add what is missing from `before` to `wanted`; `apart`: sent so many seconds apart, from 90 days ago on."""
    command = [
        sys.executable, "-m", "benchmarks.fill", f"--superuser-url={installation.database_url()}",
        f"--region={REGION}", f"--first={before.total}", f"--count={wanted.total - before.total}",
        f"--open={wanted.waiting - before.waiting}", *([] if apart is None else [f"--apart={apart}"]),
    ]  # fmt: skip
    server = EmbeddedDatabase(installation.folder / "postgres")
    environ = os.environ | demo_environ(installation.folder, installation.port, server)
    subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)


def _signed_in(installation: Installation) -> Browser:
    browser = Browser(installation.base_url)
    start = browser.get("/demo/", step="demo page")
    browser.post(start.form("/demo/petugas"), step="sign in", email=OFFICER)
    return browser


def _queue_page(browser: Browser) -> None:
    browser.get("/petugas/", step="queue")


def _take(browser: Browser, queue: Page) -> Page:
    """The button, and the case that it opens."""
    return browser.post(queue.form("/petugas/berikutnya"), step="next case", key=str(uuid4()))


def _hand_back(browser: Browser, case: Page) -> None:
    """So that the next turn finds the same; neither its time nor its CPU is counted."""
    browser.post(case.form("/kembalikan"), step="hand back")


def measure(installation: Installation, filling: Filling, *, turns: int) -> Measured:
    """Ask `turns` times for each, after a few turns that warm up."""
    browser = _signed_in(installation)
    for _ in range(6):
        _queue_page(browser)
    browser.timings.clear()
    queue_cpu = _cpu_of(installation, lambda: _queue_page(browser), turns)
    queue = browser.get("/petugas/", step="")
    for _ in range(3):
        _hand_back(browser, _take(browser, queue))
    taking_cpu = _cpu_of(installation, lambda: _take(browser, queue), turns, lambda case: _hand_back(browser, case))
    browser.close()
    return Measured(
        filling, Cost(_median(browser, "queue"), queue_cpu), Cost(_median(browser, "next case"), taking_cpu)
    )


def _median(browser: Browser, step: str) -> float:
    return 1000 * statistics.median(seconds for name, seconds, _ in browser.timings if name == step)


def _cpu_of(
    installation: Installation, act: Callable[[], Result], turns: int, undo: Callable[[Result], None] | None = None
) -> float:
    """CPU of web and database for one `act`, in milliseconds; `undo` comes after each and is not counted."""
    spent = 0.0
    for _ in range(turns):
        before = installation.spent()
        result = act()
        time.sleep(0.02)  # what the server does after its answer counts too
        now = installation.spent() - before
        spent += now.web + now.database
        if undo:
            undo(result)
    return 1000 * spent / turns  # the kernel books ticks of 10 ms: too many and too few are even over the turns
