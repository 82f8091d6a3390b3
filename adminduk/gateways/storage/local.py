"""Objects as files in a local directory."""

from __future__ import annotations

import os
import re
import stat
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from adminduk.kernel.errors import NotFound, Unavailable

_KEY: Final = re.compile(r"[0-9a-f-]{1,64}(/[0-9a-f-]{1,64}){0,5}")
_UNFINISHED: Final = "unfinished"  # no key can be called so: `u` is no hexadecimal digit


class LocalStorage:
    """`DocumentStorage` in `directory` (made when first needed, readable by this user alone).

    An object is written beside, forced to the disk and moved into place, so that after a power cut it is there
    whole or not at all. With ten million objects there are about 40,000 files in each of 256 folders. A second level
    cost each of the first 100,000 objects two folders of its own, more than the object; its keys are still understood.
    """

    def __init__(self, directory: Path) -> None:
        self._root = directory
        self._unfinished = directory / _UNFINISHED

    def new_key(self, *, beside: str = "") -> str:
        name = uuid.uuid4().hex
        return f"{beside.rpartition('/')[0] or name[:2]}/{name}"

    def put(self, key: str, data: bytes) -> None:
        """Raises Unavailable (disk full, no permission); nothing is left of a failed write."""
        self.put_all({key: data})

    def put_all(self, objects: Mapping[str, bytes]) -> None:
        """As `put`. No object takes its place before all are on the disk."""
        places = [self._path(key) for key in objects]
        waiting: list[Path] = []
        with _outside():
            try:
                for data in objects.values():
                    waiting.append(self._unfinished / uuid.uuid4().hex)
                    self._write(waiting[-1], data)
                for unfinished, place in zip(waiting, places, strict=True):
                    self._move(unfinished, place)
            except BaseException:
                for unfinished in waiting:
                    with suppress(OSError):
                        unfinished.unlink(missing_ok=True)
                raise
            for folder in {place.parent for place in places}:
                _sync_folder(folder)

    def get(self, key: str) -> bytes:
        """Raises NotFound, Unavailable."""
        path = self._path(key)
        with _outside():
            try:
                return path.read_bytes()
            except FileNotFoundError as error:
                raise NotFound("object") from error

    def delete(self, key: str) -> None:
        """Raises Unavailable."""
        path = self._path(key)
        with _outside(), suppress(FileNotFoundError):
            path.unlink()
            _sync_folder(path.parent)

    def exists(self, key: str) -> bool:
        """Raises Unavailable."""
        path = self._path(key)
        with _outside():
            try:
                return stat.S_ISREG(path.stat().st_mode)
            except FileNotFoundError:
                return False

    def list_keys(self, *, written_before: float | None = None) -> Iterator[str]:
        """Raises Unavailable, also in the middle."""
        with _outside():
            for path in _files(self._root):
                key = path.relative_to(self._root).as_posix()
                if _KEY.fullmatch(key) and (written_before is None or _written_at(path) < written_before):
                    yield key

    def remove_unfinished(self, *, written_before: float) -> int:
        """Raises Unavailable."""
        removed = 0
        with _outside():
            for path in _files(self._unfinished):
                if _written_at(path) < written_before:
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

    def _path(self, key: str) -> Path:
        """Raises ValueError for a key that this class cannot have made: it is a mistake in the program."""
        if not _KEY.fullmatch(key):
            raise ValueError("not a storage key")
        return self._root / key

    def _write(self, path: Path, data: bytes) -> None:
        try:
            _write(path, data)
        except FileNotFoundError:
            self._make_folder(self._unfinished)
            _write(path, data)

    def _move(self, unfinished: Path, place: Path) -> None:
        try:
            unfinished.replace(place)
        except FileNotFoundError:
            self._make_folder(place.parent)
            unfinished.replace(place)

    def _make_folder(self, folder: Path) -> None:
        """Make it and what is missing above; each new name is forced to the disk as well."""
        if not folder.is_dir():
            parent = folder.parent
            if parent != folder:
                self._make_folder(parent)
            folder.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(parent)


@contextmanager
def _outside() -> Iterator[None]:
    """A disk that does not do its work is an outside system that cannot answer now. No path goes into the message."""
    try:
        yield
    except OSError as error:
        raise Unavailable(f"storage: {error.strerror or type(error).__name__}") from error


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _files(folder: Path) -> Iterator[Path]:
    """All regular files below, links not followed; none if the folder is missing. Gone meanwhile is no error."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)


def _written_at(path: Path) -> float:
    """Seconds since 1970; a file gone meanwhile counts as new."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
