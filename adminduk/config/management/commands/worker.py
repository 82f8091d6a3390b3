"""`adminduk worker`: does the jobs that acts of the portal left in the database.

Pictures are read by workers of their own (`--queue pictures`), so that they never keep a message waiting.
"""

from __future__ import annotations

import asyncio
import os

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from adminduk.foundation import database_roles, jobs, worker
from adminduk.usecases import outside

AT_ONCE, PICTURES_AT_ONCE = 4, 1


class Command(BaseCommand):
    """Run jobs until told to stop; a job under way is finished before."""

    help = "Send messages, keep deadlines, match who waits for the register"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queue", choices=sorted(jobs.OWN_WORKER), help="only this queue; without it all others")
        parser.add_argument("--concurrency", type=int, help=f"jobs at the same time (pictures: {PICTURES_AT_ONCE})")

    def handle(self, *args: object, queue: str | None, concurrency: int | None, **options: object) -> None:
        os.environ.setdefault("PGAPPNAME", f"adminduk worker {queue or ''}".strip())  # seen in pg_stat_activity
        database_roles.refuse_unsafe_role(connection)
        connection.close()
        outside.catalogue()  # before there are threads
        queues = [queue] if queue else jobs.shared_queues()
        at_once = concurrency or (PICTURES_AT_ONCE if queue == jobs.PICTURES else AT_ONCE)
        asyncio.run(worker.work(concurrency=at_once, queues=queues))
