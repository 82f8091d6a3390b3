"""`python -m benchmarks.papers make`: synthetic papers and their truth into a folder; `report` measures the check."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.papers import bench, make, seeds


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.papers", description="Synthetic papers with their truth"
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make", help="write pictures and truth.jsonl")
    making.add_argument("--seeds", choices=seeds.SETS, default=seeds.TUNING)
    making.add_argument("--count", type=int, default=60)
    making.add_argument("--skip", "--start", type=int, default=0, help="leave out so many of the set's first")
    making.add_argument("--kind", choices=make.KINDS, help="only this kind, of the same count")
    making.add_argument("--wanted", help="only good, or only this defect, of the same count")
    making.add_argument("--to", type=Path, required=True)
    telling = verbs.add_parser(
        "report", help="make sets, check them, compare, write docs/document-check.md with --write"
    )
    telling.add_argument(
        "--count", type=int, default=240, help="pictures of the test; the other sets are half as large"
    )
    telling.add_argument("--skip", type=int, default=0, help="leave out so many of each set's first")
    telling.add_argument("--keep", type=Path, help="keep pictures and answers in this folder")
    telling.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    if options.verb == "report":
        bench.measure(options.count, skip=options.skip, keep=options.keep, write=options.write)
    else:
        _make(options)


def _make(options: argparse.Namespace) -> None:
    started = time.process_time()
    some = (
        case
        for case in make.cases(options.seeds, options.count, options.skip)
        if options.kind in {None, case.expected} and options.wanted in {None, case.wanted}
    )
    count = make.write(options.to, some)
    sys.stderr.write(
        f"{count} pictures in {options.to}, {(time.process_time() - started) / max(1, count):.2f} s CPU each\n"
    )


if __name__ == "__main__":
    main()
