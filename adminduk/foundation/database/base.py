"""The backend that settings name: a transaction and its context begin in one round trip."""

from __future__ import annotations

import select

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import ExecStatus, TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but psycopg stays in autocommit and BEGIN is said here.

    `opening` is a statement that goes with the next BEGIN; whoever sets it takes it back (see tenancy.acting_as).
    """

    opening: str = ""

    def is_usable(self) -> bool:
        """Whether the server still holds the connection. It is asked only when it has said something unasked.

        A connection that the server has closed is readable, so that no question goes to and fro for each request.
        """
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0) or bool(super().is_usable())

    def _set_autocommit(self, autocommit: bool) -> None:
        with self.wrap_database_errors:
            if not autocommit:
                self._begin()
            elif not self.connection.autocommit or _is_open(self.connection):
                self.connection.autocommit = True  # raises inside a transaction

    def _begin(self) -> None:
        words, self.opening = f"BEGIN;{self.opening}", ""
        result = self.connection.pgconn.exec_(words.encode())
        if result.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
            raise psycopg.errors.error_from_result(result)


def _is_open(connection: psycopg.Connection) -> bool:
    return connection.pgconn.transaction_status != TransactionStatus.IDLE
