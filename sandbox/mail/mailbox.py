"""Everything that was taken over, one file each, and what a reader of the mailbox sees of it."""

from __future__ import annotations

import os
import re
import threading
import time
import uuid
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

_ID = re.compile(r"[0-9]{19}-[0-9a-f]{12}")


class Mailbox:
    """Keeps messages in a folder; a second start finds those of the first. Safe to use from many threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(path.stem for path in folder.glob("*.eml") if _ID.fullmatch(path.stem))
        self._summaries = [_read(name, (folder / f"{name}.eml").read_bytes()) for name in names]

    def __len__(self) -> int:
        return len(self._summaries)

    def keep(self, data: bytes, *, recipient: str) -> None:
        """Return when the message is on the disk. Raises OSError."""
        whole = f"Delivered-To: {recipient}\r\n".encode() + data
        name = f"{time.time_ns():019d}-{uuid.uuid4().hex[:12]}"
        waiting = self._folder / f"{name}.new"
        with waiting.open("xb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(self._folder / f"{name}.eml")
        _sync(self._folder)
        with self._lock:
            self._summaries.append(_read(name, whole))

    def newest(self, *, count: int, recipient: str = "") -> list[dict[str, Any]]:
        """The newest messages first, all of them or those to one address."""
        with self._lock:
            found = [one for one in reversed(self._summaries) if not recipient or one["to"] == recipient]
        return found[:count]

    def find(self, name: str) -> dict[str, Any] | None:
        """One message by its id."""
        with self._lock:
            return next((one for one in reversed(self._summaries) if one["id"] == name), None)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(name: str, data: bytes) -> dict[str, Any]:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    return {
        "id": name,
        "message_id": str(message.get("Message-ID", "")),
        "from": str(message.get("From", "")),
        "to": str(message.get("Delivered-To", "")),
        "subject": str(message.get("Subject", "")),
        "date": str(message.get("Date", "")),
        "text": body.get_content() if isinstance(body, EmailMessage) else "",
        "headers": [[key, str(value)] for key, value in message.items()],
    }
