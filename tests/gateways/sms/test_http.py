"""The SMS gateway against a provider as a process."""

from __future__ import annotations

import logging
import signal
from pathlib import Path
from uuid import uuid4

import pytest

from adminduk.gateways.sms import HttpSmsSender, from_environment
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.modules.notifications.ports import OutgoingSms
from tests.processes import SandboxProcess, free_port, running


def _sms(to: str = "+6281234567890") -> OutgoingSms:
    return OutgoingSms(to, "Kode masuk Anda 123456, berlaku 5 menit.", f"{uuid4()}")


def _sender(process: SandboxProcess) -> HttpSmsSender:
    return from_environment(url=process.url, token="demo")


def _copies(process: SandboxProcess, sms: OutgoingSms) -> list[dict[str, str]]:
    return [one for one in process.get("/messages?count=9999") if one["id"] == sms.message_id]


def test_a_message_arrives_once_however_often_it_is_sent(sms_process: SandboxProcess) -> None:
    sms = _sms()
    for _ in range(3):
        _sender(sms_process).send(sms)
    (received,) = _copies(sms_process, sms)
    assert (received["to"], received["text"]) == (sms.to_e164, sms.text)


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("reject", RefusedByOutside),
        ("down", Unavailable),
        ("wrong_login", Unavailable),
        ("quota", Unavailable),
        ("garbage", Unavailable),
    ],
)
def test_modes(sms_process: SandboxProcess, mode: str, error: type[Exception]) -> None:
    sms = _sms()
    sms_process.switch(mode)
    for _ in range(2):
        with pytest.raises(error):
            _sender(sms_process).send(sms)
    sms_process.switch("normal")
    assert _copies(sms_process, sms) == []
    _sender(sms_process).send(sms)
    assert len(_copies(sms_process, sms)) == 1


def test_taken_over_without_an_answer_is_repeated_and_kept_once(sms_process: SandboxProcess) -> None:
    sms = _sms()
    sms_process.switch("drop_after_data")
    with pytest.raises(Unavailable):
        _sender(sms_process).send(sms)
    sms_process.switch("normal")
    _sender(sms_process).send(sms)
    assert len(_copies(sms_process, sms)) == 1


def test_a_slow_gateway_is_given_up(sms_process: SandboxProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adminduk.gateways.sms.http.TOTAL_SECONDS", 0.5)
    sms_process.switch("slow", seconds=30)
    with pytest.raises(Unavailable, match="time_out"):
        _sender(sms_process).send(_sms())


@pytest.mark.parametrize("to", ["", "081234567890", "+62", "+6281234567890\r\n", "abc", "+628999912345"])
def test_a_number_that_cannot_be_is_refused_for_good(sms_process: SandboxProcess, to: str) -> None:
    with pytest.raises(RefusedByOutside):
        _sender(sms_process).send(_sms(to))


def test_a_wrong_token_is_no_fault_of_the_recipient(sms_process: SandboxProcess) -> None:
    with pytest.raises(Unavailable):
        from_environment(url=sms_process.url, token="other").send(_sms())


def test_nobody_listens() -> None:
    with pytest.raises(Unavailable):
        from_environment(url=f"http://127.0.0.1:{free_port()}", token="demo").send(_sms())


def test_nothing_personal_is_logged(sms_process: SandboxProcess, caplog: pytest.LogCaptureFixture) -> None:
    sms_process.switch("quota")
    sms = _sms()
    with caplog.at_level(logging.DEBUG), pytest.raises(Unavailable) as refused:
        _sender(sms_process).send(sms)
    written = "".join(repr(vars(record)) for record in caplog.records) + repr(refused.value)
    assert caplog.records
    assert not any(secret in written for secret in ("81234567890", "123456", "demo"))


def test_what_was_taken_over_survives_kill_9(tmp_path: Path) -> None:
    with running("sandbox.sms", tmp_path) as process:
        messages = [_sms() for _ in range(3)]
        for sms in messages:
            _sender(process).send(sms)
        process.stop(signal.SIGKILL)
        with (tmp_path / "messages.jsonl").open("ab") as file:
            file.write(b'{"id": "half')  # as if killed while writing
        process.start()
        _sender(process).send(messages[0])
        assert [len(_copies(process, sms)) for sms in messages] == [1] * 3
