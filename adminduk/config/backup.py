"""Everything of an installation into one folder, sealed, with a signed manifest; and back into an empty one.

The key file is not part of it: kept apart, it opens the backup; kept together, it would open it to the thief.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adminduk.foundation import crypto, database_copy
from adminduk.foundation.sealed_stream import Sealer, unsealed

ROWS, FILES, MANIFEST = "rows.sealed", "files.sealed", "manifest.json"
FOLDERS: Final = ("objects", "checkpoints")  # of the data folder


class BackupRefused(Exception):
    """It cannot be made or brought back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `heads` are length and last hash of each region's audit chain, `files` SHA-256 by name."""

    made_at: str
    counts: Mapping[str, int]
    migrations: tuple[str, ...]
    heads: Mapping[str, tuple[int, str]]
    objects: int
    object_bytes: int
    files: Mapping[str, str]

    def write(self, path: Path) -> None:
        """With the installation's signature."""
        body = asdict(self)
        signature = _key().sign(_canonical(body)).hex()
        path.write_text(json.dumps({**body, "signature": signature}, indent=1, sort_keys=True), "utf-8")

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Raises BackupRefused when it is missing, changed, or another installation's."""
        try:
            body: dict[str, Any] = json.loads(path.read_text("utf-8"))
            _key().public_key().verify(bytes.fromhex(body.pop("signature")), _canonical(body))
            heads = {region: (int(length), str(head)) for region, (length, head) in body.pop("heads").items()}
            return cls(**{**body, "migrations": tuple(body["migrations"])}, heads=heads)
        except FileNotFoundError as error:
            raise BackupRefused(f"{path} does not exist: this is no finished backup") from error
        except (InvalidSignature, ValueError, KeyError, TypeError) as error:
            raise BackupRefused("the manifest was changed, or the key file is of another installation") from error


def make(*, database_url: str, data_dir: Path, target: Path, at: datetime) -> Manifest:
    """Write a backup into a new folder below `target`; the manifest comes last. Raises BackupRefused, CopyFailed.

    Rows are of one moment. Files follow, so that each row finds its object unless it was deleted meanwhile.
    """
    folder = target / f"adminduk-{at:%Y%m%dT%H%M%SZ}"
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        raise BackupRefused(f"{folder} is there already") from error
    with database_copy.snapshot(database_url) as moment, Sealer(folder / ROWS) as rows:
        database_copy.dump(database_url, at=moment, into=rows)
        heads = _heads(moment.connection)
    with Sealer(folder / FILES) as files:
        objects, size = _pack(data_dir, files)
    manifest = Manifest(
        made_at=at.isoformat(),
        counts=dict(moment.counts),
        migrations=moment.migrations,
        heads=heads,
        objects=objects,
        object_bytes=size,
        files={ROWS: rows.digest, FILES: files.digest},
    )
    manifest.write(folder / MANIFEST)
    return manifest


def check_files(folder: Path) -> Manifest:
    """Read the manifest and compare the files with it, without opening them. Raises BackupRefused."""
    manifest = Manifest.read(folder / MANIFEST)
    for name, wanted in manifest.files.items():
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                raise BackupRefused(f"{name} is not the file that the manifest describes")
    return manifest


def bring_back(*, superuser_url: str, data_dir: Path, source: Path) -> Manifest:
    """Load a backup into a migrated database without rows and a data folder without objects, and count.

    Raises BackupRefused (also when a number differs), CopyFailed, Damaged.
    """
    manifest = check_files(source)
    with psycopg.connect(superuser_url) as connection:
        if database_copy.migrations_of(connection) != manifest.migrations:
            raise BackupRefused("the backup is of another version: bring it back with that one, then migrate")
        filled = sorted(table for table, rows in database_copy.count_rows(connection).items() if rows)
        if filled:
            raise BackupRefused(f"the database is not empty: {filled[0]} has rows")
    if any(_files_below(data_dir)):
        raise BackupRefused(f"{data_dir} is not empty")
    with unsealed(source / ROWS) as rows:
        database_copy.load(superuser_url, source=rows)
    _unpack(source / FILES, data_dir)
    _refuse_differences(manifest, superuser_url=superuser_url, data_dir=data_dir)
    return manifest


def _refuse_differences(manifest: Manifest, *, superuser_url: str, data_dir: Path) -> None:
    with psycopg.connect(superuser_url) as connection:
        counts, heads = database_copy.count_rows(connection), _heads(connection)
    if counts != manifest.counts:
        names = sorted(t for t in {*counts, *manifest.counts} if counts.get(t) != manifest.counts.get(t))
        raise BackupRefused(f"the number of rows differs in {', '.join(names)}")
    if heads != manifest.heads:
        raise BackupRefused("the audit trail ends elsewhere than in the backup")
    objects = [path.stat().st_size for path in _files_below(data_dir) if "objects" in path.parts]
    if (len(objects), sum(objects)) != (manifest.objects, manifest.object_bytes):
        raise BackupRefused(f"{len(objects)} objects came back, {manifest.objects} were saved")


def _heads(connection: psycopg.Connection[Any]) -> dict[str, tuple[int, str]]:
    rows = connection.execute(
        "SELECT DISTINCT ON (region_id) region_id, number, encode(hash, 'hex') FROM audit_link"
        " ORDER BY region_id, number DESC"
    ).fetchall()
    return {str(region): (int(number), str(head)) for region, number, head in rows}


def _pack(data_dir: Path, into: Sealer) -> tuple[int, int]:
    """Number and bytes of the objects. A file that is deleted meanwhile is passed over."""
    objects = size = 0
    with tarfile.open(fileobj=into, mode="w|") as archive:  # type: ignore[call-overload]
        for path in _files_below(data_dir):
            name = path.relative_to(data_dir).as_posix()
            try:
                content = path.open("rb")
            except FileNotFoundError:
                continue
            with content:
                entry = archive.gettarinfo(arcname=name, fileobj=content)
                archive.addfile(entry, content)
            if name.startswith("objects/"):
                objects, size = objects + 1, size + entry.size
    return objects, size


def _unpack(archive_file: Path, data_dir: Path) -> None:
    with unsealed(archive_file) as files, tarfile.open(fileobj=files, mode="r|") as archive:  # type: ignore[call-overload]
        for entry in archive:
            path = data_dir / entry.name
            if not entry.isreg() or entry.name.split("/")[0] not in FOLDERS or ".." in path.parts:
                raise BackupRefused(f"{entry.name} does not belong into a backup")
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            content = archive.extractfile(entry)
            assert content is not None, "a regular file has content"
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                shutil.copyfileobj(content, file)
            os.utime(path, (entry.mtime, entry.mtime))


def _files_below(data_dir: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (path for path in sorted((data_dir / folder).rglob("*")) if path.is_file())


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(crypto.keys().audit)


def _canonical(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
