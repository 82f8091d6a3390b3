"""`adminduk demo_staff`: an admin, a head and two officers for each joined region; demo and test only."""

from __future__ import annotations

from itertools import groupby
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
        for region, people in groupby(staff, key=lambda officer: officer.region):
            ending = f".{region.number}@adminduk.example"
            names = ", ".join(officer.email.removesuffix(ending) for officer in people)
            self.stdout.write(f"invented staff of {region}: {names}; the start page lets you in as each (…{ending})")
