"""What PostgreSQL alone can do with the SQL of a sending and of a page: pgbench, the app's role, row-level security."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from adminduk.foundation import crypto, keys, postgres_program
from adminduk.foundation.tenancy import signed_context
from adminduk.kernel.actor import Actor, ActorKind
from benchmarks.installation import Installation

SQL = Path(__file__).parent / "sql"
REGION = 5171
SECONDS = 10


@dataclass(frozen=True, slots=True)
class Limit:
    """`per_second` transactions, and CPU milliseconds of the database for each (pgbench's own are not counted)."""

    name: str
    clients: int
    per_second: float
    cpu: float


def measure(installation: Installation, *, clients: int) -> list[Limit]:
    """Both scripts. The portal must have sent an application in the region before."""
    crypto.configure(keys.load(installation.folder / "keys.json"))
    with psycopg.connect(installation.database_url()) as connection:
        found = connection.execute(
            "SELECT id, owner_id, release_id FROM applications_application WHERE region_id = %s LIMIT 1", [REGION]
        ).fetchone()
    assert found is not None, "no application in the region"
    application, owner, release = (str(value) for value in found)
    known = {"application": application, "owner": owner, "release": release}
    fresh = known | {"owner": str(uuid4())}
    return [_run(installation, "look", clients, known), _run(installation, "send", clients, fresh)]


def _run(installation: Installation, name: str, clients: int, values: dict[str, str]) -> Limit:
    context = signed_context(Actor(kind=ActorKind.CITIZEN, id=UUID(values["owner"]), regions=(REGION,)))
    program = postgres_program.find_programs() / "pgbench"
    words = [f"--define={key}={value}" for key, value in (values | {"context": context}).items()]
    command = [
        str(program), "--no-vacuum", "--protocol=extended", f"--client={clients}", "--jobs=1", f"--time={SECONDS}",
        f"--file={SQL / name}.sql", *words, installation.app_url,
    ]  # fmt: skip
    before = installation.spent()
    done = subprocess.run(command, env=dict(os.environ), check=False, capture_output=True, text=True)
    spent = installation.spent() - before
    rate = re.search(r"tps = ([0-9.]+)", done.stdout)
    assert rate is not None, done.stdout + done.stderr
    per_second = float(rate.group(1))
    return Limit(name, clients, per_second, 1000 * spent.database / (per_second * SECONDS))
