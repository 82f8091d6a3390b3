"""What was taken over: one JSON line each in a file, each id once."""

from __future__ import annotations

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class Outbox:
    """Keeps messages in `path`; a second start finds those of the first. Safe to use from many threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._messages: dict[str, dict[str, Any]] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        end = 0
        if path.exists():
            for line in path.read_bytes().splitlines(keepends=True):
                if not line.endswith(b"\n"):
                    break  # the process died while writing: this one was never acknowledged
                message = json.loads(line)
                self._messages[message["id"]] = message
                end += len(line)
        self._file = path.open("ab")
        self._file.truncate(end)

    def __len__(self) -> int:
        return len(self._messages)

    def keep(self, *, to: str, text: str, message_id: str) -> bool:
        """Return when it is on the disk; False when this id was there already. Raises OSError."""
        with self._lock:
            if message_id in self._messages:
                return False
            sent_at = datetime.now(UTC).isoformat(timespec="milliseconds")
            message = {"id": message_id, "to": to, "text": text, "date": sent_at}
            self._file.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self._messages[message_id] = message
            return True

    def newest(self, *, count: int, recipient: str = "") -> list[dict[str, Any]]:
        """The newest messages first, all of them or those to one number."""
        with self._lock:
            found = [one for one in reversed(self._messages.values()) if not recipient or one["to"] == recipient]
        return found[:count]
