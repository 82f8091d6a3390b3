"""`adminduk prepare_demo`: what a demo needs before its first page; harmless when repeated."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from adminduk.foundation import database_roles, tenancy


class Command(BaseCommand):
    """Migrate, collect static files, and make the demo's staff."""

    help = "Prepare the database and the files of a demo"
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("this command makes people with known passwords; production refuses it")
        database_roles.migrate_and_store_pads("owner", tenancy.hmac_pads(settings.KEYS.context))
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("demo_staff", stdout=self.stdout)
        call_command("demo_stock", stdout=self.stdout)
