"""A worker's connections: one round trip for each question of procrastinate, and rest while there is nothing to do.

procrastinate's own ask whether they still live, begin and commit around each single statement, and psycopg looks ten
times a second whether a notification has come although the server wakes it up.
"""

from __future__ import annotations

import select
from typing import Any, TypeVar

from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg import AsyncConnection
from psycopg.abc import PQGen
from psycopg_pool import AsyncConnectionPool

_LOOKS_EVERY_SECONDS = 60.0
Result = TypeVar("Result")


class _Resting(AsyncConnection[Any]):
    """Wakes up when the server says something."""

    async def wait(
        self,
        gen: PQGen[Result],
        interval: float = _LOOKS_EVERY_SECONDS,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> Result:
        return await super().wait(gen, interval, timeout)


def connector() -> PsycopgConnector:
    """What a worker asks for jobs with, on the database of Django's settings."""
    return PsycopgConnector(kwargs=connector_params(), pool_factory=_pool)


def _pool(**options: Any) -> AsyncConnectionPool[Any]:
    own = {"connection_class": _Resting, "configure": _each_statement_alone, "check": _refuse_closed}
    return AsyncConnectionPool(**(options | own))


async def _each_statement_alone(connection: AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)


async def _refuse_closed(connection: AsyncConnection[Any]) -> None:
    """A connection that the server has closed is readable; only then is it asked."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        await AsyncConnectionPool.check_connection(connection)
