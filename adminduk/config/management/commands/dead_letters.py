"""`adminduk dead_letters [--retry]`: what gave up, and another try for it once its cause is gone."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from adminduk.foundation import jobs


class Command(BaseCommand):
    help = "Count the jobs that gave up, by name; with --retry they are tried again from the beginning."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", action="store_true", help="put them back into the queue")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in sorted(jobs.list_dead_letters().items()):
            self.stdout.write(f"{count:5d}  {name}")
        if options["retry"]:
            self.stdout.write(f"{jobs.retry_dead_letters()} put back")
