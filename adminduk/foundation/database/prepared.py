"""Statements of fixed text straight through libpq: parsed and planned once per connection, one call for each.

A cursor of psycopg and Django's around it cost three times what the question itself does. Values are turned into words
and rows into values by psycopg's adapters all the same.
"""

from __future__ import annotations

import re
import select
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGresult

Values = Sequence[Any] | Mapping[str, Any]
Read_co = TypeVar("Read_co", covariant=True)
_PLACE = re.compile(r"%(?:\((\w+)\))?s|%%")
_CLOSED = "the server has closed the connection"


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a question, or how many rows a statement touched."""

    rows: list[tuple[Any, ...]]
    touched: int


@dataclass(frozen=True, slots=True)
class Question(Generic[Read_co]):
    """A statement that changes nothing, its values, and what its rows mean: to be asked alone or with others."""

    statement: str
    values: Values
    read: Callable[[list[tuple[Any, ...]]], Read_co]


@dataclass(frozen=True, slots=True)
class _Text:
    """A statement as PostgreSQL wants it: $1 for the first value. `names` tells the order of a mapping's values."""

    sql: bytes
    names: tuple[str, ...]


@cache
def _text(statement: str) -> _Text:
    names: list[str] = []
    count = 0

    def place(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] == "%%":
            return "%"
        if found[1] and found[1] in names:
            return f"${names.index(found[1]) + 1}"
        if found[1]:
            names.append(found[1])
        count += 1
        return f"${count}"

    return _Text(_PLACE.sub(place, statement).encode(), tuple(names))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement with its values as they go over the wire. `name` None: it is planned for this once."""

    sql: bytes
    name: bytes | None
    words: Any
    types: tuple[int, ...] | None
    formats: Any


class Statements:
    """What one connection has prepared. `prepares` False: each statement is planned anew (PgBouncer)."""

    def __init__(self, connection: psycopg.Connection[Any], *, prepares: bool) -> None:
        self.connection = connection
        self._transformer = Transformer.from_context(connection)
        self._prepares = prepares
        self._names: dict[tuple[bytes, tuple[int, ...] | None], bytes] = {}
        self._notice_forgetting()

    def _notice_forgetting(self) -> None:
        """After a ROLLBACK or an ALTER psycopg says DEALLOCATE ALL, and the server forgets these statements too."""
        deallocate = self.connection._deallocate  # noqa: SLF001 - psycopg tells it in no other way

        def noticed(name: bytes | None) -> Any:
            if name is None:
                self._names.clear()
            return deallocate(name)

        vars(self.connection)["_deallocate"] = noticed

    def run(self, statement: str, values: Values) -> Answer:
        """Ask, and wait for the answer. Raises psycopg.Error."""
        asked, libpq = self._asked(statement, values), self.connection.pgconn
        if asked.name is not None:
            result = libpq.exec_prepared(asked.name, asked.words, asked.formats, Format.BINARY)
        else:
            result = libpq.exec_params(asked.sql, asked.words, asked.types, asked.formats, Format.BINARY)
        return self._read(result)

    def run_after(self, first: Sequence[tuple[str, Values]], statement: str, values: Values) -> Answer:
        """As `run`, in one round trip with what must be said `first`. After a failure the rest is not run."""
        return self.run_all((*first, (statement, values)))[-1]

    def run_all(self, statements: Sequence[tuple[str, Values]]) -> list[Answer]:
        """Ask all in one round trip, and wait for the answers. After a failure the rest is not run."""
        all_asked = [self._asked(*one) for one in statements]
        libpq = self.connection.pgconn
        libpq.enter_pipeline_mode()
        try:
            for asked in all_asked:
                if asked.name is not None:
                    libpq.send_query_prepared(asked.name, asked.words, asked.formats, Format.BINARY)
                else:
                    libpq.send_query_params(asked.sql, asked.words, asked.types, asked.formats, Format.BINARY)
            libpq.pipeline_sync()
            results = list(self._results())
        finally:
            if libpq.status == ConnStatus.OK:
                libpq.exit_pipeline_mode()
        return [self._read(result) for result in results]

    def say(self, words: bytes) -> None:
        """Words without values, also several statements. Raises psycopg.Error."""
        self._refuse_failure(self.connection.pgconn.exec_(words))

    def _asked(self, statement: str, values: Values) -> _Asked:
        text, transformer = _text(statement), self._transformer
        ordered = [values[name] for name in text.names] if isinstance(values, Mapping) else values
        words: Any = transformer.dump_sequence(ordered, [PyFormat.AUTO] * len(ordered))
        types, name = transformer.types, None
        if self._prepares:
            name = self._names.get((text.sql, types)) or self._prepare(text.sql, types)
        return _Asked(text.sql, name, words, types, transformer.formats)

    def _results(self) -> Iterator[PGresult]:
        """One for each statement of a pipeline, up to its end."""
        libpq = self.connection.pgconn
        while True:
            self._await_result()
            result = libpq.get_result()
            if result is None:  # the end of one statement
                if libpq.status != ConnStatus.OK:
                    raise psycopg.OperationalError(_CLOSED)
            elif result.status == ExecStatus.PIPELINE_SYNC:
                return
            else:
                yield result

    def _await_result(self) -> None:
        """Not inside get_result(): there all other threads of the process would wait too."""
        libpq = self.connection.pgconn
        while libpq.is_busy():
            poll = select.poll()
            poll.register(libpq.socket, select.POLLIN | select.POLLOUT if libpq.flush() else select.POLLIN)
            poll.poll()
            libpq.consume_input()

    def _prepare(self, sql: bytes, types: tuple[int, ...] | None) -> bytes:
        name = b"adminduk_%d" % len(self._names)
        self._refuse_failure(self.connection.pgconn.prepare(name, sql, types))
        self._names[sql, types] = name
        return name

    def _read(self, result: PGresult) -> Answer:
        self._refuse_failure(result)
        if result.status != ExecStatus.TUPLES_OK:
            return Answer([], result.command_tuples or 0)
        self._transformer.set_pgresult(result)
        return Answer(self._transformer.load_rows(0, result.ntuples, tuple), result.ntuples)

    def _refuse_failure(self, result: PGresult) -> None:
        if result.status in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
            return
        if self.connection.pgconn.status != ConnStatus.OK:
            raise psycopg.OperationalError(_CLOSED)
        raise psycopg.errors.error_from_result(result)
