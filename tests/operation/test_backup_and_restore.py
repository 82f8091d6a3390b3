"""The drill: save an installation in use, bring it back elsewhere, count, read, verify."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from adminduk.foundation import database_roles, jobs
from adminduk.foundation.embedded_database import SUPERUSER
from adminduk.usecases import upkeep_audit
from tests import database as test_database
from tests.making import Owner
from tests.operation.commands import run_command
from tests.usecases import citizen
from tests.usecases.stand_ins import SEMARANG, Register

ELSEWHERE = "adminduk_elsewhere"
SYSTEM = jobs.system_actor(SEMARANG.number)


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup of an installation with one sent application."""

    folder: Path
    owner: Owner
    case_id: UUID


@pytest.fixture
def saved(database: None, register: Register, tmp_path: Path) -> Saved:
    owner = citizen.somebody(register)
    case_id = citizen.sent(owner.actor)
    upkeep_audit.chain(SYSTEM)
    upkeep_audit.checkpoint(SYSTEM)
    url = test_database.server().url(database_roles.BACKUP, test_database.database_name())
    done = run_command("backup", "--to", str(tmp_path), ADMINDUK_DATABASE_BACKUP_URL=url)
    assert done.returncode == 0, done.stderr
    (folder,) = tmp_path.iterdir()
    return Saved(folder, owner, case_id)


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Another database, migrated and empty, and another data folder; the variables that name them."""
    own = test_database.server()
    with psycopg.connect(own.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
            *map(sql.Identifier, (ELSEWHERE, test_database.TEMPLATE, database_roles.OWNER))
        )
        connection.execute(create)
        yield {
            "DATABASE_URL": own.url(database_roles.APP, ELSEWHERE),
            "ADMINDUK_DATABASE_SUPERUSER_URL": own.url(SUPERUSER, ELSEWHERE),
            "ADMINDUK_DATA_DIR": str(tmp_path_factory.mktemp("elsewhere")),
        }
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(ELSEWHERE)))


def rows(name: str) -> dict[str, list[tuple[str]]]:
    """Every row of every table, as text."""
    with psycopg.connect(test_database.server().url(SUPERUSER, name)) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        ).fetchall()
        return {t: sorted(connection.execute(f"SELECT t::text FROM {t} t").fetchall()) for (t,) in tables}


def test_all_rows_and_objects_come_back_and_the_audit_trail_verifies(saved: Saved, elsewhere: dict[str, str]) -> None:
    done = run_command("restore", "--from", str(saved.folder), **elsewhere)
    assert done.returncode == 0, done.stderr
    assert "the audit trail of 1 regions verifies" in done.stdout
    assert rows(ELSEWHERE) == rows(test_database.database_name())
    before, after = settings.ENVIRONMENT.data_dir, Path(elsewhere["ADMINDUK_DATA_DIR"])
    for folder in ("objects", "checkpoints"):
        files = [path.relative_to(before) for path in (before / folder).rglob("*") if path.is_file()]
        assert files
        assert all((after / file).read_bytes() == (before / file).read_bytes() for file in files)
    verified = run_command("audit_verify", "--region", str(SEMARANG), **elsewhere)
    assert verified.stdout.startswith("33.74 intact:")
    _refuse_no_new_ids(elsewhere)


def _refuse_no_new_ids(elsewhere: dict[str, str]) -> None:
    """Sequences and policies came back too: the next job's number is the one that it would have had before."""
    insert = "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('q', 't') RETURNING id"
    with test_database.superuser_connection() as connection:
        (next_before,) = connection.execute(insert).fetchone() or (0,)
    with psycopg.connect(elsewhere["ADMINDUK_DATABASE_SUPERUSER_URL"]) as connection:
        (next_after,) = connection.execute(insert).fetchone() or (0,)
    assert next_after == next_before
    with psycopg.connect(elsewhere["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT count(*) FROM applications_application").fetchone() == (0,)


def test_neither_personal_data_nor_keys_are_readable_in_the_backup(saved: Saved) -> None:
    content = b"".join(path.read_bytes() for path in saved.folder.iterdir())
    identity = saved.owner.identity
    for secret in (str(identity.nik), str(identity.no_kk), identity.name, saved.owner.address.value):
        assert secret.encode() not in content
    kept = json.loads(settings.ENVIRONMENT.key_file.read_text())
    for secret in (kept["blind_index"], kept["context"], kept["audit"], *kept["data"].values()):
        assert secret.encode() not in content
        assert bytes.fromhex(secret) not in content


def _change_rows(folder: Path) -> None:
    content = bytearray((folder / "rows.sealed").read_bytes())
    content[-20] ^= 1
    (folder / "rows.sealed").write_bytes(content)


def _change_manifest(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["counts"]["applications_application"] = 0
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _lose_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def test_what_is_damaged_foreign_or_would_write_over_something_is_refused(
    saved: Saved, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    for damage in (_change_rows, _change_manifest, _lose_manifest):
        damaged = tmp_path / damage.__name__
        shutil.copytree(saved.folder, damaged)
        damage(damaged)
        assert run_command("restore", "--from", str(damaged), **elsewhere).returncode == 1
    other_keys = str(tmp_path / "other.json")
    assert run_command("keys", "--new", other_keys).returncode == 0
    foreign = run_command("restore", "--from", str(saved.folder), **{**elsewhere, "ADMINDUK_KEY_FILE": other_keys})
    assert (foreign.returncode, "another installation" in foreign.stderr) == (1, True)
    assert not any(found for name, found in rows(ELSEWHERE).items() if name != "django_migrations")
    own = test_database.server().url(SUPERUSER, test_database.database_name())
    in_use = run_command("restore", "--from", str(saved.folder), ADMINDUK_DATABASE_SUPERUSER_URL=own)
    assert (in_use.returncode, "not empty" in in_use.stderr) == (1, True)


def test_without_the_right_role_it_says_what_is_missing(database: None, tmp_path: Path) -> None:
    done = run_command("backup", "--to", str(tmp_path), ADMINDUK_DATABASE_BACKUP_URL="")
    assert (done.returncode, "ADMINDUK_DATABASE_BACKUP_URL" in done.stderr) == (1, True)
