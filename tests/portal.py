"""The portal as it really runs, for tests: granian and the worker as processes, on the test's database.

`portal` serves every test of the run's process; its tables are emptied after each test as always. Tests that need it
run before the others (conftest.py), so that it starts once.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adminduk.config.children import Child
from adminduk.config.web import granian_words
from tests import database as test_database
from tests.processes import ROOT, SandboxProcess, free_port

_READY_WITHIN = 120.0  # seconds
_PORTAL = pytest.StashKey["Portal"]()


@dataclass(frozen=True, slots=True)
class Portal:
    """A running portal and the outside world it talks to. Web and workers may be killed and started again."""

    base_url: str
    web: Child
    worker: Child
    pictures: Child
    register: SandboxProcess
    mail: SandboxProcess
    sms: SandboxProcess
    recording: SandboxProcess | None = None

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        """What the mail server has taken for the address, newest first."""
        found: list[dict[str, Any]] = self.mail.get(f"/messages?to={address}")
        return found

    def texts_to(self, number: str) -> list[dict[str, Any]]:
        """What the SMS gateway has taken for the number, newest first."""
        found: list[dict[str, Any]] = self.sms.get(f"/messages?to={number.replace('+', '%2B')}")
        return found

    def kill(self, child: Child) -> None:
        """End web or worker in the middle of whatever it does, its own children too."""
        assert child.process is not None
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()

    def start(self, child: Child) -> None:
        """Start web or worker again, and wait until it is ready."""
        child.start()
        child.await_ready(_READY_WITHIN)

    def wake(self) -> None:
        """Start what does not run."""
        for child in (self.web, self.worker, self.pictures):
            if child.process is None or child.has_died():
                self.start(child)

    def rest(self) -> None:
        """End web and workers; the stand-ins go on."""
        for child in (self.pictures, self.worker, self.web):
            child.stop()


def portal_environ(
    base_url: str,
    register: SandboxProcess,
    mail: SandboxProcess,
    sms: SandboxProcess,
    recording: SandboxProcess | None = None,
) -> dict[str, str]:
    """What web and worker are told: this process's test database, and these stand-ins."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "ADMINDUK_BASE_URL": base_url,
        "ADMINDUK_REGISTER_URL": register.url,
        "ADMINDUK_SMTP_URL": f"smtp://adminduk:demo@127.0.0.1:{mail.port}",
        "ADMINDUK_SMTP_CA_FILE": str(mail.data / "certificate.pem"),
        "ADMINDUK_SMS_URL": sms.url,
        "ADMINDUK_RECORDING_URL": recording.url if recording else "",
        "ADMINDUK_DEMO_MAILBOX_URL": mail.url,
        "ADMINDUK_DEMO_SMS_BOX_URL": sms.url,
    }


def make_portal(
    logs: Path,
    register: SandboxProcess,
    mail: SandboxProcess,
    sms: SandboxProcess,
    recording: SandboxProcess | None = None,
    *,
    workers: int = 1,
    card_printer: SandboxProcess | None = None,
) -> Portal:
    """A portal that is not yet started. Without a `card_printer` it prints nothing."""
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    environ = portal_environ(base_url, register, mail, sms, recording)
    environ |= {"ADMINDUK_CARD_PRINTER_URL": card_printer.url} if card_printer else {}
    web_words = granian_words(host="127.0.0.1", port=port, workers=workers)
    web = Child("web", web_words, logs / "web.log", environ, ROOT, health=(port, "/health"))
    worker = Child("worker", ("adminduk.config.manage", "worker"), logs / "worker.log", environ, ROOT)
    pictures_words = ("adminduk.config.manage", "worker", "--queue", "pictures")
    pictures = Child("pictures", pictures_words, logs / "pictures.log", environ, ROOT)
    return Portal(base_url, web, worker, pictures, register, mail, sms, recording)


@pytest.fixture(scope="session")
def collected_statics() -> Path:
    """Sheets and scripts packed, as an installation serves them; the folder they lie in."""
    from django.conf import settings
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import call_command

    from adminduk.foundation.pages import statics

    call_command("collectstatic", interactive=False, verbosity=0)
    staticfiles_storage.hashed_files = staticfiles_storage.load_manifest()[0]  # type: ignore[attr-defined]
    for remembered in (statics.url_of, statics.sheet, statics.version, statics.style_hash):
        remembered.cache_clear()
    return Path(settings.STATIC_ROOT)


@pytest.fixture(scope="session")
def shared_portal(
    request: pytest.FixtureRequest,
    prepared_database: test_database.Emptier,
    collected_statics: Path,
    shared_register: SandboxProcess,
    shared_mail: SandboxProcess,
    shared_sms: SandboxProcess,
    shared_recording: SandboxProcess,
    shared_card_printer: SandboxProcess,
) -> Iterator[Portal]:
    """One portal for the run's process. Its logs lie in the run's folder."""
    logs = test_database.folder() / f"{test_database.database_name()}_logs"
    made = make_portal(
        logs, shared_register, shared_mail, shared_sms, shared_recording, card_printer=shared_card_printer
    )
    request.session.stash[_PORTAL] = made
    yield made
    made.rest()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The portal rests while tests run that do not ask for it: its workers would take their jobs."""
    made = item.session.stash.get(_PORTAL, None)
    if made is not None and "shared_portal" not in getattr(item, "fixturenames", ()):
        made.rest()


@pytest.fixture
def portal(
    shared_portal: Portal,
    database: None,
    register_process: SandboxProcess,
    mail_process: SandboxProcess,
    sms_process: SandboxProcess,
    recording_process: SandboxProcess,
    card_printer_process: SandboxProcess,
) -> Portal:
    """The running portal on an empty database, its stand-ins behaving."""
    shared_portal.wake()
    return shared_portal
