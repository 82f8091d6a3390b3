"""A worker as a process of its own, with jobs that only tests need. Run: python -m tests.foundation.worker_of_tests.

`--no-wait` ends when nothing is due. A worker counts as dead after two seconds, so that a test need not wait long.
"""

from __future__ import annotations

import asyncio
import os
import sys

import django

from adminduk.foundation import jobs
from tests.foundation import jobs_of_tests  # noqa: F401 - registers them before Django hands all jobs to the worker

STALLED_AFTER_SECONDS = 2


OPTIONS = {
    "fetch_job_polling_interval": 0.2,
    "update_heartbeat_interval": 0.5,
    "stalled_worker_timeout": STALLED_AFTER_SECONDS,
    "delete_jobs": "never",
}


async def work_off() -> None:
    """Do what is due and end."""
    from procrastinate.contrib.django import app

    from adminduk.foundation import worker_connections

    with app.replace_connector(worker_connections.connector()):
        async with app.open_async():
            await app.run_worker_async(wait=False, concurrency=2, **OPTIONS)  # type: ignore[arg-type]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adminduk.config.settings")
    django.setup()
    from adminduk.foundation import worker

    jobs.STALLED_AFTER_SECONDS = STALLED_AFTER_SECONDS
    jobs.FIRST_PAUSE_SECONDS = 600  # a second try never falls into the same run, however slow the machine
    asyncio.run(work_off() if "--no-wait" in sys.argv else worker.work(concurrency=2, **OPTIONS))


if __name__ == "__main__":
    main()
