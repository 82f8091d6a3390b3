"""`adminduk first_inspector --region 33.74 --email …`: invite somebody of the inspectorate, beside the office."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from adminduk.foundation import clock
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode
from adminduk.usecases import office_setup


class Command(BaseCommand):
    help = "Invite somebody of a joined region's inspectorate: prints the link (valid for three days) and mails it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", required=True, help="code of the kabupaten/kota, for example 33.74")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="Inspektorat")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            region = RegionCode.parse(options["region"])
            link = office_setup.first_inspector(region, email=options["email"], name=options["name"], at=clock.now())
        except DomainError as refusal:
            codes = ", ".join([refusal.code, *(problem.code for problem in refusal.problems)])
            raise CommandError(f"not possible: {codes}") from None
        self.stdout.write(link)
