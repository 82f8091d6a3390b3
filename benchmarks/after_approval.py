"""`./run bench --after-approval`: the book of appointments, a rush for its last places, the pages of printing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import printing, report, slots
from benchmarks.installation import installed
from benchmarks.report import Reached

FILE = Path(__file__).resolve().parents[1] / "docs" / "performance-after-approval.md"
BOOKINGS, EACH, CROWD, PLACES = 100_000, 25, 2_000, 100


def measure(*, quick: bool, write: bool) -> None:
    """Each part in an installation of its own, which is thrown away. `quick`: small numbers, to see that it runs."""
    machine, day = report.machine(), datetime.now(UTC).date().isoformat()
    print(f"measuring on {machine}", flush=True)
    with tempfile.TemporaryDirectory(prefix="adminduk-bench-") as folder, installed(Path(folder)) as installation:
        numbers = (3_000, 2, 100, 10) if quick else (BOOKINGS, EACH, CROWD, PLACES)
        bookings, each, crowd, places = numbers
        booked = slots.measure(installation, bookings=bookings, each=each, crowd=crowd, places=places)
    load = f"{os.getloadavg()[0]:.1f} in the rush"
    print(_steps(booked), flush=True)
    print(_rush(booked.rush), flush=True)
    with tempfile.TemporaryDirectory(prefix="adminduk-bench-") as folder:
        small, large, turns = (2_000, 6_000, 10) if quick else (printing.SMALL, printing.LARGE, 100)
        grown = printing.measure(Path(folder), small=small, large=large, turns=turns)
    text = _page(f"{machine}, {load}, {os.getloadavg()[0]:.1f} at the end; {day}", crowd, booked, grown)
    print(text)
    if write:
        FILE.write_text(text, "utf-8")


def _reached(crowd: int, booked: slots.Measured, grown: list[printing.Grown]) -> Iterator[Reached]:
    rush = booked.rush
    yield Reached(
        f"bookings after {rush.asked:,} requests for {rush.places} places",
        f"exactly {rush.places}", f"{rush.booked}, {rush.doubled} places given twice",
        rush.booked == rush.places and not rush.doubled,
    )  # fmt: skip
    yield Reached("server errors in the rush", "0", str(rush.server_errors), not rush.server_errors)
    yield Reached(
        f"the rush's {crowd:,} requests within {slots.SECONDS:.0f} s", f"{crowd:,}",
        f"{rush.asked:,} in {rush.seconds:.0f} s", rush.asked == crowd and rush.seconds <= slots.SECONDS,
    )  # fmt: skip
    for step in booked.steps:
        name = f"{step.name} with {booked.bookings:,} bookings, p95 at {slots.CLIENTS} clients"
        limit = report.STEP_LIMIT
        yield Reached(name, f"< {limit:.0f} ms", f"{step.p95:.0f} ms", step.p95 < limit)
    for one in grown:
        name = f"{one.page} with {one.large:,} applications ÷ with {one.small:,}"
        yield Reached(name, f"≤ {printing.LIMIT}", f"{one.times:.2f}", one.times <= printing.LIMIT)


def _steps(booked: slots.Measured) -> str:
    rows = (
        (
            step.name, str(step.count), f"{step.p50:.0f}", f"{step.p95:.0f}", f"{step.cpu_web:.1f}",
            f"{step.cpu_database:.1f}",
        )
        for step in booked.steps
    )  # fmt: skip
    return report.table(("step", "times", "p50 ms", "p95 ms", "web CPU ms", "database CPU ms"), rows)


def _rush(rush: slots.Rush) -> str:
    rows = ((str(status), f"{count:,}") for status, count in sorted(rush.statuses.items()))
    return report.table(("answer", "requests"), rows)


def _printing(grown: list[printing.Grown]) -> str:
    head = ("page", "applications", "ms", "CPU ms", "applications", "ms", "CPU ms", "time ÷ time", "CPU ÷ CPU")
    rows = (
        (
            one.page, f"{one.small:,}", f"{one.before.wall:.1f}", f"{one.before.cpu:.1f}", f"{one.large:,}",
            f"{one.after.wall:.1f}", f"{one.after.cpu:.1f}", f"{one.times:.2f}",
            f"{one.after.cpu / one.before.cpu:.2f}",
        )
        for one in grown
    )  # fmt: skip
    return report.table(head, rows)


def _page(machine: str, crowd: int, booked: slots.Measured, grown: list[printing.Grown]) -> str:
    rush = booked.rush
    return f"""# Performance after the approval

Written by `./run bench --after-approval --write`. Measured on {machine}. A load above the number of cores means that
other work ran on the machine beside portal and clients: times are then longer than on a machine of one's own; CPU and
ratios travel better. What comes before the approval: [performance.md](performance.md).

## Figures to reach

{report.reach_table(list(_reached(crowd, booked, grown)))}

## The book of appointments

{booked.bookings:,} bookings, all of them still to come, at three places of one region within the sixty days that are
offered: the soonest days are full, so that the page of choice has to look far. {slots.CLIENTS} clients without
pauses, on the same cores as the server. *choose*: places, soonest times, a month; *day*: the times of one day; *hold*
and *confirm* are the two posts of a booking, each with the page it leads to. CPU is that of one step, without the
worker, which sends the messages.

{_steps(booked)}

## A rush for the last places

{crowd:,} people, each invited and signed in, want one of the last {rush.places} places. Each posts once,
{slots.CLIENTS * slots.HANDS} at the same time; who is given a place confirms it (a second post). 303 leads on; 409
says that somebody was quicker and shows what is left. p95 of an answer {rush.p95:.0f} ms. No draw was open, as there
would be where an office is short of places ([fairness.md](fairness.md)): this is what the book holds when all press
at once.

{_rush(rush)}

Booked afterwards: {rush.booked}; held and not confirmed: {rush.held}; places given twice: {rush.doubled}.

## Print queue and public board

Most applications have been printed, on {printing.DAYS} days, each with its entries in the ledger; as many wait for
their card in the small installation as in the large one. Both run at the same time and are asked in turn, so that what
else the machine does falls on both alike. Medians; CPU is that of web and database.

{_printing(grown)}
"""
