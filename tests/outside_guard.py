"""While tests run, a gateway that is called inside a transaction refuses. Import `no_gateway_in_transaction` in a conftest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
import pytest

from adminduk.usecases import outside

PORTS = frozenset({"POPULATION_REGISTER", "MAIL_SENDER", "SMS_SENDER", "DOCUMENT_STORAGE", "DOCUMENT_REWRITER"})


class OutsideInsideTransaction(AssertionError):
    """A use case called an outside system while it held a transaction open."""


class Watched:
    """Hands everything through to a gateway, but not while the code under test has a transaction open."""

    def __init__(self, gateway: Any) -> None:
        self._gateway = gateway

    def __getattr__(self, name: str) -> Any:
        if is_transaction_open():
            raise OutsideInsideTransaction(f"{type(self._gateway).__name__}.{name} is called inside a transaction")
        return getattr(self._gateway, name)


def is_transaction_open() -> bool:
    """Transactions that pytest-django opens around a whole test do not count."""
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


@pytest.fixture(autouse=True)
def no_gateway_in_transaction(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every port that `usecases.outside` hands out is watched."""
    made = outside._made

    def watched(setting: str) -> Any:
        return Watched(made(setting)) if setting in PORTS else made(setting)

    watched.cache_clear = made.cache_clear  # type: ignore[attr-defined]
    monkeypatch.setattr(outside, "_made", watched)
    yield
