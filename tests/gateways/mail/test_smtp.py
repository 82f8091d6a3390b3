"""The mail gateway against a mail server as a process."""

from __future__ import annotations

import logging
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from adminduk.gateways.mail import SmtpMailSender, from_environment
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.modules.notifications.ports import OutgoingMail
from tests.gateways.servers import answering
from tests.processes import SandboxProcess, free_port, running

SENDER = "Layanan Contoh <layanan@adminduk.example>"


def _sender(process: SandboxProcess, *, password: str = "demo", ca_file: str | None = None) -> SmtpMailSender:
    trusted = str(process.data / "certificate.pem") if ca_file is None else ca_file
    return from_environment(url=f"smtp://adminduk:{password}@127.0.0.1:{process.port}", sender=SENDER, ca_file=trusted)


def _mail(to: str = "warga@contoh.example") -> OutgoingMail:
    return OutgoingMail(
        to=to,
        subject="Kode masuk Anda — berlaku lima menit",
        body="Kode Anda: 123456\nJangan berikan kepada siapa pun.\n.\nSelesai ✓\n",
        message_id=f"{uuid4()}",
        headers={"Content-Language": "id"},
    )


def _copies(process: SandboxProcess, mail: OutgoingMail) -> list[dict[str, str]]:
    return [one for one in process.get("/messages?count=9999") if one["message_id"].startswith(f"<{mail.message_id}@")]


def test_a_message_arrives_whole(mail_process: SandboxProcess) -> None:
    mail = _mail()
    _sender(mail_process).send(mail)
    (received,) = _copies(mail_process, mail)
    assert received["message_id"] == f"<{mail.message_id}@adminduk.example>"
    assert (received["to"], received["subject"]) == (mail.to, mail.subject)
    assert received["from"] == SENDER
    assert received["text"].replace("\r\n", "\n") == mail.body
    headers = dict(map(tuple, mail_process.get(f"/messages/{received['id']}")["headers"]))
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Id"] == "<layanan.adminduk.example>"
    assert headers["Content-Language"] == "id"


def test_messages_one_after_the_other_go_over_one_connection(mail_process: SandboxProcess) -> None:
    sender, mails, used = _sender(mail_process), [_mail() for _ in range(3)], set()
    for mail in mails:
        sender.send(mail)
        used.add(id(sender._resting))
    assert len(used) == 1
    assert [len(_copies(mail_process, mail)) for mail in mails] == [1, 1, 1]


def test_messages_at_the_same_time_each_go_over_their_own(mail_process: SandboxProcess) -> None:
    sender, mails = _sender(mail_process), [_mail() for _ in range(8)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(sender.send, mails))
    assert [len(_copies(mail_process, mail)) for mail in mails] == [1] * 8


def test_a_connection_that_has_failed_is_not_used_again(mail_process: SandboxProcess) -> None:
    sender, mail = _sender(mail_process), _mail()
    sender.send(_mail())
    with pytest.raises(RefusedByOutside):
        sender.send(_mail("siapa@tidak-ada.example"))
    assert sender._resting is None
    sender.send(mail)
    assert len(_copies(mail_process, mail)) == 1


def test_a_server_that_began_anew_meanwhile_gets_the_next_message(tmp_path: Path) -> None:
    with running("sandbox.mail", tmp_path, has_http_port=True) as process:
        sender, mails = _sender(process), [_mail(), _mail()]
        sender.send(mails[0])
        process.stop(signal.SIGTERM)
        process.start()
        sender.send(mails[1])
        assert [len(_copies(process, mail)) for mail in mails] == [1, 1]


def test_a_connection_rests_no_longer_than_a_message_may_take(mail_process: SandboxProcess) -> None:
    mail = _mail()
    sender = SmtpMailSender(_sender(mail_process)._server, sender=SENDER)
    sender.send(_mail())
    assert sender._resting is not None
    sender._resting._cut()  # what its watchdog does
    sender.send(mail)
    assert len(_copies(mail_process, mail)) == 1


def test_the_newest_comes_first(mail_process: SandboxProcess) -> None:
    to = f"{uuid4().hex}@contoh.example"
    mails = [_mail(to), _mail(to)]
    for mail in mails:
        _sender(mail_process).send(mail)
    listed = mail_process.get(f"/messages?to={to}")
    assert [one["message_id"][1:37] for one in listed] == [mails[1].message_id, mails[0].message_id]


def test_an_address_that_does_not_exist_is_refused_for_good(mail_process: SandboxProcess) -> None:
    with pytest.raises(RefusedByOutside):
        _sender(mail_process).send(_mail("siapa@tidak-ada.example"))


@pytest.mark.parametrize(
    ("mode", "error"),
    [("reject", RefusedByOutside), ("temporary", Unavailable), ("down", Unavailable), ("wrong_login", Unavailable)],
)
def test_modes(mail_process: SandboxProcess, mode: str, error: type[Exception]) -> None:
    mail = _mail()
    mail_process.switch(mode)
    with pytest.raises(error):
        _sender(mail_process).send(mail)
    mail_process.switch("normal")
    assert _copies(mail_process, mail) == []
    _sender(mail_process).send(mail)
    assert len(_copies(mail_process, mail)) == 1


def test_a_slow_server_is_waited_for(mail_process: SandboxProcess) -> None:
    mail_process.switch("slow", seconds=0.3)
    mail = _mail()
    _sender(mail_process).send(mail)
    assert len(_copies(mail_process, mail)) == 1


def test_a_server_too_slow_is_given_up(mail_process: SandboxProcess) -> None:
    mail_process.switch("slow", seconds=30)
    sender = _sender(mail_process)
    impatient = SmtpMailSender(sender._server, sender=SENDER, seconds=0.5)
    with pytest.raises(Unavailable, match=r"time_out|Disconnected"):
        impatient.send(_mail())


def test_a_dripping_server_is_cut(mail_process: SandboxProcess) -> None:
    with answering(b"220-", drip=b"x") as port:
        server = replace(_sender(mail_process)._server, port=port)
        started = time.monotonic()
        with pytest.raises(Unavailable):
            SmtpMailSender(server, sender=SENDER, total_seconds=0.6).send(_mail())
        assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "greeting", [b"554 go away\r\n", b"421 busy\r\n", b"SSH-2.0-x\r\n", b"\0\r\n", b"220 hi\r\n502 no\r\n"]
)
def test_odd_servers(mail_process: SandboxProcess, greeting: bytes) -> None:
    with answering(greeting) as port:
        server = replace(_sender(mail_process)._server, port=port)
        with pytest.raises(Unavailable):
            SmtpMailSender(server, sender=SENDER, seconds=2).send(_mail())


def test_taken_over_without_an_answer_is_repeated_with_the_same_id(mail_process: SandboxProcess) -> None:
    mail = _mail()
    mail_process.switch("drop_after_data")
    with pytest.raises(Unavailable):
        _sender(mail_process).send(mail)
    mail_process.switch("normal")
    _sender(mail_process).send(mail)
    assert len(_copies(mail_process, mail)) == 2


def test_nobody_listens(mail_process: SandboxProcess) -> None:
    url = f"smtp://adminduk:demo@127.0.0.1:{free_port()}"
    with pytest.raises(Unavailable):
        from_environment(url=url, sender=SENDER).send(_mail())


def test_a_wrong_password_is_no_fault_of_the_recipient(mail_process: SandboxProcess) -> None:
    with pytest.raises(Unavailable):
        _sender(mail_process, password="wrong").send(_mail())


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(mail_process: SandboxProcess) -> None:
    with pytest.raises(Unavailable):
        _sender(mail_process, ca_file="").send(_mail())


@pytest.mark.parametrize("url", ["smtp://127.0.0.1:25", "http://a:b@127.0.0.1", "smtp://a@127.0.0.1"])
def test_a_server_without_sign_in_is_not_accepted(url: str) -> None:
    with pytest.raises(ValueError, match="mail server"):
        from_environment(url=url, sender=SENDER)


def test_nothing_personal_is_logged(mail_process: SandboxProcess, caplog: pytest.LogCaptureFixture) -> None:
    mail_process.switch("temporary")
    mail = _mail("canary-3374011708909001@contoh.example")
    with caplog.at_level(logging.DEBUG), pytest.raises(Unavailable) as refused:
        _sender(mail_process).send(mail)
    written = "".join(repr(vars(record)) for record in caplog.records) + repr(refused.value)
    assert caplog.records
    assert not any(secret in written for secret in ("3374011708909001", "canary", "123456", "demo"))


def test_what_was_taken_over_survives_kill_9(tmp_path: Path) -> None:
    with running("sandbox.mail", tmp_path, has_http_port=True) as process:
        mails = [_mail() for _ in range(5)]
        for mail in mails:
            _sender(process).send(mail)
        process.stop(signal.SIGKILL)
        process.start()
        assert [len(_copies(process, mail)) for mail in mails] == [1] * 5
