"""Runs `./run check` over a set of pictures and watches what its processes take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import cheap_stage
from benchmarks.papers.scoring import Judged

_ROOT = Path(__file__).resolve().parents[2]
_CHEAP = 25
"""So many pictures tell the cost of the stage within the request."""


@dataclass(frozen=True, slots=True)
class Run:
    """Answers beside truths; memory in MB of the largest process and of all together (shared pages counted once)."""

    judged: list[Judged]
    largest_mb: float
    all_mb: float
    start_seconds: float
    """Until the first answer, without the first picture's own time."""
    cheap_seconds: float
    """CPU of the stage within the request, of the middle picture."""


def check(folder: Path) -> Run:
    """Raises RuntimeError when the checker does not answer for every picture."""
    truths = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]
    command = [sys.executable, "-m", "adminduk.config.check_command", "--list", str(folder / "truth.jsonl"), "--json"]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "ADMINDUK_CALLED_FROM": str(folder)}
    begun = time.monotonic()
    with (folder / "check.err").open("w") as err:
        process = subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, stderr=err, text=True)
    watch = _Watch(process.pid)
    watch.start()
    lines, start = [], 0.0
    assert process.stdout
    for line in process.stdout:
        lines.append(json.loads(line))
        start = start or time.monotonic() - begun - lines[0]["seconds"]
    watch.stop()
    if process.wait() != 0 or len(lines) != len(truths):
        raise RuntimeError(f"check answered {len(lines)} of {len(truths)}: {(folder / 'check.err').read_text()[-500:]}")
    judged = [Judged(truth, answer) for truth, answer in zip(truths, lines, strict=True)]
    assert all(one.truth["file"] == one.answer["file"] for one in judged)
    with (folder / "answers.jsonl").open("w", encoding="utf-8") as kept:
        kept.writelines(json.dumps(one.answer, ensure_ascii=False) + "\n" for one in judged)
    some = [folder / str(truth["file"]) for truth in truths[:_CHEAP]]
    return Run(judged, watch.largest, watch.all, start, cheap_stage.cpu_seconds(some))


class _Watch(threading.Thread):
    """Looks twice a second at the memory of a process and all its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._is_over = pid, threading.Event()
        self.largest = self.all = 0.0

    def run(self) -> None:
        while not self._is_over.wait(0.5):
            sizes = [_megabytes(pid) for pid in _family(self._pid)]
            self.largest = max([self.largest, *(rss for rss, _ in sizes)])
            self.all = max(self.all, sum(pss for _, pss in sizes))

    def stop(self) -> None:
        self._is_over.set()
        self.join()


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _megabytes(pid: int) -> tuple[float, float]:
    """Resident, and proportional share of it."""
    try:
        rows = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    except OSError:
        return 0.0, 0.0
    return int(rows["Rss"].split()[0]) / 1024, int(rows["Pss"].split()[0]) / 1024
