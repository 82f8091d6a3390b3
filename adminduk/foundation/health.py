"""How the installation is: numbers for whoever watches over it, nothing about anybody."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from adminduk.foundation import jobs
from adminduk.kernel.errors import Unavailable

OK, DEGRADED, DOWN = "ok", "degraded", "down"
HEART_STOPPED_AFTER = 60  # seconds; a worker's heart beats every ten
LATE_AFTER = 300  # seconds that a due job may wait
LEAST_FREE = 0.05  # of the disk

_HEART = "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
# How many jobs wait, and for how long the one that is due longest: of all queues but some, and of these alone.
_WORK = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM procrastinate_jobs
        WHERE status = 'todo' AND (queue_name = ANY(%(queues)s)) = %(are_these)s LIMIT 10000) waiting),
    (SELECT extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at))) FROM procrastinate_jobs j
        JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
        WHERE j.status = 'todo' AND (j.queue_name = ANY(%(queues)s)) = %(are_these)s
            AND coalesce(j.scheduled_at, e.at) < now())
"""


@dataclass(frozen=True, slots=True)
class Part:
    """State of one part, with numbers that say why."""

    state: str
    numbers: dict[str, float | int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """All parts. Without the database nothing works; everything else may be missing for a while."""

    parts: dict[str, Part]

    @property
    def state(self) -> str:
        if self.parts["database"].state == DOWN:
            return DOWN
        return OK if all(part.state == OK for part in self.parts.values()) else DEGRADED

    def to_json(self) -> dict[str, dict[str, object]]:
        """Each part for the health page."""
        return {name: {"state": part.state, **part.numbers} for name, part in self.parts.items()}


def look(*, data_dir: Path, probes: dict[str, Callable[[], bool]]) -> Health:
    """Look at everything. A probe says whether its outside system works; Unavailable counts as no."""
    parts = {name: Part(OK if _answers(probe) else DOWN) for name, probe in probes.items()}
    return Health({**_database(), "disk": _disk(data_dir), **parts})


def _answers(probe: Callable[[], bool]) -> bool:
    try:
        return probe()
    except Unavailable:
        return False


def _database() -> dict[str, Part]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '3s'")
            cursor.execute(_HEART)
            (heart,) = cursor.fetchone() or (None,)
            work, pictures = _waiting(cursor, are_these=False), _waiting(cursor, are_these=True)
        dead = jobs.count_dead_letters()
    except DatabaseError:
        connection.close()
        return {"database": Part(DOWN)}
    beat = None if heart is None else round(float(heart), 1)
    is_alive = beat is not None and beat <= HEART_STOPPED_AFTER
    return {
        "database": Part(OK),
        "worker": Part(OK if is_alive else DOWN, {"seconds_since_heartbeat": beat}),
        "jobs": Part(DEGRADED if dead or _are_late(work) else OK, {**work, "dead_letters": dead}),
        "pictures": Part(DEGRADED if _are_late(pictures) else OK, {**pictures}),
    }


def _waiting(cursor: CursorWrapper, *, are_these: bool) -> dict[str, int]:
    """Length and delay of the queues that have workers of their own, or of all others."""
    cursor.execute(_WORK, {"queues": list(jobs.OWN_WORKER), "are_these": are_these})
    waiting, late = cursor.fetchone() or (0, None)
    return {"waiting": int(waiting), "seconds_late": 0 if late is None else round(float(late))}


def _are_late(queue: dict[str, int]) -> bool:
    return queue["seconds_late"] > LATE_AFTER


def _disk(data_dir: Path) -> Part:
    usage = shutil.disk_usage(data_dir)
    free = usage.free / usage.total
    return Part(OK if free >= LEAST_FREE else DEGRADED, {"free_percent": round(free * 100, 1)})
