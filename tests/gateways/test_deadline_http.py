"""A POST that ends by its deadline and reads within its limit."""

from __future__ import annotations

import time

import pytest

from adminduk.gateways.deadline_http import NoAnswer, post
from tests.gateways.servers import answering
from tests.processes import free_port

OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"


def _post(port: int, *, seconds: float = 3.0, limit: int = 10_000) -> tuple[int, bytes]:
    answer = post(f"http://127.0.0.1:{port}/x", b"{}", headers={}, deadline=time.monotonic() + seconds, limit=limit)
    return answer.status, answer.body


def _fails(port: int, *, seconds: float = 3.0) -> str:
    with pytest.raises(NoAnswer) as refused:
        _post(port, seconds=seconds)
    return refused.value.code


def test_an_answer() -> None:
    with answering(OK + b"Content-Length: 2\r\n\r\nhi") as port:
        assert _post(port) == (200, b"hi")


@pytest.mark.parametrize(
    "beginning", [b"", b"HTTP/1.1 2", OK + b"X: ", OK + b"\r\n", OK + b"Content-Length: 9999\r\n\r\n"]
)
def test_a_dripping_server_is_left_at_the_deadline(beginning: bytes) -> None:
    with answering(beginning, drip=b"x") as port:
        started = time.monotonic()
        assert _fails(port, seconds=0.6) == "time_out"
        assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "answer", [b"\0\1\2\3", b"SSH-2.0-x\r\n", b"HTTP/1.1 banana\r\n\r\n", OK + b"X: 1\r\n" * 200 + b"\r\n"]
)
def test_what_is_not_http(answer: bytes) -> None:
    with answering(answer) as port:
        assert _fails(port) == "garbage"


def test_more_than_the_limit() -> None:
    with answering(OK + b"\r\n" + b"x" * 20_000) as port:
        assert _fails(port) == "garbage"


@pytest.mark.parametrize("head", [OK, OK + b"Content-Length: 900000\r\n"])
def test_a_long_answer(head: bytes) -> None:
    with answering(head + b"\r\n" + b"x" * 900_000) as port:
        assert _post(port, limit=1_000_000) == (200, b"x" * 900_000)


def test_redirects_are_not_followed() -> None:
    with answering(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n") as port:
        assert _post(port) == (302, b"")


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    with answering(OK + b"Content-Length: 0\r\n\r\n") as port:
        assert _post(port) == (200, b"")


def test_nobody_there() -> None:
    assert _fails(free_port()) == "no_connection"


def test_no_time_left() -> None:
    assert _fails(free_port(), seconds=-1) == "time_out"


def test_plain_http_where_tls_is_expected() -> None:
    with answering(OK + b"\r\n") as port, pytest.raises(NoAnswer) as refused:
        post(f"https://127.0.0.1:{port}/", b"", headers={}, deadline=time.monotonic() + 3, limit=10)
    assert refused.value.code == "no_connection"
