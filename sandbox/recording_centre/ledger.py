"""What was taken over: one JSON line each in a file, each reference once; no picture, no fingerprint, ever."""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.recording_centre.plans import USUAL, Plan, Step, status_at


@dataclass(frozen=True, slots=True)
class Taken:
    """One recording. `turn`: the how manieth of this person, from 0."""

    reference: str
    nik: str
    region: str
    at: datetime
    turn: int


class CentreClock:
    """Real time, moved forward by the demo's clock file and by whoever tests."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        moved = timedelta(0)
        if self._file is not None:
            with suppress(FileNotFoundError):
                moved = timedelta(seconds=float(self._file.read_text("ascii")))
        return datetime.now(UTC) + moved + self.ahead


class Ledger:
    """Keeps recordings in `path`; a second start finds those of the first. Safe to use from many threads."""

    def __init__(self, path: Path, *, plans: dict[str, tuple[Plan, ...]], clock: CentreClock) -> None:
        self._lock = threading.Lock()
        self._plans = plans
        self._clock = clock
        self._taken: dict[str, Taken] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        end = 0
        if path.exists():
            for line in path.read_bytes().splitlines(keepends=True):
                if not line.endswith(b"\n"):
                    break  # the process died while writing: this one was never acknowledged
                self._remember(json.loads(line))
                end += len(line)
        self._file = path.open("ab")
        self._file.truncate(end)

    def __len__(self) -> int:
        return len(self._taken)

    def plan(self, nik: str, plans: tuple[Plan, ...]) -> None:
        """Decide what becomes of the recordings of a person."""
        with self._lock:
            self._plans[nik] = plans

    def take(self, *, reference: str, nik: str, region: str) -> Taken:
        """Return when it is on the disk; a reference that is there already is not taken again. Raises OSError."""
        with self._lock:
            if reference not in self._taken:
                raw = {"reference": reference, "nik": nik, "region": region, "at": self._clock.now().isoformat()}
                self._file.write(json.dumps(raw).encode() + b"\n")
                self._file.flush()
                os.fsync(self._file.fileno())
                self._remember(raw)
            return self._taken[reference]

    def find(self, reference: str) -> Taken | None:
        with self._lock:
            return self._taken.get(reference)

    def of_region(self, region: str) -> list[Taken]:
        with self._lock:
            return [one for one in self._taken.values() if one.region == region]

    def status_of(self, taken: Taken) -> tuple[str, datetime]:
        """The status now, and since when."""
        plans = self._plans.get(taken.nik) or (USUAL,)
        plan = plans[min(taken.turn, len(plans) - 1)]
        step: Step = status_at(plan, (self._clock.now() - taken.at) / timedelta(hours=1))
        return step.status, taken.at + timedelta(hours=step.hours)

    def _remember(self, raw: dict[str, str]) -> None:
        turn = sum(one.nik == raw["nik"] for one in self._taken.values())
        self._taken[raw["reference"]] = Taken(
            raw["reference"], raw["nik"], raw["region"], datetime.fromisoformat(raw["at"]), turn
        )
