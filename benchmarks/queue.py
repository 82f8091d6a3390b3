"""The officer's queue page and next case, with 10 thousand and with 1 million applications in the table."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from adminduk.config.demo import demo_environ
from adminduk.foundation.embedded_database import EmbeddedDatabase
from benchmarks.applications import await_quiet
from benchmarks.browser import Browser, Page
from benchmarks.installation import ROOT, Installation, installed

REGION = "33.74"
OFFICER = "petugas1.3374@adminduk.example"
QUEUE = "/petugas/"
_WARMING = 6  # turns


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


def measure(folder: Path, small: Filling, larger: Sequence[Filling], *, turns: int) -> list[tuple[Measured, Measured]]:
    """Each larger filling beside the small one: two installations below `folder` run at once and are asked in turn.

    So whatever else the machine does falls on both alike.
    """
    for name in ("small", "large"):
        (folder / name).mkdir()
    with installed(folder / "small") as one, installed(folder / "large") as other:
        fill(one, Filling(0, 0), small)
        pairs, before = [], Filling(0, 0)
        for filling in larger:
            fill(other, before, filling)
            before = filling
            for installation in (one, other):
                await_quiet(installation)
            pairs.append(_in_turn((one, other), (small, filling), turns=turns))
        return pairs


def _in_turn(
    installations: tuple[Installation, Installation], fillings: tuple[Filling, Filling], *, turns: int
) -> tuple[Measured, Measured]:
    """Ask `turns` times for each, after a few turns that warm up."""
    sides = [_Side(installation) for installation in installations]
    for turn in range(-_WARMING, turns):
        for side in sides:
            side.look(is_counted=turn >= 0)
    for turn in range(-_WARMING, turns):
        for side in sides:
            side.take(is_counted=turn >= 0)
    small, large = (side.measured(filling, turns) for side, filling in zip(sides, fillings, strict=True))
    return small, large


class _Side:
    """An officer of one installation, and what his pages have cost so far: CPU seconds of web and database."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._browser = _signed_in(installation)
        self._queue = self._browser.get(QUEUE, step="")
        self._spent = {"queue": 0.0, "next case": 0.0}

    def look(self, *, is_counted: bool) -> None:
        step = "queue" if is_counted else ""
        self._cost(step, lambda: self._browser.get(QUEUE, step=step))

    def take(self, *, is_counted: bool) -> None:
        """The button, and the case that it opens; handed back, uncounted, so that the next turn finds the same."""
        step = "next case" if is_counted else ""
        button = self._queue.form("/petugas/berikutnya")
        case = self._cost(step, lambda: self._browser.post(button, step=step, key=str(uuid4())))
        self._browser.post(case.form("/kembalikan"), step="hand back")

    def measured(self, filling: Filling, turns: int) -> Measured:
        self._browser.close()
        look, take = (
            Cost(self._median(step), 1000 * spent / turns)  # the kernel books ticks of 10 ms: even over the turns
            for step, spent in self._spent.items()
        )
        return Measured(filling, look, take)

    def _cost(self, step: str, act: Callable[[], Page]) -> Page:
        before = self._installation.spent()
        page = act()
        time.sleep(0.02)  # what the server does after its answer counts too
        used = self._installation.spent() - before
        if step:
            self._spent[step] += used.web + used.database
        return page

    def _median(self, step: str) -> float:
        return 1000 * statistics.median(seconds for name, seconds, _ in self._browser.timings if name == step)
