"""The portal as it really runs, for tests: granian and the worker as processes, on the test's database.

`portal` serves every test of the run's process; its tables are emptied after each test as always.
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


@pytest.fixture(scope="module")
def shared_portal(
    prepared_database: test_database.Emptier,
    shared_register: SandboxProcess,
    shared_mail: SandboxProcess,
    shared_sms: SandboxProcess,
    shared_recording: SandboxProcess,
    shared_card_printer: SandboxProcess,
) -> Iterator[Portal]:
    """One portal for the tests of a file: its workers would take the jobs of other files' tests.

    Its logs lie in the run's folder, for tests that read them.
    """
    logs = test_database.folder() / f"{test_database.database_name()}_logs"
    portal = make_portal(
        logs, shared_register, shared_mail, shared_sms, shared_recording, card_printer=shared_card_printer
    )
    try:
        portal.start(portal.web)
        portal.start(portal.worker)
        portal.start(portal.pictures)
        yield portal
    finally:
        portal.pictures.stop()
        portal.worker.stop()
        portal.web.stop()


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
    return shared_portal
