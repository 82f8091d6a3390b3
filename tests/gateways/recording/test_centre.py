"""The national side of recording over HTTP, against the stand-in as a process."""

from __future__ import annotations

import logging
import secrets
import signal
from pathlib import Path

import pytest

from adminduk.gateways.recording import CentreStatuses, from_environment
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.kernel.identifiers import Nik, RegionCode
from adminduk.modules.recordings.ports import Order
from tests.making import fresh_identity
from tests.processes import SandboxProcess, free_port, running

REGION = RegionCode("33.74")


def _order(nik: Nik | None = None) -> Order:
    return Order(f"RK-{secrets.token_hex(5).upper()}", nik or fresh_identity().nik, REGION)


def _centre(process: SandboxProcess) -> CentreStatuses:
    return from_environment(url=process.url, token="demo")


def _status(process: SandboxProcess, order: Order) -> str:
    (heard,) = _centre(process).hear([order.reference]).heard
    assert heard.reference == order.reference and heard.said_on is not None
    return heard.raw


def _taken(process: SandboxProcess, order: Order) -> int:
    return [one["reference"] for one in process.get("/recordings?region=33.74")].count(order.reference)


def test_a_recording_goes_its_way_over_days(recording_process: SandboxProcess) -> None:
    order = _order()
    _centre(recording_process).report(order)
    said = [_status(recording_process, order)]
    for hours in (2, 24, 72):
        recording_process.post("/clock", {"hours": hours})
        said.append(_status(recording_process, order))
    assert said == ["BIO_CAPTURED", "SENT_FOR_ENROLLMENT", "RECEIVED_AT_CENTRAL", "PRINT_READY_RECORD"]


def test_told_again_it_is_taken_once(recording_process: SandboxProcess) -> None:
    order = _order()
    for _ in range(3):
        _centre(recording_process).report(order)
    assert _taken(recording_process, order) == 1


def test_a_second_recording_goes_its_own_way(recording_process: SandboxProcess) -> None:
    nik = fresh_identity().nik
    plans = [[[0, "ENROLL_FAILURE_AT_CENTRAL"]], [[0, "PRINT_READY_RECORD"]]]
    recording_process.post("/plan", {"nik": str(nik), "plans": plans})
    orders = [_order(nik), _order(nik)]
    for order in orders:
        _centre(recording_process).report(order)
    said = [_status(recording_process, order) for order in orders]
    assert said == ["ENROLL_FAILURE_AT_CENTRAL", "PRINT_READY_RECORD"]


def test_who_is_not_known_there_is_left_out(recording_process: SandboxProcess) -> None:
    order = _order()
    _centre(recording_process).report(order)
    heard = _centre(recording_process).hear([order.reference, "RK-NOBODY"]).heard
    assert [one.reference for one in heard] == [order.reference]


@pytest.mark.parametrize("mode", ["down", "wrong_login", "garbage"])
def test_modes(recording_process: SandboxProcess, mode: str) -> None:
    order = _order()
    recording_process.switch(mode)
    for _ in range(6):
        with pytest.raises(Unavailable):
            _centre(recording_process).report(order)
        with pytest.raises(Unavailable):
            _centre(recording_process).hear([order.reference])
    recording_process.switch("normal")
    assert _taken(recording_process, order) == 0


def test_taken_over_without_an_answer_is_told_again_and_taken_once(recording_process: SandboxProcess) -> None:
    order = _order()
    recording_process.switch("drop_after_data")
    with pytest.raises(Unavailable):
        _centre(recording_process).report(order)
    recording_process.switch("normal")
    _centre(recording_process).report(order)
    assert _taken(recording_process, order) == 1


def test_a_slow_centre_is_given_up(recording_process: SandboxProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adminduk.gateways.recording.centre.TOTAL_SECONDS", 0.5)
    recording_process.switch("slow", seconds=30)
    with pytest.raises(Unavailable, match="time_out"):
        _centre(recording_process).hear(["RK-0"])


def test_what_cannot_be_is_refused_for_good(recording_process: SandboxProcess) -> None:
    with pytest.raises(RefusedByOutside):
        _centre(recording_process).report(Order("", fresh_identity().nik, REGION))


def test_nobody_listens() -> None:
    with pytest.raises(Unavailable):
        from_environment(url=f"http://127.0.0.1:{free_port()}", token="demo").hear(["RK-0"])


def test_nothing_personal_is_logged(recording_process: SandboxProcess, caplog: pytest.LogCaptureFixture) -> None:
    recording_process.switch("down")
    order = _order()
    with caplog.at_level(logging.DEBUG), pytest.raises(Unavailable) as refused:
        _centre(recording_process).report(order)
    written = "".join(repr(vars(record)) for record in caplog.records) + repr(refused.value)
    assert caplog.records
    assert not any(secret in written for secret in (str(order.nik), "demo"))


def test_what_was_taken_over_survives_kill_9(tmp_path: Path) -> None:
    with running("sandbox.recording_centre", tmp_path) as process:
        orders = [_order() for _ in range(3)]
        for order in orders:
            _centre(process).report(order)
        process.stop(signal.SIGKILL)
        with (tmp_path / "recordings.jsonl").open("ab") as file:
            file.write(b'{"reference": "half')  # as if killed while writing
        process.start()
        _centre(process).report(orders[0])
        assert [_taken(process, order) for order in orders] == [1] * 3


def test_it_says_that_it_is_a_stand_in(recording_process: SandboxProcess) -> None:
    assert "not the national system" in recording_process.get("/health")["about"]
