"""Logs as JSON lines. Only named fields leave: what is not on the list is not written by accident."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

FIELDS = (
    "job",
    "route",
    "method",
    "status",
    "milliseconds",
    "region",
    "request_id",
    "code",
    "gateway",
    "attempt",
    "count",
)
# Ten digits and more, and sixteen in the groups in which people write a NIK. An id in hexadecimal is no such group.
_LONG_NUMBER = re.compile(
    r"[0-9]{10,}|(?<![0-9a-f-])[0-9]{4}([ .\-])[0-9]{4}\1[0-9]{4}\1[0-9]{4}|[0-9]{6}([ .\-])[0-9]{6}\2[0-9]{4}"
)
_as_json = json.JSONEncoder(ensure_ascii=False).encode  # dumps() makes an encoder for each line
_MADE_BY_US = frozenset({"request_id"})  # random hexadecimal, never taken from a request


def scrub(text: str) -> str:
    """Hide every number of ten or more digits (NIK, No. KK, telephone), also in groups."""
    return _LONG_NUMBER.sub("[number]", text)


class JsonFormatter(logging.Formatter):
    """One line: time, level, logger, message, the fields of FIELDS, and of an exception its type and places.

    The text of an exception is left out: database errors quote values.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrub(record.getMessage()),
        }
        given = vars(record)
        line.update({name: _field(name, given[name]) for name in FIELDS if name in given})
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])[-8:]
            line["error"] = record.exc_info[0].__name__
            line["places"] = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
        return _as_json(line)


def _field(name: str, value: object) -> object:
    """Small numbers stay numbers, all else becomes scrubbed text."""
    is_small = isinstance(value, int | float) and abs(value) < 1e9
    return value if value is None or is_small or name in _MADE_BY_US else scrub(str(value))
