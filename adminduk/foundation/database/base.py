"""The backend that settings name: a transaction, its context and its first statement are one round trip."""

from __future__ import annotations

import select
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import Error
from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg.pq import TransactionStatus

from adminduk.foundation.database.prepared import Answer, Statements, Values

_BEGIN, _CONTEXT = "BEGIN", "SELECT set_config('app.ctx', %s, true)"
_COMMIT = "COMMIT"
_BEGIN_LOOK = "BEGIN READ ONLY"
# PostgreSQL plans a prepared statement for its very values the first five times on each connection, which costs more
# than a look by key does.
_CONTEXT_OF_LOOK = f"{_CONTEXT}, set_config('plan_cache_mode', 'force_generic_plan', true)"


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but psycopg stays in autocommit; BEGIN, COMMIT and statements of fixed text go straight to libpq.

    `context` goes with the next BEGIN; whoever sets it takes it back (see tenancy.acting_as). BEGIN is said when there
    is something to ask, and a statement whose answer nobody needs when the next one is asked or all is committed.
    """

    context: str = ""
    _unsaid: Sequence[tuple[str, Values]] = ()
    joined: object = None  # whose transaction the functions within share (tenancy.together)
    _known: Statements | None = None

    def is_usable(self) -> bool:
        """Whether the server still holds the connection. It is asked only when it has said something unasked.

        A connection that the server has closed is readable, so that no question goes to and fro for each request.
        """
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0) or bool(super().is_usable())

    @property
    def is_heard(self) -> bool:
        """Whether somebody listens to each statement, so that each goes through a cursor of Django's."""
        return bool(self.force_debug_cursor or self.execute_wrappers)

    def ask(self, statement: str, values: Values) -> Answer:
        """A statement of fixed text. Raises django.db.Error."""
        if self.is_heard:
            return self._ask_with_cursor(statement, values)
        if self.needs_rollback:
            self.validate_no_broken_transaction()
        self.ensure_connection()
        with self.wrap_database_errors:
            if self._unsaid:
                return self._statements.run_after(self._take_unsaid(), statement, values)
            return self._statements.run(statement, values)

    def ask_all(self, statements: Sequence[tuple[str, Values]]) -> list[Answer]:
        """Statements that do not wait for each other's answers, in one round trip. Raises django.db.Error."""
        if self.is_heard:
            return [self._ask_with_cursor(*one) for one in statements]
        if self.needs_rollback:
            self.validate_no_broken_transaction()
        self.ensure_connection()
        unsaid = self._take_unsaid()
        with self.wrap_database_errors:
            return self._statements.run_all((*unsaid, *statements))[len(unsaid) :]

    def look(self, context: str, statements: Sequence[tuple[str, Values]]) -> list[Answer]:
        """A transaction that may change nothing, from BEGIN to COMMIT in one round trip. Raises django.db.Error."""
        self.ensure_connection()
        try:
            return self.ask_all(((_BEGIN_LOOK, ()), (_CONTEXT_OF_LOOK, (context,)), *statements, (_COMMIT, ())))[2:-1]
        except Error:
            if self.connection.pgconn.transaction_status == TransactionStatus.INERROR:
                self._say("ROLLBACK")
            raise

    def tell(self, statement: str, values: Values) -> None:
        """As `ask`, without waiting: it goes with the next statement or with COMMIT, and fails there."""
        if not self.in_atomic_block or self.is_heard:
            self.ask(statement, values)
            return
        if self.needs_rollback:
            self.validate_no_broken_transaction()
        self._unsaid = (*self._unsaid, (statement, values))

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's own statements go past `ask`."""
        self._say_unsaid()
        return super().create_cursor(name)

    def validate_no_broken_transaction(self) -> None:
        """Asked before each statement of a cursor, also of one that was opened before the transaction began."""
        super().validate_no_broken_transaction()
        self._say_unsaid()

    def _say_unsaid(self) -> None:
        if self._unsaid:
            with self.wrap_database_errors:
                *first, last = self._take_unsaid()
                self._statements.run_after(first, *last)

    def _take_unsaid(self) -> Sequence[tuple[str, Values]]:
        unsaid, self._unsaid = self._unsaid, ()
        return unsaid

    @property
    def _statements(self) -> Statements:
        if self._known is None or self._known.connection is not self.connection:
            options = self.settings_dict["OPTIONS"]
            self._known = Statements(self.connection, prepares=bool(options.get("server_side_binding")))
        return self._known

    def _ask_with_cursor(self, statement: str, values: Values) -> Answer:
        """Whoever listens to Django's statements hears these too."""
        with self.cursor() as cursor:
            cursor.execute(statement, values)
            return Answer(cursor.fetchall() if cursor.description else [], cursor.rowcount)

    def _set_autocommit(self, autocommit: bool) -> None:
        if not autocommit:
            self._unsaid = ((_BEGIN, ()), (_CONTEXT, (self.context,))) if self.context else ((_BEGIN, ()),)
            self.context = ""
            return
        self._unsaid = ()
        with self.wrap_database_errors:
            if not self.connection.autocommit or _is_open(self.connection):
                self.connection.autocommit = True  # raises inside a transaction

    def _commit(self) -> None:
        if self.connection is None:
            return
        unsaid = self._take_unsaid()
        if not unsaid:
            self._say(_COMMIT)
        elif not _only_begins(unsaid):
            with debug_transaction(self, _COMMIT), self.wrap_database_errors:
                self._statements.run_after(unsaid, _COMMIT, ())

    # psycopg answers every ROLLBACK that it sees with DEALLOCATE ALL, and our prepared statements would be gone.
    def _rollback(self) -> None:
        if self.connection is not None and not _begins(self._take_unsaid()):
            self._say("ROLLBACK")

    def savepoint(self) -> str | None:
        """As Django's, which gives each a new name, so that none could be prepared: these are named by their depth."""
        if self.get_autocommit():
            return None
        sid = f"within_{len(self.savepoint_ids)}"
        self.tell(*self._opening(sid))
        return sid

    def _savepoint_commit(self, sid: str) -> None:
        """What was told within fails here: who catches it goes on from before."""
        if self._unsaid and self._unsaid[-1] == self._opening(sid):
            self._unsaid = self._unsaid[:-1]  # nothing was said within
        else:
            self.ask(self.ops.savepoint_commit_sql(sid), ())

    def _savepoint_rollback(self, sid: str) -> None:
        unsaid, opening = self._take_unsaid(), self._opening(sid)
        if opening in unsaid:  # the server has not heard of it
            self._unsaid = unsaid[: unsaid.index(opening) + 1]
        else:
            self._say(self.ops.savepoint_rollback_sql(sid))

    def _opening(self, sid: str) -> tuple[str, Values]:
        return self.ops.savepoint_create_sql(sid), ()

    def _say(self, words: str) -> None:
        with debug_transaction(self, words), self.wrap_database_errors:
            self._statements.say(words.encode())


def _begins(unsaid: Sequence[tuple[str, Values]]) -> bool:
    """Whether the server does not know of the transaction yet."""
    return bool(unsaid) and unsaid[0][0] == _BEGIN


def _only_begins(unsaid: Sequence[tuple[str, Values]]) -> bool:
    return _begins(unsaid) and all(statement == _CONTEXT for statement, _ in unsaid[1:])


def _is_open(connection: psycopg.Connection) -> bool:
    return connection.pgconn.transaction_status != TransactionStatus.IDLE
