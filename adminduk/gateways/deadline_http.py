"""One POST over HTTP that ends by its deadline, however slowly the other side sends, and never reads without bound."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CONNECT_SECONDS: Final = 2.0
_CHUNK: Final = 65_536


class NoAnswer(Exception):
    """Nothing usable came back. `code`: time_out, no_connection, garbage (not HTTP, or more than the limit)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body; redirects are not followed, so a status of 3xx is an answer like any other."""

    status: int
    body: bytes


def post(url: str, body: bytes, *, headers: Mapping[str, str], deadline: float, limit: int) -> Answer:
    """Send `body` and read at most `limit` bytes. `deadline` is a time of `time.monotonic()`.

    Connecting takes at most two seconds of it; only the resolver's own time-outs can exceed it, so name the outside
    system by address or keep it in the hosts file. Proxies of the environment are not used. Raises NoAnswer.
    """
    parts = urlsplit(url)
    try:
        seconds = min(CONNECT_SECONDS, _remaining(deadline))
        connection = _connection(parts.scheme, parts.hostname or "", parts.port, seconds)
        connection.connect()
        with closing(connection.sock) as sock:
            connection.sock = _DeadlineSocket(sock, deadline)
            connection.request("POST", parts.path or "/", body, {"Connection": "close", **headers})
            response = connection.getresponse()
            return Answer(response.status, _read(response, limit))
    except TimeoutError:
        raise NoAnswer("time_out") from None
    except OSError:
        raise NoAnswer("no_connection") from None
    except HTTPException:
        raise NoAnswer("garbage") from None


def _connection(scheme: str, host: str, port: int | None, seconds: float) -> HTTPConnection:
    if scheme == "https":
        return HTTPSConnection(host, port, timeout=seconds, context=_tls())
    return HTTPConnection(host, port, timeout=seconds)


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """What the system trusts; reading that takes longer than a call."""
    return ssl.create_default_context()


def _read(response: Any, limit: int) -> bytes:
    """Raises NoAnswer garbage beyond `limit` bytes."""
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > limit:
            raise NoAnswer("garbage")
    return bytes(body)


def _remaining(deadline: float) -> float:
    """Seconds left. Raises TimeoutError when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _DeadlineSocket:
    """A socket whose every wait is bounded by what is left until the deadline: http.client bounds each wait alone."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._socket = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(_remaining(self._deadline))
        self._socket.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_DeadlineReader(self._socket, self._deadline))

    def close(self) -> None:
        """http.client closes before the body is read: the socket stays open until `post` has done."""


class _DeadlineReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._socket = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._socket.settimeout(_remaining(self._deadline))
        return self._socket.recv_into(buffer)
