"""The one clock. Demo and tests can move it forward for all processes; production cannot.

The distance to real time stands in a small file that every process of the demo looks at. Production has no such
file configured, so that `now()` is real time there.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from adminduk.kernel.errors import DomainError

_file: Path | None = None
_seen: tuple[int, timedelta] = (0, timedelta(0))


def configure(file: Path | None) -> None:
    """Name the file that holds the distance in seconds; None pins the clock to real time."""
    global _file, _seen
    _file, _seen = file, (0, timedelta(0))


def offset() -> timedelta:
    """How far the clock has been moved forward."""
    global _seen  # noqa: PLW0603
    if _file is None:
        return timedelta(0)
    try:
        changed = _file.stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta(0)
    if changed != _seen[0]:
        _seen = (changed, timedelta(seconds=float(_file.read_text("ascii"))))
    return _seen[1]


def now() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC) + offset()


def today(time_zone: str) -> date:
    """The date in a region's zone, for example "Asia/Jayapura": ages are counted there."""
    return now().astimezone(ZoneInfo(time_zone)).date()


def real(moment: datetime) -> datetime:
    """The real time at which this clock will show `moment`."""
    return moment - offset()


def move_forward(by: timedelta) -> None:
    """Move the clock of all processes forward. Raises DomainError in production and for a negative distance."""
    if _file is None or by < timedelta(0):
        raise DomainError("clock_fixed")
    new = _file.with_suffix(".new")
    new.write_text(str((offset() + by).total_seconds()), "ascii")
    new.replace(_file)
