"""`adminduk demo_stock`: a printer and invented blank cards wherever a joined region prints; demo and test only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from adminduk.foundation import clock
from adminduk.usecases import print_setup


class Command(BaseCommand):
    help = "Give each printing place of the demo a printer and blank cards with invented numbers. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("demo stock exists in demo and test mode only")
        for name, count in print_setup.demo_stock(at=clock.now()):
            self.stdout.write(f"blank cards for printing, with invented numbers, at {name}: {count}")
