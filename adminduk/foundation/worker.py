"""The worker process: does jobs until it is told to stop, and outlives a database that goes away for a while.

procrastinate ends its worker when the database does not answer; here it begins again until it does.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from typing import Any

from procrastinate.contrib.django import app

from adminduk.foundation import worker_connections

log = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0
OPTIONS: dict[str, Any] = {
    "install_signal_handlers": False,
    "shutdown_graceful_timeout": 20.0,  # seconds that a job under way may take after the signal
    "delete_jobs": "successful",
}


async def work(*, concurrency: int, **options: Any) -> None:
    """Do jobs, so many at the same time, until SIGTERM or SIGINT; jobs under way are finished before it returns.

    `options` are those of procrastinate's worker, for tests.
    """
    told_to_stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop.set)
    stopping = asyncio.create_task(told_to_stop.wait())
    while not told_to_stop.is_set():
        working = asyncio.create_task(_work_until_it_breaks({**OPTIONS, "concurrency": concurrency, **options}))
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        await asyncio.wait({working})
        error = None if working.cancelled() else working.exception()
        if not told_to_stop.is_set():
            log.warning("the worker lost the database, it begins again", exc_info=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(told_to_stop.wait(), PAUSE_SECONDS)


async def _work_until_it_breaks(options: dict[str, Any]) -> None:
    with app.replace_connector(worker_connections.connector()):
        async with app.open_async():
            await app.run_worker_async(**options)
