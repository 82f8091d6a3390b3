"""Production refuses whatever only suits a demo, and says which variable it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from adminduk.config import environment
from adminduk.config.environment import BadEnvironment
from adminduk.foundation import keys


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, str]:
    """What a production installation tells its processes."""
    key_file = tmp_path / "keys.json"
    keys.create(key_file)
    return {
        "ADMINDUK_MODE": "production",
        "DATABASE_URL": "postgresql://adminduk_app:x7Kq-long-and-random@db.example/adminduk",
        "ADMINDUK_DATA_DIR": str(tmp_path),
        "ADMINDUK_KEY_FILE": str(key_file),
        "ADMINDUK_BASE_URL": "https://layanan.example.go.id",
        "ADMINDUK_ALLOWED_HOSTS": "layanan.example.go.id",
        "ADMINDUK_REGISTER_URL": "https://dwh.example.go.id",
        "ADMINDUK_REGISTER_LOGIN": "kota:portal:y8Lr-long-and-random",
        "ADMINDUK_SMTP_URL": "smtp://portal:z9Ms-long-and-random@mail.example.go.id:587",
        "ADMINDUK_SMS_URL": "https://sms.example.go.id",
        "ADMINDUK_SMS_TOKEN": "w6Jp-long-and-random",
    }


def test_a_safe_environment_is_read(safe: dict[str, str]) -> None:
    read = environment.read(safe)
    assert read.mode == "production" and read.allowed_hosts == ("layanan.example.go.id",)


def test_production_is_the_default(safe: dict[str, str]) -> None:
    del safe["ADMINDUK_MODE"]
    assert environment.read(safe).mode == "production"
    with pytest.raises(BadEnvironment, match="production needs DATABASE_URL"):
        environment.read({})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ADMINDUK_MODE", "prod", "it must be demo, test or production"),
        ("DATABASE_URL", "postgresql://adminduk_app:adminduk@db.example/adminduk", "DATABASE_URL carries a default"),
        ("ADMINDUK_REGISTER_LOGIN", "adminduk:demo:demo", "ADMINDUK_REGISTER_LOGIN carries a default secret"),
        ("ADMINDUK_SMTP_URL", "smtp://adminduk:demo@mail.example:587", "ADMINDUK_SMTP_URL carries a default secret"),
        ("ADMINDUK_SMTP_URL", "smtp://mail.example:587", "ADMINDUK_SMTP_URL carries a default secret"),
        ("ADMINDUK_SMS_TOKEN", "demo", "ADMINDUK_SMS_TOKEN carries a default secret"),
        ("ADMINDUK_SMS_TOKEN", "Demo", "ADMINDUK_SMS_TOKEN carries a default secret"),
        ("ADMINDUK_BASE_URL", "http://layanan.example.go.id", "must begin with https://"),
        ("ADMINDUK_DEMO_MAILBOX_URL", "http://127.0.0.1:8004", "has no place in production"),
        ("ADMINDUK_DEMO_SMS_BOX_URL", "http://127.0.0.1:8003", "has no place in production"),
        ("ADMINDUK_KEY_FILE", "/nowhere/keys.json", "does not exist"),
    ],
)
def test_an_unsafe_value_is_refused(safe: dict[str, str], name: str, value: str, said: str) -> None:
    with pytest.raises(BadEnvironment) as refused:
        environment.read(safe | {name: value})
    assert said in str(refused.value)


@pytest.mark.parametrize("name", environment._NEEDED_IN_PRODUCTION)
def test_what_production_needs_has_no_default(safe: dict[str, str], name: str) -> None:
    del safe[name]
    with pytest.raises(BadEnvironment, match=f"production needs {name}"):
        environment.read(safe)


def test_a_key_file_that_others_can_read_is_refused(safe: dict[str, str]) -> None:
    Path(safe["ADMINDUK_KEY_FILE"]).chmod(0o640)
    with pytest.raises(BadEnvironment, match="readable by others"):
        environment.read(safe)


def test_no_refusal_prints_a_secret(safe: dict[str, str]) -> None:
    for name in safe:
        with pytest.raises(BadEnvironment) as refused:
            environment.read(safe | {name: "", "ADMINDUK_BASE_URL": "http://unsafe.example"})
        assert "long-and-random" not in str(refused.value)
