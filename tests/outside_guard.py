"""While tests run, a gateway that is called inside a transaction refuses. conftest.py switches it on for every test."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from adminduk.usecases import outside

PORTS = frozenset(
    {
        "POPULATION_REGISTER",
        "MAIL_SENDER",
        "SMS_SENDER",
        "CARD_PRINTER",
        "RECORDING_CENTRE",
        "RECORDING_FILE",
        "RECORDING_TYPED",
        "DOCUMENT_STORAGE",
        "DOCUMENT_REWRITER",
        "DOCUMENT_READER",
        "CHECKPOINT_LOG",
    }
)


class OutsideInsideTransaction(AssertionError):
    """A use case called an outside system while it held a transaction open."""


class Watched:
    """Hands everything through to a gateway, but not while the code under test has a transaction open."""

    def __init__(self, gateway: Any) -> None:
        self._gateway = gateway

    def __getattr__(self, name: str) -> Any:
        if connection.in_atomic_block:
            raise OutsideInsideTransaction(f"{type(self._gateway).__name__}.{name} is called inside a transaction")
        return getattr(self._gateway, name)


def watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every port that `usecases.outside` hands out is watched."""
    made = outside._made

    def watched(setting: str) -> Any:
        return Watched(made(setting)) if setting in PORTS else made(setting)

    monkeypatch.setattr(outside, "_made", watched)
