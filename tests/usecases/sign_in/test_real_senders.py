"""Codes over a real mail server and a real SMS gateway, sent by a worker process, through an outage."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from adminduk.foundation import jobs
from adminduk.modules.accounts.types import Address, Identity
from adminduk.usecases import sign_in
from tests.processes import ROOT, SandboxProcess
from tests.usecases.sign_in.door import Door
from tests.usecases.stand_ins import SEMARANG


@pytest.fixture
def senders(mail_process: SandboxProcess, sms_process: SandboxProcess) -> dict[str, str]:
    """What a worker is told about the stand-ins."""
    return {
        "ADMINDUK_SMTP_URL": f"smtp://adminduk:demo@127.0.0.1:{mail_process.port}",
        "ADMINDUK_SMTP_CA_FILE": str(Path(mail_process.data) / "certificate.pem"),
        "ADMINDUK_SMS_URL": sms_process.url,
        "ADMINDUK_SMS_TOKEN": "demo",
    }


def work(senders: dict[str, str]) -> str:
    """A worker does what is due and ends. Returns everything that it logged."""
    command = [sys.executable, "-m", "tests.foundation.worker_of_tests", "--no-wait"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **senders}, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout + done.stderr


def knock(door: Door, identity: Identity, address: Address) -> None:
    sign_in.begin(region=SEMARANG, identity=identity, address=address, visitor=door.visitor, key=str(uuid4()))


def test_a_code_by_mail_survives_an_outage(
    door: Door, address: Address, senders: dict[str, str], mail_process: SandboxProcess
) -> None:
    identity = door.somebody()
    mail_process.switch("down")
    knock(door, identity, address)
    logged = work(senders)
    assert mail_process.get(f"/messages?to={address.value}") == []
    mail_process.switch("normal")
    jobs.follow_clock(timedelta(minutes=21))  # over the pause of the tests' worker before the next attempt
    logged += work(senders)
    (letter,) = mail_process.get(f"/messages?to={address.value}")
    code = re.search(r"[0-9]{6}", letter["subject"])
    assert code
    assert [text for text in (code.group(), str(identity.nik), address.value) if text in logged] == []


def test_a_code_by_sms(door: Door, senders: dict[str, str], sms_process: SandboxProcess) -> None:
    mobile = Address.parse("sms", "0812 7700 1234")
    knock(door, door.somebody(), mobile)
    work(senders)
    (message,) = sms_process.get("/messages?to=%2B6281277001234")
    assert re.search(r"kode masuk [0-9]{6}", message["text"])


def test_a_connection_lost_after_the_data_repeats_the_same_letter(
    door: Door, address: Address, senders: dict[str, str], mail_process: SandboxProcess
) -> None:
    mail_process.switch("drop_after_data")
    knock(door, door.somebody(), address)
    work(senders)
    mail_process.switch("normal")
    jobs.follow_clock(timedelta(minutes=21))
    work(senders)
    letters = mail_process.get(f"/messages?to={address.value}")
    assert len(letters) == 2
    assert len({(letter["message_id"], letter["subject"]) for letter in letters}) == 1
