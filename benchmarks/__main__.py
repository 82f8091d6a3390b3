"""`./run bench`: measure the whole portal on this machine; `--write` keeps the tables in docs/performance.md.

Granian with two workers, PostgreSQL with fsync, row-level security on, the register asked over HTTP. The clients run on
the same machine and take their share of it.
"""

from __future__ import annotations

import argparse
import signal
import tempfile
from pathlib import Path

from benchmarks import after_approval, applications, fairness, limit, queue, report
from benchmarks.installation import installed
from benchmarks.papers import bench as papers_bench

_EACH = {1: 40, 8: 8, 32: 3}
_EACH_QUICK = {1: 3, 8: 1}
_SMALL, _LARGE = queue.Filling(10_000, 2_000), queue.Filling(1_000_000, 2_000)
_LARGE_AND_FULL = queue.Filling(1_198_000, 200_000)
_QUICK = queue.Filling(30_000, 6_000)


def main() -> None:
    """Measure in an installation of its own, which is thrown away."""
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure the portal on this machine")
    parser.add_argument("--quick", action="store_true", help="small numbers: does it run at all?")
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/performance.md")
    parser.add_argument("--papers", action="store_true", help="measure the check of documents instead of speed")
    parser.add_argument("--fairness", action="store_true", help="who gets scarce places, in a model of a crowd")
    parser.add_argument("--after-approval", action="store_true", help="appointments, a rush for the last, printing")
    parser.add_argument("--count", type=int, default=240, help="pictures for --papers")
    parser.add_argument("--skip", type=int, default=0, help="for --papers: leave out so many of each set's first")
    options = parser.parse_args()
    if options.fairness:
        fairness.measure(write=options.write)
        return
    if options.papers:
        papers_bench.measure(options.count, skip=options.skip, keep=None, write=options.write)
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # an ended run still stops what it started
    if options.after_approval:
        after_approval.measure(quick=options.quick, write=options.write)
        return
    machine = report.machine()
    print(f"measuring on {machine}", flush=True)
    with tempfile.TemporaryDirectory(prefix="adminduk-bench-") as folder, installed(Path(folder)) as installation:
        rounds = applications.measure(installation, each=_EACH_QUICK if options.quick else _EACH)
        print(report.cpu_table(rounds), flush=True)
        limits = limit.measure(installation, clients=8)
    with tempfile.TemporaryDirectory(prefix="adminduk-bench-") as folder:
        larger = (_QUICK,) if options.quick else (_LARGE, _LARGE_AND_FULL)
        queues = queue.measure(Path(folder), _SMALL, larger, turns=20 if options.quick else 80)
    text = _page(machine, rounds, limits, queues)
    print(text)
    if options.write:
        report.FILE.write_text(text, "utf-8")


def _page(
    machine: str,
    rounds: list[applications.Round],
    limits: list[limit.Limit],
    queues: list[tuple[queue.Measured, queue.Measured]],
) -> str:
    return f"""# Performance

Written by `./run bench --write`. Measured on {machine}. Times hold for this machine only; CPU and ratios travel better.
What comes after the approval: [performance-after-approval.md](performance-after-approval.md).

## Figures to reach

{report.reach_table(report.reached(rounds, queues))}

## CPU of the server for one complete application

Start, sign-in with register and code, all answers, three photographs of 300 kB, check, send, receipt, status.
*Pictures* is the bound child that writes each photograph anew, and the worker that reads documents with what it asks
of the database; *database* holds all else of PostgreSQL, *worker* the messages and jobs. The page that an answer leads
to is filled in as it stands. Reading the documents takes more of the processor than all else. Read *meanwhile* on the
same two cores it pushes what the others need out of the caches and so makes them dearer; the figures to reach are of
the rounds in which the documents wait and are read *afterwards*.

{report.cpu_table(rounds)}

## Time and bytes of each step

A step is what a person waits for: an answer that leads on counts with the page it leads to. Clients do not pause
between steps, and run on the same cores as the server. The documents are read meanwhile.

{report.step_table(rounds)}

## What PostgreSQL alone can do

The SQL of a sending and of a page, by pgbench, as the app's role under row-level security, with fsync.
A whole application is one sending, and about twenty requests before it.

{report.limit_table(limits, rounds)}

## The officer's queue in a large table

{report.queue_table(queues)}

Each large table stands below the small one beside which it was asked: two installations run at the same time and are
asked in turn, so that what else the machine does falls on both alike. Waiting cases stand in a small table of their own
that one index walks in order, so its length does not matter. The next case includes opening it, not handing it back:
answers against the register's facts, documents, history.
"""


if __name__ == "__main__":
    main()
