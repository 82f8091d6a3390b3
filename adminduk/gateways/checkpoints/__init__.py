"""Places for the audit trail's signed checkpoints, outside the database."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from adminduk.gateways.checkpoints.local import LocalCheckpoints


class _Environment(Protocol):
    @property
    def data_dir(self) -> Path: ...


def from_environment(environment: _Environment) -> LocalCheckpoints:
    """Files under `data_dir`/checkpoints; production copies them to where the database's administrator cannot write."""
    return LocalCheckpoints(environment.data_dir / "checkpoints")
