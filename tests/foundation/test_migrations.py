"""Migrations say what the models say, and do not stop an installation that is at work."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

SQUAWK = Path(sys.executable).parent / "squawk"
# Migrations numbered below make the tables of the first release: nobody is using them yet when they run.
FIRST_NUMBER_AFTER_THE_FIRST_RELEASE = 10
NOT_OURS = (
    "transaction-nesting",  # Django writes BEGIN and COMMIT itself
    "require-lock-timeout",  # set for the whole migration: database_roles.migrate_and_store_pads
    "require-statement-timeout",  # an index of a big table may take its time, as long as nobody waits for it
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-text-field",
)
ON_EMPTY_TABLES = (
    "adding-foreign-key-constraint",
    "adding-required-field",
    "ban-drop-default",
    "constraint-missing-not-valid",
    "disallowed-unique-constraint",
    "require-concurrent-index-creation",
    "require-concurrent-index-deletion",
)
# Migrations that put another constraint in a constraint's place: a wider one, or without a kind that nobody could book.
REPLACED = {
    ("draws", "0003_asked_once_at_a_time"): ("ban-drop-constraint",),
    ("offices", "0004_sites_and_roles"): ("ban-drop-constraint",),
    ("appointments", "0003_recording_alone"): ("ban-drop-constraint", "ban-drop-column"),
}
MIGRATIONS = [
    (config.label, file.stem)
    for config in apps.get_app_configs()
    if config.name.startswith("adminduk.")
    for file in sorted((Path(config.path) / "migrations").glob("[0-9]*.py"))
]


def squawk(sql: str, *, without: tuple[str, ...]) -> str:
    """What squawk says to the SQL of one transaction; nothing if it is content."""
    command = [
        str(SQUAWK),
        "--pg-version=15.0",
        "--assume-in-transaction",
        "--reporter=gcc",
        f"--exclude={','.join(without)}",
    ]
    done = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize(("app", "name"), MIGRATIONS, ids=lambda part: part)
def test_a_migration_does_not_stop_the_portal(database: None, app: str, name: str) -> None:
    sql = io.StringIO()
    call_command("sqlmigrate", app, name, database="owner", stdout=sql, no_color=True)
    is_first = int(name.partition("_")[0]) < FIRST_NUMBER_AFTER_THE_FIRST_RELEASE
    without = NOT_OURS + (ON_EMPTY_TABLES if is_first else ()) + REPLACED.get((app, name), ())
    assert squawk(sql.getvalue(), without=without) == ""


def test_an_index_that_blocks_writing_would_be_found() -> None:
    said = squawk("BEGIN; CREATE INDEX place ON workqueue_item (queued_at); COMMIT;", without=NOT_OURS)
    assert "require-concurrent-index-creation" in said


def test_no_migration_is_missing() -> None:
    written = MigrationLoader(None)
    detector = MigrationAutodetector(written.project_state(), ProjectState.from_apps(apps))
    missing = {change.name for changes in detector.changes(written.graph).values() for change in changes}
    assert not missing
