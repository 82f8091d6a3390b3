"""`adminduk worker`: does the jobs that acts of the portal left in the database."""

from __future__ import annotations

import asyncio

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from adminduk.foundation import database_roles, worker
from adminduk.usecases import outside


class Command(BaseCommand):
    """Run jobs until told to stop; a job under way is finished before."""

    help = "Send messages, keep deadlines, match who waits for the register"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=4, help="jobs at the same time")

    def handle(self, *args: object, concurrency: int, **options: object) -> None:
        database_roles.refuse_unsafe_role(connection)
        connection.close()
        outside.catalogue()  # before there are threads
        asyncio.run(worker.work(concurrency=concurrency))
