"""Objects are there whole or not at all; a disk that does not work is said to be unavailable."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from adminduk.gateways.storage import from_environment
from adminduk.gateways.storage.local import LocalStorage
from adminduk.kernel.errors import NotFound, Unavailable
from adminduk.modules.documents.ports import DocumentStorage


@pytest.fixture
def storage(tmp_path: Path) -> DocumentStorage:
    return LocalStorage(tmp_path / "objects")


def test_put_get_replace_delete(storage: DocumentStorage) -> None:
    key = storage.new_key()
    assert not storage.exists(key)
    storage.put(key, b"one")
    storage.put(key, b"two")
    assert storage.get(key) == b"two"
    assert storage.exists(key)
    storage.delete(key)
    storage.delete(key)
    assert not storage.exists(key)
    with pytest.raises(NotFound):
        storage.get(key)


def test_keys_are_new_and_spread(storage: DocumentStorage) -> None:
    keys = {storage.new_key() for _ in range(2000)}
    assert len(keys) == 2000
    folders = {key.rpartition("/")[0] for key in keys}
    assert 200 < len(folders) <= 256  # few enough that hardly any object needs a new one


def test_objects_put_together_lie_together(storage: DocumentStorage) -> None:
    key = storage.new_key()
    other = storage.new_key(beside=key)
    assert other != key
    assert other.rpartition("/")[0] == key.rpartition("/")[0]
    storage.put_all({key: b"one", other: b"two", storage.new_key(): b"elsewhere"})
    assert (storage.get(key), storage.get(other)) == (b"one", b"two")
    assert len(list(storage.list_keys())) == 3


def test_every_object_and_its_name_are_forced_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = LocalStorage(tmp_path)
    key = storage.new_key()
    together = {key: b"one", storage.new_key(beside=key): b"two"}
    storage.put_all(together)  # makes the folders
    forced, fsync = [], os.fsync

    def noted(descriptor: int) -> None:
        forced.append((os.readlink(f"/proc/self/fd/{descriptor}"), sorted(storage.list_keys())))
        fsync(descriptor)

    for each in together:
        storage.delete(each)
    monkeypatch.setattr(os, "fsync", noted)
    storage.put_all(together)
    *objects, folder = forced
    assert [Path(path).parent.name for path, _ in objects] == ["unfinished"] * 2
    assert [there for _, there in objects] == [[], []]  # none in its place before all are on the disk
    assert folder == (str((tmp_path / key).parent), sorted(together))


def test_objects_of_earlier_versions_are_found(storage: DocumentStorage) -> None:
    key = f"0a/1b/0a1b{'c' * 28}"
    storage.put(key, b"two levels")
    assert storage.get(key) == b"two levels"
    assert list(storage.list_keys()) == [key]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/",
        "..",
        "../a",
        "ab/../cd",
        "/etc/passwd",
        "ab//cd",
        "ab/",
        "AB",
        "xyz",
        "ab\0",
        "ab\n",
        "a" * 65,
        "unfinished",
    ],
)
def test_other_keys_are_refused(storage: DocumentStorage, key: str) -> None:
    for act in (storage.get, storage.exists, storage.delete, lambda key: storage.put(key, b"")):
        with pytest.raises(ValueError, match="not a storage key"):
            act(key)


def test_only_this_user_may_look(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path / "objects")
    key = storage.new_key()
    storage.put(key, b"x")
    path = tmp_path / "objects" / key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    while path != tmp_path / "objects":
        path = path.parent
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_keys_are_listed_by_age(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    old, new = storage.new_key(), storage.new_key()
    storage.put(old, b"")
    storage.put(new, b"")
    os.utime(tmp_path / old, (1000, 1000))
    (tmp_path / "README").write_text("no object")
    (tmp_path / "ab").mkdir(exist_ok=True)
    (tmp_path / "ab" / "ef").symlink_to("/etc/passwd")
    assert set(storage.list_keys()) == {old, new}
    assert list(storage.list_keys(written_before=2000)) == [old]
    assert list(LocalStorage(tmp_path / "missing").list_keys()) == []


def test_unfinished_writes_are_no_objects_and_can_be_removed(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    storage.put(storage.new_key(), b"x")
    left = tmp_path / "unfinished" / "abc"
    left.write_bytes(b"half")
    assert len(list(storage.list_keys())) == 1
    assert storage.remove_unfinished(written_before=time.time() - 60) == 0
    assert storage.remove_unfinished(written_before=time.time() + 60) == 1
    assert not left.exists()


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Files of this process end at 64 kB, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, old)


@pytest.mark.usefixtures("small_disk")
def test_full_disk_leaves_nothing_and_keeps_the_old(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    key = storage.new_key()
    storage.put(key, b"old")
    with pytest.raises(Unavailable) as refused:
        storage.put(key, bytes(100_000))
    assert key not in str(refused.value)
    assert storage.get(key) == b"old"
    assert os.listdir(tmp_path / "unfinished") == []


@pytest.mark.usefixtures("small_disk")
def test_of_objects_put_together_none_is_left_when_one_fails(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    key = storage.new_key()
    with pytest.raises(Unavailable):
        storage.put_all({key: b"small", storage.new_key(beside=key): bytes(100_000)})
    assert list(storage.list_keys()) == []
    assert os.listdir(tmp_path / "unfinished") == []


def test_a_broken_place_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "objects").write_text("a file where the folder should be")
    storage = from_environment(SimpleNamespace(data_dir=tmp_path))
    key = storage.new_key()
    for act in (storage.get, storage.exists, storage.delete, lambda key: storage.put(key, b"")):
        with pytest.raises(Unavailable):
            act(key)
    with pytest.raises(Unavailable):
        list(storage.list_keys())


def test_many_writers_of_one_key(storage: DocumentStorage) -> None:
    key = storage.new_key()
    versions = [bytes([number]) * 50_000 for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda data: storage.put(key, data), versions))
    assert storage.get(key) in versions


def test_killed_in_the_middle_leaves_no_half_object(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from adminduk.gateways.storage.local import LocalStorage
storage = LocalStorage(Path({str(tmp_path)!r}))
while True:
    storage.put(storage.new_key(), b"z" * 300_000)
"""
    writer = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[3])
    storage = LocalStorage(tmp_path)
    until = time.monotonic() + 30
    while len(list(storage.list_keys())) < 20 and time.monotonic() < until:
        time.sleep(0.01)
    writer.kill()
    writer.wait()
    keys = list(storage.list_keys())
    assert len(keys) >= 20
    assert {len(storage.get(key)) for key in keys} == {300_000}
