"""`adminduk demo_staff`: an admin, a head and two officers for each joined region; demo and test only."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from adminduk.foundation import clock
from adminduk.kernel.errors import NotFound
from adminduk.usecases import office_setup


class Command(BaseCommand):
    help = "Make the demo's staff, opening hours and closures. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            staff = office_setup.demo_staff(at=clock.now())
        except NotFound:
            raise CommandError("demo staff exists in demo and test mode only") from None
        for officer in staff:
            self.stdout.write(f"{officer.region} {officer.role:8} {officer.email}")
