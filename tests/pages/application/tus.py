"""A tus client in the test's own process."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from uuid import UUID

from django.test import Client

PART = "application/offset+octet-stream"


def begin(client: Client, draft: UUID, length: object, *, requirement: str = "kk", **headers: str) -> Any:
    """POST: creation."""
    return client.post(
        f"/permohonan/{draft}/dokumen/{requirement}/unggahan",
        content_type=PART,
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": str(length)} | headers,
    )


def begun(client: Client, draft: UUID, length: int) -> str:
    """The address of a new upload."""
    answer = begin(client, draft, length)
    assert answer.status_code == 201, answer.headers
    return str(answer["Location"])


def head(client: Client, path: str) -> Any:
    """HEAD: how far it is."""
    return client.head(path, headers={"Tus-Resumable": "1.0.0"})


def patch(client: Client, path: str, data: bytes, offset: object, *, kind: str = PART, **headers: str) -> Any:
    """PATCH: the next part."""
    return client.patch(
        path, data, content_type=kind, headers={"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)} | headers
    )


def end(client: Client, path: str) -> Any:
    """DELETE: termination."""
    return client.delete(path, headers={"Tus-Resumable": "1.0.0"})


def checksum(data: bytes, algorithm: str = "sha256") -> str:
    """The header's value."""
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def send(client: Client, draft: UUID, data: bytes, *, size: int = 60_000) -> str:
    """All parts one after the other; returns the address."""
    path = begun(client, draft, len(data))
    for offset in range(0, len(data), size):
        answer = patch(client, path, data[offset : offset + size], offset)
        assert answer.status_code == 204, answer.headers
    return path
