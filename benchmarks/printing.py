"""The print queue and the public board with few and with very many applications: `python -m benchmarks.printing`."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import queue
from benchmarks.browser import Browser
from benchmarks.installation import ROOT, Installation, installed
from benchmarks.queue import Cost

OPERATOR = "operator1.3374@adminduk.example"
WAITING = 2_000
LIMIT = 1.2
SMALL, LARGE = 10_000, 1_000_000
DAYS = 80  # in both fillings cards were used on as many days: the public board draws and expects by day
_PAGES = {"public board": "/d/33.74/cetak", "print queue": "/petugas/cetak"}


@dataclass(frozen=True, slots=True)
class Grown:
    """One page with so many applications, most of them printed, as many waiting in both."""

    page: str
    small: int
    large: int
    before: Cost
    after: Cost

    @property
    def times(self) -> float:
        return self.after.wall / self.before.wall


def measure(folder: Path, *, small: int = SMALL, large: int = LARGE, turns: int = 60) -> list[Grown]:
    """Each page in two installations that run at the same time, below `folder`, and are asked in turn.

    So whatever else the machine does falls on both alike.
    """
    for name in ("small", "large"):
        (folder / name).mkdir()
    with installed(folder / "small") as one, installed(folder / "large") as other:
        _fill(other, large, waiting=min(WAITING, small // 5), unread=small // 10)
        _fill(one, small, waiting=min(WAITING, small // 5), unread=small // 10)
        return [
            Grown(page, small, large, *_costs((_operator(one), _operator(other)), (one, other), page, turns=turns))
            for page in _PAGES
        ]


def _fill(installation: Installation, total: int, *, waiting: int, unread: int) -> None:
    """`unread` wait for an officer, `waiting` for their card, all others have been printed on one of DAYS days."""
    wanted = queue.Filling(total, unread)
    queue.fill(installation, queue.Filling(0, 0), wanted, apart=DAYS * 86_400 / total)
    command = [
        sys.executable, "-m", "benchmarks.fill_printing", f"--superuser-url={installation.database_url()}",
        f"--waiting={waiting}",
    ]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True)


def _operator(installation: Installation) -> Browser:
    """Signed in, and every page seen a few times by both web processes."""
    browser = Browser(installation.base_url)
    start = browser.get("/demo/", step="demo page")
    browser.post(start.form("/demo/petugas"), step="sign in", email=OPERATOR)
    for path in [*_PAGES.values()] * 12:
        browser.get(path, step="")
    return browser


def _costs(
    browsers: tuple[Browser, Browser], installations: tuple[Installation, Installation], page: str, *, turns: int
) -> tuple[Cost, Cost]:
    """Median milliseconds, and the CPU of web and database for one request, in each installation."""
    before = [installation.spent() for installation in installations]
    for _ in range(turns):
        for browser in browsers:
            browser.get(_PAGES[page], step=page)
            time.sleep(0.02)
    spent = [installation.spent() - was for installation, was in zip(installations, before, strict=True)]
    few, many = (
        Cost(_median(browser, page), 1000 * (used.web + used.database) / turns)
        for browser, used in zip(browsers, spent, strict=True)
    )
    return few, many


def _median(browser: Browser, page: str) -> float:
    return 1000 * statistics.median(seconds for name, seconds, _ in browser.timings if name == page)


def main() -> None:
    """Measure, print one line of JSON for each page; fails when a page grows beyond LIMIT."""
    parser = argparse.ArgumentParser(description="Printing pages by number of applications")
    parser.add_argument("--small", type=int, default=SMALL)
    parser.add_argument("--large", type=int, default=LARGE)
    parser.add_argument("--turns", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        grown = measure(Path(folder), small=options.small, large=options.large, turns=options.turns)
    for one in grown:
        print(json.dumps({
            "page": one.page, "small_ms": round(one.before.wall, 2), "large_ms": round(one.after.wall, 2),
            "times": round(one.times, 2), "limit": LIMIT,
        }))  # fmt: skip
    if max(one.times for one in grown) > LIMIT:
        raise SystemExit(f"a page takes more than {LIMIT} times as long")


if __name__ == "__main__":
    main()
