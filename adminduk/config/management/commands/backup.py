"""`adminduk backup --to DIR`: everything of the installation into a new folder below DIR, sealed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from adminduk.config import backup
from adminduk.foundation.database_copy import CopyFailed
from adminduk.foundation.postgres_program import NoPostgres


class Command(BaseCommand):
    help = "Save rows, objects and audit checkpoints, sealed with the key file, which is not part of it: keep it apart."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, type=Path, help="folder in which a new one is made")

    def handle(self, *args: Any, **options: Any) -> None:
        url = settings.ENVIRONMENT.backup_url
        if not url:
            raise CommandError("name the database as role adminduk_backup in ADMINDUK_DATABASE_BACKUP_URL")
        try:
            made = backup.make(
                database_url=url,
                data_dir=settings.ENVIRONMENT.data_dir,
                target=options["to"],
                at=datetime.now(UTC),
            )
        except (backup.BackupRefused, CopyFailed, NoPostgres) as error:
            raise CommandError(str(error)) from None
        rows = sum(made.counts.values())
        self.stdout.write(f"saved {rows} rows of {len(made.counts)} tables and {made.objects} objects")
