"""What reading a page costs: `python -m benchmarks.reader [--rounds N] [FILE…]`.

CPU seconds are those of the children (user and system), the least of the rounds, because other work on the machine
only adds. `verdict` is everything up to the verdict at first sight: rewriting with its measures, and reading the
titles. Memory is what zygote and child hold together, shared pages counted once.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from adminduk.gateways.reader.process_reader import ProcessReader
from adminduk.gateways.rewriter.process_rewriter import ProcessRewriter

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"
STEPS = ("decode", "detect", "direction", "recognise")


def row(path: Path, *, rewriter: ProcessRewriter, reader: ProcessReader, rounds: int) -> tuple[dict[str, float], int]:
    """CPU seconds per step, and the child's peak in kB."""
    best: dict[str, float] = {}
    peak = 0
    for _ in range(rounds):
        rewritten, account = rewriter.measure(path.read_bytes())
        first, *_, whole = reader.read_in_stages(rewritten.pages[0].jpeg)
        read = reader.last_account
        if read is None:
            raise SystemExit("the reader gave no account")
        peak = max(peak, read.peak_kb)
        costs = {"rewrite": account.cpu_ms / 1000} | {step: first.numbers[f"cpu_{step}"] for step in STEPS}
        rest = whole.numbers["cpu_recognise"] - first.numbers["cpu_recognise"]
        costs["verdict"] = account.cpu_ms / 1000 + read.cpu_ms / 1000 - rest
        costs["all lines"] = costs["verdict"] + rest
        best = {name: min(cost, best.get(name, cost)) for name, cost in costs.items()}
    return best, peak


def resident_kb(pid: int) -> int:
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(SAMPLES.glob("contoh-*")))
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    reader, rewriter = ProcessReader(threads=1), ProcessRewriter()
    rewriter.layers()
    begun = time.monotonic()
    zygote = reader.zygote_pid()
    print(f"start {time.monotonic() - begun:.1f} s, zygote {resident_kb(zygote) // 1024} MB")
    columns = ("rewrite", *STEPS, "verdict", "all lines")
    print(f"{'file':34}" + "".join(f"{name:>11}" for name in columns) + f"{'child MB':>11}")
    for path in options.files:
        costs, peak = row(path, rewriter=rewriter, reader=reader, rounds=options.rounds)
        print(f"{path.name[:33]:34}" + "".join(f"{costs[name]:11.2f}" for name in columns) + f"{peak // 1024:11}")
    reader.close()
    rewriter.close()


if __name__ == "__main__":
    main()
