"""The tables of docs/performance.md, with each figure to reach marked as met or missed."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from benchmarks.applications import Round, median_bytes, percentile
from benchmarks.limit import Limit
from benchmarks.queue import Measured

FILE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
CPU_LIMIT, STEP_LIMIT, UPLOAD_LIMIT = 100.0, 300.0, 1500.0  # milliseconds
SLOWER_LIMIT, QUEUE_CPU_LIMIT = 1.2, 25.0
PAGE_LIMIT, WHOLE_LIMIT = 10_000, 100_000  # bytes
UPLOAD = "photograph"
Pair: TypeAlias = tuple[Measured, Measured]  # the small table and a large one, at the same time
# Steps that begin without a page's own styles in the browser's cache: only the first page of a visit.
_TIMES = {"answers": 3, "photograph": 3}


@dataclass(frozen=True, slots=True)
class Reached:
    """One figure to reach."""

    name: str
    wanted: str
    measured: str
    is_met: bool


def reached(rounds: Sequence[Round], queues: Sequence[Pair]) -> list[Reached]:
    """Every figure, met or not."""
    found = [
        Reached(
            f"server CPU for a complete application, without picture work, {one.clients} client(s)",
            f"≤ {CPU_LIMIT:.0f} ms",
            f"{one.cpu_milliseconds:.0f} ms",
            one.cpu_milliseconds <= CPU_LIMIT,
        )
        for one in rounds
        if not one.reads
    ]
    for one in rounds:
        if one.clients == 8 and one.reads:
            found += _steps_reached(one)
    if rounds:
        found += _bytes_reached(rounds)
    return found + (_queues_reached(queues) if queues else [])


def _steps_reached(one: Round) -> list[Reached]:
    slowest = {step: 1000 * percentile([t[1] for t in timings], 95) for step, timings in one.of_step().items()}
    upload = slowest.pop(UPLOAD)
    step = max(slowest, key=lambda name: slowest[name])
    return [
        Reached(
            f"slowest step at 8 clients ({step}), p95", f"< {STEP_LIMIT:.0f} ms", f"{slowest[step]:.0f} ms",
            slowest[step] < STEP_LIMIT,
        ),
        Reached("upload at 8 clients, p95", f"< {UPLOAD_LIMIT:.0f} ms", f"{upload:.0f} ms", upload < UPLOAD_LIMIT),
    ]  # fmt: skip


def _bytes_reached(rounds: Sequence[Round]) -> list[Reached]:
    sizes = median_bytes(list(rounds))
    largest = max(sizes, key=lambda step: sizes[step])
    whole = sum(size * _TIMES.get(step, 1) for step, size in sizes.items())
    return [
        Reached(
            f"largest page ({largest}), redirect and heads included", f"≤ {PAGE_LIMIT:,} B", f"{sizes[largest]:,.0f} B",
            sizes[largest] <= PAGE_LIMIT,
        ),
        Reached(
            "whole application besides the photographs", f"≤ {WHOLE_LIMIT:,} B", f"{whole:,.0f} B", whole <= WHOLE_LIMIT
        ),
    ]  # fmt: skip


def _queues_reached(queues: Sequence[Pair]) -> list[Reached]:
    found = []
    for small, large in queues:
        for name, cost, beside in (
            ("queue page", large.queue_page, small.queue_page),
            ("next case", large.next_case, small.next_case),
        ):
            where = f"{name}, {large.filling.total:,} applications, {large.filling.waiting:,} waiting"
            is_quick, ratio = cost.cpu < QUEUE_CPU_LIMIT, cost.wall / beside.wall
            found += [
                Reached(f"{where}: CPU", f"< {QUEUE_CPU_LIMIT:.0f} ms", f"{cost.cpu:.1f} ms", is_quick),
                Reached(
                    f"{where}: time ÷ that with {small.filling.total:,}", f"≤ {SLOWER_LIMIT}", f"{ratio:.2f}",
                    ratio <= SLOWER_LIMIT,
                ),
            ]  # fmt: skip
    return found


def machine() -> str:
    """What it was measured on."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    return (
        f"{len(os.sched_getaffinity(0))} cores of {model}, Python {platform.python_version()}, Linux"
        f" {platform.release().split('-')[0]}; load before the start {load:.1f}"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def cpu_table(rounds: Sequence[Round]) -> str:
    """CPU of each part of the server, per application."""
    rows = []
    for one in rounds:
        parts = (one.spent.web, one.spent.worker, one.spent.database, one.spent.pictures)
        each = [f"{1000 * part / one.count:.0f}" for part in parts]
        rate = f"{one.count / one.seconds:.1f}"
        when = "meanwhile" if one.reads else "afterwards"
        rows.append((when, str(one.clients), str(one.count), rate, *each, f"**{one.cpu_milliseconds:.0f}**"))
    head = (
        "documents are read",
        "clients",
        "applications",
        "per second",
        "web ms",
        "worker ms",
        "database ms",
        "pictures ms",
        "without pictures ms",
    )
    return table(head, rows)


def step_table(rounds: Sequence[Round]) -> str:
    """How long each step takes while documents are read too, and the bytes that come back."""
    rounds = [one for one in rounds if one.reads]
    sizes = median_bytes(list(rounds))
    rows = []
    for step, size in sizes.items():
        cells = []
        for one in rounds:
            values = [1000 * timing[1] for timing in one.of_step()[step]]
            cells.append(" / ".join(f"{percentile(values, part):.0f}" for part in (50, 95, 99)))
        rows.append((step, *cells, f"{size:,.0f}"))
    return table(("step", *(f"{one.clients} client(s): p50 / p95 / p99 ms" for one in rounds), "bytes"), rows)


def queue_table(queues: Sequence[Pair]) -> str:
    """Queue page and next case by the size of the table."""
    return table(
        ("applications", "waiting", "queue page ms", "its CPU ms", "next case ms", "its CPU ms"),
        (
            (
                f"{one.filling.total:,}", f"{one.filling.waiting:,}", f"{one.queue_page.wall:.1f}",
                f"{one.queue_page.cpu:.1f}", f"{one.next_case.wall:.1f}", f"{one.next_case.cpu:.1f}",
            )
            for pair in queues
            for one in pair
        ),
    )  # fmt: skip


def limit_table(limits: Sequence[Limit], rounds: Sequence[Round]) -> str:
    """The limit of pgbench beside the portal."""
    busiest = max((one for one in rounds if one.reads), key=lambda one: one.count / one.seconds, default=None)
    portal = busiest.count / busiest.seconds if busiest else 0.0
    rows = []
    for limit in limits:
        ratio = f"{limit.per_second / portal:.0f} ×" if limit.name == "send" and portal else ""
        rows.append((limit.name, str(limit.clients), f"{limit.per_second:.0f}", f"{limit.cpu:.2f}", ratio))
    head = ("SQL of", "clients", "per second", "database CPU ms", "than whole applications of the portal")
    return table(head, rows)


def reach_table(figures: Sequence[Reached]) -> str:
    rows = ((one.name, one.wanted, one.measured, "met" if one.is_met else "**missed**") for one in figures)
    return table(("figure", "to reach", "measured", ""), rows)
