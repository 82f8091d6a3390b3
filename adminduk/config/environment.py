"""Every environment variable the product reads, in one typed list; production refuses what only suits a demo."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

Mode = Literal["demo", "test", "production"]
ROOT = Path(__file__).resolve().parents[2]
_IN_WHEEL = ROOT / "adminduk" / "definitions"  # see pyproject.toml; a working copy has them beside the code


class BadEnvironment(SystemExit):
    """The process must not start: the message names the variable and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(f"adminduk: {message}")


@dataclass(frozen=True, slots=True)
class Environment:
    """What the process was told from outside. Names in capitals are the variables."""

    mode: Mode  # ADMINDUK_MODE: demo, test or production (the default: nothing is a demo by accident)
    database_url: str  # DATABASE_URL: as role adminduk_app; with ?prepare=off behind PgBouncer in transaction mode
    owner_url: str  # ADMINDUK_DATABASE_OWNER_URL: as role adminduk_owner, only for migrations ("" elsewhere)
    backup_url: str  # ADMINDUK_DATABASE_BACKUP_URL: as role adminduk_backup, only for `adminduk backup` ("" elsewhere)
    data_dir: Path  # ADMINDUK_DATA_DIR: encrypted uploads, clock of the demo, audit checkpoints
    key_file: Path  # ADMINDUK_KEY_FILE: see `adminduk keys`
    base_url: str  # ADMINDUK_BASE_URL: how people reach the portal, for links in messages
    register_url: str  # ADMINDUK_REGISTER_URL: base of the data warehouse's web service
    register_login: str  # ADMINDUK_REGISTER_LOGIN: "consumer:user:password"
    smtp_url: str  # ADMINDUK_SMTP_URL: smtp://user:password@host:port, always STARTTLS
    smtp_ca_file: str  # ADMINDUK_SMTP_CA_FILE: certificate authority of a private mail server ("": the system's)
    mail_from: str  # ADMINDUK_MAIL_FROM
    sms_url: str  # ADMINDUK_SMS_URL
    sms_token: str  # ADMINDUK_SMS_TOKEN
    recording_url: str  # ADMINDUK_RECORDING_URL: who answers about recordings ("": regions type or import statuses)
    recording_token: str  # ADMINDUK_RECORDING_TOKEN
    card_printer_url: str  # ADMINDUK_CARD_PRINTER_URL: the gateway of card printers ("": nothing is printed)
    card_printer_token: str  # ADMINDUK_CARD_PRINTER_TOKEN
    plain_http_hosts: tuple[str, ...]  # ADMINDUK_PLAIN_HTTP_HOSTS: register and SMS there may be http:// in production
    definitions_dir: Path  # ADMINDUK_DEFINITIONS_DIR
    extra_definitions: tuple[Path, ...]  # ADMINDUK_EXTRA_DEFINITIONS: service files outside the package, by ":"
    allowed_hosts: tuple[str, ...]  # ADMINDUK_ALLOWED_HOSTS, by ","
    reader_threads: int  # ADMINDUK_READER_THREADS: how many lines of one picture are read side by side
    reads_documents: bool  # ADMINDUK_READ_DOCUMENTS: on, or off where no worker reads pictures (the quick look stays)
    signature_anchors: Path | None  # ADMINDUK_SIGNATURE_ANCHORS: folder of certificates (PEM) that make signers known
    sign_ins_per_network: int  # ADMINDUK_SIGN_INS_PER_NETWORK: in 15 minutes from one client address (towns share one)
    mailbox_url: str  # ADMINDUK_DEMO_MAILBOX_URL: read side of the demo's mail stand-in (demo only)
    sms_box_url: str  # ADMINDUK_DEMO_SMS_BOX_URL: read side of the demo's SMS stand-in (demo only)


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read and check the variables. Raises BadEnvironment (exits) on a missing, unknown or unsafe value."""
    mode = environ.get("ADMINDUK_MODE", "production")
    if mode not in ("demo", "test", "production"):
        raise BadEnvironment(f"ADMINDUK_MODE is {mode!r}; it must be demo, test or production")
    data_dir = Path(environ.get("ADMINDUK_DATA_DIR", str(ROOT / ".data" / mode)))
    result = Environment(
        mode=cast(Mode, mode),
        database_url=environ.get("DATABASE_URL", ""),
        owner_url=environ.get("ADMINDUK_DATABASE_OWNER_URL", ""),
        backup_url=environ.get("ADMINDUK_DATABASE_BACKUP_URL", ""),
        data_dir=data_dir,
        key_file=Path(environ.get("ADMINDUK_KEY_FILE", str(data_dir / "keys.json"))),
        base_url=environ.get("ADMINDUK_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        register_url=environ.get("ADMINDUK_REGISTER_URL", "http://127.0.0.1:8001"),
        register_login=environ.get("ADMINDUK_REGISTER_LOGIN", "adminduk:demo:demo"),
        smtp_url=environ.get("ADMINDUK_SMTP_URL", "smtp://adminduk:demo@127.0.0.1:8002"),
        smtp_ca_file=environ.get("ADMINDUK_SMTP_CA_FILE", ""),
        mail_from=environ.get("ADMINDUK_MAIL_FROM", "Adminduk <layanan@adminduk.example>"),
        sms_url=environ.get("ADMINDUK_SMS_URL", "http://127.0.0.1:8003"),
        sms_token=environ.get("ADMINDUK_SMS_TOKEN", "demo"),
        recording_url=environ.get("ADMINDUK_RECORDING_URL", ""),
        recording_token=environ.get("ADMINDUK_RECORDING_TOKEN", "demo"),
        card_printer_url=environ.get("ADMINDUK_CARD_PRINTER_URL", ""),
        card_printer_token=environ.get("ADMINDUK_CARD_PRINTER_TOKEN", "demo"),
        plain_http_hosts=tuple(h for h in environ.get("ADMINDUK_PLAIN_HTTP_HOSTS", "").split(",") if h),
        definitions_dir=Path(
            environ.get("ADMINDUK_DEFINITIONS_DIR", str(_IN_WHEEL if _IN_WHEEL.is_dir() else ROOT / "definitions"))
        ),
        extra_definitions=tuple(Path(p) for p in environ.get("ADMINDUK_EXTRA_DEFINITIONS", "").split(":") if p),
        allowed_hosts=tuple(h for h in environ.get("ADMINDUK_ALLOWED_HOSTS", "").split(",") if h),
        reader_threads=int(environ.get("ADMINDUK_READER_THREADS", "2")),
        reads_documents=environ.get("ADMINDUK_READ_DOCUMENTS", "on") != "off",
        signature_anchors=Path(anchors) if (anchors := environ.get("ADMINDUK_SIGNATURE_ANCHORS", "")) else None,
        sign_ins_per_network=int(environ.get("ADMINDUK_SIGN_INS_PER_NETWORK", "300")),
        mailbox_url=environ.get("ADMINDUK_DEMO_MAILBOX_URL", ""),
        sms_box_url=environ.get("ADMINDUK_DEMO_SMS_BOX_URL", ""),
    )
    if mode == "production":
        refuse_unsafe(result, environ)
    return result


_NEEDED_IN_PRODUCTION = (
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
)
_DEFAULT_SECRETS = frozenset({"demo", "adminduk", "password", "secret", "changeme", "postgres", ""})


def refuse_unsafe(env: Environment, environ: Mapping[str, str]) -> None:
    """Refuse defaults, well-known secrets, readable key files and the demo's helpers in production."""
    missing = [name for name in _NEEDED_IN_PRODUCTION if not environ.get(name)]
    if missing:
        raise BadEnvironment(f"production needs {', '.join(missing)}")
    secrets = {
        "ADMINDUK_SMTP_URL": urlsplit(env.smtp_url).password or "",
        "DATABASE_URL": urlsplit(env.database_url).password,
        "ADMINDUK_DATABASE_OWNER_URL": urlsplit(env.owner_url).password,
        "ADMINDUK_DATABASE_BACKUP_URL": urlsplit(env.backup_url).password,
        "ADMINDUK_REGISTER_LOGIN": env.register_login.rpartition(":")[2],
        "ADMINDUK_SMS_TOKEN": env.sms_token,
        "ADMINDUK_RECORDING_TOKEN": env.recording_token if env.recording_url else None,
        "ADMINDUK_CARD_PRINTER_TOKEN": env.card_printer_token if env.card_printer_url else None,
    }
    for name, secret in secrets.items():
        if secret is not None and secret.lower() in _DEFAULT_SECRETS:
            raise BadEnvironment(f"{name} carries a default secret; production refuses it")
    if not env.base_url.startswith("https://"):
        raise BadEnvironment("ADMINDUK_BASE_URL must begin with https:// in production")
    reached = {"ADMINDUK_REGISTER_URL": env.register_url, "ADMINDUK_SMS_URL": env.sms_url}
    optional = {"ADMINDUK_RECORDING_URL": env.recording_url, "ADMINDUK_CARD_PRINTER_URL": env.card_printer_url}
    reached |= {name: url for name, url in optional.items() if url}
    for name, url in reached.items():
        _refuse_plain(name, url, env.plain_http_hosts)
    if env.mailbox_url or env.sms_box_url:
        raise BadEnvironment("the demo's mailbox (ADMINDUK_DEMO_…) has no place in production")
    if not env.key_file.is_file():
        raise BadEnvironment(
            f"ADMINDUK_KEY_FILE {env.key_file} does not exist; make one with: adminduk keys --new FILE"
        )
    if stat.S_IMODE(env.key_file.stat().st_mode) & 0o077:
        raise BadEnvironment(f"ADMINDUK_KEY_FILE {env.key_file} is readable by others; chmod 600 it")


def _refuse_plain(name: str, url: str, plain_hosts: tuple[str, ...]) -> None:
    """NIK and tokens go over the wire in clear to nobody but a host that the operator has named."""
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in plain_hosts):
        return
    raise BadEnvironment(
        f"{name} must begin with https:// in production, or its host stand in ADMINDUK_PLAIN_HTTP_HOSTS"
    )
