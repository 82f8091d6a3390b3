"""Key files: made once, rotated without losing what is encrypted, made before any setting can be read."""

from __future__ import annotations

from pathlib import Path

from adminduk.foundation import crypto, keys
from tests.operation.commands import run_command


def test_production_can_make_its_first_keys(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    made = run_command("keys", "--new", str(file), ADMINDUK_MODE="production", ADMINDUK_KEY_FILE=str(file))
    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    again = run_command("keys", "--new", str(file))
    assert (again.returncode, "never overwritten" in again.stderr) == (1, True)


def test_after_rotation_old_values_open_and_new_ones_use_the_new_key(tmp_path: Path) -> None:
    file, before = tmp_path / "keys.json", crypto.keys()
    keys.create(file)
    try:
        crypto.configure(keys.load(file))
        old, index = crypto.encrypt(b"lama", context="x"), crypto.blind_index("x", purpose="p")
        assert run_command("keys", "--rotate", str(file)).returncode == 0
        crypto.configure(keys.load(file))
        assert crypto.decrypt(old, context="x") == b"lama"
        assert crypto.encrypt(b"baru", context="x")[0] == 2
        assert crypto.blind_index("x", purpose="p") == index
    finally:
        crypto.configure(before)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    missing = run_command("keys", "--rotate", str(tmp_path / "none.json"))
    assert (missing.returncode, "none.json does not exist" in missing.stderr) == (1, True)
