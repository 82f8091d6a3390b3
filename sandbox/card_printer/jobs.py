"""The jobs of the printer: one file each, so that one that was killed still knows what it has printed."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path
from typing import Any

PRINTING, DONE, JAMMED, CANCELLED = "printing", "done", "jammed", "cancelled"
_ID = re.compile(r"[0-9a-f-]{36}")


class Jobs:
    """Safe to use from many threads. Its length is how many cards left the printer, spoiled ones too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def _file(self, job_id: str) -> Path:
        if not _ID.fullmatch(job_id):
            raise ValueError("id")
        return self._folder / f"{job_id}.json"

    def find(self, job_id: str) -> dict[str, Any] | None:
        """What is known of a job. Raises ValueError for an id that is none."""
        file = self._file(job_id)
        return json.loads(file.read_bytes()) if file.exists() else None

    def begin(self, job_id: str, serial: str, drawing: dict[str, Any], *, state: str) -> tuple[dict[str, Any], bool]:
        """The job, and whether it is new: an id that is known prints nothing."""
        with self._lock:
            known = self.find(job_id)
            if known is not None:
                return known, False
            job = {"id": job_id, "serial": serial, "drawing": drawing, "state": state}
            self._keep(job)
            return job, True

    def cancel(self, job_id: str) -> dict[str, Any]:
        """The job; one that is not known is kept as cancelled, so that its id prints nothing later."""
        return self.begin(job_id, "", {}, state=CANCELLED)[0]

    def move(self, job_id: str, state: str) -> dict[str, Any]:
        """Note a new state of a known job."""
        with self._lock:
            job = self.find(job_id)
            if job is None:
                raise ValueError("id")
            job["state"] = state
            self._keep(job)
            return job

    def _keep(self, job: dict[str, Any]) -> None:
        file = self._file(job["id"])
        new = file.with_suffix(".new")
        new.write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        new.replace(file)

    def __len__(self) -> int:
        return len(self.serials())

    def serials(self) -> list[str]:
        """The serial of every job, printed or jammed."""
        jobs = [json.loads(file.read_bytes()) for file in self._folder.glob("*.json")]
        return sorted(job["serial"] for job in jobs if job["state"] != CANCELLED)
