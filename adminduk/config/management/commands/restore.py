"""`adminduk restore --from DIR`: bring a backup back into an empty database and data folder, and count."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from adminduk.config import backup
from adminduk.foundation.database_copy import CopyFailed
from adminduk.foundation.jobs import system_actor
from adminduk.foundation.postgres_program import NoPostgres
from adminduk.foundation.sealed_stream import Damaged
from adminduk.kernel.errors import Unavailable
from adminduk.usecases import upkeep_audit

_SUPERUSER = "ADMINDUK_DATABASE_SUPERUSER_URL"


class Command(BaseCommand):
    help = (
        "Bring a backup back: first `database roles` and `database migrate` with the version that made it. Needs a "
        f"superuser's address of the new database in {_SUPERUSER}, for this one command."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", required=True, type=Path, dest="source", help="the backup's folder")

    def handle(self, *args: Any, **options: Any) -> None:
        superuser = os.environ.get(_SUPERUSER)
        if not superuser:
            raise CommandError(f"name a superuser's address of the new database in {_SUPERUSER}")
        try:
            back = backup.bring_back(
                superuser_url=superuser, data_dir=settings.ENVIRONMENT.data_dir, source=options["source"]
            )
            broken = [region for region in back.heads if not upkeep_audit.verify(system_actor(int(region))).is_intact]
        except (backup.BackupRefused, CopyFailed, Damaged, NoPostgres, Unavailable) as error:
            raise CommandError(str(error)) from None
        if broken:
            raise CommandError(f"all rows are back, but the audit trail of {', '.join(broken)} does not verify")
        rows = sum(back.counts.values())
        self.stdout.write(
            f"brought back {rows} rows of {len(back.counts)} tables and {back.objects} objects of {back.made_at};"
            f" the audit trail of {len(back.heads)} regions verifies"
        )
