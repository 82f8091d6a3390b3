"""The backend that settings name: a transaction and its context begin in one round trip."""

from __future__ import annotations

import select

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg.pq import TransactionStatus

from adminduk.foundation.database.prepared import Answer, Statements, Values


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but psycopg stays in autocommit; BEGIN, COMMIT and statements of fixed text go straight to libpq.

    `opening` is a statement that goes with the next BEGIN; whoever sets it takes it back (see tenancy.acting_as).
    """

    opening: str = ""
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

    def ask(self, statement: str, values: Values) -> Answer:
        """A statement of fixed text. Raises django.db.Error."""
        if self.force_debug_cursor or self.execute_wrappers:
            return self._ask_with_cursor(statement, values)
        if self.needs_rollback:
            self.validate_no_broken_transaction()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._statements.run(statement, values)

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
        with self.wrap_database_errors:
            if not autocommit:
                words, self.opening = f"BEGIN;{self.opening}", ""
                self._statements.say(words.encode())
            elif not self.connection.autocommit or _is_open(self.connection):
                self.connection.autocommit = True  # raises inside a transaction

    def _commit(self) -> None:
        if self.connection is not None:
            self._say("COMMIT")

    # psycopg answers every ROLLBACK that it sees with DEALLOCATE ALL, and our prepared statements would be gone.
    def _rollback(self) -> None:
        if self.connection is not None:
            self._say("ROLLBACK")

    def _savepoint_rollback(self, sid: str) -> None:
        self._say(self.ops.savepoint_rollback_sql(sid))

    def _say(self, words: str) -> None:
        with debug_transaction(self, words), self.wrap_database_errors:
            self._statements.say(words.encode())


def _is_open(connection: psycopg.Connection) -> bool:
    return connection.pgconn.transaction_status != TransactionStatus.IDLE
