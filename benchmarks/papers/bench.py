"""`./run bench --papers`: make the sets, check them, compare with others, write the report."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.papers import make, portraits, report, rivals, running, seeds
from benchmarks.report import machine

_SHARES = {seeds.TEST: 1.0, seeds.UNSEEN: 0.5, seeds.TUNING: 0.5}
_RIVALS = 40
"""How many of the test's pictures the others see as well, good ones of them."""


def measure(count: int, *, keep: Path | None, write: bool, skip: int = 0) -> None:
    """`count` pictures of the test, half as many of the others; `keep` holds pictures and answers afterwards.

    `skip` leaves out so many of each set's first, which have been measured and looked at before.
    """
    with tempfile.TemporaryDirectory(prefix="adminduk-papers-") as folder:
        runs = {}
        for name, share in _SHARES.items():
            place = (keep or Path(folder)) / name
            make.write(place, make.cases(name, max(12, round(count * share)), skip), progress=_told(name, "made"))
            runs[name] = running.check(place)
            _told(name, "checked")(len(runs[name].judged))
        others = rivals.compare(runs[seeds.TEST].judged[:_RIVALS], (keep or Path(folder)) / seeds.TEST)
        faces = portraits.check((keep or Path(folder)) / "portraits", Path(folder) / "packages")
    text = report.page(runs, others, faces, machine(), skip=skip)
    print(text)
    if write:
        report.FILE.write_text(text, "utf-8")


def _told(name: str, what: str) -> Callable[[int], None]:
    def tell(count: int) -> None:
        if count % 24 == 0 or what == "checked":
            sys.stderr.write(f"{name}: {count} {what}\n")

    return tell
