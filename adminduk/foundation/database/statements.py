"""Statements of fixed text, for paths where Django's building of SQL costs more than the database's work."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections

from adminduk.foundation.database.base import DatabaseWrapper
from adminduk.foundation.database.prepared import Answer, Question, Values

Read = TypeVar("Read")


def fetch_one(statement: str, values: Values = ()) -> tuple[Any, ...] | None:
    """The first row, or None."""
    rows = _ask(statement, values).rows
    return rows[0] if rows else None


def fetch_all(statement: str, values: Values = ()) -> list[tuple[Any, ...]]:
    """All rows."""
    return _ask(statement, values).rows


def fetch(question: Question[Read]) -> Read:
    """What a question alone is answered."""
    return question.read(_ask(question.statement, question.values).rows)


def run(statement: str, values: Values = ()) -> int:
    """Execute; returns how many rows it touched."""
    return _ask(statement, values).touched


def run_later(statement: str, values: Values = ()) -> None:
    """As `run`, in one round trip with the next statement or COMMIT: for a write whose count nobody needs.

    What it raises comes from there, too late to be caught and gone on from.
    """
    _wrapper().tell(statement, values)


def _ask(statement: str, values: Values) -> Answer:
    return _wrapper().ask(statement, values)


def _wrapper() -> DatabaseWrapper:
    wrapper = connections[DEFAULT_DB_ALIAS]
    assert isinstance(wrapper, DatabaseWrapper), "settings name our own backend"
    return wrapper
