"""`adminduk database`: roles, migrations and the key of the context, in this order and as often as one likes."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from adminduk.foundation import database_roles, tenancy


class Command(BaseCommand):
    """Make the database ready for this version: see docs/operations."""

    help = (
        "roles: make roles and database as the superuser of ADMINDUK_DATABASE_SUPERUSER_URL; "
        "migrate: bring the tables to this version as adminduk_owner; check: refuse an unsafe role"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("roles", "migrate", "check"))

    def handle(self, *args: object, act: str, **options: object) -> None:
        if act == "roles":
            superuser = os.environ.get("ADMINDUK_DATABASE_SUPERUSER_URL")
            if not superuser:
                raise CommandError("name a superuser's address in ADMINDUK_DATABASE_SUPERUSER_URL for this one command")
            database_roles.create(superuser, str(settings.DATABASES["default"]["NAME"]))
            self.stdout.write("made; now give adminduk_owner, adminduk_app and adminduk_backup their passwords")
            return
        if act == "migrate":
            database_roles.migrate_and_store_pads("owner", tenancy.hmac_pads(settings.KEYS.context))
        database_roles.refuse_unsafe_role(connection)
        self.stdout.write("ok")
