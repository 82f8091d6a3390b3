"""Places for encrypted objects. Encryption is done above: a storage sees only bytes and keys it made itself."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from adminduk.gateways.storage.local import LocalStorage


class _Environment(Protocol):
    @property
    def data_dir(self) -> Path: ...


def from_environment(environment: _Environment) -> LocalStorage:
    """The storage that the process was configured with: files under `data_dir`/objects."""
    return LocalStorage(environment.data_dir / "objects")
