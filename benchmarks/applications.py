"""Complete applications: CPU seconds of the server for each, and how long each step takes with 1, 8 and 32 clients."""

from __future__ import annotations

import io
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import product
from typing import Any

from benchmarks.browser import Browser
from benchmarks.cpu import Spent
from benchmarks.installation import Installation
from benchmarks.rewriter import photograph
from benchmarks.walk import REGION, Person, apply_for_card

PHOTOGRAPH_BYTES = 300_000
_WARMING = 32  # applications
Timing = tuple[str, float, int]


@dataclass(frozen=True, slots=True)
class Round:
    """What one number of clients came to. `spent` is for all `count` applications; `seconds` wall clock.

    `reads`: documents are read meanwhile, on the same processor; else afterwards.
    """

    clients: int
    reads: bool
    count: int
    seconds: float
    spent: Spent
    timings: tuple[Timing, ...]

    @property
    def cpu_milliseconds(self) -> float:
        """Of web, worker and database for one application, without picture work."""
        return 1000 * self.spent.without_pictures / self.count

    def of_step(self) -> dict[str, list[Timing]]:
        steps = defaultdict(list)
        for timing in self.timings:
            steps[timing[0]].append(timing)
        return dict(steps)


def percentile(values: Sequence[float], per_hundred: int) -> float:
    """The value below which `per_hundred` of a hundred lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * per_hundred // 100)]


def photographs() -> tuple[bytes, ...]:
    """Three different pictures of about 300 kB, as the page sends them after shrinking to 2000 px."""
    made = []
    for turn in range(3):
        picture = photograph(2000, 1500).rotate(90 * turn, expand=True)
        best = b""
        for quality in range(20, 95, 3):
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=quality)
            best = out.getvalue()
            if len(best) >= PHOTOGRAPH_BYTES:
                break
        made.append(best)
    return tuple(made)


def people(installation: Installation, count: int) -> list[dict[str, Any]]:
    """People of the region whose card was issued, so that the law lets all of them apply."""
    found: list[dict[str, Any]] = []
    start = 0
    while len(found) < count:
        some = installation.ask(1, f"/people?region={REGION}&age=20&start={start}&count=500")
        if not some:
            raise RuntimeError("the population is too small for so many applications")
        found += [person for person in some if person["card_status"] == "CARD_ISSUED"]
        start += 500
    return found[:count]


def _one_client(work: tuple[int, str, str, list[Person], tuple[bytes, ...]]) -> list[Timing]:
    number, base_url, mailbox_url, own, pictures = work
    timings: list[Timing] = []
    for person in own:
        browser = Browser(base_url, address=f"127.0.1.{number + 1}")
        apply_for_card(browser, person, pictures, mailbox_url=mailbox_url)
        browser.close()
        timings += browser.timings
    return timings


def run_round(
    installation: Installation,
    *,
    clients: int,
    each: int,
    crowd: list[Person],
    pictures: tuple[bytes, ...],
    reads: bool,
) -> Round:
    """`clients` people at a time, `each` applications one after the other. Ends when the worker has nothing to do.

    They are threads of one process: real ones sit at machines of their own, and do not push the server's data out of
    the processor's caches.
    """
    mailbox_url = f"http://127.0.0.1:{installation.port + 4}"
    own = [crowd[index * each : (index + 1) * each] for index in range(clients)]
    work = [(index, installation.base_url, mailbox_url, people, pictures) for index, people in enumerate(own)]
    with nullcontext() if reads else installation.reader_at_rest():
        before, began = installation.spent(), time.monotonic()
        with ThreadPoolExecutor(clients) as pool:
            timings = [timing for one in pool.map(_one_client, work) for timing in one]
        seconds = time.monotonic() - began
        await_quiet(installation)
        spent = installation.spent() - before
    await_quiet(installation, with_pictures=True)
    return Round(clients, reads, clients * each, seconds, spent, tuple(timings))


def await_quiet(installation: Installation, *, with_pictures: bool = False) -> None:
    """Wait until messages have left, so that their CPU is counted too, and the database has tidied up.

    `with_pictures`: also until all that was sent has been read.
    """
    last = installation.spent()
    for _ in range(120):
        time.sleep(2)
        now = installation.spent()
        used = now - last
        if used.without_pictures < 0.1 and (used.pictures < 0.1 or not with_pictures):
            return
        last = now


def measure(installation: Installation, *, each: dict[int, int]) -> list[Round]:
    """All rounds, first those without documents being read meanwhile. `each`: applications per client by their number.

    The first round is not counted: in it each thread of the portal prepares its statements, which it keeps.
    """
    total = _WARMING + 2 * sum(clients * each[clients] for clients in each)
    crowd = [
        Person.of(raw, email=f"bench{index}@contoh.example") for index, raw in enumerate(people(installation, total))
    ]
    pictures = photographs()
    run_round(installation, clients=8, each=_WARMING // 8, crowd=crowd[:_WARMING], pictures=pictures, reads=True)
    rounds, used = [], _WARMING
    for reads, (clients, count) in product((False, True), each.items()):
        own = crowd[used : used + clients * count]
        rounds.append(run_round(installation, clients=clients, each=count, crowd=own, pictures=pictures, reads=reads))
        used += clients * count
    return rounds


def median_bytes(rounds: list[Round]) -> dict[str, float]:
    """Bytes received per step, heads included, over all rounds."""
    steps = defaultdict(list)
    for one in rounds:
        for step, _, received in one.timings:
            steps[step].append(received)
    return {step: statistics.median(values) for step, values in steps.items()}
