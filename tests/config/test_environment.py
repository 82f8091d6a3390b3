"""Production starts with nothing that only suits a demo; every refusal names the variable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adminduk.config import environment
from adminduk.config.environment import BadEnvironment
from adminduk.foundation import keys
from tests.processes import ROOT


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """What an installation is told, complete and safe."""
    key_file = tmp_path / "keys.json"
    keys.create(key_file)
    return {
        "DATABASE_URL": "postgresql://adminduk_app:Xq3-long@db.kota.example/adminduk",
        "ADMINDUK_DATA_DIR": str(tmp_path / "data"),
        "ADMINDUK_KEY_FILE": str(key_file),
        "ADMINDUK_BASE_URL": "https://adminduk.kota.example",
        "ADMINDUK_ALLOWED_HOSTS": "adminduk.kota.example",
        "ADMINDUK_REGISTER_URL": "https://gudang.example",
        "ADMINDUK_REGISTER_LOGIN": "3374:dukcapil:s-7Kd2",
        "ADMINDUK_SMTP_URL": "smtp://layanan:s-81hA@mail.kota.example:587",
        "ADMINDUK_SMS_URL": "https://sms.example",
        "ADMINDUK_SMS_TOKEN": "t-99Lz",
    }


def test_a_complete_installation_is_production_without_saying_so(production: dict[str, str]) -> None:
    read = environment.read(production)
    assert read.mode == "production"
    assert read.allowed_hosts == ("adminduk.kota.example",)
    assert (read.mailbox_url, read.sms_box_url) == ("", "")


@pytest.mark.parametrize(
    "name",
    [
        "DATABASE_URL",
        "ADMINDUK_DATA_DIR",
        "ADMINDUK_KEY_FILE",
        "ADMINDUK_BASE_URL",
        "ADMINDUK_ALLOWED_HOSTS",
        "ADMINDUK_REGISTER_URL",
        "ADMINDUK_REGISTER_LOGIN",
        "ADMINDUK_SMTP_URL",
        "ADMINDUK_SMS_URL",
        "ADMINDUK_SMS_TOKEN",
    ],
)
def test_nothing_needed_has_a_default(production: dict[str, str], name: str) -> None:
    del production[name]
    with pytest.raises(BadEnvironment, match=name):
        environment.read(production)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://adminduk_app:postgres@db/adminduk"),
        ("DATABASE_URL", "postgresql://adminduk_app:adminduk@db/adminduk"),
        ("ADMINDUK_REGISTER_LOGIN", "adminduk:demo:demo"),
        ("ADMINDUK_REGISTER_LOGIN", "adminduk:dukcapil:"),
        ("ADMINDUK_SMTP_URL", "smtp://adminduk:demo@mail:587"),
        ("ADMINDUK_SMTP_URL", "smtp://mail.kota.example:587"),
        ("ADMINDUK_SMS_TOKEN", "Demo"),
        ("ADMINDUK_BASE_URL", "http://adminduk.kota.example"),
        ("ADMINDUK_DATABASE_OWNER_URL", "postgresql://adminduk_owner:postgres@db/adminduk"),
        ("ADMINDUK_DATABASE_BACKUP_URL", "postgresql://adminduk_backup:adminduk@db/adminduk"),
        ("ADMINDUK_REGISTER_URL", "http://gudang.example"),
        ("ADMINDUK_REGISTER_URL", "http://127.0.0.1:8001"),
        ("ADMINDUK_REGISTER_URL", "gudang.example"),
        ("ADMINDUK_SMS_URL", "http://sms.example"),
        ("ADMINDUK_DEMO_MAILBOX_URL", "http://127.0.0.1:8004"),
        ("ADMINDUK_DEMO_SMS_BOX_URL", "http://127.0.0.1:8003"),
        ("ADMINDUK_KEY_FILE", "/nonexistent/keys.json"),
    ],
)
def test_what_only_suits_a_demo_is_refused(production: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(BadEnvironment, match="ADMINDUK_DEMO_" if "DEMO" in name else name):
        environment.read(production | {name: value})


def test_plain_http_goes_only_to_a_host_that_is_named(production: dict[str, str]) -> None:
    proxied = {"ADMINDUK_PLAIN_HTTP_HOSTS": "127.0.0.1", "ADMINDUK_REGISTER_URL": "http://127.0.0.1:9000/gudang"}
    assert environment.read(production | proxied).register_url == "http://127.0.0.1:9000/gudang"
    with pytest.raises(BadEnvironment, match="ADMINDUK_SMS_URL"):
        environment.read(production | proxied | {"ADMINDUK_SMS_URL": "http://sms.example"})


def test_a_key_file_that_others_may_read_is_refused(production: dict[str, str]) -> None:
    Path(production["ADMINDUK_KEY_FILE"]).chmod(0o640)
    with pytest.raises(BadEnvironment, match="chmod 600"):
        environment.read(production)


def test_a_refusal_does_not_repeat_the_secret(production: dict[str, str]) -> None:
    url = "postgresql://adminduk_app:postgres@db/adminduk"
    with pytest.raises(BadEnvironment) as refused:
        environment.read(production | {"DATABASE_URL": url})
    assert ":postgres" not in str(refused.value)


def test_an_unknown_mode_is_refused(production: dict[str, str]) -> None:
    with pytest.raises(BadEnvironment, match="'staging'"):
        environment.read(production | {"ADMINDUK_MODE": "staging"})


def test_a_process_told_nothing_does_not_start_as_a_demo() -> None:
    told = {name: value for name, value in os.environ.items() if not name.startswith(("ADMINDUK_", "DATABASE_URL"))}
    command = [sys.executable, "-m", "adminduk.config.manage", "check"]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "production needs DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


SETTINGS_OF_PRODUCTION = """
from adminduk.config import settings as s
assert s.DEBUG is False and s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_HSTS_SECONDS > 0
import django
django.setup()
from django.urls import get_resolver
prefixes = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
assert "petugas/" in prefixes and "demo/" not in prefixes, prefixes
from adminduk.foundation import clock
from adminduk.kernel.errors import DomainError
from datetime import timedelta
try:
    clock.move_forward(timedelta(days=1))
except DomainError:
    print("as it should be")
"""


def test_production_has_safe_cookies_no_demo_pages_and_a_fixed_clock(production: dict[str, str]) -> None:
    told = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "adminduk.config.settings", **production}
    command = [sys.executable, "-c", SETTINGS_OF_PRODUCTION]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "as it should be", done.stderr


def test_production_refuses_to_prepare_a_demo(production: dict[str, str]) -> None:
    command = [sys.executable, "-m", "adminduk.config.manage", "prepare_demo"]
    told = {"PATH": os.environ["PATH"], **production}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "production refuses it" in done.stderr
